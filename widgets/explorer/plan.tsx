/** The plan: emergencies apart, then what is decided by stance, then what is still open. */

import { useMemo } from 'preact/hooks';

import type { PlanEntry, Stance } from '../engine/types';
import { useBook } from '../shared/book';
import { Disclosure } from '../shared/disclosure';
import { useAfterPaint } from '../shared/hooks';
import { StanceIcon } from '../shared/icons';
import { memo } from '../shared/memo';
import { few, list, particulars, STANCES, stanceWord } from '../shared/words';
import { Why } from './why';

type Entries = readonly PlanEntry[];

/** The first thing that is read: what cannot wait, or that nothing decided cannot. */
export function Emergencies({ plan }: { plan: Entries }) {
  const book = useBook();
  const decided = plan.filter(isEmergency);
  const open = plan.filter(
    (entry) => entry.status === 'undecided' && entry.possible.includes('emergency'),
  );
  if (decided.length > 0) {
    return (
      <div class="cb-emergency">
        {decided.map((entry) => (
          <Entry key={entry.action} entry={entry} prefix="Emergency" />
        ))}
      </div>
    );
  }
  const asked = [...new Set(open.flatMap((entry) => entry.depends_on))];
  return (
    <p class="cb-no-emergency">
      {open.length > 0
        ? `An emergency is not ruled out. Still to be settled: ${few(
            asked.map((id) => book.findingLabel(id)),
          )}.`
        : 'Nothing in these findings makes an emergency.'}
    </p>
  );
}

export function Plan({ plan }: { plan: Entries }) {
  const book = useBook();
  const decided = plan.filter((entry) => entry.status === 'decided' && !isEmergency(entry));
  const undecided = useMemo(() => plan.filter((entry) => entry.status === 'undecided'), [plan]);
  const folded = useAfterPaint(undecided);
  const silent = book.knowledge.actions.filter(({ id }) => !plan.some((entry) => entry.action === id));
  return (
    <>
      {undecided.length > 0 && decided.length > 0 && (
        <p class="cb-note">Decided, whatever is still to be found out:</p>
      )}
      {STANCES.map((stance) => (
        <StanceGroup
          key={stance}
          stance={stance}
          entries={decided.filter((entry) => entry.stance === stance)}
        />
      ))}
      {undecided.length > 0 && (
        <details class="cb-undecided">
          <summary>Not yet decided ({undecided.length})</summary>
          {folded.map((entry) => (
            <OpenEntry key={entry.action} entry={entry} />
          ))}
        </details>
      )}
      <Disclosure class="cb-silent" summary={`No statement (${silent.length})`}>
        {() => silent.map(({ id, label }) => <Silent key={id} action={id} label={label} />)}
      </Disclosure>
    </>
  );
}

/** An action of which nothing is said: why not, and what would change that. */
function Silent({ action, label }: { action: string; label: string }) {
  return (
    <Disclosure class="cb-entry" summary={<span class="cb-action">{label}</span>}>
      {() => <Why action={action} />}
    </Disclosure>
  );
}

export function isEmergency(entry: PlanEntry): boolean {
  return entry.status === 'decided' && entry.stance === 'emergency';
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
          {entry.conflicts.length > 0 && !prefix && <span class="cb-count"> sources disagree</span>}
        </>
      }
    >
      {() => <Why action={entry.action} entry={entry} />}
    </Disclosure>
  );
});

const OpenEntry = memo(({ entry }: { entry: PlanEntry }) => {
  const book = useBook();
  const more = particulars(entry) + (entry.within_hours ? ' at the soonest' : '');
  const possible = entry.possible.map((one) => {
    const word = stanceWord(one).toLowerCase();
    return one === entry.stance && more ? `${word} ${more}` : word;
  });
  return (
    <Disclosure
      class="cb-entry"
      attributes={hooks(entry)}
      summary={
        <>
          <span class="cb-action">{book.actionLabel(entry.action)}</span>
          <span class="cb-count">
            {' '}
            {list(possible, 'or')}; depends on{' '}
            {few(entry.depends_on.map((id) => book.findingLabel(id)))}
          </span>
        </>
      }
    >
      {() => <Why action={entry.action} entry={entry} />}
    </Disclosure>
  );
});

function hooks(entry: PlanEntry): Record<string, string> {
  return {
    'data-action': entry.action,
    'data-stance': entry.stance,
    'data-status': entry.status,
  };
}
