/** Counterfactuals: the smallest changes that would change a recommendation or a score, in words and as a list. */

import { useMemo, useState } from 'preact/hooks';

import { message } from '../engine/messages';
import type { Closest, Condition } from '../engine/types';
import { useBook, usePatient } from './book';
import { Disclosure } from './disclosure';
import { few, list } from './labels';

/** Number of simultaneous changes in the first search, and in the extended search. */
const AT_FIRST = 2;
const AT_MOST = 3;

export function WhatWouldChange({ target }: { target: string }) {
  const book = useBook();
  const { findings, reported } = usePatient();
  const [changes, setChanges] = useState<typeof AT_FIRST | typeof AT_MOST>(AT_FIRST);
  const closest = useMemo(
    () => book.engine.explain.closest(findings, target, changes, reported),
    [book, findings, reported, target, changes],
  );
  const ways = closest.flips.flatMap(({ sets }) => sets.map(choices)).reduce((sum, number) => sum + number, 0);
  return (
    <div class="cb-closest">
      <p class="cb-sub">{message('explorer-change')}</p>
      <p>{closest.text}</p>
      {ways > 0 && (
        <Disclosure summary={message('explorer-change-ways', { count: ways })}>
          {() => <Ways closest={closest} />}
        </Disclosure>
      )}
      {changes < AT_MOST && (
        <button type="button" class="cb-link" onClick={() => setChanges(AT_MOST)}>
          {message('explorer-change-three')}
        </button>
      )}
    </div>
  );
}

/** Number of combinations of options in a set. */
function choices(set: readonly Condition[]): number {
  return set.reduce((number, { options }) => number * options.length, 1);
}

function Ways({ closest }: { closest: Closest }) {
  return (
    <dl>
      {closest.flips.map(({ to, sets }) => (
        <div key={to}>
          <dt>{to}</dt>
          <dd>
            <ul>
              {sets.map((set, index) => (
                <li key={index}>
                  <Conditions set={set} />
                </li>
              ))}
            </ul>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Conditions({ set }: { set: readonly Condition[] }) {
  const book = useBook();
  const { reported } = usePatient();
  const words = set.map(({ finding, options }) => {
    const labels = options.map((option) => book.valueLabel(finding, option));
    const label = book.findingLabel(finding);
    const values = labels.length > 6 ? few(labels) : list(labels, 'or');
    return reported.includes(finding)
      ? message('explorer-change-reported', { label, values })
      : message('label-values', { label, values });
  });
  return <>{words.reduce((first, next) => message('explorer-change-and', { first, next }))}</>;
}
