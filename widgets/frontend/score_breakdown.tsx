/** The items, notes and bands of a score, and what would change it. */

import { useContext } from 'preact/hooks';

import { message, messageParts } from '../engine/messages';
import type { Item, ItemResult, Score, ScoreResult } from '../engine/types';
import { PatientContext, useBook } from './book';
import { WhatWouldChange } from './counterfactuals';
import { apart, rangeWord } from './labels';
import { notesUnderBar } from './score_view';
import { Sources } from './sources';

interface Props {
  score: Score;
  result: ScoreResult;
}

export function ScoreBreakdown({ score, result }: Props) {
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
      {patient && result.status !== 'not_applicable' && <WhatWouldChange target={score.id} />}
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
