/** What the room sees of one beat. What it must not see yet is not there to be seen. */

import type { PlanEntry, Stance } from '../../../widgets/engine/types';
import { Lines } from '../../../widgets/frontend/patient_state';
import { ALARM, alarms, othersOf, Refused, refusalOf } from '../../../widgets/frontend/refusal';
import { Scale } from '../../../widgets/frontend/score_bar';
import { useBook } from '../../../widgets/frontend/book';
import { Choice } from '../../../widgets/frontend/choice';
import { StanceIcon } from '../../../widgets/frontend/icons';
import { Paragraphs } from '../../../widgets/frontend/paragraphs';
import { few, list, particulars, PROVENANCE_WORDS, rangeWord, STANCES, stanceWord, type Provenance } from '../../../widgets/frontend/labels';
import { Hands } from './hands';
import type { Beat, Talk } from './presentation';

const HEADINGS: Readonly<Record<string, string>> = {
  vignette: 'The patient',
  findings: 'Change a finding',
  provenance: 'Where it comes from',
  scores: 'What do the scores say?',
  plan: 'What the rules say',
  treatment: 'What was done',
  outcome: 'What happened',
  teaching: 'To take away',
};

export function headingOf(talk: Talk, beat: Beat): string {
  return (
    talk.question(beat)?.question ?? talk.whatIf(beat)?.question ?? HEADINGS[beat.step.show] ?? talk.given.title
  );
}

export function Shown({ talk }: { talk: Talk }) {
  const { given, beat } = talk;
  const question = talk.question(beat);
  if (question) return <Reading talk={talk} />;
  switch (beat.step.show) {
    case 'aims':
      return (
        <>
          <p class="cb-lead">{given.teaches}</p>
          <p>After this case you can:</p>
          <ul>{given.aims?.map((aim) => <li key={aim}>{aim}</li>)}</ul>
        </>
      );
    case 'vignette':
      return (
        <div class="cb-told-large">
          <Paragraphs text={given.vignette} />
        </div>
      );
    case 'findings':
      return <Findings talk={talk} findings={beat.step.findings ?? []} />;
    case 'provenance':
      return <Origins talk={talk} />;
    case 'scores':
      return <Scores talk={talk} totals={beat.answered} />;
    case 'plan':
      return <Plan talk={talk} />;
    case 'what_if':
      return <Supposed talk={talk} />;
    case 'treatment':
    case 'outcome':
      return (
        <div class="cb-told-large">
          <Paragraphs text={given[beat.step.show]?.text ?? ''} />
          <Cited talk={talk} source={given[beat.step.show]?.source} />
        </div>
      );
    default:
      return (
        <ul class="cb-points-taken">
          {given.teaching_points?.map(({ text, source }) => (
            <li key={text}>
              {text} <Cited talk={talk} source={source} />
            </li>
          ))}
        </ul>
      );
  }
}

/** Sources with the place in each, such as “Mika & Mesfin 2018, Fig. 2, l. 85”. */
export function Cited({ talk, source }: { talk: Talk; source: Readonly<Record<string, string>> | undefined }) {
  const words = Object.entries(source ?? {}).map(([key, place]) => `${talk.given.sources[key] ?? key}, ${place}`);
  return words.length > 0 ? <cite class="cb-source">{words.join('; ')}</cite> : null;
}

function Reading({ talk }: { talk: Talk }) {
  const { beat } = talk;
  const question = talk.question(beat)!;
  return (
    <div class={beat.answered ? 'cb-beside-each-other' : undefined}>
      <Hands talk={talk} question={question} answered={beat.answered} />
      {beat.answered && (
        <div class="cb-feedback">
          <Paragraphs text={question.feedback} />
        </div>
      )}
    </div>
  );
}

function Findings({ talk, findings }: { talk: Talk; findings: readonly string[] }) {
  const book = useBook();
  const { state } = talk;
  const refusedOn = (id: string) => refusalOf(state.draft?.refusals ?? [], id, book, talk.written);
  return (
    <>
      <Change talk={talk} told={state.results} />
      <div class={state.results ? 'cb-beside-each-other' : undefined}>
        <div class="cb-changing">
          {findings.map((id) => (
            <Choice
              key={id}
              class="cb-finding"
              attributes={{ 'data-finding': id }}
              name={`stage-${id}`}
              label={book.findingLabel(id)}
              options={book.findings.get(id)?.options ?? []}
              value={talk.written[id] ?? null}
              invalid={refusedOn(id) !== null}
              describedBy={refusedOn(id) === null ? undefined : `stage-${id}-refused`}
              onChange={(value) => talk.change(id, value)}
            >
              <Refused
                id={`stage-${id}-refused`}
                text={refusedOn(id)}
                others={othersOf(state.draft?.refusals ?? [], id)}
                onLeave={(other) => talk.change(other, null)}
              />
              {state.provenance && <Origin talk={talk} finding={id} />}
            </Choice>
          ))}
        </div>
        {state.results && <Following talk={talk} />}
      </div>
    </>
  );
}

