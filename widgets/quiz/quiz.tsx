/** Questions that a reader commits to; then every answer is told apart, with its source. */

import { useRef, useState } from 'preact/hooks';

import { message } from '../engine/messages';
import { recordAnswer } from '../progress/store';
import { useTrait } from '../frontend/hooks';
import type { Model } from '../frontend/host';

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

/** The chosen option alone; for an order all options, first to last. Empty while there is no whole answer. */
type Answer = readonly string[];

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
  const [given, setGiven] = useState<readonly number[]>([]);
  /** The place of each option, from 0. Two may share one for a while: the arrow keys go through every place. */
  const places = options.map((option, index) => (answer.length ? answer.indexOf(option.id) : (given[index] ?? -1)));
  const group = useRef<HTMLFieldSetElement>(null);

  const commit = () => {
    setMissing(!answer.length);
    if (answer.length) onCommit(right);
    else group.current?.querySelector<HTMLElement>('input, select')?.focus();
  };

  /** What was missing is said until something is chosen. */
  const choose = (next: Answer) => {
    setMissing(false);
    onAnswer(next);
  };

  const again = () => {
    setGiven([]);
    onAgain();
  };

  const put = (moved: number, to: number) => {
    const next = places.map((place, index) => (index === moved ? to : place));
    const order = options.flatMap((_, place) => options[next.indexOf(place)]?.id ?? []);
    setGiven(next);
    choose(order.length === options.length ? order : []);
  };

  return (
    <div class="cb-question" id={`quiz-${id.split('/')[1]}`} data-question={id}>
      <fieldset ref={group} disabled={committed}>
        <legend class="cb-label">
          {message('quiz-question', { number, question: question.question })}
        </legend>
        {question.setting && <p>{question.setting}</p>}
        {kind === 'rank' && <p class="cb-note">{message('quiz-order')}</p>}
        <div class="cb-options cb-stacked">
          {options.map((option, index) => (
            // biome-ignore lint/a11y/noLabelWithoutControl: either branch is a control
            <label key={option.id}>
              {kind === 'rank' ? (
                <select
                  value={places[index]}
                  onChange={({ currentTarget }) => put(index, Number(currentTarget.value))}
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
                  onChange={() => choose([option.id])}
                />
              )}
              <span>{option.label}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div class="cb-tools">
        <button type="button" class={committed ? '' : 'cb-primary'} onClick={committed ? again : commit}>
          {message(committed ? 'quiz-again' : 'quiz-submit')}
        </button>
        <span class="cb-said" role="status">
          {committed ? (
            <strong>{message(right ? 'quiz-right' : 'quiz-wrong')}</strong>
          ) : (
            missing && message(kind === 'rank' ? 'quiz-order-missing' : 'quiz-missing')
          )}
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
          <strong>{ranked ? message('quiz-question', { number: place + 1, question: label }) : label}</strong>{' '}
          {ranked ? message('quiz-option-place', { number: answer.indexOf(id) + 1 }) : marked(id, order, answer)}
          <br />
          {feedback} <cite class="cb-source">({from})</cite>
        </p>
      ))}
      {source && <p class="cb-note">{message('quiz-source', { source })}</p>}
    </div>
  );
}

/** Whether an option is the correct one, the reader's, or both. */
function marked(id: string, [key]: readonly string[], [chosen]: Answer): string | null {
  if (id !== key) return id === chosen ? message('quiz-option-yours') : null;
  return message(id === chosen ? 'quiz-option-both' : 'quiz-option-key');
}
