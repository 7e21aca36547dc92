/** What the drawing shows of a patient: attributes, words and caption; the twin of `widgets/figure/state.py`. */

import { message } from '../engine/messages';
import type { Findings, Stance, Value } from '../engine/types';
import { few, oneAfterAnother, sentence } from '../engine/words';

const UNKNOWN = 'unknown';
const MOST_UNKNOWN = 7;
const MOST_NAMED = 3;
const MOST_ALARMS = 2;
const MOST_SIDES = 1;

interface AttributeRow {
  readonly finding: string;
  readonly options: readonly Value[];
  readonly value: string;
  readonly alarm: string;
}

interface Attribute {
  readonly id: string;
  readonly reads: readonly AttributeRow[];
  readonly otherwise: string;
  readonly sentence: 'where' | 'bone' | 'nerves';
  readonly one_side: readonly string[];
  readonly at: string;
}

export interface Target {
  readonly part: string;
  readonly finding: string;
  readonly otherwise: Value;
  readonly press: Readonly<Record<string, Value>>;
}

/** `casebook.models.drawing.Drawing` without its sources. */
export interface Drawing {
  readonly attributes: readonly Attribute[];
  readonly stances: readonly Stance[];
  readonly overlay: readonly {
    readonly action: string;
    readonly mark: string;
    readonly by_side: Readonly<Record<string, string>>;
  }[];
  readonly targets: readonly Target[];
}

export type Provenance = Readonly<Record<string, string>>;

/** What the drawing needs of an entry of a plan. */
export interface DrawnEntry {
  readonly action: string;
  readonly stance: string;
  readonly status: string;
  readonly side?: string | null;
}

export interface DrawingState {
  /** Of the root, without `data-`. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Texts inside the drawing that depend on the patient, by their place. */
  readonly words: Readonly<Record<string, string>>;
  readonly caption: string;
}

interface Drawn {
  readonly attribute: Attribute;
  readonly value: string;
  readonly provenance: string;
  readonly alarms: readonly (readonly [id: string, provenance: string])[];
  /** Whether a finding that is not assessed could be graver than what gave the value. */
  readonly open: boolean;
}

export function drawingState(
  drawing: Drawing,
  findings: Findings,
  provenance: Provenance = {},
  plan: readonly DrawnEntry[] = [],
): DrawingState {
  const [first] = drawing.attributes;
  const level = first ? drawn(first, findings, {}, '').value : UNKNOWN;
  const all = drawing.attributes.map((each) => drawn(each, findings, provenance, level));
  const marks = marksOf(drawing, plan);
  const attributes: Record<string, string> = Object.fromEntries(all.map((each) => [each.attribute.id, each.value]));
  for (const kind of ['derived', 'assumed']) {
    const ids = all.filter((each) => each.provenance === kind && each.value !== UNKNOWN);
    attributes[kind] = ids.map((each) => each.attribute.id).join(' ');
  }
  attributes.open = all.filter(({ open }) => open).map((each) => each.attribute.id).join(' ');
  attributes.plan = [...marks.keys()].join(' ');
  const weighed = [...marks].filter(([, decided]) => !decided).map(([mark]) => weighedName(mark));
  attributes.weighed = [...new Set(weighed)].join(' ');
  return { attributes, words: wordsOf(all, findings, marks), caption: captionOf(all, findings) };
}

function drawn(attribute: Attribute, findings: Findings, provenance: Provenance, level: string): Drawn {
  const result = (value: string, kind = 'reported', alarms: Drawn['alarms'] = [], open = false) => ({
    attribute, value, provenance: kind, alarms, open,
  });
  const unassessed = (finding: string) => (findings[finding] ?? null) === null;
  if (attribute.at && attribute.at !== level) return result(attribute.otherwise);
  const by = (finding: string) => provenance[finding] ?? 'reported';
  const met = attribute.reads.filter((row) => meets(row, findings));
  const [row] = met;
  if (row) {
    const alarms = met.filter(({ alarm }) => alarm).map(({ alarm, finding }) => [alarm, by(finding)] as const);
    const before = attribute.reads.slice(0, attribute.reads.indexOf(row));
    const graver = alarms.length > 0 && before.some(({ finding }) => unassessed(finding));
    return result(row.value || String(findings[row.finding]), by(row.finding), alarms, graver);
  }
  const read = attribute.reads.map(({ finding }) => finding);
  if (read.some(unassessed)) return result(UNKNOWN);
  const kinds = read.map(by);
  return result(attribute.otherwise, ['assumed', 'derived'].find((kind) => kinds.includes(kind)));
}

function meets({ finding, options }: AttributeRow, findings: Findings): boolean {
  const value = findings[finding] ?? null;
  return value !== null && (!options.length || options.includes(value));
}

