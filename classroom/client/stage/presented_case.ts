/** A case as the build of the book writes it for the stage (`classroom.presentation`). */

import type { Value } from '../../../widgets/engine/types';

/** Locators by source id. */
export type Citations = Readonly<Record<string, string>>;

export interface Step {
  readonly show: string;
  /** Id of the question or the what-if. */
  readonly id?: string;
  readonly findings?: readonly string[];
  readonly minutes: number;
  readonly ask?: string;
  readonly error?: string;
  readonly say?: string;
  readonly source?: Citations;
}

export interface ReadingQuestion {
  readonly id: string;
  readonly question: string;
  readonly options: readonly { readonly id: string; readonly label: string }[];
  readonly published: string;
  readonly feedback: string;
}

export interface WhatIf {
  readonly id: string;
  readonly question: string;
  readonly set: Readonly<Record<string, Value | null>>;
  readonly answer: string;
}

interface CitedText {
  readonly text: string;
  readonly source?: Citations;
}

export interface PresentedCase {
  readonly id: string;
  readonly title: string;
  readonly teaches: string;
  /** The notice that the patient was constructed; absent for a published patient. */
  readonly constructed?: string;
  readonly vignette: string;
  readonly source: Citations;
  readonly aims?: readonly string[];
  readonly reading?: readonly ReadingQuestion[];
  readonly treatment?: CitedText;
  readonly outcome?: CitedText;
  readonly teaching_points?: readonly CitedText[];
  readonly what_ifs?: readonly WhatIf[];
  readonly steps: readonly Step[];
  /** Short names of the cited sources. */
  readonly sources: Readonly<Record<string, string>>;
}
