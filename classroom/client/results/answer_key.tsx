/** The key of a quiz question, with the feedback on each option. */

import { message, messageParts } from '../../../widgets/engine/messages';
import type { Ballot, RoundResult } from '../protocol/types';

export function AnswerKeyView({ ballot, result: { key } }: { ballot: Ballot; result: RoundResult }) {
  if (!key) return null;
  const label = (id: string) => ballot.fields[0]?.options.find((option) => option.id === id)?.label ?? id;
  const answer = [key.key]
    .flat()
    .map(label)
    .reduce((first, next) => message('room-key-next', { first, next }));
  return (
    <div class="room-key">
      <p>
        {messageParts('room-key', { answer: <strong>{answer}</strong> })}{' '}
        <span class="room-quiet">{key.checked === 'engine' ? message('room-key-checked') : key.source}</span>
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
