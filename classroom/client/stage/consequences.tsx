/** What follows from the findings on the stage: the state of the patient, the scores and the plan. */

import { message } from '../../../widgets/engine/messages';
import type { PlanEntry, Score, ScoreResult, Stance } from '../../../widgets/engine/types';
import { useBook } from '../../../widgets/frontend/book';
import { Disclosure } from '../../../widgets/frontend/disclosure';
import { StanceIcon } from '../../../widgets/frontend/icons';
import { few, list, particulars, rangeWord, STANCES, stanceWord } from '../../../widgets/frontend/labels';
import { StateLines } from '../../../widgets/frontend/patient_state';
import { ScoreBar } from '../../../widgets/frontend/score_bar';
import { FigureOnStage, patientOnStage } from './figure_on_stage';
import type { Presentation } from './presentation';

export function Consequences({ presentation }: { presentation: Presentation }) {
  return (
    <div class="cb-following">
      <PatientState presentation={presentation} />
      <ScoresOnStage presentation={presentation} totals applicable />
    </div>
  );
}

function PatientState({ presentation }: { presentation: Presentation }) {
  const { first_line: lines } = useBook().engine.assess(presentation.state.findings);
  return (
    <div class="cb-foremost">
      <StateLines lines={lines} />
    </div>
  );
}

interface ScoresProps {
  presentation: Presentation;
  /** Whether totals are shown, or only what each score asks. */
  totals: boolean;
  /** Whether scores that do not apply to the patient are left out. */
  applicable?: boolean;
}

export function ScoresOnStage({ presentation, totals, applicable }: ScoresProps) {
  const book = useBook();
  const { scores } = book.engine.assess(presentation.state.findings);
  return (
    <div class="cb-large-scores">
      {book.knowledge.scores.map((score) => {
        const result = scores[score.id];
        if (!result || (applicable && result.status === 'not_applicable')) return null;
        return totals ? (
          <ScoreTotal key={score.id} score={score} result={result} />
        ) : (
          <div key={score.id}>
            <p class="cb-score-line">
              <strong>{score.label}</strong>
            </p>
            <p>{score.question}</p>
          </div>
        );
      })}
    </div>
  );
}

function ScoreTotal({ score, result }: { score: Score; result: ScoreResult }) {
  const book = useBook();
  if (result.status === 'not_applicable') {
    return (
      <p class="cb-note">
        {message('stage-not-applicable', { score: score.label, reason: result.reason ?? '' })}
      </p>
    );
  }
  const lesion = result.as_one_lesion;
  return (
    <div data-score={score.id} data-low={result.low} data-high={result.high}>
      <p class="cb-score-line">
        <strong>{score.label}</strong>
        <span class="cb-total">{rangeWord(result.low, result.high)}</span>
        <span>{list(result.bands.map((band) => book.bandLabel(score.id, band)), 'or')}</span>
        {lesion && <span>{message('stage-one-lesion', { range: rangeWord(lesion.low, lesion.high) })}</span>}
      </p>
      <ScoreBar score={score} result={result} />
      {result.notes.slice(0, 1).map((note) => (
        <p key={note} class="cb-note">
          {note}
        </p>
      ))}
    </div>
  );
}

/** Undecided actions that are listed at once; the others are folded. */
const MOST_UNDECIDED = 3;

export function PlanOnStage({ presentation }: { presentation: Presentation }) {
  const book = useBook();
  const { plan } = book.engine.assess(presentation.state.findings);
  const decided = plan.filter(({ status }) => status === 'decided');
  const undecided = plan.filter(({ status }) => status === 'undecided');
  const more = undecided.slice(MOST_UNDECIDED);
  return (
    <>
      <PatientState presentation={presentation} />
      <div class="cb-beside-figure">
        <div class="cb-large-plan">
          {STANCES.map((stance) => (
            <StanceSection key={stance} stance={stance} entries={decided.filter((entry) => entry.stance === stance)} />
          ))}
          {undecided.length > 0 && (
            <section>
              <h2>{message('stage-undecided')}</h2>
              <UndecidedActions entries={undecided.slice(0, MOST_UNDECIDED)} />
              {more.length > 0 && (
                <Disclosure summary={message('stage-undecided-more', { count: more.length })}>
                  {() => <UndecidedActions entries={more} />}
                </Disclosure>
              )}
            </section>
          )}
        </div>
        <FigureOnStage patient={patientOnStage(presentation, plan)} />
      </div>
    </>
  );
}

function UndecidedActions({ entries }: { entries: readonly PlanEntry[] }) {
  const book = useBook();
  return (
    <ul>
      {entries.map((entry) => (
        <li key={entry.action} data-action={entry.action}>
          {book.actionLabel(entry.action)}{' '}
          <small>{message('stage-depends', { findings: few(entry.depends_on.map((id) => book.findingLabel(id))) })}</small>
        </li>
      ))}
    </ul>
  );
}

function StanceSection({ stance, entries }: { stance: Stance; entries: readonly PlanEntry[] }) {
  const book = useBook();
  if (entries.length === 0) return null;
  return (
    <section>
      <h2>
        <StanceIcon stance={stance} /> {stanceWord(stance)}
      </h2>
      <ul>
        {entries.map((entry) => (
          <li key={entry.action} data-action={entry.action}>
            {book.actionLabel(entry.action)} {particulars(entry)}
          </li>
        ))}
      </ul>
    </section>
  );
}
