/** The drawing of the present patient in a page: it follows the findings, and its parts set them. */

import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';

import { message } from '../engine/messages';
import type { Findings, PlanEntry, Value } from '../engine/types';
import { useBook, type Book } from '../frontend/book';
import type { Published } from '../frontend/published_case';
import { draw, drawnAgain, live, type Labels } from './figure';
import type { Drawing } from './state';

interface Props {
  /** Unique in the page. */
  instance: string;
  findings: Findings;
  published: Published;
  plan: readonly PlanEntry[];
  onChange: (finding: string, value: Value) => void;
}

export function PatientFigure({ instance, findings, published, plan, onChange }: Props) {
  const book = useBook();
  const drawing = book.knowledge.drawing as Drawing | undefined;
  const frame = useRef<HTMLDivElement>(null);
  const caption = useRef<HTMLElement>(null);
  const current = useRef({ findings, onChange });
  current.current = { findings, onChange };
  const redraw = useRef<((findings: Findings) => void) | null>(null);
  const [overlaid, setOverlaid] = useState(false);
  const [empty, setEmpty] = useState(false);
  const provenance = useMemo(() => provenanceOf(findings, published), [findings, published]);

  useLayoutEffect(() => {
    const svg = drawing && drawnAgain(`${instance}-figure`);
    if (!svg || !frame.current) return;
    frame.current.replaceChildren(svg);
    const name = live(svg, drawing, labelsOf(book, drawing), () => current.current.findings, (finding, option) =>
      current.current.onChange(finding, option),
    );
    redraw.current = () => name();
  }, [drawing]);

  useLayoutEffect(() => {
    const svg = frame.current?.querySelector('svg');
    if (!svg || !drawing) return;
    const entries = overlaid ? plan.filter(({ status }) => status === 'decided') : [];
    draw(svg, drawing, { findings, provenance, plan: entries }, caption.current);
    setEmpty(overlaid && !svg.dataset.plan);
    redraw.current?.(findings);
  }, [drawing, findings, provenance, overlaid && plan]);

  return (
    <figure class="casebook-figure">
      <div class="casebook-figure-views" ref={frame} role="group" tabIndex={0} aria-label={message('figure-name')} />
      <figcaption>
        <span ref={caption} />{' '}
        <label class="cb-overlay">
          <input type="checkbox" checked={overlaid} onChange={({ currentTarget }) => setOverlaid(currentTarget.checked)} />{' '}
          {message('figure-overlay')} {empty && message('figure-overlay-empty')}
        </label>
      </figcaption>
    </figure>
  );
}

/** The provenance of the findings that are as the case has them. */
function provenanceOf(findings: Findings, published: Published): Record<string, string> {
  const same = Object.entries(published).filter(([id, { value }]) => value != null && findings[id] === value);
  return Object.fromEntries(same.map(([id, { provenance }]) => [id, provenance]));
}

/** The labels of the findings that a press can set. */
function labelsOf(book: Book, drawing: Drawing): Labels {
  return Object.fromEntries(
    drawing.targets.map(({ finding }) => {
      const { label, options } = book.findings.get(finding)!;
      return [finding, { label, options: Object.fromEntries(options.map((option) => [String(option.id), option.label])) }];
    }),
  );
}
