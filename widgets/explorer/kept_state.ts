/**
 * The state of a case that a reader has changed: in the address of the page, and kept in this browser for another day.
 *
 * The address follows every change, so reloading and going back lose nothing. A reset removes both.
 */

import { useEffect, useRef } from 'preact/hooks';

import type { Findings } from '../engine/types';
import { useBook } from '../frontend/book';
import type { Model } from '../frontend/host';
import { fromFragment, toFragment, type Opened } from '../frontend/permalink';
import { asPublished, sameFindings, type Published } from '../frontend/published_case';
import { afterPaint } from '../frontend/scheduling';

/** Where a state came from. */
export type Origin = 'link' | 'reload' | 'store';

export interface OpenedState extends Opened {
  readonly origin: Origin;
  /** The day on which the state was kept, as the reader's language writes it. */
  readonly day?: string;
}

interface Kept {
  readonly fragment: string;
  readonly day: string;
}

/** Opens the state in the address, or the one that was kept, and keeps the present one in both; returns what forgets it. */
export function useKeptState(
  page: boolean,
  model: Model,
  findings: Findings,
  onOpen: (opened: OpenedState) => void,
): () => void {
  const book = useBook();
  const caseId = String(model.get('case'));
  const published = model.get('published') as Published;
  // What the page opens with is not a change of the reader's.
  const opening = useRef<Findings | null>(findings);

  useEffect(() => {
    if (!page) return undefined;
    const read = (fragment: string) => fromFragment(book, caseId, published, fragment);
    const open = (fragment: string) => {
      const opened = read(fragment);
      if (opened) onOpen({ ...opened, origin: history.state?.[MARK] === fragment ? 'reload' : 'link' });
    };
    // Not from the location, which the last change may have replaced meanwhile.
    const onHashChange = ({ newURL }: HashChangeEvent) => open(new URL(newURL).hash);
    const kept = location.hash.startsWith(stemOf(caseId)) ? null : keptState(caseId);
    const restored = kept && read(kept.fragment);
    if (!restored) open(location.hash);
    else if (!sameFindings(restored.findings, asPublished(published))) onOpen({ ...restored, origin: 'store', day: kept.day });
    addEventListener('hashchange', onHashChange);
    return () => removeEventListener('hashchange', onHashChange);
  }, [page, model, book]);

  useEffect(() => {
    if (!page || findings === opening.current) return undefined;
    opening.current = null;
    return afterPaint(() => {
      const changed = !sameFindings(findings, asPublished(published));
      keep(caseId, changed ? toFragment(book, caseId, published, findings) : null);
    });
  }, [page, findings]);

  // Also where the findings stay those of the case, because what the link asked for was refused.
  return () => {
    if (page) keep(caseId, null);
  };
}

/** A mark in the history that tells a fragment written by this page from a link that was opened. */
const MARK = 'casebook';
const LONGEST = 2_000;

const stemOf = (caseId: string) => `#${encodeURIComponent(caseId)}?`;
const keyOf = (caseId: string) => `casebook:state:${caseId}`;

function keep(caseId: string, fragment: string | null): void {
  const own = location.hash.startsWith(stemOf(caseId));
  try {
    if (fragment !== null) history.replaceState({ ...history.state, [MARK]: fragment }, '', fragment);
    else if (own) history.replaceState({ ...history.state, [MARK]: '' }, '', location.pathname + location.search);
  } catch {
    // A browser refuses after a hundred changes in half a minute; the next change is written again.
  }
  try {
    if (fragment === null) localStorage.removeItem(keyOf(caseId));
    else localStorage.setItem(keyOf(caseId), JSON.stringify({ fragment, day: day() } satisfies Kept));
  } catch {
    // Without storage the address still has it.
  }
}

/** The day of the reader's calendar, such as 2026-03-14; no time of day is stored. */
function day(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

function keptState(caseId: string): Kept | null {
  try {
    const { fragment, day } = JSON.parse(localStorage.getItem(keyOf(caseId)) ?? '{}') as Partial<Kept>;
    if (typeof fragment !== 'string' || fragment.length > LONGEST || typeof day !== 'string') return null;
    const date = new Date(day);
    if (Number.isNaN(date.valueOf())) return null;
    return { fragment, day: date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' }) };
  } catch {
    return null;
  }
}
