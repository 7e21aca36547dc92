/** The result of a closed question. */

import { message } from '../../../widgets/engine/messages';
import type { Answer, Ballot, Field, RoundResult } from '../protocol/types';
import { AgreementView } from './agreement';
import { AnswerKeyView } from './answer_key';
import { Totals } from './totals';
import { VoteBars, type Row, votesOf } from './vote_bars';

/** In a list longer than this, options that nobody chose are left out. */
const LONG_LIST = 8;

interface Props {
  ballot: Ballot;
  result: RoundResult;
  /** The reader's own answer. */
  mine?: Answer | null;
  /** Whether the answer key is marked. */
  keyShown?: boolean;
}

export function Results(props: Props) {
  return (
    <div class="room-outcome">
      <p class="room-votes">{voteCount(props.result)}</p>
      <Distribution {...props} />
      {props.result.key && (
        <details class="room-keyed">
          <summary>{message('room-key-summary')}</summary>
          <AnswerKeyView {...props} />
        </details>
      )}
      <Consequences result={props.result} />
      <AgreementView {...props} />
    </div>
  );
}

export function voteCount({ votes, before }: RoundResult): string {
  return before
    ? message('room-votes-first-second', { first: before.votes, second: votes })
    : message('room-votes', { votes });
}

/** How often each option was chosen; for a ranking, at each rank. */
export function Distribution({ ballot, result, mine = null, keyShown = false }: Props) {
  const columns = ballot.fields.flatMap((field) => (ballot.rank ? ranks(field) : [field]));
  return (
    <div class="room-tables" data-columns={columns.length}>
      {columns.map((field, index) => {
        const own = ballot.rank ? mine?.[ballot.fields[0]!.id]?.[index] : mine?.[field.id];
        const key = keyShown && (ballot.rank ? result.key?.key[index] : result.key?.key);
        const rows: Row[] = shownOptions(field, result).map(({ id, label }) => ({
          id,
          label,
          mark: (
            <>
              {own === id && <em class="room-mark">{message('room-your-answer')}</em>}
              {key === id && <em class="room-mark">{message('room-key-mark')}</em>}
            </>
          ),
        }));
        return (
          <VoteBars
            key={field.id}
            title={field.label}
            heading={message('room-option')}
            rows={rows}
            result={result}
            counts={(vote) => vote.fields[field.id] ?? {}}
          />
        );
      })}
    </div>
  );
}

function ranks({ options }: Field): Field[] {
  return options.map((_, index) => ({
    id: String(index + 1),
    label: message('room-rank', { rank: index + 1 }),
    options,
  }));
}

function shownOptions({ id, options }: Field, result: RoundResult): Field['options'] {
  if (options.length <= LONG_LIST) return options;
  return options.filter((option) => [result, result.before].some((vote) => vote?.fields[id]?.[option.id]));
}

/** Totals, bands and recommendations that the engine derives from each vote. */
export function Consequences({ result }: { result: RoundResult }) {
  const votes = votesOf(result);
  const rows = (part: 'bands' | 'plans') =>
    [...new Set(votes.flatMap((vote) => Object.keys(vote[part])))].map((label) => ({ id: label, label }));
  const bands = rows('bands');
  const plans = rows('plans');
  const { score } = result;
  if (bands.length + plans.length === 0) return null;
  return (
    <div class="room-follows">
      {score && votes.some(({ totals }) => totals.length > 0) && <Totals result={result} score={score} />}
      {score && bands.length > 0 && (
        <VoteBars
          title={message('room-bands', { score: score.label })}
          heading={message('room-band')}
          rows={bands}
          result={result}
          counts={(vote) => vote.bands}
        />
      )}
      {plans.length > 0 && (
        <VoteBars
          title={message('room-plans')}
          heading={message('room-plan')}
          rows={plans}
          result={result}
          counts={(vote) => vote.plans}
        />
      )}
    </div>
  );
}
