/** The plan: in an emergency what saves the nerves apart, then what is decided by stance, then what is still open. */

import { useMemo } from 'preact/hooks';

import { message } from '../engine/messages';
import { inFavour } from '../engine/plan';
import type { PlanEntry, Stance } from '../engine/types';
import { useBook, useNow, type Book } from '../frontend/book';
import { Disclosure } from '../frontend/disclosure';
import { useAfterPaint } from '../frontend/hooks';
import { StanceIcon } from '../frontend/icons';
import { Later } from '../frontend/later_parts';
import { memo } from '../frontend/memo';
import { few, list, particulars, STANCES, stanceWord } from '../frontend/labels';

type Entries = readonly PlanEntry[];

/** In an emergency: what saves the nerves and is in favour whatever is still unknown, in the order in which it is done. */
export function Now({ plan }: { plan: Entries }) {
  const { now } = useParted(plan);
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

interface Parted {
  /** What saves the nerves; empty where there is no emergency. */
  readonly now: Entries;
  readonly decided: Entries;
  /** What waits until the nerves are safe; empty where there is no emergency. */
  readonly later: Entries;
  readonly undecided: Entries;
}

/** A plan as it is shown: in an emergency what saves the nerves comes apart, and so does what waits for that. */
function useParted(plan: Entries): Parted {
  const { emergencies } = useBook().knowledge;
  const [first] = useNow().assessment.first_line;
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
  const { decided, later, undecided } = useParted(plan);
  const least = undecided.filter((entry) => entry.at_least);
  const folded = useAfterPaint(undecided);
  const silent = book.knowledge.actions.filter(({ id }) => !plan.some((entry) => entry.action === id));
  return (
    <>
      {undecided.length > 0 && decided.length > 0 && (
        <p class="cb-note">{message('explorer-plan-decided')}</p>
      )}
      <Stances stances={STANCES.filter(inFavour)} entries={decided} />
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
      <Stances stances={STANCES.filter((stance) => !inFavour(stance))} entries={decided} />
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
        {() => silent.map(({ id, label }) => <Silent key={id} action={id} label={label} />)}
      </Disclosure>
    </>
  );
}

/** An action of which nothing is said: why not, and what would change that. */
function Silent({ action, label }: { action: string; label: string }) {
  return (
    <Disclosure class="cb-entry" summary={<span class="cb-action">{label}</span>}>
      {() => <Later part="Why" action={action} />}
    </Disclosure>
  );
}

export function isEmergency(entry: PlanEntry): boolean {
  return entry.status === 'decided' && entry.stance === 'emergency';
}

function Stances({ stances, entries }: { stances: readonly Stance[]; entries: Entries }) {
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
      {() => <Later part="Why" action={entry.action} entry={entry} />}
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
      {() => <Later part="Why" action={entry.action} entry={entry} />}
    </Disclosure>
  );
});

/** What is possible, and the findings that it depends on. */
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
