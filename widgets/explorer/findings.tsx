/** The findings of one patient, group by group, each with its control and where it comes from. */

import type { RefObject } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';

import type { Finding, Firmness, Findings as FindingValues, Group, Value } from '../engine/types';
import { useBook } from '../shared/book';
import { usePrinting, useStarted } from '../shared/hooks';
import { FindingRow } from './finding_row';
import { agreementOf, movedBy } from './firm';
import type { Published } from './published';

/** So many groups are drawn at first, which is more than a phone shows; the others behind them. */
const FIRST = 1;

export type Change = (finding: string, value: Value | null) => void;

interface Props {
  instance: string;
  findings: FindingValues;
  published: Published;
  firmness: Firmness | null;
  /** Side by side with the result: every group open. Otherwise one at a time. */
  wide: boolean;
  /** The finding that something else on the page asked to be shown. */
  asked: { readonly finding: string } | null;
  onChange: Change;
}

export function Findings({ instance, findings, published, firmness, wide, asked, onChange }: Props) {
  const { knowledge, findings: known } = useBook();
  const printing = usePrinting();
  const root = useRef<HTMLDivElement>(null);
  const groups = useMemo(
    () => knowledge.groups.map((group) => ({ group, rows: rowsOf(group, knowledge.findings) })),
    [knowledge],
  );
  const firm = useMemo(() => new Map(firmness?.findings.map((one) => [one.finding, one])), [firmness]);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [single, setSingle] = useState<string | null>(groups[0]?.group.id ?? null);
  const started = useStarted();
  const hold = useSteady(root);

  const isOpen = (id: string) => printing || (wide ? !folded.has(id) : single === id);
  const toggle = (id: string) => {
    hold(id);
    if (wide) setFolded(toggled(folded, id));
    else setSingle(single === id ? null : id);
  };

  useLayoutEffect(() => {
    const group = asked && known.get(asked.finding)?.group;
    if (!group) return;
    setSingle(group);
    setFolded((ids) => (ids.has(group) ? toggled(ids, group) : ids));
  }, [asked, known]);

  useLayoutEffect(() => {
    if (asked) focusFinding(root.current, asked.finding);
  }, [asked, single, folded, started]);

  return (
    <div class="cb-groups" ref={root}>
      {groups.map(({ group, rows }, place) => (
        <details
          key={group.id}
          class="cb-group"
          data-group={group.id}
          open={isOpen(group.id)}
          style={{ '--cb-rows': rows.length }}
        >
          <summary
            onClick={(event) => {
              event.preventDefault();
              toggle(group.id);
            }}
          >
            <span class="cb-group-name">{group.label}</span>{' '}
            <span class="cb-count">
              {rows.filter((row) => row.id in findings).length} of {rows.length} assessed
            </span>
          </summary>
          {(started || place < FIRST) && rows.map((row) => (
            <FindingRow
              key={row.id}
              finding={row}
              value={findings[row.id] ?? null}
              published={published[row.id] ?? null}
              firm={firm.get(row.id)?.text ?? null}
              moves={movedBy(firm.get(row.id))}
              agreement={agreementOf(firm.get(row.id))}
              instance={instance}
              onChange={onChange}
            />
          ))}
        </details>
      ))}
    </div>
  );
}

/** Keeps a group's heading under the pointer while another group folds above it. */
function useSteady(root: RefObject<HTMLElement>): (group: string) => void {
  const held = useRef<{ group: string; top: number } | null>(null);
  const heading = (group: string) =>
    root.current?.querySelector(`[data-group="${CSS.escape(group)}"] > summary`);
  useLayoutEffect(() => {
    if (!held.current) return;
    const { group, top } = held.current;
    held.current = null;
    const moved = (heading(group)?.getBoundingClientRect().top ?? top) - top;
    if (Math.abs(moved) > 1) scrollBy({ top: moved, behavior: 'instant' });
  });
  return (group) => {
    const top = heading(group)?.getBoundingClientRect().top;
    if (top !== undefined) held.current = { group, top };
  };
}

function focusFinding(root: HTMLElement | null, finding: string): void {
  const row = root?.querySelector(`[data-finding="${CSS.escape(finding)}"]`);
  const control = row?.querySelector<HTMLElement>('input:checked, select');
  control?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: 'center' });
}

function rowsOf(group: Group, findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((finding) => finding.group === group.id);
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}
