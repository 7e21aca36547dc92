/** The knowledge by id, and the patient as the reader has set it: what every widget looks up. */

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
import { Prose } from './long_texts';
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
    readonly prose: Prose = new Prose(knowledge),
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

/** The state under the reader's hands. */
export interface Now {
  readonly findings: Findings;
  readonly assessment: Assessment;
  readonly disagreements: readonly Disagreement[];
  /** Findings that stand as the source of the case reports them. */
  readonly reported: readonly string[];
}

export const BookContext = createContext<Book | null>(null);
export const NowContext = createContext<Now | null>(null);

export function useBook(): Book {
  const book = useContext(BookContext);
  if (!book) throw new Error('a widget was drawn without the knowledge');
  return book;
}

/** The knowledge for what shows its long texts: fetched, and drawn again when they are there. */
export function useProse(): Book {
  const book = useBook();
  const [{ left }, redraw] = useState({ left: book.prose.left });
  useEffect(() => {
    // They may have come between the drawing and now; where one has not, that is drawn too.
    if (left) void book.prose.fetch().then(() => redraw({ left: book.prose.left }));
  }, [book, left]);
  return book;
}

export function useNow(): Now {
  const now = useContext(NowContext);
  if (!now) throw new Error('a widget was drawn without findings');
  return now;
}

function byId<T extends { readonly id: string }>(things: readonly T[]): ReadonlyMap<string, T> {
  return new Map(things.map((thing) => [thing.id, thing]));
}

function spelled(id: string): string {
  return id.replaceAll('_', ' ');
}
