/** The context of every widget: the knowledge by id, and the current patient. */

import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';

import type {
  Action,
  Assessment,
  Conflict,
  Disagreement,
  Engine,
  Finding,
  Findings,
  Knowledge,
  Rule,
  Score,
  Value,
} from '../engine/types';
import { type LaterFile, LaterFiles } from './later_files';
import { NOT_ASSESSED } from './labels';

export class Book {
  readonly findings: ReadonlyMap<string, Finding>;
  readonly scores: ReadonlyMap<string, Score>;
  readonly actions: ReadonlyMap<string, Action>;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly conflicts: ReadonlyMap<string, Conflict>;

  constructor(
    readonly knowledge: Knowledge,
    readonly engine: Engine,
    readonly later: LaterFiles = new LaterFiles(knowledge),
  ) {
    this.findings = byId(knowledge.findings);
    this.scores = byId(knowledge.scores);
    this.actions = byId(knowledge.actions);
    this.rules = byId(knowledge.rules);
    this.conflicts = byId(knowledge.conflicts);
  }

  findingLabel(id: string): string {
    return this.findings.get(id)?.label ?? spelled(id);
  }

  valueLabel(id: string, value: Value | null | undefined): string {
    if (value === null || value === undefined) return NOT_ASSESSED;
    const option = this.findings.get(id)?.options.find((one) => one.id === value);
    return option?.label ?? spelled(String(value));
  }

  actionLabel(id: string): string {
    return this.actions.get(id)?.label ?? spelled(id);
  }

  scoreLabel(id: string): string {
    return this.scores.get(id)?.label ?? spelled(id);
  }

  bandLabel(score: string, band: string): string {
    return this.scores.get(score)?.bands.find((one) => one.id === band)?.label ?? spelled(band);
  }
}

/** The current findings of a patient, and the result. */
export interface PatientResult {
  readonly findings: Findings;
  readonly assessment: Assessment;
  readonly disagreements: readonly Disagreement[];
  /** Findings whose value is the reported one. */
  readonly reported: readonly string[];
}

export const BookContext = createContext<Book | null>(null);
export const PatientContext = createContext<PatientResult | null>(null);

export function useBook(): Book {
  const book = useContext(BookContext);
  if (!book) throw new Error('a widget was drawn without the knowledge');
  return book;
}

/** The knowledge with what is loaded later, which is loaded if necessary; renders again when it arrives. */
export function useLaterFiles(): Book {
  const book = useBook();
  const [{ left }, redraw] = useState({ left: book.later.left });
  useEffect(() => {
    // They may have arrived since the rendering; a failure is rendered, too.
    if (left) void book.later.fetch().then(() => redraw({ left: book.later.left }));
  }, [book, left]);
  return book;
}

/** Whether files are here, and, where they could not be loaded, what tries again; they are loaded if something needs them. */
export function useFetched(names: readonly LaterFile[], needed: unknown): { ready: boolean; retry: (() => void) | null } {
  const { later } = useBook();
  const [failed, setFailed] = useState(false);
  const [, redraw] = useState({});
  const ready = later.has(...names);
  const load = async () => {
    await later.fetch(names);
    setFailed(!later.has(...names));
    redraw({});
  };
  useEffect(() => {
    if (needed && !ready) void load();
  }, [later, needed]);
  return { ready, retry: failed ? () => void load() : null };
}

export function usePatient(): PatientResult {
  const patient = useContext(PatientContext);
  if (!patient) throw new Error('a widget was drawn without findings');
  return patient;
}

function byId<T extends { readonly id: string }>(things: readonly T[]): ReadonlyMap<string, T> {
  return new Map(things.map((thing) => [thing.id, thing]));
}

function spelled(id: string): string {
  return id.replaceAll('_', ' ');
}
