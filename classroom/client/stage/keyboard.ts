/** The keys of the stage: one for each slide, as presenters' remote controls send them, and a letter for every command. */

import { message } from '../../../widgets/engine/messages';
import type { Presentation } from './presentation';

export interface Command {
  readonly name: string;
  /** The key as printed on the button. */
  readonly key: string;
  readonly keys: readonly string[];
  run(): void;
  /** Whether the command is switched on; undefined for a command that is not a switch. */
  readonly on?: boolean | undefined;
  /** Whether the command has no effect on this slide. */
  readonly idle?: boolean;
}

/** Commands of the stage itself rather than of the presentation. */
export interface StageActions {
  leave(): void;
  toggleNotes(): void;
  toggleFullScreen(): void;
  readonly notesOpen: boolean;
}

export function commandsOf(presentation: Presentation, stage: StageActions): readonly Command[] {
  const { state, slide } = presentation;
  const not = (show: string) => slide.step.show !== show;
  const { alone } = presentation;
  const running = state.startedAt !== null;
  return [
    {
      name: message('stage-command-back'), key: '←', keys: ['ArrowLeft', 'PageUp'],
      run: () => presentation.go(-1), idle: state.index === 0,
    },
    {
      name: message('stage-command-next'), key: '→', keys: ['ArrowRight', 'PageDown', ' '],
      run: () => presentation.go(1), idle: !presentation.next,
    },
    {
      name: message('stage-command-results'), key: 'S', keys: ['s'], on: state.results, idle: alone || not('findings'),
      run: () => presentation.update({ results: !state.results }),
    },
    {
      name: message('stage-command-provenance'), key: 'P', keys: ['p'], on: state.provenance, idle: alone || not('findings'),
      run: () => presentation.update({ provenance: !state.provenance }),
    },
    {
      name: message('stage-command-hands'), key: 'H', keys: ['h'], on: state.counting, idle: not('reading'),
      run: () => presentation.update({ counting: !state.counting, link: false }),
    },
    {
      name: message('stage-command-reset'), key: 'R', keys: ['r'], run: () => presentation.resetFindings(),
      idle: (presentation.changedFindings.length === 0 && state.draft === null) || state.findingsBefore !== null,
    },
    {
      name: message('stage-command-link'), key: 'Q', keys: ['q'], on: state.link, idle: alone,
      run: () => presentation.update({ link: !state.link, counting: false }),
    },
    {
      name: message('stage-command-notes'), key: 'N', keys: ['n'], on: stage.notesOpen, idle: alone,
      run: stage.toggleNotes,
    },
    {
      name: message(running ? 'stage-command-stop' : 'stage-command-start'), key: 'T', keys: ['t'], idle: alone,
      run: () => (running ? presentation.stopClock() : presentation.startClock()),
    },
    { name: message('stage-command-screen'), key: 'F', keys: ['f'], idle: alone, run: stage.toggleFullScreen },
    {
      name: message('stage-command-restart'), key: 'Home', keys: ['Home'], idle: alone,
      run: () => presentation.restart(),
    },
    { name: message('stage-command-leave'), key: 'Esc', keys: ['Escape'], run: stage.leave },
  ];
}

/** Keys of remote controls, which work wherever the focus is. */
const REMOTE_KEYS = ['PageUp', 'PageDown', 'Escape'];

/** Runs the command of a key, unless the focused control uses the key itself. */
export function handleKey(event: KeyboardEvent, commands: readonly Command[]): void {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const command = commands.find(({ keys }) => keys.includes(key));
  if (!command || (!REMOTE_KEYS.includes(key) && usesKey(event.target as Element, key))) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!command.idle) command.run();
}

function usesKey(focused: Element, key: string): boolean {
  if (focused.matches('select, input:not([type="radio"])')) return true;
  if (focused.matches('input[type="radio"]')) return key === ' ' || key.startsWith('Arrow');
  return key === ' ' && focused.matches('button, summary, a, [role="button"]');
}
