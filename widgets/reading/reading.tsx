/** The reader's own reading of a case: committed first, then seen beside the published one. */

import { useEffect, useRef, useState } from 'preact/hooks';

import { message } from '../engine/messages';
import { useTrait } from '../frontend/hooks';
import type { Model } from '../frontend/host';
import { Paragraphs } from '../frontend/paragraphs';

interface Question {
  readonly id: string;
  readonly question: string;
  readonly options: readonly { readonly id: string; readonly label: string }[];
  readonly published: string;
  readonly feedback: string;
}

type Answers = Readonly<Record<string, string>>;

interface Props {
  model: Model;
  instance: string;
}

export function Reading({ model, instance }: Props) {
  const questions = model.get('questions') as readonly Question[];
  const answers = useTrait<Answers>(model, 'answers');
  const committed = useTrait<boolean>(model, 'committed');
  const constructed = model.get('constructed') === true;
  const [missing, setMissing] = useState<Question | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const set = (next: Partial<Kept>) => {
    for (const [key, value] of Object.entries(next)) model.set(key, value);
    model.save_changes();
    keep(model);
  };

  useEffect(() => {
    const kept = recall(model);
    if (!kept) return;
    model.set('answers', kept.answers);
    model.set('committed', kept.committed);
  }, [model]);

  const commit = () => {
    const open = questions.find((question) => !(question.id in answers)) ?? null;
    setMissing(open);
    if (!open) set({ committed: true });
    else root.current?.querySelector<HTMLElement>(`[data-question="${CSS.escape(open.id)}"] input`)?.focus();
  };

  return (
    <div class="cb cb-reading" ref={root}>
      {questions.map((question, index) => (
        <div key={question.id} class="cb-question" data-question={question.id}>
          <fieldset disabled={committed}>
            <legend class="cb-label">
              {message('quiz-question', { number: index + 1, question: question.question })}
            </legend>
            <div class="cb-options cb-stacked">
              {question.options.map((option) => (
                <label key={option.id}>
                  <input
                    type="radio"
                    name={`${instance}-${question.id}`}
                    value={option.id}
                    checked={answers[question.id] === option.id}
                    onChange={() => set({ answers: { ...answers, [question.id]: option.id } })}
                  />
                  <span>{option.label}</span>
                </label>
              ))}
            </div>
          </fieldset>
          {committed && (
            <Beside question={question} answer={answers[question.id]} constructed={constructed} />
          )}
        </div>
      ))}
      <div class="cb-tools">
        {committed ? (
          <button type="button" onClick={() => set({ committed: false, answers: {} })}>
            {message('reading-again')}
          </button>
        ) : (
          <button type="button" class="cb-primary" onClick={commit}>
            {message('reading-submit')}
          </button>
        )}
        <span class="cb-said" role="status">
          {committed
            ? message('reading-submitted', { case: constructed ? 'constructed' : 'published' })
            : missing && !(missing.id in answers)
              ? message('reading-missing', { question: missing.question })
              : message('reading-private')}
        </span>
      </div>
    </div>
  );
}

interface BesideProps {
  question: Question;
  answer: string | undefined;
  /** Nobody published the patient: the answers are those of the rules. */
  constructed: boolean;
}

function Beside({ question, answer, constructed }: BesideProps) {
  const label = (id: string | undefined) =>
    question.options.find((option) => option.id === id)?.label ?? message('reading-no-answer');
  const theirs = { answer: label(question.published) };
  return (
    <div class="cb-beside">
      <dl>
        <div>
          <dt>{message('reading-yours')}</dt>
          <dd>{label(answer)}</dd>
        </div>
        <div>
          <dt>{message('reading-theirs', { case: constructed ? 'constructed' : 'published' })}</dt>
          <dd>{message(answer === question.published ? 'reading-same' : 'reading-differs', theirs)}</dd>
        </div>
      </dl>
      <Paragraphs text={question.feedback} />
    </div>
  );
}

interface Kept {
  readonly answers: Answers;
  readonly committed: boolean;
}

function storeKey(model: Model): string {
  return `casebook:reading:${String(model.get('case'))}`;
}

/** Best effort: a browser may refuse to store, and the reading is then kept by the page alone. */
function keep(model: Model): void {
  try {
    const kept: Kept = {
      answers: model.get('answers') as Answers,
      committed: model.get('committed') as boolean,
    };
    sessionStorage.setItem(storeKey(model), JSON.stringify(kept));
  } catch {
    // Storage is off or full.
  }
}

/** What was kept, as far as it still answers the questions of this page. */
function recall(model: Model): Kept | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(storeKey(model)) ?? 'null') as Kept | null;
    if (!kept) return null;
    const questions = model.get('questions') as readonly Question[];
    const answers = Object.fromEntries(
      questions.flatMap(({ id, options }) => {
        const answer = kept.answers[id];
        return options.some((option) => option.id === answer) ? [[id, answer as string]] : [];
      }),
    );
    const whole = questions.every((question) => question.id in answers);
    return { answers, committed: kept.committed === true && whole };
  } catch {
    return null;
  }
}