/** Where one finding stands from. */
function Origin({ talk, finding }: { talk: Talk; finding: string }) {
  const { published, state } = talk;
  const given = published[finding];
  const changed = (state.findings[finding] ?? null) !== (given?.value ?? null);
  const provenance = PROVENANCE_WORDS[given?.provenance ?? 'not_reported'];
  return (
    <p class="cb-origin" data-provenance={given?.provenance}>
      {changed ? 'changed' : `${provenance}${given?.note ? `. ${given.note}` : ''}`}
    </p>
  );
}

/** What was changed, large; what it moves only where the room may know. */
function Change({ talk, told }: { talk: Talk; told: boolean }) {
  const { told: last, draft } = talk.state;
  if (draft) {
    return (
      <div class="cb-change" role="status">
        {alarms(talk.book, draft.findings) && <p class="cb-set">{ALARM}</p>}
        <p class="cb-set">Not applied: findings contradict each other.</p>
      </div>
    );
  }
  return (
    <div class="cb-change" role="status">
      {last && <p class="cb-set">{last.set}</p>}
      {last && told && <p class="cb-moved">{last.change.text}</p>}
    </div>
  );
}

function Supposed({ talk }: { talk: Talk }) {
  const { beat } = talk;
  if (!beat.answered) return <p class="cb-lead">Make up your mind: what changes, and what stays?</p>;
  return (
    <div class="cb-beside-each-other">
      <div>
        <p class="cb-moved">{talk.state.told?.change.text}</p>
        <div class="cb-feedback">
          <Paragraphs text={talk.whatIf(beat)?.answer ?? ''} />
        </div>
      </div>
      <Following talk={talk} />
    </div>
  );
}

/** What follows from the findings on the stage. */
function Following({ talk }: { talk: Talk }) {
  return (
    <div class="cb-following">
      <Foremost talk={talk} />
      <Scores talk={talk} totals />
    </div>
  );
}

const PROVENANCES: readonly Provenance[] = ['reported', 'derived', 'assumed', 'not_reported'];

/** The findings as the case gives them, by where they come from. */
function Origins({ talk }: { talk: Talk }) {
  const book = useBook();
  const entries = Object.entries(talk.published);
  return (
    <div class="cb-origins">
      {PROVENANCES.map((provenance) => {
        const found = entries.filter(([, one]) => one.provenance === provenance);
        return (
          <section key={provenance} data-provenance={provenance}>
            <h2>
              <span class="cb-number">{found.length}</span> {PROVENANCE_WORDS[provenance]}
            </h2>
            <ul>
              {found.map(([id, { value }]) => (
                <li key={id}>
                  {book.findingLabel(id)}
                  {value !== null && <strong> {book.valueLabel(id, value)}</strong>}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function Scores({ talk, totals }: { talk: Talk; totals: boolean }) {
  const book = useBook();
  const { scores } = book.engine.assess(talk.state.findings);
  return (
    <div class="cb-large-scores">
      {book.knowledge.scores.map((score) => {
        const result = scores[score.id];
        if (!result) return null;
        if (!totals) {
          return (
            <div key={score.id}>
              <p class="cb-score-line">
                <strong>{score.label}</strong>
              </p>
              <p>{score.question}</p>
            </div>
          );
        }
        if (result.status === 'not_applicable') {
          return (
            <p key={score.id} class="cb-note">
              {score.label}: not applicable. {result.reason}
            </p>
          );
        }
        return (
          <div key={score.id} data-score={score.id} data-low={result.low} data-high={result.high}>
            <p class="cb-score-line">
              <strong>{score.label}</strong>
              <span class="cb-total">{rangeWord(result.low, result.high)}</span>
              <span>{list(result.bands.map((band) => book.bandLabel(score.id, band)), 'or')}</span>
              {result.as_one_lesion && (
                <span>
                  by segments; as one lesion {rangeWord(result.as_one_lesion.low, result.as_one_lesion.high)}
                </span>
              )}
            </p>
            <Scale score={score} result={result} />
            {result.notes.slice(0, 1).map((note) => (
              <p key={note} class="cb-note">
                {note}
              </p>
            ))}
          </div>
        );
      })}
    </div>
  );
}

/** The state of the patient on the stage. */
function Foremost({ talk }: { talk: Talk }) {
  const { first_line: lines } = useBook().engine.assess(talk.state.findings);
  return (
    <div class="cb-foremost">
      <Lines lines={lines} />
    </div>
  );
}

function Plan({ talk }: { talk: Talk }) {
  const book = useBook();
  const { plan } = book.engine.assess(talk.state.findings);
  const decided = plan.filter(({ status }) => status === 'decided');
  const open = plan.filter(({ status }) => status === 'undecided');
  return (
    <>
      <Foremost talk={talk} />
      <div class="cb-large-plan">
        {STANCES.map((stance) => (
          <Stanced key={stance} stance={stance} entries={decided.filter((entry) => entry.stance === stance)} />
        ))}
        {open.length > 0 && (
          <section>
            <h2>Not yet decided</h2>
            <ul>
              {open.map((entry) => (
                <li key={entry.action} data-action={entry.action}>
                  {book.actionLabel(entry.action)}{' '}
                  <small>depends on {few(entry.depends_on.map((id) => book.findingLabel(id)))}</small>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </>
  );
}

function Stanced({ stance, entries }: { stance: Stance; entries: readonly PlanEntry[] }) {
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
