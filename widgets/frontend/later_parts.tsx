/** Components that a page loads only after it is live, or that need a kernel. */

import type { ComponentType } from 'preact';

import type { Finding, Firmness, PlanEntry, Score, ScoreResult } from '../engine/types';
import { useFetched } from './book';
import type { Model } from './host';
import { WHEN_IDLE } from './later_files';
import type { PublishedFinding } from './published_case';
import { TextsMissing } from './texts_missing';

interface Parts {
  /** The argument for and against an action, with its entry in the plan. */
  readonly ArgumentDetails: { readonly action: string; readonly entry?: PlanEntry };
  readonly ConflictText: { readonly id: string };
  readonly FindingHelp: {
    readonly finding: Finding;
    readonly published: PublishedFinding | null;
    readonly sensitivity: string | null;
  };
  readonly PlanMap: { readonly instance: string; readonly firmness: Firmness | null };
  readonly SaveAs: { readonly instance: string; readonly model: Model };
  readonly ScoreBreakdown: { readonly score: Score; readonly result: ScoreResult };
  readonly TensionText: { readonly id: string };
}

type Components = { readonly [Name in keyof Parts]: ComponentType<Parts[Name]> };

/** Filled by `widgets/entries/details.ts`, and for a kernel by `widgets/entries/notebook.ts`. */
export const laterParts: Partial<Components> = {};

/** The component of a name, or nothing until it has been loaded with the words that it names. */
export function LaterPart<Name extends keyof Parts>({ part, ...given }: { readonly part: Name } & Parts[Name]) {
  const { ready } = useFetched(WHEN_IDLE, true);
  const Part = laterParts[part] as ComponentType<Parts[Name]> | undefined;
  return ready && Part ? <Part {...(given as unknown as Parts[Name])} /> : <TextsMissing />;
}
