/** Scores and recommendations on the summary, each with its sources. */

import { message, messageParts } from '../../../widgets/engine/messages';
import type { Findings, PlanEntry, Score, ScoreResult, SourceRef } from '../../../widgets/engine/types';
import { few } from '../../../widgets/engine/words';
import { itemsOf } from '../../../widgets/calculator/note';
import type { Book } from '../../../widgets/frontend/book';
import { StanceIcon } from '../../../widgets/frontend/icons';
import { apart, list, particulars, rangeWord, stanceWord } from '../../../widgets/frontend/labels';

export function HandoutScores({ book, findings }: { book: Book; findings: Findings }) {
  const { scores } = book.engine.assess(findings);
  return (
    <>
      {book.knowledge.scores.map((score) => {
        const result = scores[score.id];
        return (
          result && (
            <p key={score.id} data-score={score.id}>
              <ScoreText book={book} score={score} result={result} />
            </p>
          )
        );
      })}
    </>
  );
}

function ScoreText({ book, score, result }: { book: Book; score: Score; result: ScoreResult }) {
  const { id, label, minimum, maximum, source } = score;
  if (result.status === 'not_applicable') return <>{message('handout-not-applicable', { score: label })}</>;
  const lesion = result.as_one_lesion;
  const values = {
    score: label,
    total: <b>{rangeWord(result.low, result.high)}</b>,
    minimum,
    maximum,
    bands: list(result.bands.map((band) => book.bandLabel(id, band)), 'or'),
    note: result.notes[0] ?? '',
  };
  return (
    <>
      {lesion
        ? messageParts('handout-score-one-lesion', { ...values, range: rangeWord(lesion.low, lesion.high) })
        : messageParts('handout-score', values)}{' '}
      {message('handout-items', { items: itemsOf(score, result) })}{' '}
      <SourceList book={book} refs={source} />
    </>
  );
}

export function HandoutStance({ book, entries }: { book: Book; entries: readonly PlanEntry[] }) {
  const [first] = entries;
  if (!first) return null;
  return (
    <>
      <h3>
        <StanceIcon stance={first.stance} /> {stanceWord(first.stance)}
      </h3>
      {entries.map((entry) => (
        <p key={entry.action} data-action={entry.action}>
          {actionText(book, entry)} <SourceList book={book} refs={sourcesOf(book, entry)} />
        </p>
      ))}
    </>
  );
}

function actionText(book: Book, entry: PlanEntry): string {
  const action = book.actionLabel(entry.action);
  const more = particulars(entry);
  return more ? message('handout-action', { action, particulars: more }) : action;
}

/** The sources of the rules in favour of an entry, each once with its first locator. */
function sourcesOf(book: Book, entry: PlanEntry): readonly SourceRef[] {
  const refs = new Map<string, string | undefined>();
  for (const rule of entry.because)
    for (const [key, locator] of book.rules.get(rule)?.source ?? []) if (!refs.has(key)) refs.set(key, locator);
  return [...refs].map(([key, locator]) => (locator ? [key, locator] : [key]));
}

/** Sources named for a recommendation; the page names the others. */
const MOST_SOURCES = 2;

function SourceList({ book, refs }: { book: Book; refs: readonly SourceRef[] }) {
  if (refs.length === 0) return null;
  const texts = refs.map(([key, locator]) => {
    const source = book.knowledge.sources[key]?.short ?? key;
    return locator ? message('stage-citation', { source, locator }) : source;
  });
  return <cite>[{apart(few(texts, MOST_SOURCES))}]</cite>;
}
