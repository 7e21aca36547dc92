/** Parts that a page fetches only when a reader goes into the explorer: each in its place once it is here. */

import type { ComponentType } from 'preact';

import type { Firmness, PlanEntry } from '../engine/types';
import { useProse } from './book';
import { TextsMissing } from './texts_missing';

interface Parts {
  /** The argument for and against an action, with what the plan says of it. */
  readonly Why: { readonly action: string; readonly entry?: PlanEntry };
  readonly WhatWouldChange: { readonly target: string };
  readonly PlanMap: { readonly instance: string; readonly firmness: Firmness | null };
}

type Components = { readonly [Name in keyof Parts]: ComponentType<Parts[Name]> };

/** Filled by `widgets/entries/details.ts`. */
export const parts: Partial<Components> = {};

/** A part of that name, with its properties. */
export function Later<Name extends keyof Parts>({ part, ...given }: { readonly part: Name } & Parts[Name]) {
  // Draws again when what is fetched has come.
  useProse();
  const Part = parts[part] as ComponentType<Parts[Name]> | undefined;
  return Part ? <Part {...(given as unknown as Parts[Name])} /> : <TextsMissing />;
}
