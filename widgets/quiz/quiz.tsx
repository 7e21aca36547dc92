/** Questions that a reader answers and submits; then each option is explained, with its source. */

import { useEffect, useRef, useState } from 'preact/hooks';

import { message } from '../engine/messages';
import { useTrait } from '../frontend/hooks';
import type { Model } from '../frontend/host';
import { LaterPart } from '../frontend/later_parts';
import type { Answer, QuizQuestion } from '../frontend/quiz_question';
import { QuestionFold } from '../frontend/question_fold';
import type { Confidence } from '../progress/record';
import { recordAnswer } from '../progress/store';
import { ConfidenceChoice } from './confidence';
import { openLinkedQuestion } from './linked_question';

interface Props {
  model: Model;
  instance: string;
  /** Whether the widget is in a page of the book, where answers are stored in the browser. */
  page: boolean;
}

export function Quiz({ model, instance, page }: Props) {
  const questions = model.get('questions') as readonly QuizQuestion[];
  const answers = useTrait<Readonly<Record<string, Answer>>>(model, 'answers');
  const committed = useTrait<readonly string[]>(model, 'committed');
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => (page ? openLinkedQuestion(root.current!) : undefined), [page]);
  const set = (name: string, value: unknown) => {
    model.set(name, value);
    model.save_changes();
  };
  return (
    <div ref={root} class="cb cb-quiz">
      {questions.map((question, index) => (
        <QuestionForm
          key={question.id}
          question={question}
          number={index + 1}
          next={questions.findIndex(({ id }) => !committed.includes(id)) === index}
          name={`${instance}-${index}`}
          answer={answers[question.id] ?? []}
          committed={committed.includes(question.id)}
          onAnswer={(answer) => set('answers', { ...answers, [question.id]: answer })}
          kept={page}
          onCommit={() => set('committed', [...committed, question.id])}
          onReset={() => {
            set('committed', committed.filter((id) => id !== question.id));
            set('answers', { ...answers, [question.id]: [] });
          }}
        />
      ))}
    </div>
  );
}

interface QuestionProps {
  question: QuizQuestion;
  number: number;
  /** Whether it is the first that was not submitted. */
  next: boolean;
  /** Unique in the page: the name of the radio group. */
  name: string;
  answer: Answer;
  committed: boolean;
  /** Whether answers are stored in the browser. */
  kept: boolean;
  onAnswer: (answer: Answer) => void;
  onCommit: () => void;
  onReset: () => void;
}

function QuestionForm({ question, number, next, name, answer, committed, kept, onAnswer, onCommit, onReset }: QuestionProps) {
  const { id, kind, options } = question;
  const key = [question.key].flat();
  const right = String(answer) === String(key);
  const [missing, setMissing] = useState(false);
  const [confidence, setConfidence] = useState<Confidence>();
  const [refused, setRefused] = useState(false);
  const [chosenRanks, setChosenRanks] = useState<readonly number[]>([]);
  /** The rank of each option, from 0. Two options may share a rank for a while, because arrow keys pass through every rank. */
  const ranks = options.map((option, index) => (answer.length ? answer.indexOf(option.id) : (chosenRanks[index] ?? -1)));
  const group = useRef<HTMLFieldSetElement>(null);

  const commit = () => {
    setMissing(!answer.length);
    if (!answer.length) {
      group.current?.querySelector<HTMLElement>('input, select')?.focus();
      return;
    }
    setRefused(kept && !recordAnswer(id, { right, ...(confidence && { confidence }) }));
    onCommit();
  };

  /** The notice of a missing answer remains until something is chosen. */
  const choose = (chosen: Answer) => {
    setMissing(false);
    onAnswer(chosen);
  };

  const reset = () => {
    setChosenRanks([]);
    setConfidence(undefined);
    onReset();
  };

  const setRank = (moved: number, to: number) => {
    const changed = ranks.map((rank, index) => (index === moved ? to : rank));
    const order = options.flatMap((_, rank) => options[changed.indexOf(rank)]?.id ?? []);
    setChosenRanks(changed);
    choose(order.length === options.length ? order : []);
  };

  return (
    <QuestionFold
      id={`quiz-${id.split('/')[1]}`}
      number={number}
      question={question.question}
      dataQuestion={id}
      open={next || committed}
    >
      <fieldset ref={group} disabled={committed}>
        <legend class="cb-hidden">{message('quiz-question', { number, question: question.question })}</legend>
        {question.setting && <p>{question.setting}</p>}
        {kind === 'rank' && <p class="cb-note">{message('quiz-order')}</p>}
        <div class="cb-options cb-stacked">
          {options.map((option, index) => (
            // biome-ignore lint/a11y/noLabelWithoutControl: either branch is a control
            <label key={option.id}>
              {kind === 'rank' ? (
                <select
                  value={ranks[index]}
                  onChange={({ currentTarget }) => setRank(index, Number(currentTarget.value))}
                >
                  <option value={-1}>–</option>
                  {options.map((_, rank) => (
                    <option key={rank} value={rank}>
                      {rank + 1}
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
      {kept && (
        <ConfidenceChoice name={`${name}-confidence`} chosen={confidence} committed={committed} onChoose={setConfidence} />
      )}
      <div class="cb-tools">
        <button type="button" class={committed ? '' : 'cb-primary'} onClick={committed ? reset : commit}>
          {message(committed ? 'quiz-again' : 'quiz-submit')}
        </button>
        <span class="cb-said" role="status">
          {committed ? (
            <>
              <strong>{message(right ? 'quiz-right' : 'quiz-wrong')}</strong>
              {refused && ` ${message('quiz-not-kept')}`}
            </>
          ) : (
            missing && message(kind === 'rank' ? 'quiz-order-missing' : 'quiz-missing')
          )}
        </span>
      </div>
      {committed && <LaterPart part="Feedback" question={question} order={key} answer={answer} />}
    </QuestionFold>
  );
}
