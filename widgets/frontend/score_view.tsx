/** A score: its total or range, the possible bands, and its items. */

import { useContext } from 'preact/hooks';

import { message, messageParts } from '../engine/messages';
import type { Item, ItemResult, Score, ScoreResult } from '../engine/types';
import { PatientContext, useBook } from './book';
import { Disclosure } from './disclosure';
import { memo } from './memo';
import { Sources } from './sources';
import { apart, list, rangeWord } from './labels';
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
        {() => <Breakdown score={score} result={result} />}
      </Disclosure>
    </div>
  );
});

/** The notes under the bar: those marked for it, or otherwise the first; the others are folded with the items. */
function notesUnderBar(score: Score, { notes }: ScoreResult): readonly string[] {
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

function Breakdown({ score, result }: Props) {
  // Absent in a calculator, which has no patient.
  const patient = useContext(PatientContext);
  const items = new Map(score.items.map((item) => [item.id, item]));
  return (
    <>
      <p>{message('score-about', { name: score.name, question: score.question })}</p>
      {result.items.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{message('score-item')}</th>
              <th scope="col">{message('score-option')}</th>
              <th scope="col">{message('score-points')}</th>
            </tr>
          </thead>
          <tbody>
            {result.items.map((item) => (
              <ItemRow key={item.id} item={items.get(item.id)} result={item} />
            ))}
          </tbody>
        </table>
      )}
      {result.notes.length > notesUnderBar(score, result).length && (
        <ul>
          {result.notes.filter((note) => !notesUnderBar(score, result).includes(note)).map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <dl>
        {score.bands.map((band) => (
          <div key={band.id}>
            <dt>
              {rangeWord(band.low, band.high)} {band.label}
            </dt>
            <dd>{band.text}</dd>
          </div>
        ))}
      </dl>
      {patient && result.status !== 'not_applicable' && <LaterPart part="WhatWouldChange" target={score.id} />}
      <p>{messageParts('score-source', { sources: <Sources refs={score.source} /> })}</p>
    </>
  );
}

function ItemRow({ item, result }: { item: Item | undefined; result: ItemResult }) {
  const book = useBook();
  const option = item?.options.find((one) => one.id === result.option);
  const from = Object.entries(result.from ?? {}).map(([id, value]) => {
    const words = book.valueLabel(id, value);
    const label = book.findingLabel(id);
    return words === option?.label ? label : message('label-values', { label, values: words });
  });
  return (
    <tr>
      <th scope="row">{item?.label ?? result.id}</th>
      <td>
        {option?.label ?? message('score-item-unknown')}
        {from.length > 0 && <small> {message('score-item-from', { findings: apart(from) })}</small>}
      </td>
      <td class="cb-points">{rangeWord(result.low, result.high)}</td>
    </tr>
  );
}
