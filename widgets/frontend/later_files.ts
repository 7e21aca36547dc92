/**
 * Files that a page loads after it is live, when it is idle or when a reader enters the explorer.
 *
 * Until a file has been loaded, the page shows what is short. In JupyterLab, everything is loaded at once.
 */

import type { Conditions, Knowledge } from '../engine/types';
import { script, stylesheet } from './script';
import './window';

/**
 * What is loaded later: the code and styles of explanations; the titles of rules and sources and the items of scores; the
 * conditions of rules; and the long texts, such as definitions, rules in full and the positions of disagreements.
 */
export type LaterFile = 'details' | 'titles' | 'arguments' | 'prose';

/** What a change of findings and unfolded parts need, so that it is loaded as soon as a page is idle. */
export const WHEN_IDLE: readonly LaterFile[] = ['details', 'titles'];

export class LaterFiles {
  readonly #addressOf: ((name: string) => string) | undefined;
  readonly #asked = new Map<LaterFile, Promise<void>>();
  /** Files that have not been loaded yet, with the functions that apply them. */
  readonly #left = new Map<LaterFile, () => void>();
  /** Whether loading a file has failed. */
  failed = false;

  /** `addressOf` returns the address of a file; absent if the knowledge is complete. */
  constructor(knowledge: Knowledge, addressOf?: (name: string) => string) {
    this.#addressOf = addressOf;
    if (!addressOf) return;
    const loaded = () => window.casebook!;
    this.#left.set('details', () => {});
    this.#left.set('titles', () => layOver(knowledge, loaded().titles!));
    this.#left.set('arguments', () => Object.assign(knowledge, { conditions: loaded().arguments }));
    this.#left.set('prose', () => layOver(knowledge, loaded().prose!));
    // The page of a calculator names this script itself.
    if (loaded().titles) this.#apply('titles');
  }

  /** Number of files that have not been loaded yet. */
  get left(): number {
    return this.#left.size;
  }

  has(...names: readonly LaterFile[]): boolean {
    return !names.some((name) => this.#left.has(name));
  }

  /** Loads files that have not been loaded yet, by default all. */
  async fetch(names: Iterable<LaterFile> = [...this.#left.keys()]): Promise<void> {
    const asked = [...names].filter((name) => this.#left.has(name));
    await Promise.all(asked.map((name) => this.#asked.get(name) ?? this.#load(name)));
    this.failed = asked.some((name) => this.#left.has(name));
  }

  #load(name: LaterFile): Promise<void> {
    const addressOf = this.#addressOf!;
    const files = [script(addressOf(`${name}.js`)), ...(name === 'details' ? [stylesheet(addressOf('details.css'))] : [])];
    const loaded = Promise.all(files).then(
      () => this.#apply(name),
      // Loaded again when it is next needed.
      () => void this.#asked.delete(name),
    );
    this.#asked.set(name, loaded);
    return loaded;
  }

  #apply(name: LaterFile): void {
    this.#left.get(name)?.();
    this.#left.delete(name);
  }
}

/** Adds to a part of the knowledge what has the same form and is loaded later. */
function layOver(part: object, later: object): void {
  for (const [key, value] of Object.entries(later)) {
    const known: unknown = part[key as keyof object];
    if (typeof known === 'object' && known && typeof value === 'object' && value) layOver(known, value as object);
    else Object.assign(part, { [key]: value });
  }
}

declare global {
  interface CasebookHooks {
    /** The conditions of rules, once they have been loaded. */
    arguments?: Conditions;
    /** Titles and long texts, in the form of the knowledge, once they have been loaded. */
    titles?: object;
    prose?: object;
  }
}
