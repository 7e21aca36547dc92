/** The findings of one patient, what matters first before all else, each with its control and where it comes from. */

import { Fragment, type RefObject } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';

import { message } from '../engine/messages';
import type { Finding, Firmness, Findings as FindingValues, Refusal } from '../engine/types';
import { useBook } from '../frontend/book';
import { usePrinting, useStarted } from '../frontend/hooks';
import { FindingRow, type SetFinding } from './finding_row';
import { agreementOf, movedBy } from './sensitivity';
import type { Published } from '../frontend/published_case';
import { concerns, othersOf, refusalOf } from '../frontend/refusal';

/** So many findings are drawn at first, which is more than a phone shows; the others behind them. */
const FIRST = 9;

const NONE: readonly string[] = [];

interface Props {
  instance: string;
  /** As the reader has set them. */
  findings: FindingValues;
  /** What contradicts itself in them. */
  refusals: readonly Refusal[];
  published: Published;
  firmness: Firmness | null;
  /** Side by side with the result. */
  wide: boolean;
  /** The finding that something else on the page asked to be shown. */
  asked: { readonly finding: string } | null;
  onChange: SetFinding;
}

export function Findings({ instance, findings, refusals, published, firmness, asked, onChange }: Props) {
  const book = useBook();
  const printing = usePrinting();
  const root = useRef<HTMLDivElement>(null);
  const view = useView(findings, refusals, published);
  const firm = useMemo(() => new Map(firmness?.findings.map((one) => [one.finding, one])), [firmness]);
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const started = useStarted();
  const hold = useSteady(root);

  const isOpen = ({ id, open }: Fold, by = chosen) => by.get(id) ?? open;
  const toggle = (fold: Fold) => {
    hold(fold.id);
    setChosen((former) => new Map(former).set(fold.id, !isOpen(fold, former)));
  };
  const unfold = (wanted: (finding: string) => boolean) => {
    const folded = view.folds.filter((one) => !isOpen(one) && one.rows.some(({ id }) => wanted(id)));
    if (folded.length === 0) return;
    setChosen((former) => new Map([...former, ...folded.map(({ id }) => [id, true] as const)]));
  };

  useLayoutEffect(() => {
    if (asked) unfold((id) => id === asked.finding);
  }, [asked]);

  // What a contradiction is about may not hide. It stays where it is: a control that moves would lose the focus.
  useLayoutEffect(() => unfold((id) => refusals.some((refusal) => concerns(refusal, id))), [refusals]);

  // Once, as soon as it can be: what is folded or not drawn yet cannot have the focus.
  const shown = useRef<Props['asked']>(null);
  useLayoutEffect(() => {
    if (asked && shown.current !== asked && focusFinding(root.current, asked.finding)) shown.current = asked;
  });

  const row = (finding: Finding) => (
    <FindingRow
      key={finding.id}
      finding={finding}
      value={findings[finding.id] ?? null}
      published={published[finding.id] ?? null}
      refused={refusalOf(refusals, finding.id, book, findings)}
      others={refusals.length > 0 ? othersOf(refusals, finding.id) : NONE}
      doubt={finding.doubt && book.engine.holds(finding.doubt.when, findings) ? finding.doubt.text : null}
      firm={firm.get(finding.id)?.text ?? null}
      moves={movedBy(firm.get(finding.id))}
      agreement={agreementOf(firm.get(finding.id))}
      instance={instance}
      onChange={onChange}
    />
  );
  const fold = (given: Fold) => (
    <details
      key={given.id}
      class="cb-group"
      data-group={given.id}
      open={printing || isOpen(given)}
      style={{ '--cb-rows': given.rows.length }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a summary is the control of its details */}
      <summary
        onClick={(event) => {
          event.preventDefault();
          toggle(given);
        }}
      >
        <span class="cb-group-name">{given.label}</span>{' '}
        <span class="cb-count">
          {message('explorer-assessed', {
            assessed: given.rows.filter((each) => each.id in findings).length,
            count: given.rows.length,
          })}
        </span>
      </summary>
      {(started || printing) && given.rows.map(row)}
    </details>
  );

  return (
    <div class="cb-groups" ref={root}>
      {view.first.slice(0, started ? undefined : FIRST).map(({ finding, folded }) => (
        <Fragment key={finding.id}>
          {row(finding)}
          {folded && fold(folded)}
        </Fragment>
      ))}
      {view.more.length > 0 && <h4 class="cb-more">{message('explorer-more')}</h4>}
      {view.more.map(fold)}
    </div>
  );
}

/** Findings behind a heading that opens to them. */
interface Fold {
  readonly id: string;
  readonly label: string;
  readonly rows: readonly Finding[];
  /** Whether it is open as long as the reader neither opens nor closes it. */
  readonly open: boolean;
}

interface View {
  readonly first: readonly { readonly finding: Finding; readonly folded?: Fold }[];
  readonly more: readonly Fold[];
  readonly folds: readonly Fold[];
}

/**
 * What a reader meets first, and what is under "More".
 *
 * What the case reports is among the first: it may not hide.
 */
function useView(findings: FindingValues, refusals: readonly Refusal[], published: Published): View {
  const { engine } = useBook();
  return useMemo(() => {
    const { knowledge } = engine;
    const known = new Map(knowledge.findings.map((finding) => [finding.id, finding]));
    const holds = (when: number | undefined) => when === undefined || engine.holds(when, findings) === true;
    const must = (id: string) => published[id]?.provenance === 'reported';
    const disputed = (id: string) => refusals.some((refusal) => concerns(refusal, id));
    const shown = ({ id, shown_where: where }: Finding) => id in findings || must(id) || disputed(id) || holds(where);
    const taken = new Set<string>();
    const rowOf = (id: string) => {
      taken.add(id);
      return known.get(id)!;
    };
    const first: View['first'][number][] = knowledge.first_view
      .filter(({ finding, when }) => must(finding) || holds(when))
      .map(({ finding, with: folded }) => {
        if (!folded) return { finding: rowOf(finding) };
        const rows = folded.findings.map(rowOf);
        const open = findings[finding] === 'present' || rows.some(({ id }) => must(id));
        return { finding: rowOf(finding), folded: { id: `${finding}-more`, label: folded.label, rows, open } };
      });
    for (const finding of knowledge.findings)
      if (!taken.has(finding.id) && (must(finding.id) || knowledge.first_view.length === 0))
        first.push({ finding: rowOf(finding.id) });
    const left = knowledge.findings.filter((finding) => !taken.has(finding.id) && shown(finding));
    const ofScores = left.filter(({ id }) => knowledge.of_scores.includes(id));
    const more = [
      ...knowledge.groups.map(({ id, label }) => ({
        id,
        label,
        rows: left.filter((finding) => finding.group === id && !ofScores.includes(finding)),
        open: false,
      })),
      { id: 'scores', label: message('explorer-survival'), rows: ofScores, open: false },
    ].filter(({ rows }) => rows.length > 0);
    return { first, more, folds: [...first.flatMap(({ folded }) => folded ?? []), ...more] };
  }, [engine, findings, refusals, published]);
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

/** Shows a finding and gives it the focus; says whether it could have it. */
function focusFinding(root: HTMLElement | null, finding: string): boolean {
  const row = root?.querySelector(`[data-finding="${CSS.escape(finding)}"]`);
  const control = row?.querySelector<HTMLElement>('input:checked, select');
  if (!control?.checkVisibility()) return false;
  control.focus({ preventScroll: true });
  row?.scrollIntoView({ block: 'center' });
  return true;
}

