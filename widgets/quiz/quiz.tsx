/** Questions that a reader commits to; then every answer is told apart, with its source. */

import { useRef, useState } from 'preact/hooks';

import { recordAnswer } from '../progress/store';
import { useTrait } from '../shared/hooks';
import type { Model } from '../shared/host';

interface Option {
  readonly id: string;
  readonly label: string;
  readonly feedback: string;
  readonly source: string;
}

interface Question {
  /** In the whole book: `colon-s1/pain`. */
  readonly id: string;
  readonly kind: string;
  readonly question: string;
  readonly setting: string;
  readonly options: readonly Option[];
  readonly key: string | readonly string[];
  /** What the key rests on, where the engine cannot check it; else empty. */
  readonly source: string;
}

/** The chosen option; for an order the option in each place, null where none is yet. */
type Answer = readonly (string | null)[];

interface Props {
  model: Model;
  instance: string;
  /** In a page of the book, whose browser keeps what was answered. */
  page: boolean;
}

export function Quiz({ model, instance, page }: Props) {
  const questions = model.get('questions') as readonly Question[];
  const answers = useTrait<Readonly<Record<string, Answer>>>(model, 'answers');
  const committed = useTrait<readonly string[]>(model, 'committed');
  const set = (name: string, value: unknown) => {
    model.set(name, value);
    model.save_changes();
  };
  return (
    <div class="cb cb-quiz">
      {questions.map((question, index) => (
        <Asked
          key={question.id}
          question={question}
          number={index + 1}
          name={`${instance}-${index}`}
          answer={answers[question.id] ?? []}
          committed={committed.includes(question.id)}
          onAnswer={(answer) => set('answers', { ...answers, [question.id]: answer })}
          onCommit={(right) => {
            set('committed', [...committed, question.id]);
            if (page) recordAnswer(question.id, right);
          }}
          onAgain={() => {
            set('committed', committed.filter((id) => id !== question.id));
            set('answers', { ...answers, [question.id]: [] });
          }}
        />
      ))}
    </div>
  );
}

interface AskedProps {
  question: Question;
  number: number;
  /** Unique in the page: the name of the radio group. */
  name: string;
  answer: Answer;
  committed: boolean;
  onAnswer: (answer: Answer) => void;
  onCommit: (right: boolean) => void;
  onAgain: () => void;
}

function Asked({ question, number, name, answer, committed, onAnswer, onCommit, onAgain }: AskedProps) {
  const { id, kind, options } = question;
  const key = [question.key].flat();
  const right = String(answer) === String(key);
  const [missing, setMissing] = useState(false);
  const group = useRef<HTMLFieldSetElement>(null);

  const commit = () => {
    const whole = key.every((_, place) => answer[place]);
    setMissing(!whole);
    if (whole) onCommit(right);
    else group.current?.querySelector<HTMLElement>('input, select')?.focus();
  };

  /** Options change places, so that no place is ever taken twice. */
  const put = (option: string, to: number) => {
    const next = options.map((_, place) => answer[place] ?? null);
    const from = next.indexOf(option);
    if (from >= 0) next[from] = next[to] ?? null;
    if (to >= 0) next[to] = option;
    onAnswer(next);
  };

  return (
    <div class="cb-question" id={`quiz-${id.split('/')[1]}`} data-question={id}>
      <fieldset ref={group} disabled={committed}>
        <legend class="cb-label">
          {number}. {question.question}
        </legend>
        {question.setting && <p>{question.setting}</p>}
        {kind === 'rank' && <p class="cb-note">Give each its place; 1 comes first.</p>}
        <div class="cb-options cb-stacked">
          {options.map((option) => (
            <label key={option.id}>
              {kind === 'rank' ? (
                <select
                  value={answer.indexOf(option.id)}
                  onChange={({ currentTarget }) => put(option.id, Number(currentTarget.value))}
                >
                  <option value={-1}>–</option>
                  {options.map((_, place) => (
                    <option key={place} value={place}>
                      {place + 1}
                    </option>
                  ))}
                </select>
              ) : (
                <input
                  type="radio"
                  name={name}
                  value={option.id}
                  checked={answer[0] === option.id}
                  onChange={() => onAnswer([option.id])}
                />
              )}
              <span>{option.label}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div class="cb-tools">
        <button type="button" class={committed ? '' : 'cb-primary'} onClick={committed ? onAgain : commit}>
          {committed ? 'Ask again' : 'Commit'}
        </button>
        <span class="cb-said" role="status">
          {committed ? (right ? 'Right.' : 'Not right.') : missing && 'Answer first.'}
        </span>
      </div>
      {committed && <Told question={question} order={key} answer={answer} />}
    </div>
  );
}

/** What is said of every option: of an order in the right one, else as they were asked. */
function Told({ question, order, answer }: { question: Question; order: readonly string[]; answer: Answer }) {
  const { kind, options, source } = question;
  const ranked = kind === 'rank';
  const told = ranked ? order.map((id) => options.find((option) => option.id === id)!) : options;
  return (
    <div class="cb-beside">
      {told.map(({ id, label, feedback, source: from }, place) => (
        <p key={id} data-option={id}>
          <strong>
            {ranked && `${place + 1}. `}
            {label}
          </strong>
          {ranked
            ? ` (you: ${answer.indexOf(id) + 1})`
            : (order[0] === id ? ' (the answer)' : '') + (answer[0] === id ? ' (yours)' : '')}
          <br />
          {feedback} <cite class="cb-source">({from})</cite>
        </p>
      ))}
      {source && <p class="cb-note">The answer rests on {source}.</p>}
    </div>
  );
}
