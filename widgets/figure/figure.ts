/** The drawing of the patient in a page: its state on its root, its words, and what a press of a part does. */

import { message } from '../engine/messages';
import type { Findings, Value } from '../engine/types';
import { drawingState, type Drawing, type DrawnEntry, type Provenance, type Target } from './state';

export type View = '' | 'behind' | 'side' | 'across';

/** The part of the drawing that is left where one view is shown alone; as in `template.py`. */
const BOXES: Readonly<Record<View, string>> = {
  '': '0 0 960 340', behind: '0 0 360 340', side: '336 0 296 340', across: '600 0 360 340',
};

/** The labels of the findings that a press can set. */
export type Labels = Readonly<Record<string, { readonly label: string; readonly options: Readonly<Record<string, string>> }>>;

/** What is drawn of a patient. */
export interface Patient {
  readonly findings: Findings;
  readonly provenance?: Provenance;
  readonly plan?: readonly DrawnEntry[];
}

/** Writes the state of a patient into a drawing, and into its caption if there is one; what is equal is left alone. */
export function draw(svg: SVGSVGElement, drawing: Drawing, patient: Patient, caption?: Element | null): string {
  const state = drawingState(drawing, patient.findings, patient.provenance, patient.plan);
  for (const [name, value] of Object.entries(state.attributes)) setData(svg, name, value);
  for (const text of svg.querySelectorAll<SVGTextElement>('[data-word]')) {
    write(text, state.words[text.dataset.word!] ?? '');
  }
  if (caption && caption.textContent !== state.caption) caption.textContent = state.caption;
  return state.caption;
}

/** Shows one view alone, or all. */
export function show(svg: SVGSVGElement, view: View): void {
  setData(svg, 'view', view);
  svg.setAttribute('viewBox', BOXES[view]);
}

function setData(svg: SVGSVGElement, name: string, value: string): void {
  const attribute = `data-${name}`;
  if (!value) svg.removeAttribute(attribute);
  else if (svg.getAttribute(attribute) !== value) svg.setAttribute(attribute, value);
}

function write(text: SVGTextElement, words: string): void {
  if (text.dataset.words === words) return;
  text.dataset.words = words;
  const [first, ...lines] = words.split('\n');
  text.textContent = first!;
  for (const line of lines) {
    const span = document.createElementNS('http://www.w3.org/2000/svg', 'tspan');
    span.setAttribute('x', text.getAttribute('x')!);
    span.setAttribute('dy', '17');
    span.textContent = line;
    text.append(span);
  }
}

/** The option that a press of a target gives. */
export function pressed(target: Target, findings: Findings): Value {
  return target.press[String(findings[target.finding])] ?? target.otherwise;
}

/** What a target is called, such as "Left wing: yes. Set Sacral ala involved to no". */
export function targetName(target: Target, findings: Findings, labels: Labels): string {
  const { label, options } = labels[target.finding]!;
  const option = (value: Value | null) => (value === null ? message('finding-not_assessed') : options[String(value)]!);
  return message('figure-target', {
    part: message(`figure-target-${target.part}` as 'figure-target-canal'),
    now: option(findings[target.finding] ?? null),
    finding: label.charAt(0).toLowerCase() + label.slice(1),
    next: option(pressed(target, findings)),
  });
}

/** Makes the parts of a drawing work; returns what names them again after a change. */
export function live(
  svg: SVGSVGElement,
  drawing: Drawing,
  labels: Labels,
  current: () => Findings,
  set: (finding: string, option: Value) => void,
): () => void {
  const targets = new Map(drawing.targets.map((target) => [target.part, target]));
  const parts = [...svg.querySelectorAll<SVGElement>('[data-part]')];
  const name = () => {
    for (const part of parts) {
      const target = targets.get(part.dataset.part!)!;
      part.dataset.option = String(pressed(target, current()));
      part.setAttribute('aria-label', targetName(target, current(), labels));
    }
  };
  const press = (event: Event) => {
    const part = (event.target as Element).closest<SVGElement>('[data-part]');
    const target = part && targets.get(part.dataset.part!);
    if (!target) return;
    if (event instanceof KeyboardEvent && event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    set(target.finding, pressed(target, current()));
  };
  for (const part of parts) {
    part.dataset.finding = targets.get(part.dataset.part!)!.finding;
    part.setAttribute('role', 'button');
    part.setAttribute('tabindex', '0');
  }
  svg.dataset.live = '';
  svg.addEventListener('click', press);
  svg.addEventListener('keydown', press);
  name();
  return name;
}

/** The hand-written file, where a kernel gives it; a page has a drawing already. */
let file: string | null = null;

export function keepFile(text: string): void {
  file = text;
}

/** Another drawing of a patient, with ids of its own; null where there is none to begin with. */
export function drawnAgain(prefix: string): SVGSVGElement | null {
  if (file !== null) return copy(file, prefix);
  const first = document.querySelector<SVGSVGElement>('.casebook-vignette svg.cbf');
  const former = first?.getAttribute('aria-labelledby')?.replace(/-name$/, '');
  if (!first || !former) return null;
  const holder = document.createElement('div');
  holder.innerHTML = first.outerHTML.replaceAll(`${former}-`, `${prefix}-`);
  // The styles of the first apply to every drawing of the page.
  holder.querySelector('style')?.remove();
  return holder.querySelector('svg');
}

/** A drawing with ids of its own, made of the hand-written file. */
export function copy(text: string, prefix: string): SVGSVGElement {
  const holder = document.createElement('div');
  holder.innerHTML = text.replaceAll('__', `${prefix}-`).replace(/>\[\[([a-z]+)\]\]</g, ' data-word="$1"><');
  return holder.querySelector('svg')!;
}
