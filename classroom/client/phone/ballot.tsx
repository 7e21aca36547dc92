/** The ballot of the open question, with native controls; nothing counts before it is submitted. */

import { useRef, useState } from 'preact/hooks';

import { message } from '../../../widgets/engine/messages';
import type { Answer, Field, Round } from '../protocol/types';

/** The actions of a plan must all be read, so they are radio buttons; the levels of a spine fit a list. */
const MAXIMUM_RADIOS = 28;

interface Props {
  round: Round;
  answer: Answer;
  /** The reader's vote as the server has it. */
  mine: Answer | null;
  onChange: (answer: Answer) => void;
  onSubmit: () => void;
}

export function BallotForm({ round, answer, mine, onChange, onSubmit }: Props) {
  const [missing, setMissing] = useState<Field | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const submit = (event: Event) => {
    event.preventDefault();
    const open = round.fields.find((field) => !isAnswered(round, field, answer)) ?? null;
    setMissing(open);
    if (open)
      form.current?.querySelector<HTMLElement>(`[data-field="${CSS.escape(open.id)}"] :is(input, select)`)?.focus();
    else onSubmit();
  };
  const changed = mine !== null && !sameAnswer(mine, answer);
  const status = () => {
    if (missing && !isAnswered(round, missing, answer)) return message('room-missing', { field: missing.label });
    if (mine === null) return message('room-vote-hidden');
    return message(changed ? 'room-vote-changed' : 'room-vote-submitted');
  };
  return (
    <form ref={form} onSubmit={submit} noValidate>
      {round.fields.map((field) => (
        <FieldControl
          key={field.id}
          field={field}
          rank={round.rank}
          name={['room', round.id, field.id].join('-')}
          value={answer[field.id]}
          onChange={(value) => onChange({ ...answer, [field.id]: value })}
        />
      ))}
      <div class="room-commit">
        <button type="submit" class="room-primary" disabled={mine !== null && !changed}>
          {message(mine === null ? 'room-submit' : 'room-submit-change')}
        </button>
        <span role="status">{status()}</span>
      </div>
    </form>
  );
}

interface FieldProps {
  field: Field;
  rank: boolean;
  name: string;
  value: string | readonly string[] | undefined;
  onChange: (value: string | readonly string[]) => void;
}

function FieldControl({ field, rank, name, value, onChange }: FieldProps) {
  if (rank) return <RankingControl field={field} name={name} value={value} onChange={onChange} />;
  if (field.options.length > MAXIMUM_RADIOS) {
    return (
      <div class="room-field" data-field={field.id}>
        <label class="room-label" for={name}>
          {field.label}
        </label>
        {field.help && <p class="room-help">{field.help}</p>}
        <select id={name} value={String(value ?? '')} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
          <option value="" disabled>
            {message('room-choose')}
          </option>
          {field.options.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </div>
    );
  }
  return (
    <fieldset class="room-field" data-field={field.id}>
      <legend class="room-label">{field.label}</legend>
      {field.help && <p class="room-help">{field.help}</p>}
      <div class="room-options">
        {field.options.map(({ id, label }) => (
          <label key={id}>
            <input type="radio" name={name} value={id} checked={value === id} onChange={() => onChange(id)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** One list for each rank; choosing an option that has another rank empties that other rank. */
function RankingControl({ field, name, value, onChange }: Omit<FieldProps, 'rank'>) {
  const chosen = field.options.map((_, index) => value?.[index] ?? '');
  const choose = (at: number, id: string) =>
    onChange(chosen.map((former, index) => (index === at ? id : former === id ? '' : former)));
  return (
    <fieldset class="room-field" data-field={field.id}>
      <legend class="room-label">{field.label}</legend>
      {field.help && <p class="room-help">{field.help}</p>}
      <ol class="room-places">
        {chosen.map((id, index) => (
          <li key={index}>
            <select
              aria-label={message('room-rank', { rank: index + 1 })}
              name={`${name}-${index + 1}`}
              value={id}
              onChange={({ currentTarget }) => choose(index, currentTarget.value)}
            >
              <option value="">{message('room-choose')}</option>
              {field.options.map((option) => (
                <option key={option.id} value={option.id}>
                  {option.label}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ol>
    </fieldset>
  );
}

function isAnswered(round: Round, field: Field, answer: Answer): boolean {
  const value = answer[field.id];
  if (!round.rank) return typeof value === 'string' && value !== '';
  return Array.isArray(value) && value.length === field.options.length && !value.includes('');
}

/** Whether two answers are equal, in whatever order their fields are. */
export function sameAnswer(one: Answer, other: Answer): boolean {
  const ids = Object.keys(one);
  return ids.length === Object.keys(other).length && ids.every((id) => String(one[id]) === String(other[id]));
}
