/** The reader's own reading of a case, compared with the published one after submission. */

import { useEffect, useRef, useState } from 'preact/hooks';

import { message } from '../engine/messages';
import { usePrinting, useTrait } from '../frontend/hooks';
import type { Model } from '../frontend/host';
import { LaterPart } from '../frontend/later_parts';
import type { ReadingQuestion } from '../frontend/quiz_question';

type Answers = Readonly<Record<string, string>>;

interface Props {
  model: Model;
  instance: string;
}

export function Reading({ model, instance }: Props) {
  const questions = model.get('questions') as readonly ReadingQuestion[];
  const answers = useTrait<Answers>(model, 'answers');
  const committed = useTrait<boolean>(model, 'committed');
  const constructed = model.get('constructed') === true;
  const [missing, setMissing] = useState<ReadingQuestion | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const printing = usePrinting();
  const answered = questions.findIndex(({ id }) => !(id in answers));
  /** One question after the other. */
  const shown = committed || printing || answered < 0 ? questions.length : answered + 1;
  const set = (next: Partial<StoredReading>) => {
    for (const [key, value] of Object.entries(next)) model.set(key, value);
    model.save_changes();
    storeReading(model);
  };

  useEffect(() => {
    const stored = restoreReading(model);
    if (!stored) return;
    model.set('answers', stored.answers);
    model.set('committed', stored.committed);
  }, [model]);

  const commit = () => {
    const open = questions.find((question) => !(question.id in answers)) ?? null;
    setMissing(open);
    if (!open) set({ committed: true });
    else root.current?.querySelector<HTMLElement>(`[data-question="${CSS.escape(open.id)}"] input`)?.focus();
  };

  return (
    <div class="cb cb-reading" ref={root}>
      {questions.slice(0, shown).map((question, index) => (
        <div key={question.id} class="cb-question" data-question={question.id}>
          <fieldset disabled={committed}>
            <legend class="cb-label">
              {message('reading-question', { number: index + 1, count: questions.length, question: question.question })}
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
            <LaterPart part="ReadingComparison" question={question} answer={answers[question.id]} constructed={constructed} />
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

interface StoredReading {
  readonly answers: Answers;
  readonly committed: boolean;
}

function storeKey(model: Model): string {
  return `casebook:reading:${String(model.get('case'))}`;
}

/** Best effort: if the browser refuses to store, the reading lasts as long as the page. */
function storeReading(model: Model): void {
  try {
    const stored: StoredReading = {
      answers: model.get('answers') as Answers,
      committed: model.get('committed') as boolean,
    };
    sessionStorage.setItem(storeKey(model), JSON.stringify(stored));
  } catch {
    // Storage is disabled or full.
  }
}

/** The stored reading, as far as it still matches the questions of this page. */
function restoreReading(model: Model): StoredReading | null {
  try {
    const stored = JSON.parse(sessionStorage.getItem(storeKey(model)) ?? 'null') as StoredReading | null;
    if (!stored) return null;
    const questions = model.get('questions') as readonly ReadingQuestion[];
    const answers = Object.fromEntries(
      questions.flatMap(({ id, options }) => {
        const answer = stored.answers[id];
        return options.some((option) => option.id === answer) ? [[id, answer as string]] : [];
      }),
    );
    const whole = questions.every((question) => question.id in answers);
    return { answers, committed: stored.committed === true && whole };
  } catch {
    return null;
  }
}
