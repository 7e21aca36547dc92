/** One key a step, as clickers send them, and a letter for whatever is shown only when it is asked for. */

import type { Talk } from './presentation';

export interface Command {
  readonly name: string;
  /** As it is printed on the key. */
  readonly key: string;
  readonly keys: readonly string[];
  run(): void;
  /** Whether what it switches is on; for what switches nothing, undefined. */
  readonly on?: boolean | undefined;
  /** Has nothing to do on this step. */
  readonly idle?: boolean;
}

/** What only the stage can do. */
export interface Around {
  leave(): void;
  toggleNotes(): void;
  toggleScreen(): void;
  readonly notes: boolean;
}

export function commands(talk: Talk, around: Around): readonly Command[] {
  const { state, beat } = talk;
  const shows = (...what: string[]) => what.includes(beat.step.show);
  return [
    { name: 'Back', key: '←', keys: ['ArrowLeft', 'PageUp'], run: () => talk.step(-1), idle: state.at === 0 },
    { name: 'Next', key: '→', keys: ['ArrowRight', 'PageDown', ' '], run: () => talk.step(1), idle: !talk.next },
    {
      name: 'Results', key: 'S', keys: ['s'], on: state.results, idle: !shows('findings'),
      run: () => talk.set({ results: !state.results }),
    },
    {
      name: 'Provenance', key: 'P', keys: ['p'], on: state.provenance, idle: !shows('findings'),
      run: () => talk.set({ provenance: !state.provenance }),
    },
    {
      name: 'Count hands', key: 'H', keys: ['h'], on: state.counting, idle: !shows('reading'),
      run: () => talk.set({ counting: !state.counting, link: false }),
    },
    {
      name: 'Back to the case', key: 'R', keys: ['r'], run: () => talk.reset(),
      idle: (talk.changed.length === 0 && state.draft === null) || state.kept !== null,
    },
    { name: 'Link', key: 'Q', keys: ['q'], on: state.link, run: () => talk.set({ link: !state.link, counting: false }) },
    { name: 'Notes', key: 'N', keys: ['n'], on: around.notes, run: around.toggleNotes },
    {
      name: state.since === null ? 'Start clock' : 'Stop clock', key: 'T', keys: ['t'],
      run: () => (state.since === null ? talk.resume() : talk.pause()),
    },
    { name: 'Full screen', key: 'F', keys: ['f'], run: around.toggleScreen },
    { name: 'Start over', key: 'Home', keys: ['Home'], run: () => talk.again() },
    { name: 'Leave', key: 'Esc', keys: ['Escape'], run: around.leave },
  ];
}

/** Keys that do the same wherever the focus is, because clickers send them. */
const ANYWHERE = ['PageUp', 'PageDown', 'Escape'];

/** Does what a key asks for, unless the control that has the focus needs the key itself. */
export function press(event: KeyboardEvent, known: readonly Command[]): void {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const command = known.find(({ keys }) => keys.includes(key));
  if (!command || (!ANYWHERE.includes(key) && needs(event.target as Element, key))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!command.idle) command.run();
}

function needs(focused: Element, key: string): boolean {
  if (focused.matches('select, input:not([type="radio"])')) return true;
  if (focused.matches('input[type="radio"]')) return key === ' ' || key.startsWith('Arrow');
  return key === ' ' && focused.matches('button, summary, a');
}
