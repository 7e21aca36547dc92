/** The result: what cannot wait, what the last change did, scores, plan, and where sources differ. */

import { useMemo } from 'preact/hooks';

import type { Assessment, AskNext, PlanEntry, ScoreResult } from '../engine/types';
import { useBook, useNow, type Book } from '../shared/book';
import { useUnchanged } from '../shared/hooks';
import { Conflicts } from './conflicts';
import { Emergencies, isEmergency, Plan } from './plan';
import { ScoreView } from './scores';

interface Props {
  /** What the last change did. */
  told: string;
  onAsk: (finding: string) => void;
}

export function Result({ told, onAsk }: Props) {
  const book = useBook();
  const { assessment } = useNow();
  const plan = useUnchanged(assessment.plan, (entry) => entry.action);
  const scores = useUnchanged(Object.entries(assessment.scores), ([id]) => id);
  const { pressing, others } = useMemo(() => disputes(book, assessment), [book, assessment]);
  return (
    <>
      <Emergencies plan={plan} />
      <Conflicts ids={pressing} heading="Sources disagree" />
      <p class="cb-told" role="status" aria-live="polite">
        {told}
      </p>
      <Scores results={scores} />
      <h3>Plan</h3>
      <Plan plan={plan} />
      <Conflicts
        ids={others}
        heading={pressing.length > 0 ? 'Sources disagree on lesser points' : 'Sources disagree'}
      />
      <Ask asked={assessment.ask_next.slice(0, 3)} onAsk={onAsk} />
    </>
  );
}

function Scores({ results }: { results: readonly (readonly [string, ScoreResult])[] }) {
  const book = useBook();
  return (
    <>
      <h3>Scores</h3>
      {results.map(([id, result]) => {
        const score = book.scores.get(id);
        return score && <ScoreView key={id} score={score} result={result} />;
      })}
    </>
  );
}

function Ask({ asked, onAsk }: { asked: readonly AskNext[]; onAsk: Props['onAsk'] }) {
  const book = useBook();
  if (asked.length === 0) return null;
  return (
    <>
      <h3>Ask next</h3>
      <ol class="cb-ask">
        {asked.map(({ finding, why }) => (
          <li key={finding}>
            <button type="button" class="cb-link" onClick={() => onAsk(finding)}>
              {book.findingLabel(finding)}
            </button>{' '}
            <span>{why}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

/** Every disagreement that touches this plan; those on an emergency or on radiation come first. */
function disputes(book: Book, { plan }: Assessment): { pressing: string[]; others: string[] } {
  const inPlay = new Set(plan.flatMap((entry) => entry.conflicts));
  const urgent = new Set(plan.filter(presses(book)).flatMap((entry) => entry.conflicts));
  const ordered = [...book.conflicts.keys()].filter((id) => inPlay.has(id));
  return {
    pressing: ordered.filter((id) => urgent.has(id)),
    others: ordered.filter((id) => !urgent.has(id)),
  };
}

function presses(book: Book): (entry: PlanEntry) => boolean {
  return (entry) =>
    isEmergency(entry) || book.actions.get(entry.action)?.group.startsWith('radio') === true;
}
