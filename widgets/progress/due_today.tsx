/** The questions that are due today, and the next day on which questions are due. */

import { message } from '../engine/messages';
import type { PageEntry } from './contents';
import { written } from './dates';
import type { Progress } from './record';
import { due } from './schedule';

interface Props {
  pages: readonly PageEntry[];
  progress: Progress;
}

export function DueQuestions({ pages, progress }: Props) {
  const answered = pages
    .flatMap((page) => page.questions.map((question) => ({ page, question, due: due(progress.answers[question.id] ?? []) })))
    .flatMap((each) => (each.due ? [{ ...each, due: each.due }] : []))
    .sort((a, b) => (a.due.on < b.due.on ? -1 : a.due.on > b.due.on ? 1 : 0));
  const now = answered.filter((each) => each.due.now);
  const next = answered.find((each) => !each.due.now)?.due.on;
  return (
    <section data-again={now.length}>
      <h3>{message('progress-due')}</h3>
      {now.length > 0 ? (
        <ul>
          {now.map(({ page, question, due: { on } }) => (
            <li key={question.id} data-question={question.id}>
              <a href={question.address}>{question.question}</a>{' '}
              <small>{message('progress-due-since', { page: page.title, day: written(on) })}</small>
            </li>
          ))}
        </ul>
      ) : (
        <p>{message(answered.length > 0 ? 'progress-due-nothing' : 'progress-due-never')}</p>
      )}
      {next && (
        <p>
          {message('progress-due-next', {
            count: answered.filter(({ due: { on } }) => on === next).length,
            day: written(next),
          })}
        </p>
      )}
    </section>
  );
}
