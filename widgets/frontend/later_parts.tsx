/** Components that a page loads only when a reader enters the explorer. */

import type { ComponentType } from 'preact';

import type { Firmness, PlanEntry } from '../engine/types';
import { useLongTexts } from './book';
import { TextsMissing } from './texts_missing';

interface Parts {
  /** The argument for and against an action, with its entry in the plan. */
  readonly ArgumentDetails: { readonly action: string; readonly entry?: PlanEntry };
  readonly WhatWouldChange: { readonly target: string };
  readonly PlanMap: { readonly instance: string; readonly firmness: Firmness | null };
}

type Components = { readonly [Name in keyof Parts]: ComponentType<Parts[Name]> };

/** Filled by `widgets/entries/details.ts`. */
export const laterParts: Partial<Components> = {};

/** The component of a name, or nothing until it has been loaded. */
export function LaterPart<Name extends keyof Parts>({ part, ...given }: { readonly part: Name } & Parts[Name]) {
  // Renders again when the components have been loaded.
  useLongTexts();
  const Part = laterParts[part] as ComponentType<Parts[Name]> | undefined;
  return Part ? <Part {...(given as unknown as Parts[Name])} /> : <TextsMissing />;
}
