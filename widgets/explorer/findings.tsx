/** The findings of a patient with their controls and provenance, the most important first. */

import { Fragment, type RefObject } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';

import { message } from '../engine/messages';
import type { Finding, Firmness, Findings as FindingValues, Refusal } from '../engine/types';
import { useBook, useFetched } from '../frontend/book';
import { useFirstPaint, usePrinting } from '../frontend/hooks';
import { FindingRow, type ChangeFinding } from './finding_row';
import { agreementOf, effectOf } from './sensitivity';
import type { Published } from '../frontend/published_case';
import { involves, contradictingFindings, refusalTextFor } from '../frontend/refusal';

/** Number of findings in the first rendering, more than a phone shows; the others follow after the paint. */
const FIRST = 9;

const NONE: readonly string[] = [];

/** The file with the aliases of findings. */
const OTHER_NAMES = ['prose'] as const;

interface Props {
  instance: string;
  /** As the reader has entered them. */
  findings: FindingValues;
  /** The contradictions between them. */
  refusals: readonly Refusal[];
  published: Published;
  /** The findings that matter most in this case. */
  relevant: readonly string[];
  firmness: Firmness | null;
  /** Whether findings and result are side by side. */
  wide: boolean;
  /** The finding to be shown, as requested by another part of the explorer. */
  requested: { readonly finding: string } | null;
  onChange: ChangeFinding;
}

export function Findings({ instance, findings, refusals, published, relevant, firmness, requested, onChange }: Props) {
  const book = useBook();
  const printing = usePrinting();
  const root = useRef<HTMLDivElement>(null);
  const layout = useFindingsLayout(findings, refusals, published, relevant);
  const [query, setQuery] = useState('');
  const matches = useFilter(query);
  const sensitivity = useMemo(() => new Map(firmness?.findings.map((one) => [one.finding, one])), [firmness]);
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const painted = useFirstPaint();
  const anchor = useScrollAnchor(root);

  const isOpen = ({ id, open }: FoldedGroup, by = chosen) => by.get(id) ?? open;
  const all = [...layout.first.map(({ finding }) => finding), ...layout.folds.flatMap(({ rows }) => rows)];
  const toggle = (fold: FoldedGroup) => {
    anchor(fold.id);
    setChosen((former) => new Map(former).set(fold.id, !isOpen(fold, former)));
  };
  const unfold = (wanted: (finding: string) => boolean) => {
    const folded = layout.folds.filter((one) => !isOpen(one) && one.rows.some(({ id }) => wanted(id)));
    if (folded.length === 0) return;
    setChosen((former) => new Map([...former, ...folded.map(({ id }) => [id, true] as const)]));
  };

  useLayoutEffect(() => {
    if (requested) unfold((id) => id === requested.finding);
  }, [requested]);

  // Findings of a contradiction must be visible. Their order does not change, because a moved control would lose the focus.
  useLayoutEffect(() => unfold((id) => refusals.some((refusal) => involves(refusal, id))), [refusals]);

  // Once, as soon as the finding has been rendered and unfolded, because it can be focused only then.
  const shown = useRef<Props['requested']>(null);
  useLayoutEffect(() => {
    if (requested && shown.current !== requested && focusFinding(root.current, requested.finding)) shown.current = requested;
  });

  const row = (finding: Finding) => (
    <FindingRow
      key={finding.id}
      finding={finding}
      value={findings[finding.id] ?? null}
      published={published[finding.id] ?? null}
      refused={refusalTextFor(refusals, finding.id, book, findings)}
      others={refusals.length > 0 ? contradictingFindings(refusals, finding.id) : NONE}
      doubt={finding.doubt && book.engine.holds(finding.doubt.when, findings) ? finding.doubt.text : null}
      sensitivity={sensitivity.get(finding.id)?.text ?? null}
      effect={effectOf(sensitivity.get(finding.id))}
      agreement={agreementOf(sensitivity.get(finding.id))}
      instance={instance}
      onChange={onChange}
    />
  );
  const fold = (given: FoldedGroup) => (
    <details
      key={given.id}
      class="cb-group"
      data-group={given.id}
      open={printing || (query.trim() ? given.rows.some(matches) : isOpen(given))}
      hidden={!given.rows.some(matches)}
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
      {(painted || printing) && given.rows.filter(matches).map(row)}
    </details>
  );

  return (
    <div class="cb-groups" ref={root}>
      <Filter instance={instance} query={query} count={all.filter(matches).length} onFilter={setQuery} />
      {layout.first.slice(0, painted ? undefined : FIRST).map(({ finding, folded }) => (
        <Fragment key={finding.id}>
          {matches(finding) && row(finding)}
          {folded && fold(folded)}
        </Fragment>
      ))}
      {layout.more.length > 0 && <h4 class="cb-more">{message('explorer-more')}</h4>}
      {layout.more.map(fold)}
    </div>
  );
}

