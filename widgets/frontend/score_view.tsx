/** A score: its total or range, and the possible bands; its items are folded. */

import { message, messageParts } from '../engine/messages';
import type { Score, ScoreResult } from '../engine/types';
import { useBook } from './book';
import { Disclosure } from './disclosure';
import { memo } from './memo';
import { list, rangeWord } from './labels';
import { LaterPart } from './later_parts';
import { ScoreBar } from './score_bar';

interface Props {
  score: Score;
  result: ScoreResult;
}

export const ScoreView = memo(({ score, result }: Props) => {
  const shown = result.status !== 'not_applicable';
  return (
    <div
      class="cb-score"
      data-score={score.id}
      data-status={result.status}
      data-low={shown ? result.low : undefined}
      data-high={shown ? result.high : undefined}
    >
      <p class="cb-score-line">
        <strong>{score.label}</strong>{' '}
        {shown ? <TotalLine score={score} result={result} /> : <span>{message('score-not_applicable')}</span>}
      </p>
      {shown && <ScoreBar score={score} result={result} />}
      {result.as_one_lesion && score.as_one_lesion && <p class="cb-note">{score.as_one_lesion.text}</p>}
      {notesUnderBar(score, result).map((note) => (
        <p key={note} class="cb-note">
          {note}
        </p>
      ))}
      <Disclosure class="cb-items" summary={detailsLabel(score, result)}>
        {() => <LaterPart part="ScoreBreakdown" score={score} result={result} />}
      </Disclosure>
    </div>
  );
});

/** The notes under the bar: those marked for it, or otherwise the first; the others are folded with the items. */
export function notesUnderBar(score: Score, { notes }: ScoreResult): readonly string[] {
  const marked = score.notes.filter((note) => note.scale && notes.includes(note.text)).map(({ text }) => text);
  return marked.length > 0 ? marked : notes.slice(0, 1);
}

function detailsLabel(score: Score, result: ScoreResult): string {
  return message('score-details', { notes: result.notes.length - notesUnderBar(score, result).length });
}

function TotalLine({ score, result }: Props) {
  const book = useBook();
  const unknown = result.items.filter((item) => item.option === null).length;
  const one = result.as_one_lesion;
  return (
    <>
      <span class="cb-total">{rangeWord(result.low, result.high)}</span>{' '}
      <span>{list(result.bands.map((band) => book.bandLabel(score.id, band)), 'or')}</span>
      {one && (
        <span>
          {' '}
          {messageParts('score-one-lesion', {
            one_total: <span class="cb-total">{rangeWord(one.low, one.high)}</span>,
            one_bands: list(one.bands.map((band) => book.bandLabel(score.id, band)), 'or'),
          })}
        </span>
      )}
      {result.status === 'range' && (
        <span class="cb-count">
          {' '}
          {message('score-unknown', { count: unknown, items: result.items.length })}
        </span>
      )}
    </>
  );
}
