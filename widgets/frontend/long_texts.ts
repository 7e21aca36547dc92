/**
 * The long texts of the knowledge: definitions, uses, rules in full, both sides of a disagreement.
 *
 * In a page they are a file of their own, fetched when the first of them is to be shown; until it is here, what is
 * short is shown without them. In JupyterLab they come with the rest.
 */

import type { Knowledge } from '../engine/types';
import { script } from './script';
import './window';

/** As `publish/pages/assets.py` parts them. */
const PARTS = ['findings', 'actions', 'rules', 'conflicts'] as const;

type Texts = Readonly<Record<(typeof PARTS)[number], Readonly<Record<string, object>>>>;

export class Prose {
  readonly #knowledge: Knowledge;
  readonly #address: string | undefined;
  #asked: Promise<void> | undefined;
  here: boolean;

  /** `address`: of the file, if the knowledge came without its long texts. */
  constructor(knowledge: Knowledge, address?: string) {
    this.#knowledge = knowledge;
    this.#address = address;
    this.here = address === undefined;
  }

  async fetch(): Promise<void> {
    if (this.here) return;
    await (this.#asked ??= this.#load());
  }

  async #load(): Promise<void> {
    try {
      await script(this.#address!);
      if (window.casebook?.prose) this.#merge(window.casebook.prose as Texts);
      this.here = true;
    } catch {
      // Asked for again when next something long is opened.
      this.#asked = undefined;
    }
  }

  #merge(texts: Texts): void {
    for (const part of PARTS)
      for (const entry of this.#knowledge[part]) Object.assign(entry, texts[part][entry.id]);
  }
}
