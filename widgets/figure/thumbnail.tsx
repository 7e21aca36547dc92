/** The drawing of a patient as a thumbnail: from behind, without words, beside a text that says the same. */

import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

import type { Findings } from '../engine/types';
import { useBook } from '../frontend/book';
import { afterPaint } from '../frontend/scheduling';
import { draw, drawnAgain, show } from './figure';
import type { Drawing } from './state';

export function Thumbnail({ instance, findings }: { instance: string; findings: Findings }) {
  const drawing = useBook().knowledge.drawing as Drawing | undefined;
  const frame = useRef<HTMLSpanElement>(null);

  useLayoutEffect(() => {
    const svg = drawing && drawnAgain(`${instance}-thumb`);
    if (!svg || !frame.current) return;
    svg.dataset.size = 'thumb';
    for (const part of svg.querySelectorAll('text, .targets')) part.remove();
    show(svg, 'behind');
    frame.current.replaceChildren(svg);
    draw(svg, drawing, { findings });
  }, [drawing]);

  // The words beside it do not wait for it.
  useEffect(() => {
    const svg = frame.current?.querySelector('svg');
    return svg && drawing ? afterPaint(() => draw(svg, drawing, { findings })) : undefined;
  }, [drawing, findings]);

  return <span class="casebook-thumbnail" ref={frame} aria-hidden="true" />;
}
