/** How far the room agreed, beside what was published, each with what it does not say. */

import { percent } from './bars';
import type { Asked, Result } from './types';

export function Agreed({ asked, result }: { asked: Asked; result: Result }) {
  const { agreement, before } = result;
  if (!agreement) return null;
  const { pairs, kappa, why_not, published } = agreement;
  const share = (one: Result | null, id: string) => {
    const value = one?.agreement?.pairs[id];
    return value === null || value === undefined ? '–' : percent(value);
  };
  return (
    <div class="room-agreed">
      <table>
        <caption>Pairs of readers that agree</caption>
        <thead>
          <tr>
            <th scope="col">Item</th>
            {before && <th scope="col">First vote</th>}
            <th scope="col">{before ? 'Second vote' : 'This room'}</th>
          </tr>
        </thead>
        <tbody>
          {Object.keys(pairs).map((id) => (
            <tr key={id} data-pairs={id}>
              <th scope="row">{asked.fields.find((field) => field.id === id)?.label ?? id.replaceAll('_', ' ')}</th>
              {before && <td>{share(before, id)}</td>}
              <td>{share(result, id)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div>
        {kappa ? (
          <p class="room-kappa">
            Fleiss’ κ <strong>{kappa.value.toFixed(2)}</strong>
            {kappa.low !== null && kappa.high !== null && ` (${kappa.low.toFixed(2)} to ${kappa.high.toFixed(2)})`}:{' '}
            {kappa.what}, {kappa.readers} readers of {kappa.patients} patients.
          </p>
        ) : (
          why_not && <p class="room-kappa">{why_not}</p>
        )}
        {published.length > 0 && (
          <table>
            <caption>Published agreement</caption>
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col">Value</th>
                <th scope="col">Source</th>
              </tr>
            </thead>
            <tbody>
              {published.map(({ what, value, source }) => (
                <tr key={`${what} ${value}`}>
                  <th scope="row">{what}</th>
                  <td>{value}</td>
                  <td>{source}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </div>
  );
}
