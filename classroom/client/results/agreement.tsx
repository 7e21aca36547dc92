/** The agreement of the room beside published figures, with the limits of both. */

import { message, messageParts } from '../../../widgets/engine/messages';
import type { Ballot, Kappa, RoomAgreement, RoundResult } from '../protocol/types';
import { percentage } from './vote_bars';

export function AgreementView({ ballot, result }: { ballot: Ballot; result: RoundResult }) {
  const { agreement, before, score } = result;
  if (!agreement) return null;
  const { kappa, kappas, why_not, published } = agreement;
  const votes = before?.agreement ? [before.agreement, agreement] : [agreement];
  const headings =
    votes.length === 1
      ? [message('room-agreement-pairs')]
      : [message('room-agreement-pairs-first'), message('room-agreement-pairs-second')];
  const label = (id: string) =>
    ballot.rank ? message('room-rank', { rank: id }) : (ballot.fields.find((field) => field.id === id)?.label ?? id);
  return (
    <div class="room-agreed">
      <table>
        <caption>{message('room-agreement')}</caption>
        <thead>
          <tr>
            <th scope="col">{message('room-agreement-item')}</th>
            {headings.map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
            {kappa && <th scope="col">{message('room-agreement-kappa')}</th>}
            {published.length > 0 && <th scope="col">{message('room-agreement-published')}</th>}
          </tr>
        </thead>
        <tbody>
          {Object.keys(agreement.pairs).map((id) => (
            <tr key={id} data-pairs={id}>
              <th scope="row">{label(id)}</th>
              {votes.map((vote, index) => (
                <td key={index}>{pairsText(vote, id)}</td>
              ))}
              {kappa && <td>{kappas[id] ? kappaText(kappas[id]) : message('room-kappa-undefined')}</td>}
              {published.length > 0 && <td>{publishedText(agreement, id)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      <div>
        {kappa && score && (
          <p>
            {messageParts('room-kappa-band', {
              score: score.label,
              kappa: <strong class="room-kappa">{kappaText(kappa)}</strong>,
              readers: kappa.readers,
              patients: kappa.patients,
            })}
          </p>
        )}
        {why_not && <p>{why_not}</p>}
        {published.length > 0 && (
          <p class="room-quiet">
            {message('room-agreement-sources', {
              sources: [...new Set(published.map(({ source }) => source))].join('; '),
            })}
          </p>
        )}
        <p class="room-quiet">{message('room-agreement-caution')}</p>
      </div>
    </div>
  );
}

function pairsText({ pairs }: RoomAgreement, id: string): string {
  const share = pairs[id];
  return share === null || share === undefined ? message('room-agreement-no-pairs') : percentage(share);
}

function kappaText({ value, low, high }: Kappa): string {
  if (low === null || high === null) return value.toFixed(2);
  return message('room-kappa-interval', { value: value.toFixed(2), low: low.toFixed(2), high: high.toFixed(2) });
}

function publishedText({ published }: RoomAgreement, id: string): string {
  const entry = published.find(({ field }) => field === id);
  if (!entry) return message('room-agreement-none-published');
  const statistic = entry.statistic === 'kappa' ? 'κ' : entry.statistic;
  return message('room-agreement-figure', { statistic, value: entry.value });
}
