/** A drawing in a component: it follows the patient, and where presses are taken its parts set findings. */

import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

import type { Findings, Value } from '../engine/types';
import { useBook, type Book } from '../frontend/book';
import type { Published } from '../frontend/published_case';
import { afterPaint } from '../frontend/scheduling';
import { draw, drawnAgain, live, type Labels, type Patient } from './figure';
import type { Drawing } from './state';

/**
 * Draws a patient into the first element and writes the caption into the second; `prefix` is unique in the page.
 *
 * A change is drawn after the next paint, so that the words of the result do not wait for it.
 */
export function useFigure<Frame extends HTMLElement>(
  prefix: string,
  patient: Patient,
  onChange?: (finding: string, value: Value) => void,
  onDrawn?: (svg: SVGSVGElement) => void,
): { readonly frame: RefObject<Frame>; readonly caption: RefObject<HTMLElement> } {
  const book = useBook();
  const drawing = book.knowledge.drawing as Drawing | undefined;
  const frame = useRef<Frame>(null);
  const caption = useRef<HTMLElement>(null);
  const current = useRef({ findings: patient.findings, onChange, onDrawn });
  current.current = { findings: patient.findings, onChange, onDrawn };
  const rename = useRef<(() => void) | null>(null);
  const drawn = useRef(false);
  const pressable = onChange !== undefined;

  useLayoutEffect(() => {
    const svg = drawing && drawnAgain(prefix);
    if (!svg || !frame.current) return;
    if (!pressable) for (const targets of svg.querySelectorAll('.targets')) targets.remove();
    frame.current.replaceChildren(svg);
    drawn.current = false;
    rename.current = pressable
      ? live(svg, drawing, labelsOf(book, drawing), () => current.current.findings, (finding, option) =>
          current.current.onChange?.(finding, option),
        )
      : null;
  }, [drawing, prefix, pressable]);

  useLayoutEffect(() => {
    const svg = frame.current?.querySelector('svg');
    if (!svg || !drawing) return undefined;
    const redraw = () => {
      draw(svg, drawing, patient, caption.current);
      rename.current?.();
      current.current.onDrawn?.(svg);
    };
    if (drawn.current) return afterPaint(redraw);
    drawn.current = true;
    redraw();
    return undefined;
  }, [drawing, pressable, patient.findings, patient.provenance, patient.plan]);

  return { frame, caption };
}

/** The provenance of the findings that are as the case has them. */
export function provenanceOf(findings: Findings, published: Published): Record<string, string> {
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
