/** The findings of a case as published, with their provenance. */

import type { Findings, SourceRef, Value } from '../engine/types';
import { sameValue } from './equality';
import type { Provenance } from './labels';

export interface PublishedFinding {
  readonly value: Value | null;
  readonly provenance: Provenance;
  readonly note?: string | null;
  readonly source?: readonly SourceRef[] | null;
}

export type Published = Readonly<Record<string, PublishedFinding>>;

/** All findings of the case, whatever their provenance. */
export function asPublished(published: Published): Findings {
  return select(published, () => true);
}

/** The reported findings only, without derived or assumed ones. */
export function asReported(published: Published): Findings {
  return select(published, (finding) => finding.provenance === 'reported');
}

/** The published findings with some replaced, or removed where the value is null. */
export function withSet(
  published: Published,
  set: Readonly<Record<string, Value | null>>,
): Findings {
  return withValues(asPublished(published), set);
}

/** Findings with some replaced, or removed where the value is null. */
export function withValues(findings: Findings, set: Readonly<Record<string, Value | null>>): Findings {
  const next = new Map(Object.entries(findings));
  for (const [id, value] of Object.entries(set)) {
    if (value === null) next.delete(id);
    else next.set(id, value);
  }
  return Object.fromEntries(next);
}

/** The published findings that have another value now; null is not assessed. */
export function differences(published: Published, findings: Findings): readonly (readonly [id: string, of: PublishedFinding])[] {
  return Object.entries(published).filter(([id, { value }]) => (findings[id] ?? null) !== (value ?? null));
}

export function sameFindings(one: Findings, other: Findings): boolean {
  return sameValue(one, other);
}

function select(published: Published, wanted: (finding: PublishedFinding) => boolean): Findings {
  return Object.fromEntries(
    Object.entries(published).flatMap(([id, finding]) =>
      finding.value !== null && finding.value !== undefined && wanted(finding)
        ? [[id, finding.value]]
        : [],
    ),
  );
}
