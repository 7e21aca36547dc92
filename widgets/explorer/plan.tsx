/** The plan: in an emergency the urgent actions first, then decided entries by stance; the rest is folded by its kind. */

import { useMemo } from 'preact/hooks';

import { message } from '../engine/messages';
import { inFavour } from '../engine/plan';
import type { PlanEntry, Stance } from '../engine/types';
import { useBook, usePatient, type Book } from '../frontend/book';
import { Disclosure } from '../frontend/disclosure';
import { useAfterPaint, usePrinting } from '../frontend/hooks';
import { StanceIcon } from '../frontend/icons';
import { LaterPart } from '../frontend/later_parts';
import { memo } from '../frontend/memo';
import { few, list, particulars, STANCES, stanceWord } from '../frontend/labels';

type Entries = readonly PlanEntry[];

/** Options in favour that are shown before the others are folded. */
const FIRST = 5;

/** The urgent actions of an emergency that are in favour whatever is still unknown, in the order of treatment. */
function UrgentActions({ entries }: { entries: Entries }) {
  if (entries.length === 0) return null;
  return (
    <div class="cb-emergency">
      {entries.map((entry) =>
        entry.status === 'decided' ? (
          <Entry key={entry.action} entry={entry} prefix={stanceWord(entry.stance)} />
        ) : (
          <OpenEntry key={entry.action} entry={entry} />
        ),
      )}
    </div>
  );
}

interface PlanSections {
  /** The urgent actions of an emergency; empty if there is none. */
  readonly urgent: Entries;
  /** The first options in favour, decided. */
  readonly favoured: Entries;
  /** The other options in favour. */
  readonly more: Entries;
  /** Undecided options of which every outcome is in favour. */
  readonly least: Entries;
  /** The actions that follow the urgent ones; empty if there is no emergency. */
  readonly later: Entries;
  readonly undecided: Entries;
  /** Decided against, or with caution. */
  readonly against: Entries;
}

/** The sections of a plan; in an emergency, the urgent actions and those that follow are separate. */
function usePlanSections(plan: Entries): PlanSections {
  const { emergencies } = useBook().knowledge;
  const [first] = usePatient().assessment.first_line;
  return useMemo(() => {
    const pressing = first?.level === 'emergency';
    const isDecided = ({ status }: PlanEntry) => status === 'decided';
    const isSupported = (entry: PlanEntry) => isDecided(entry) && inFavour(entry.stance);
    const among = (actions: readonly string[], { action }: PlanEntry) => pressing && actions.includes(action);
    const urgent = plan.filter((entry) => among(emergencies.order, entry) && (isSupported(entry) || entry.at_least));
    const later = plan.filter((entry) => among(emergencies.later.actions, entry) && isSupported(entry));
    const others = plan.filter((entry) => !urgent.includes(entry) && !later.includes(entry));
    const supported = others.filter(isSupported);
    const room = Math.max(FIRST - urgent.length, 0);
    return {
      urgent,
      favoured: supported.slice(0, room),
      more: supported.slice(room),
      least: others.filter((entry) => entry.at_least),
      later,
      undecided: others.filter((entry) => !isDecided(entry) && !entry.at_least),
      against: others.filter((entry) => isDecided(entry) && !inFavour(entry.stance)),
    };
  }, [plan, first?.level, emergencies]);
}

export function Plan({ plan }: { plan: Entries }) {
  const book = useBook();
  const sections = usePlanSections(plan);
  const { urgent, favoured, least } = sections;
  // What is folded follows a frame later, when it may have come out of its fold.
  const after = useAfterPaint(sections);
  const shown = [...urgent, ...favoured, ...least].map(({ action }) => action);
  const folded = (entries: Entries) => entries.filter(({ action }) => !shown.includes(action));
  const silent = book.knowledge.actions.filter(({ id }) => !plan.some((entry) => entry.action === id));
  return (
    <>
      {shown.length === 0 && <p class="cb-note">{message(plan.length > 0 ? 'explorer-plan-none' : 'explorer-plan-empty')}</p>}
      {shown.length > 0 && sections.undecided.length > 0 && <p class="cb-note">{message('explorer-plan-decided')}</p>}
      <UrgentActions entries={urgent} />
      <StanceGroups stances={STANCES.filter(inFavour)} entries={favoured} />
      {least.length > 0 && (
        <div class="cb-stance" data-stance-group="at_least">
          <p class="cb-stance-name">{message('explorer-plan-least')}</p>
          <div>
            {least.map((entry) => (
              <OpenEntry key={entry.action} entry={entry} />
            ))}
          </div>
        </div>
      )}
      <FoldedEntries id="more" entries={folded(after.more)} label={message('explorer-plan-more')} />
      <FoldedEntries id="later" entries={folded(after.later)} label={book.knowledge.emergencies.later.label} />
      <FoldedEntries id="undecided" entries={folded(after.undecided)} label={message('explorer-plan-open')} />
      <FoldedEntries id="against" entries={folded(after.against)} label={message('explorer-plan-against')} />
      <Disclosure class="cb-silent" onDemand summary={message('explorer-plan-silent', { count: silent.length })}>
        {() => <LaterPart part="UnmentionedActions" ids={silent.map(({ id }) => id)} />}
      </Disclosure>
    </>
  );
}

