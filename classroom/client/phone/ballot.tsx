/** The question that is open, as native controls; nothing counts before it is committed. */

import { useRef, useState } from 'preact/hooks';

import type { Answer, Field, Round } from '../protocol/types';

/** Every action of a plan is read before one is chosen; of the levels of a spine, the right one is looked up. */
const MOST_RADIOS = 28;

interface Props {
  round: Round;
  answer: Answer;
  /** What the room holds of this reader. */
  mine: Answer | null;
  onChange: (answer: Answer) => void;
  onCommit: () => void;
}

export function Vote({ round, answer, mine, onChange, onCommit }: Props) {
  const [missing, setMissing] = useState<Field | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const commit = (event: Event) => {
    event.preventDefault();
    const open = round.fields.find((field) => !answered(round, field, answer)) ?? null;
    setMissing(open);
    if (open) form.current?.querySelector<HTMLElement>(`[data-field="${CSS.escape(open.id)}"] :is(input, select)`)?.focus();
    else onCommit();
  };
  const changed = mine !== null && !same(mine, answer);
  return (
    <form ref={form} onSubmit={commit} noValidate>
      {round.fields.map((field) => (
        <Choice
          key={field.id}
          field={field}
          rank={round.rank}
          name={`room-${round.id}-${field.id}`}
          value={answer[field.id]}
          onChange={(value) => onChange({ ...answer, [field.id]: value })}
        />
      ))}
      <div class="room-commit">
        <button type="submit" class="room-primary" disabled={mine !== null && !changed}>
          {mine === null ? 'Commit' : 'Commit the change'}
        </button>
        <span role="status">
          {missing && !answered(round, missing, answer)
            ? `Not yet answered: ${missing.label}`
            : mine === null
              ? 'Nobody sees a vote before the question is closed.'
              : changed
                ? 'Changed here, not yet in the room.'
                : 'Committed. You may change it until the question is closed.'}
        </span>
      </div>
    </form>
  );
}

interface ChoiceProps {
  field: Field;
  rank: boolean;
  name: string;
  value: string | readonly string[] | undefined;
  onChange: (value: string | readonly string[]) => void;
}

function Choice({ field, rank, name, value, onChange }: ChoiceProps) {
  if (rank) return <Order field={field} name={name} value={value} onChange={onChange} />;
  if (field.options.length > MOST_RADIOS) {
    return (
      <div class="room-field" data-field={field.id}>
        <label class="room-label" for={name}>
          {field.label}
        </label>
        {field.help && <p class="room-help">{field.help}</p>}
        <select id={name} value={String(value ?? '')} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
          <option value="" disabled>
            Choose
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

/** One list a place; who takes what stands elsewhere leaves a gap there. */
function Order({ field, name, value, onChange }: Omit<ChoiceProps, 'rank'>) {
  const places = field.options.map((_, place) => value?.[place] ?? '');
  const put = (place: number, id: string) =>
    onChange(places.map((there, index) => (index === place ? id : there === id ? '' : there)));
  return (
    <fieldset class="room-field" data-field={field.id}>
      <legend class="room-label">{field.label}</legend>
      {field.help && <p class="room-help">{field.help}</p>}
      <ol class="room-places">
        {places.map((id, place) => (
          <li key={place}>
            <select
              aria-label={`Place ${place + 1}`}
              name={`${name}-${place + 1}`}
              value={id}
              onChange={({ currentTarget }) => put(place, currentTarget.value)}
            >
              <option value="">Choose</option>
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

function answered(round: Round, field: Field, answer: Answer): boolean {
  const value = answer[field.id];
  if (!round.rank) return typeof value === 'string' && value !== '';
  return Array.isArray(value) && value.length === field.options.length && !value.includes('');
}

/** Two answers, whatever the order in which their fields are written. */
export function same(one: Answer, other: Answer): boolean {
  const ids = Object.keys(one);
  return ids.length === Object.keys(other).length && ids.every((id) => String(one[id]) === String(other[id]));
}
