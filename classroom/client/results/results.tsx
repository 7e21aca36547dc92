/** What the room said, once a question is closed. */

import { Agreed } from './agreement';
import { Bars, type Row, votesOf } from './vote_bars';
import { Totals } from './totals';
import type { Answer, Asked, Field, Result } from '../protocol/types';

/** From a list longer than this, what nobody chose is left out. */
const LONG = 8;

interface Props {
  asked: Asked;
  result: Result;
  /** What this reader said. */
  mine?: Answer | null;
  /** Whether the key is marked: not before the room has discussed. */
  keyed?: boolean;
}

export function Outcome(props: Props) {
  return (
    <div class="room-outcome">
      <p class="room-votes">{votesIn(props.result)}</p>
      <Readings {...props} />
      {props.result.key && (
        <details class="room-keyed">
          <summary>The key, and why</summary>
          <Key {...props} />
        </details>
      )}
      <Follows result={props.result} />
      <Agreed {...props} />
    </div>
  );
}

export function votesIn({ votes, before }: Result): string {
  const said = (n: number) => `${n} ${n === 1 ? 'vote' : 'votes'}`;
  return before ? `${said(before.votes)}, then ${votes}` : said(votes);
}

/** The distribution of each reading; of a ranking, of each place. */
export function Readings({ asked, result, mine = null, keyed = false }: Props) {
  const columns = asked.fields.flatMap((field) => (asked.rank ? places(field) : [field]));
  return (
    <div class="room-tables" data-columns={columns.length}>
      {columns.map((field, index) => {
        const own = asked.rank ? mine?.[asked.fields[0]!.id]?.[index] : mine?.[field.id];
        const key = keyed && (asked.rank ? result.key?.key[index] : result.key?.key);
        const rows: Row[] = shown(field, result).map(({ id, label }) => ({
          id,
          label,
          mark: (
            <>
              {own === id && <em class="room-mark">yours</em>}
              {key === id && <em class="room-mark">✓ key</em>}
            </>
          ),
        }));
        return (
          <Bars
            key={field.id}
            title={field.label}
            what="Option"
            rows={rows}
            result={result}
            counts={(vote) => vote.fields[field.id] ?? {}}
          />
        );
      })}
    </div>
  );
}

function places({ options }: Field): Field[] {
  return options.map((_, index) => ({ id: String(index + 1), label: `Place ${index + 1}`, options }));
}

function shown({ id, options }: Field, result: Result): Field['options'] {
  if (options.length <= LONG) return options;
  return options.filter((option) => [result, result.before].some((vote) => vote?.fields[id]?.[option.id]));
}

/** What was keyed, and what is to be said of each option. */
export function Key({ asked, result: { key } }: Props) {
  if (!key) return null;
  const label = (id: string) => asked.fields[0]?.options.find((option) => option.id === id)?.label ?? id;
  const keyed = typeof key.key === 'string' ? label(key.key) : key.key.map(label).join(', then ');
  return (
    <div class="room-key">
      <p>
        ✓ Key: <strong>{keyed}</strong>{' '}
        <span class="room-quiet">{key.checked === 'engine' ? 'checked by the engine' : key.source}</span>
      </p>
      <dl>
        {key.options.map(({ id, feedback, source }) => (
          <div key={id}>
            <dt>{label(id)}</dt>
            <dd>
              {feedback} <span class="room-quiet">{source}</span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** What follows from each vote, by the engine. */
export function Follows({ result }: { result: Result }) {
  const votes = votesOf(result);
  const rows = (part: 'bands' | 'plans') =>
    [...new Set(votes.flatMap((vote) => Object.keys(vote[part])))].map((label) => ({ id: label, label }));
  const reached = rows('bands');
  const plans = rows('plans');
  if (reached.length + plans.length === 0) return null;
  return (
    <div class="room-follows">
      {votes.some(({ totals }) => totals.length > 0) && <Totals result={result} />}
      {reached.length > 0 && (
        <Bars title="SINS band" what="Band" rows={reached} result={result} counts={(vote) => vote.bands} />
      )}
      {plans.length > 0 && (
        <Bars title="Where the plan stands" what="Plan" rows={plans} result={result} counts={(vote) => vote.plans} />
      )}
    </div>
  );
}