/** Entries behind a line that counts them. */
function FoldedEntries({ id, entries, label }: { id: string; entries: Entries; label: string }) {
  const printing = usePrinting();
  if (entries.length === 0) return null;
  return (
    <details class="cb-folded" data-fold={id} open={printing || undefined}>
      <summary>{message('explorer-plan-counted', { label, count: entries.length })}</summary>
      {entries.map((entry) =>
        entry.status === 'decided' ? (
          <Entry key={entry.action} entry={entry} prefix={stanceWord(entry.stance)} />
        ) : (
          <OpenEntry key={entry.action} entry={entry} />
        ),
      )}
    </details>
  );
}

export function isEmergency(entry: PlanEntry): boolean {
  return entry.status === 'decided' && entry.stance === 'emergency';
}

function StanceGroups({ stances, entries }: { stances: readonly Stance[]; entries: Entries }) {
  return (
    <>
      {stances.map((stance) => (
        <StanceGroup key={stance} stance={stance} entries={entries.filter((entry) => entry.stance === stance)} />
      ))}
    </>
  );
}

function StanceGroup({ stance, entries }: { stance: Stance; entries: Entries }) {
  if (entries.length === 0) return null;
  return (
    <div class="cb-stance" data-stance-group={stance}>
      <p class="cb-stance-name">
        <StanceIcon stance={stance} /> {stanceWord(stance)}
      </p>
      <div>
        {entries.map((entry) => (
          <Entry key={entry.action} entry={entry} />
        ))}
      </div>
    </div>
  );
}

const Entry = memo(({ entry, prefix }: { entry: PlanEntry; prefix?: string }) => {
  const book = useBook();
  const more = particulars(entry);
  return (
    <Disclosure
      class="cb-entry"
      onDemand
      attributes={hooks(entry)}
      summary={
        <>
          {prefix && (
            <strong class="cb-prefix">
              <StanceIcon stance={entry.stance} /> {prefix}{' '}
            </strong>
          )}
          <span class="cb-action">{book.actionLabel(entry.action)}</span>
          {more && <span class="cb-particulars"> {more}</span>}
          {entry.conflicts.length > 0 && !prefix && (
            <span class="cb-count"> {message('explorer-entry-disagree')}</span>
          )}
        </>
      }
    >
      {() => <LaterPart part="ArgumentDetails" action={entry.action} entry={entry} />}
    </Disclosure>
  );
});

const OpenEntry = memo(({ entry }: { entry: PlanEntry }) => {
  const book = useBook();

  return (
    <Disclosure
      class="cb-entry"
      onDemand
      attributes={hooks(entry)}
      summary={
        <>
          <span class="cb-action">{book.actionLabel(entry.action)}</span>
          <span class="cb-count"> {openWords(entry, book)}</span>
        </>
      }
    >
      {() => <LaterPart part="ArgumentDetails" action={entry.action} entry={entry} />}
    </Disclosure>
  );
});

/** The possible stances, and the findings on which the entry depends. */
function openWords(entry: PlanEntry, book: Book): string {
  const limit = particulars(entry);
  const earliest = entry.within_hours ? message('explorer-entry-earliest', { limit }) : limit;
  const possible = entry.possible.map((stance) =>
    message('outcome-name', { stance, limit: (stance === entry.stance && earliest) || 'none' }),
  );
  const outcomes = list(possible, 'or');
  const findings = few(entry.depends_on.map((id) => book.findingLabel(id)));
  if (!entry.at_least) return message('explorer-entry-open', { outcomes, findings });
  const least = message('outcome-name', { stance: entry.at_least, limit: 'none' });
  return message('explorer-entry-open-least', { least, outcomes, findings });
}

function hooks(entry: PlanEntry): Record<string, string> {
  return {
    'data-action': entry.action,
    'data-stance': entry.stance,
    'data-status': entry.status,
  };
}
