/**
 * What a page fetches only when a reader goes into the explorer: the code that explains, the conditions of rules, and
 * the long texts, such as definitions, rules in full and both sides of a disagreement.
 *
 * They are files of their own; until one is here, what is short is shown without it. In JupyterLab they come with the rest.
 */

import type { Knowledge } from '../engine/types';
import { script } from './script';
import './window';

/** As `publish/pages/assets.py` parts them. */
const PARTS = ['findings', 'actions', 'rules', 'conflicts', 'tensions', 'principles'] as const;

export type Texts = Readonly<Record<(typeof PARTS)[number], Readonly<Record<string, object>>>>;

type Name = 'details' | 'arguments' | 'prose';

export class Prose {
  readonly #knowledge: Knowledge;
  readonly #addressOf: ((name: Name) => string) | undefined;
  readonly #asked = new Map<Name, Promise<void>>();
  /** Files that are still to come, and how each is taken up. */
  readonly #left = new Map<Name, () => void>();
  /** Whether a file that was asked for has not come. */
  failed = false;

  /** `addressOf`: of a file, if the knowledge came without them. */
  constructor(knowledge: Knowledge, addressOf?: (name: Name) => string) {
    this.#knowledge = knowledge;
    this.#addressOf = addressOf;
    if (!addressOf) return;
    this.#left.set('details', () => {});
    this.#left.set('arguments', () => Object.assign(knowledge, { conditions: window.casebook!.arguments }));
    this.#left.set('prose', () => this.#merge(window.casebook!.prose!));
  }

  /** How many files are still to come. */
  get left(): number {
    return this.#left.size;
  }

  has(name: Name): boolean {
    return !this.#left.has(name);
  }

  /** Fetches what has not come yet: one file, or all of them. */
  async fetch(names: Iterable<Name> = [...this.#left.keys()]): Promise<void> {
    const asked = [...names].filter((name) => this.#left.has(name));
    await Promise.all(asked.map((name) => this.#asked.get(name) ?? this.#load(name)));
    this.failed = asked.some((name) => this.#left.has(name));
  }

  #load(name: Name): Promise<void> {
    const loaded = script(this.#addressOf!(name)).then(
      () => {
        this.#left.get(name)?.();
        this.#left.delete(name);
      },
      // Asked for again when next something long is opened.
      () => void this.#asked.delete(name),
    );
    this.#asked.set(name, loaded);
    return loaded;
  }

  #merge(texts: Texts): void {
    for (const part of PARTS) for (const entry of this.#knowledge[part]) Object.assign(entry, texts[part][entry.id]);
    for (const rule of this.#knowledge.rules)
      Object.assign(rule, { source: rule.source.map(([key], index) => [key, rule.locators![index]!]) });
  }
}

declare global {
  interface CasebookHooks {
    /** The long texts of the knowledge, once they have been fetched. */
    prose?: Texts;
  }
}