interface FilterProps {
  instance: string;
  query: string;
  /** Number of findings that match. */
  count: number;
  onFilter: (query: string) => void;
}

/** The heading of what matters most, with the box that filters all findings. */
function Filter({ instance, query, count, onFilter }: FilterProps) {
  return (
    <div class="cb-filter">
      <h4 class="cb-more">{message('explorer-relevant')}</h4>
      <label class="cb-hidden" for={`${instance}-filter`}>
        {message('explorer-filter')}
      </label>
      <input
        id={`${instance}-filter`}
        type="search"
        value={query}
        placeholder={message('explorer-filter')}
        autocomplete="off"
        spellcheck={false}
        onInput={({ currentTarget }) => onFilter(currentTarget.value)}
      />
      <span class="cb-said" role="status">
        {query.trim() && message('explorer-filter-count', { count })}
      </span>
    </div>
  );
}

/** Whether each word of a query begins one in the label, the options or the other names of a finding. */
function useFilter(query: string): (finding: Finding) => boolean {
  const { ready } = useFetched(OTHER_NAMES, query);
  return useMemo(() => {
    const words = plain(query).split(' ').filter(Boolean);
    return ({ label, options, aliases = [] }) => {
      if (words.length === 0) return true;
      const text = ` ${plain([label, ...aliases, ...options.map((option) => option.label)].join(' '))}`;
      return words.every((word) => text.includes(` ${word}`));
    };
  }, [query, ready]);
}

/** A text without capitals and punctuation. */
function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** A group of findings that can be folded. */
interface FoldedGroup {
  readonly id: string;
  readonly label: string;
  readonly rows: readonly Finding[];
  /** Whether the group is open until the reader opens or closes it. */
  readonly open: boolean;
}

interface FindingsLayout {
  readonly first: readonly { readonly finding: Finding; readonly folded?: FoldedGroup }[];
  readonly more: readonly FoldedGroup[];
  readonly folds: readonly FoldedGroup[];
}

/**
 * The findings that matter most in this case, with those that the present findings add to them, and the others by group.
 */
function useFindingsLayout(
  findings: FindingValues,
  refusals: readonly Refusal[],
  published: Published,
  relevant: readonly string[],
): FindingsLayout {
  const { engine } = useBook();
  return useMemo(() => {
    const { knowledge } = engine;
    const known = new Map(knowledge.findings.map((finding) => [finding.id, finding]));
    const holds = (when: number | undefined) => when === undefined || engine.holds(when, findings) === true;
    const must = (id: string) => published[id]?.provenance === 'reported';
    const disputed = (id: string) => refusals.some((refusal) => involves(refusal, id));
    const shown = ({ id, shown_where: where }: Finding) => id in findings || must(id) || disputed(id) || holds(where);
    const taken = new Set<string>();
    const rowOf = (id: string) => {
      taken.add(id);
      return known.get(id)!;
    };
    // What comes later with the present findings is added at the end, so that no control moves.
    const added = knowledge.first_view.flatMap(({ finding, when }) => {
      return when !== undefined && !relevant.includes(finding) && holds(when) ? [finding] : [];
    });
    const foldedUnder = new Map(knowledge.first_view.map(({ finding, with: folded }) => [finding, folded]));
    const listed = [...relevant, ...added];
    const first = listed.map((id) => {
      const folded = foldedUnder.get(id);
      const rows = folded?.findings.filter((each) => !listed.includes(each)).map(rowOf) ?? [];
      const open = findings[id] === 'present' || rows.some(({ id: each }) => must(each));
      const finding = rowOf(id);
      return rows.length > 0 ? { finding, folded: { id: `${id}-more`, label: folded!.label, rows, open } } : { finding };
    });
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
  }, [engine, findings, refusals, published, relevant]);
}

/** Keeps the heading of a group at its position while another group folds above it. */
function useScrollAnchor(root: RefObject<HTMLElement>): (group: string) => void {
  const anchored = useRef<{ group: string; top: number } | null>(null);
  const heading = (group: string) =>
    root.current?.querySelector(`[data-group="${CSS.escape(group)}"] > summary`);
  useLayoutEffect(() => {
    if (!anchored.current) return;
    const { group, top } = anchored.current;
    anchored.current = null;
    const moved = (heading(group)?.getBoundingClientRect().top ?? top) - top;
    if (Math.abs(moved) > 1) scrollBy({ top: moved, behavior: 'instant' });
  });
  return (group) => {
    const top = heading(group)?.getBoundingClientRect().top;
    if (top !== undefined) anchored.current = { group, top };
  };
}

/** Scrolls to a finding and focuses it; returns whether that was possible. */
function focusFinding(root: HTMLElement | null, finding: string): boolean {
  const row = root?.querySelector(`[data-finding="${CSS.escape(finding)}"]`);
  const control = row?.querySelector<HTMLElement>('input:checked, select');
  if (!control?.checkVisibility()) return false;
  control.focus({ preventScroll: true });
  row?.scrollIntoView({ block: 'center' });
  return true;
}

