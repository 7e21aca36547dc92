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

/** What a file is called, and how it is taken up. */
type File = readonly [name: 'details' | 'arguments' | 'prose', take: () => void];

export class Prose {
  readonly #knowledge: Knowledge;
  readonly #addressOf: ((name: File[0]) => string) | undefined;
  #asked: Promise<void> | undefined;
  #left: readonly File[];
  /** Whether a file that was asked for has not come. */
  failed = false;

  /** `addressOf`: of a file, if the knowledge came without them. */
  constructor(knowledge: Knowledge, addressOf?: (name: File[0]) => string) {
    this.#knowledge = knowledge;
    this.#addressOf = addressOf;
    this.#left = addressOf
      ? [['details', () => {}], ['arguments', () => this.#argue()], ['prose', () => this.#merge()]]
      : [];
  }

  /** How many files are still to come. */
  get left(): number {
    return this.#left.length;
  }

  async fetch(): Promise<void> {
    if (this.left) await (this.#asked ??= this.#load());
  }

  async #load(): Promise<void> {
    const loaded = await Promise.allSettled(this.#left.map(([name]) => script(this.#addressOf!(name))));
    const came = this.#left.filter((_, index) => loaded[index]!.status === 'fulfilled');
    for (const [, take] of came) take();
    this.#left = this.#left.filter((file) => !came.includes(file));
    this.failed = this.left > 0;
    // Asked for again when next something long is opened.
    this.#asked = undefined;
  }

  #argue(): void {
    Object.assign(this.#knowledge, { conditions: window.casebook!.arguments });
  }

  #merge(): void {
    const texts = window.casebook!.prose!;
    for (const part of PARTS) for (const entry of this.#knowledge[part]) Object.assign(entry, texts[part][entry.id]);
  }
}
