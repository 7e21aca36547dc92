/** The result: the state of the patient, what cannot wait, what the last change did, scores, plan, and where sources differ. */

import { useMemo } from 'preact/hooks';

import { message } from '../engine/messages';
import type {
  Assessment, Disagreement, Firmness, PlanEntry, ScoreResult, Value,
} from '../engine/types';
import { useBook, useNow, type Book } from '../frontend/book';
import { Disclosure } from '../frontend/disclosure';
import { useStarted, useUnchanged } from '../frontend/hooks';
import { Later } from '../frontend/later_parts';
import { Ask } from './next_question';
import { Disagreements } from './disagreements';
import { Firm } from './sensitivity';
import { FirstLine } from '../frontend/patient_state';
import { isEmergency, Now, Plan } from './plan';
import { ScoreView } from '../frontend/score_view';
import { ToldLine, type Told } from './change_message';

interface Props {
  instance: string;
  /** What the last change did. */
  told: Told | null;
  firmness: Firmness | null;
  onAnswer: (finding: string, value: Value | null) => void;
  onAsk: (finding: string) => void;
}

export function Result({ instance, told, firmness, onAnswer, onAsk }: Props) {
  const book = useBook();
  const { assessment, disagreements } = useNow();
  const started = useStarted();
  const plan = useUnchanged(assessment.plan, (entry) => entry.action);
  const scores = useUnchanged(Object.entries(assessment.scores), ([id]) => id);
  const { pressing, others } = useMemo(
    () => disputes(book, disagreements, assessment),
    [book, disagreements, assessment],
  );
  return (
    <>
      {told?.refused && <ToldLine told={told} />}
      <FirstLine />
      <Now plan={plan} />
      <Disagreements given={pressing} heading={message('explorer-disagree')} />
      {!told?.refused && <ToldLine told={told} />}
      <Scores results={scores} />
      <div class="cb-later">
        <h3>{message('explorer-plan')}</h3>
        <Plan plan={plan} />
        <Disagreements
          given={others}
          heading={message(pressing.length > 0 ? 'explorer-disagree-minor' : 'explorer-disagree')}
        />
        {started && (
          <>
            <Ask instance={instance} onAnswer={onAnswer} onAsk={onAsk} />
            <Firm firmness={firmness} />
            <Disclosure class="cb-map" summary={message('explorer-map')}>
              {() => <Later part="PlanMap" instance={instance} firmness={firmness} />}
            </Disclosure>
          </>
        )}
      </div>
    </>
  );
}

function Scores({ results }: { results: readonly (readonly [string, ScoreResult])[] }) {
  const book = useBook();
  return (
    <>
      <h3>{message('explorer-scores')}</h3>
      {results.map(([id, result]) => {
        const score = book.scores.get(id);
        return score && <ScoreView key={id} score={score} result={result} />;
      })}
    </>
  );
}

/** Every disagreement in this patient; those of scores, on an emergency or on radiation come first. */
function disputes(book: Book, all: readonly Disagreement[], { plan }: Assessment) {
  const urgent = new Set(plan.filter(presses(book)).flatMap((entry) => entry.conflicts));
  const comesFirst = ({ kind, id }: Disagreement) => kind === 'scores' || urgent.has(id);
  return { pressing: all.filter(comesFirst), others: all.filter((one) => !comesFirst(one)) };
}

function presses(book: Book): (entry: PlanEntry) => boolean {
  return (entry) =>
    isEmergency(entry) || book.actions.get(entry.action)?.group.startsWith('radio') === true;
}
