/** How far the room agreed, beside what was published, and what neither figure says. */

import { percent } from './vote_bars';
import type { Agreement, Asked, Kappa, Result } from '../protocol/types';

export function Agreed({ asked, result }: { asked: Asked; result: Result }) {
  const { agreement, before } = result;
  if (!agreement) return null;
  const { kappa, kappas, why_not, published } = agreement;
  const votes = before?.agreement ? [before.agreement, agreement] : [agreement];
  const names = votes.length === 1 ? ['Pairs that agree'] : ['Pairs, first vote', 'Pairs, second vote'];
  const label = (id: string) =>
    asked.rank ? `Place ${id}` : (asked.fields.find((field) => field.id === id)?.label ?? id);
  return (
    <div class="room-agreed">
      <table>
        <caption>Agreement</caption>
        <thead>
          <tr>
            <th scope="col">Item</th>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            {kappa && <th scope="col">κ of this room</th>}
            {published.length > 0 && <th scope="col">Published</th>}
          </tr>
        </thead>
        <tbody>
          {Object.keys(agreement.pairs).map((id) => (
            <tr key={id} data-pairs={id}>
              <th scope="row">{label(id)}</th>
              {votes.map((vote, index) => (
                <td key={index}>{shared(vote, id)}</td>
              ))}
              {kappa && <td>{kappas[id] ? said(kappas[id]) : 'not defined'}</td>}
              {published.length > 0 && <td>{printed(agreement, id)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      <div>
        {kappa && (
          <p>
            Fleiss’ κ of the {kappa.what.toLowerCase().replace('sins', 'SINS')}:{' '}
            <strong class="room-kappa">{said(kappa)}</strong>, from {kappa.readers} readers of {kappa.patients}{' '}
            patients. {kappa.interval}.
          </p>
        )}
        {why_not && <p>{why_not}</p>}
        {published.length > 0 && (
          <p class="room-quiet">
            Published: {[...new Set(published.map(({ source }) => source))].join('; ')}. It was reached over other
            patients by other readers.
          </p>
        )}
        <p class="room-quiet">
          A share of pairs is not corrected for chance: it is never lower than a κ of the same votes, so the two are
          not to be set against each other. To agree is not to be right.
        </p>
      </div>
    </div>
  );
}

function shared({ pairs }: Agreement, id: string): string {
  const share = pairs[id];
  return share === null || share === undefined ? 'no pair' : percent(share);
}

function said({ value, low, high }: Kappa): string {
  const range = low === null || high === null ? '' : ` (${low.toFixed(2)} to ${high.toFixed(2)})`;
  return `${value.toFixed(2)}${range}`;
}

function printed({ published }: Agreement, id: string): string {
  const entry = published.find(({ field }) => field === id);
  return entry ? `${entry.statistic === 'kappa' ? 'κ' : entry.statistic} ${entry.value}` : 'none';
}
