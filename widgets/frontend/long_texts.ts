/**
 * Files that a page loads only when a reader enters the explorer: the code of explanations, the conditions of rules, and
 * the long texts, such as definitions, rules in full and the positions of disagreements.
 *
 * Until a file has been loaded, the page shows short texts only. In JupyterLab, everything is loaded at once.
 */

import type { Knowledge } from '../engine/types';
import { script } from './script';
import './window';

/** As split by `publish/pages/assets.py`. */
const PARTS = ['findings', 'actions', 'rules', 'conflicts', 'tensions', 'principles'] as const;

export type LongTextParts = Readonly<Record<(typeof PARTS)[number], Readonly<Record<string, object>>>>;

type Name = 'details' | 'arguments' | 'prose';

export class LongTexts {
  readonly #knowledge: Knowledge;
  readonly #addressOf: ((name: Name) => string) | undefined;
  readonly #asked = new Map<Name, Promise<void>>();
  /** Files that have not been loaded yet, with the functions that apply them. */
  readonly #left = new Map<Name, () => void>();
  /** Whether loading a file has failed. */
  failed = false;

  /** `addressOf` returns the address of a file; absent if the knowledge is complete. */
  constructor(knowledge: Knowledge, addressOf?: (name: Name) => string) {
    this.#knowledge = knowledge;
    this.#addressOf = addressOf;
    if (!addressOf) return;
    this.#left.set('details', () => {});
    this.#left.set('arguments', () => Object.assign(knowledge, { conditions: window.casebook!.arguments }));
    this.#left.set('prose', () => this.#merge(window.casebook!.prose!));
  }

  /** Number of files that have not been loaded yet. */
  get left(): number {
    return this.#left.size;
  }

  has(name: Name): boolean {
    return !this.#left.has(name);
  }

  /** Loads files that have not been loaded yet, by default all. */
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
      // Loaded again when a long text is next opened.
      () => void this.#asked.delete(name),
    );
    this.#asked.set(name, loaded);
    return loaded;
  }

  #merge(texts: LongTextParts): void {
    for (const part of PARTS) for (const entry of this.#knowledge[part]) Object.assign(entry, texts[part][entry.id]);
    for (const rule of this.#knowledge.rules)
      Object.assign(rule, { source: rule.source.map(([key], index) => [key, rule.locators![index]!]) });
  }
}

declare global {
  interface CasebookHooks {
    /** The long texts of the knowledge, once they have been fetched. */
    prose?: LongTextParts;
  }
}
