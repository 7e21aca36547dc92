/** Where results or sources disagree: one line for each, which opens to the positions. */

import { useMemo } from 'preact/hooks';

import { message } from '../engine/messages';
import type { Disagreement, PlanEntry } from '../engine/types';
import { useBook, usePatient, type Book } from '../frontend/book';
import { Disclosure } from '../frontend/disclosure';
import { LaterPart } from '../frontend/later_parts';
import { isEmergency } from './plan';

/** The disagreements in the current patient: the major ones, and the others behind a line that counts them. */
export function Disagreements() {
  const book = useBook();
  const { assessment, disagreements } = usePatient();
  const { major, minor } = useMemo(() => sorted(book, disagreements, assessment.plan), [book, disagreements, assessment]);
  return (
    <>
      {major.length > 0 && (
        <div class="cb-conflicts">
          <h3>{message('explorer-disagree')}</h3>
          <Titles given={major} />
        </div>
      )}
      {minor.length > 0 && (
        <Disclosure class="cb-minor" summary={message('explorer-disagree-minor-count', { count: minor.length })}>
          {() => <Titles given={minor} />}
        </Disclosure>
      )}
    </>
  );
}

/** One line for each disagreement, which opens to its positions. */
function Titles({ given }: { given: readonly Disagreement[] }) {
  const { conflicts, knowledge } = useBook();
  // The titles were loaded after the patient was assessed for the first time.
  const titleOf = (id: string) => (conflicts.get(id) ?? knowledge.tensions.find((each) => each.id === id))?.title;
  return (
    <>
      {given.map(({ kind, id }) => (
        <Disclosure key={id} class="cb-conflict" attributes={{ 'data-conflict': id }} summary={titleOf(id) ?? ''}>
          {() => <LaterPart part={kind === 'scores' ? 'TensionText' : 'ConflictText'} id={id} />}
        </Disclosure>
      ))}
    </>
  );
}

/** Disagreements between scores, on an emergency or on radiotherapy are major. */
function sorted(book: Book, all: readonly Disagreement[], plan: readonly PlanEntry[]) {
  const pressing = plan.filter(
    (entry) => isEmergency(entry) || book.actions.get(entry.action)?.group.startsWith('radio') === true,
  );
  const urgent = new Set(pressing.flatMap((entry) => entry.conflicts));
  const isMajor = ({ kind, id }: Disagreement) => kind === 'scores' || urgent.has(id);
  return { major: all.filter(isMajor), minor: all.filter((one) => !isMajor(one)) };
}
