/** Entry of present.js: takes over *Present*, *Print* and *One at a time* of a case page, and handles the press that loaded it. */

import { render } from 'preact';

import { message } from '../../../widgets/engine/messages';
import type { Findings } from '../../../widgets/engine/types';
import { sameFindings, type Published } from '../../../widgets/frontend/published_case';
import { WHEN_IDLE } from '../../../widgets/frontend/later_files';
import { script, stylesheet } from '../../../widgets/frontend/script';
import type { PageWidget } from '../../../widgets/frontend/live';
import { printHandout } from '../handout/handout';
import { removeFromScreen } from './full_screen';
import { Presentation, stepsThrough } from './presentation';
import type { PresentedCase } from './presented_case';
import { Stage } from './stage';
import { STYLESHEET } from './stylesheet';

const { live, asked } = window.casebook!;
const controls = document.querySelector<HTMLElement>('.casebook-present')!;

let loaded: Promise<unknown> | undefined;
let presentation: Presentation | undefined;

async function handlePress(target: EventTarget | null): Promise<void> {
  const button = (target as HTMLElement).closest<HTMLElement>('[data-ask]');
  if (!button) return;
  const notice = controls.querySelector('.cb-said')!;
  notice.textContent = '';
  try {
    // The locators come with the long texts; without them the sources are named all the same.
    await (loaded ??= Promise.all([script(controls.dataset.presentation!), stylesheet(STYLESHEET), live!.book.later.fetch()]));
    if (!live!.book.later.has(...WHEN_IDLE)) throw new Error('details.js or titles.js could not be loaded');
  } catch {
    loaded = undefined;
    notice.textContent = message('present-fetch-failed');
    return;
  }
  const presented = window.casebook!.presentation as PresentedCase;
  const explorer = live!.found.find(({ kind, model }) => kind === 'explorer' && model.get('case') === presented.id);
  if (!explorer) {
    notice.textContent = message('present-no-explorer');
    return;
  }
  if (button.dataset.ask === 'print')
    printHandout(live!.book, presented, publishedOf(explorer), findingsOf(explorer));
  else if (button.dataset.ask === 'steps') stepThrough(presented, explorer, button);
  else present(presented, explorer, button);
}

const publishedOf = ({ model }: PageWidget) => model.get('published') as Published;
const findingsOf = ({ model }: PageWidget) => model.get('findings') as Findings;

/** Goes through the findings that matter first, one at a time; what is set there is set in the page. */
function stepThrough(presented: PresentedCase, explorer: PageWidget, button: HTMLElement): void {
  const steps = stepsThrough(explorer.model.get('relevant') as readonly string[]);
  const current = new Presentation(live!.book, { ...presented, steps }, publishedOf(explorer), findingsOf(explorer), true);
  putOnStage(current, button, () => explorer.model.set('findings', current.state.findings));
}

function present(presented: PresentedCase, explorer: PageWidget, button: HTMLElement): void {
  // A presenter who left by mistake continues with the same counts and the same clock.
  if (presentation && sameFindings(presentation.initial, findingsOf(explorer))) presentation.startClock();
  else presentation = new Presentation(live!.book, presented, publishedOf(explorer), findingsOf(explorer));
  putOnStage(presentation, button);
}

/**
 * Puts the stage over the page.
 *
 * The stage has findings of its own, so that the page behind it does not change. It is not a dialog element, because a
 * modal element cannot be made full screen.
 */
function putOnStage(current: Presentation, button: HTMLElement, onLeave = () => {}): void {
  const stage = document.createElement('div');
  stage.className = 'cb cb-stage';
  stage.setAttribute('role', 'dialog');
  stage.setAttribute('aria-modal', 'true');
  stage.setAttribute('aria-label', message('stage-label', { title: current.presented.title }));
  const behind = [...document.body.children].filter(
    (element): element is HTMLElement => element instanceof HTMLElement && !element.inert,
  );
  for (const element of behind) element.inert = true;
  document.body.append(stage);

  const leave = () => {
    current.leave();
    render(null, stage);
    removeFromScreen(stage);
    for (const element of behind) element.inert = false;
    onLeave();
    button.focus({ preventScroll: true });
  };
  render(<Stage presentation={current} root={stage} onLeave={leave} />, stage);
}

controls.onclick = ({ target }) => void handlePress(target);
void handlePress(asked!);
