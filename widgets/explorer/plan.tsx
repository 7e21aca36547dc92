/** The plan: in an emergency the urgent actions first, then decided entries by stance, then undecided entries. */

import { useMemo } from 'preact/hooks';

import { message } from '../engine/messages';
import { inFavour } from '../engine/plan';
import type { PlanEntry, Stance } from '../engine/types';
import { useBook, usePatient, type Book } from '../frontend/book';
import { Disclosure } from '../frontend/disclosure';
import { useAfterPaint } from '../frontend/hooks';
import { StanceIcon } from '../frontend/icons';
import { LaterPart } from '../frontend/later_parts';
import { memo } from '../frontend/memo';
import { few, list, particulars, STANCES, stanceWord } from '../frontend/labels';

type Entries = readonly PlanEntry[];

/** The urgent actions of an emergency that are in favour whatever is still unknown, in the order of treatment. */
export function EmergencyPlan({ plan }: { plan: Entries }) {
  const { now } = usePlanSections(plan);
  if (now.length === 0) return null;
  return (
    <div class="cb-emergency">
      {now.map((entry) =>
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
  /** The urgent actions; empty if there is no emergency. */
  readonly now: Entries;
  readonly decided: Entries;
  /** The actions that follow the urgent ones; empty if there is no emergency. */
  readonly later: Entries;
  readonly undecided: Entries;
}

/** The sections of a plan; in an emergency, the urgent actions and those that follow are separate. */
function usePlanSections(plan: Entries): PlanSections {
  const { emergencies } = useBook().knowledge;
  const [first] = usePatient().assessment.first_line;
  return useMemo(() => {
    const pressing = first?.level === 'emergency';
    const isSupported = ({ status, stance }: PlanEntry) => status === 'decided' && inFavour(stance);
    const among = (actions: readonly string[], { action }: PlanEntry) => pressing && actions.includes(action);
    const now = plan.filter((entry) => among(emergencies.order, entry) && (isSupported(entry) || entry.at_least));
    const later = plan.filter((entry) => among(emergencies.later.actions, entry) && isSupported(entry));
    const others = plan.filter((entry) => !now.includes(entry) && !later.includes(entry));
    const having = (status: PlanEntry['status']) => others.filter((entry) => entry.status === status);
    return { now, later, decided: having('decided'), undecided: having('undecided') };
  }, [plan, first?.level, emergencies]);
}

export function Plan({ plan }: { plan: Entries }) {
  const book = useBook();
  const { decided, later, undecided } = usePlanSections(plan);
  const least = undecided.filter((entry) => entry.at_least);
  const folded = useAfterPaint(undecided);
  const silent = book.knowledge.actions.filter(({ id }) => !plan.some((entry) => entry.action === id));
  return (
    <>
      {undecided.length > 0 && decided.length > 0 && (
        <p class="cb-note">{message('explorer-plan-decided')}</p>
      )}
      <StanceGroups stances={STANCES.filter(inFavour)} entries={decided} />
      {later.length > 0 && (
        <div class="cb-stance" data-stance-group="later">
          <p class="cb-stance-name">{book.knowledge.emergencies.later.label}</p>
          <div>
            {later.map((entry) => (
              <Entry key={entry.action} entry={entry} prefix={stanceWord(entry.stance)} />
            ))}
          </div>
        </div>
      )}
      <StanceGroups stances={STANCES.filter((stance) => !inFavour(stance))} entries={decided} />
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
      {undecided.length > least.length && (
        <details class="cb-undecided">
          <summary>{message('explorer-plan-open-count', { count: undecided.length - least.length })}</summary>
          {folded
            .filter((entry) => !entry.at_least)
            .map((entry) => (
              <OpenEntry key={entry.action} entry={entry} />
            ))}
        </details>
      )}
      <Disclosure class="cb-silent" summary={message('explorer-plan-silent', { count: silent.length })}>
        {() => silent.map(({ id, label }) => <UnmentionedAction key={id} action={id} label={label} />)}
      </Disclosure>
    </>
  );
}

/** An action to which no rule applies, with the reasons and counterfactuals. */
function UnmentionedAction({ action, label }: { action: string; label: string }) {
  return (
    <Disclosure class="cb-entry" summary={<span class="cb-action">{label}</span>}>
      {() => <LaterPart part="ArgumentDetails" action={action} />}
    </Disclosure>
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
