/** A map of the plan over two findings of the reader's choice, with a version in words. */

import { useMemo, useState } from 'preact/hooks';

import { message } from '../engine/messages';
import type { Findings, Firmness, Value } from '../engine/types';
import { useBook, usePatient, type Book } from '../frontend/book';
import { Disclosure } from '../frontend/disclosure';
import { FIRST, stateMapOf, type StateMapData } from './state_map_data';

interface Axes {
  readonly row: string;
  readonly column: string;
}

interface Props {
  instance: string;
  firmness: Firmness | null;
}

export function PlanMap({ instance, firmness }: Props) {
  const book = useBook();
  const { findings } = usePatient();
  const [{ row, column }, setAxes] = useState(() => mostInfluential(book, firmness));
  const [show, setShow] = useState(FIRST);
  const map = useMemo(() => stateMapOf(book, findings, row, column, show), [book, findings, row, column, show]);
  const known = book.knowledge.findings;
  return (
    <>
      <div class="cb-axes">
        <AxisSelect
          id={`${instance}-map-row`}
          label={message('explorer-map-rows')}
          value={row}
          options={known.filter((one) => one.id !== column)}
          onPick={(id) => setAxes({ row: id, column })}
        />
        <AxisSelect
          id={`${instance}-map-column`}
          label={message('explorer-map-columns')}
          value={column}
          options={known.filter((one) => one.id !== row)}
          onPick={(id) => setAxes({ row, column: id })}
        />
        <AxisSelect
          id={`${instance}-map-show`}
          label={message('explorer-map-show')}
          value={show}
          options={[
            { id: FIRST, label: message('explorer-map-first') },
            ...book.knowledge.scores,
            ...book.knowledge.actions,
          ]}
          onPick={setShow}
        />
      </div>
      <Grid map={map} row={row} column={column} findings={findings} words={false} />
      <dl class="cb-legend">
        {map.legend.map((words, index) => (
          <div key={words}>
            <dt>{letter(index)}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <Disclosure summary={message('explorer-map-words')}>
        {() => <Grid map={map} row={row} column={column} findings={findings} words />}
      </Disclosure>
    </>
  );
}

/** The two most influential findings that fit on a screen. */
function mostInfluential(book: Book, firmness: Firmness | null): Axes {
  const fits = (id: string) => (book.findings.get(id)?.options.length ?? 0) <= MAXIMUM_OPTIONS;
  const influential = [...(firmness?.findings ?? [])]
    .sort((a, b) => b.actions.length - a.actions.length)
    .map(({ finding }) => finding);
  const [row, column] = [...new Set([...influential, ...book.findings.keys()])].filter(fits);
  return { row: row!, column: column! };
}

/** Number of options that fit side by side on a phone. */
const MAXIMUM_OPTIONS = 4;

interface PickProps {
  id: string;
  label: string;
  value: string;
  options: readonly { readonly id: string; readonly label: string }[];
  onPick: (id: string) => void;
}

function AxisSelect({ id, label, value, options, onPick }: PickProps) {
  return (
    <label for={id}>
      {label}
      <select id={id} value={value} onChange={({ currentTarget }) => onPick(currentTarget.value)}>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

interface GridProps extends Axes {
  map: StateMapData;
  findings: Findings;
  /** Whether cells contain words instead of the letters of the legend. */
  words: boolean;
}

function Grid({ map, row, column, findings, words }: GridProps) {
  const book = useBook();
  const name = (finding: string, value: Value | null) => book.valueLabel(finding, value);
  const here = (finding: string, value: Value | null) => (findings[finding] ?? null) === value;
  return (
    <div
      class="cb-scroll"
      tabIndex={0}
      role="group"
      aria-label={message(words ? 'explorer-map-words' : 'explorer-map-letters')}
    >
      <table class="cb-grid">
        <caption>
          {message('explorer-map-caption', { row: book.findingLabel(row), column: book.findingLabel(column) })}
        </caption>
        <thead>
          <tr>
            <td />
            {map.columns.map((value) => (
              <th key={value} scope="col">
                {name(column, value)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {map.rows.map((down, r) => (
            <tr key={down}>
              <th scope="row">{name(row, down)}</th>
              {map.columns.map((across, c) => {
                const index = map.cells[r]![c]!;
                const patient = here(row, down) && here(column, across);
                return (
                  <td key={across} data-place={index % SHADES} data-here={patient ? '' : undefined}>
                    {words ? map.legend[index] : letter(index)}
                    {patient && <span class="cb-here"> {message('explorer-map-here')}</span>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Number of backgrounds, which only support the letters in the cells. */
const SHADES = 4;

/** A to Z, then AA, AB and so on. */
function letter(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letter(Math.floor(index / 26) - 1) + last;
}