/** Each mark of the overlay once, and whether an entry that asks for it is decided. */
function marksOf(drawing: Drawing, plan: readonly DrawnEntry[]): ReadonlyMap<string, boolean> {
  const inFavour = plan.filter(({ stance }) => (drawing.stances as readonly string[]).includes(stance));
  const entries = new Map(inFavour.map((entry) => [entry.action, entry]));
  const found = new Map<string, boolean>();
  for (const { action, mark, by_side } of drawing.overlay) {
    const entry = entries.get(action);
    if (!entry) continue;
    const name = by_side[entry.side ?? ''] ?? mark;
    found.set(name, found.get(name) || entry.status === 'decided');
  }
  return found;
}

/** How an undecided mark is called on the root: rods and screws are one. */
function weighedName(mark: string): string {
  return mark.startsWith('fix-') ? 'fix' : mark;
}

function planNames(marks: ReadonlyMap<string, boolean>): readonly string[] {
  const names = [...marks].map(([mark, decided]) => {
    const name = message(`figure-plan-${mark}` as 'figure-plan-field');
    return decided ? name : message('figure-undecided', { name });
  });
  return few(names, MOST_NAMED);
}

function wordsOf(all: readonly Drawn[], findings: Findings, marks: ReadonlyMap<string, boolean>) {
  const level = String(findings.level ?? '');
  const value = new Map(all.map((each) => [each.attribute.id, each.value]));
  const sides = all.filter((each) => each.attribute.one_side.includes(each.value)).map(sideName);
  const [gravest = '', ...others] = all.flatMap(alarmsOf);
  const words: Record<string, string> = {
    across: level ? message('figure-across', { level }) : message('figure-across-unknown'),
    above: level && message('figure-above', { level }),
    alarm: others.length ? `${gravest}\n${oneAfterAnother(few(others, MOST_ALARMS - 1))}` : gravest,
    sides: sides.length ? `${message('figure-sides')}\n${oneAfterAnother(few(sides, MOST_SIDES))}` : '',
    named: planNames(marks).join('\n'),
  };
  for (const id of ['vertebrae', 'bones', 'organs']) {
    words[id] = message('figure-tally', { value: value.get(id) ?? UNKNOWN });
  }
  return words;
}

function captionOf(all: readonly Drawn[], findings: Findings): string {
  let where = message('figure-where', { level: findings.level ?? UNKNOWN });
  let known = all.filter(({ value }) => value !== UNKNOWN);
  const named = known.filter((each) => each.attribute.sentence === 'where' || said(each).length > 0);
  if (named.length > 1 && named.every(isAssumed)) {
    where = message('figure-all-assumed', { where });
    known = known.map(withoutProvenance);
  }
  const [bone, nerves] = (['bone', 'nerves'] as const).map((part) =>
    oneAfterAnother(known.filter(({ attribute }) => attribute.sentence === part).flatMap(said)),
  );
  const unknown = all.filter(isOpen).map(partName);
  const parts = [bone ? message('figure-caption-bone', { where, bone }) : sentence(where)];
  if (nerves) parts.push(message('figure-caption-nerves', { nerves }));
  if (unknown.length) {
    parts.push(message('figure-caption-unknown', { unknown: oneAfterAnother(few(unknown, MOST_UNKNOWN)) }));
  }
  return parts.join(' ');
}

/** What the caption says of an attribute: its alarms, else its value, and nothing where that is silent. */
function said(each: Drawn): readonly string[] {
  const { attribute, value, provenance } = each;
  if (each.alarms.length) return few(alarmsOf(each), MOST_ALARMS);
  if (attribute.at && value === attribute.otherwise) return [];
  if (attribute.reads.some(({ alarm }) => alarm)) return [];
  const phrase = message(`figure-say-${attribute.id}` as 'figure-say-escc', { value });
  return phrase ? [assumed(phrase, provenance)] : [];
}

function isAssumed({ provenance, alarms }: Drawn): boolean {
  return [provenance, ...alarms.map(([, by]) => by)].every((by) => by === 'assumed');
}

/** An attribute for a caption that has already said of all of them that they are assumed. */
function withoutProvenance(each: Drawn): Drawn {
  return { ...each, provenance: '', alarms: each.alarms.map(([id]) => [id, ''] as const) };
}

/** Whether the caption names an attribute as unknown; an unknown level begins the caption. */
function isOpen({ attribute, value, open }: Drawn): boolean {
  return open || (value === UNKNOWN && attribute.sentence !== 'where');
}

function partName({ attribute }: Drawn): string {
  return message(`figure-part-${attribute.id}` as 'figure-part-roots');
}

function sideName({ attribute }: Drawn): string {
  return message(`figure-side-${attribute.id}` as 'figure-side-roots');
}

function alarmsOf({ alarms }: Drawn): readonly string[] {
  return alarms.map(([id, by]) => assumed(message(`figure-alarm-${id}` as 'figure-alarm-saddle'), by));
}

function assumed(phrase: string, provenance: string): string {
  return provenance === 'assumed' ? message('figure-assumed', { phrase }) : phrase;
}
