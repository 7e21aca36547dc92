/** What a case says of each finding, and the two states that can be made of it. */

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

/** Every finding that the case gives, whatever it rests on. */
export function asPublished(published: Published): Findings {
  return keep(published, () => true);
}

/** Only what the source says itself: nothing derived, nothing assumed. */
export function asReported(published: Published): Findings {
  return keep(published, (finding) => finding.provenance === 'reported');
}

/** Published findings with some set to another value, or to not assessed where that is null. */
export function withSet(
  published: Published,
  set: Readonly<Record<string, Value | null>>,
): Findings {
  return withValues(asPublished(published), set);
}

/** Findings with some set to another value, or taken away where that is null. */
export function withValues(findings: Findings, set: Readonly<Record<string, Value | null>>): Findings {
  const next = new Map(Object.entries(findings));
  for (const [id, value] of Object.entries(set)) {
    if (value === null) next.delete(id);
    else next.set(id, value);
  }
  return Object.fromEntries(next);
}

export function sameFindings(one: Findings, other: Findings): boolean {
  return sameValue(one, other);
}

function keep(published: Published, wanted: (finding: PublishedFinding) => boolean): Findings {
  return Object.fromEntries(
    Object.entries(published).flatMap(([id, finding]) =>
      finding.value !== null && finding.value !== undefined && wanted(finding)
        ? [[id, finding.value]]
        : [],
    ),
  );
}
