/** Takes over *Present* and *Print* of a case page, and does what was pressed to have this fetched. */

import { render } from 'preact';

import type { Findings } from '../../../widgets/engine/types';
import { sameFindings, type Published } from '../../../widgets/frontend/published_case';
import { script } from '../../../widgets/frontend/script';
import type { Found } from '../../../widgets/frontend/window';
import { takeAway } from './full_screen';
import { printSummary } from '../handout/handout';
import { Stage } from './stage';
import { styled } from './stylesheet';
import { Talk, type Case } from './presentation';

const { live, asked } = window.casebook!;
const controls = document.querySelector<HTMLElement>('.casebook-present')!;

let ready: Promise<unknown> | undefined;
let talk: Talk | undefined;

async function answer(target: EventTarget | null): Promise<void> {
  const button = (target as HTMLElement).closest<HTMLElement>('[data-ask]');
  if (!button) return;
  const said = controls.querySelector('.cb-said')!;
  said.textContent = '';
  try {
    // The places in the sources come with the long texts; without them the sources are named all the same.
    await (ready ??= Promise.all([script(controls.dataset.presentation!), styled(), live!.book.prose.fetch()]));
  } catch {
    ready = undefined;
    said.textContent = 'The case could not be fetched. Try again.';
    return;
  }
  const given = window.casebook!.presentation as Case;
  const explorer = live!.found.find(({ kind, model }) => kind === 'explorer' && model.get('case') === given.id);
  if (!explorer) {
    said.textContent = 'This page has no explorer of its case.';
    return;
  }
  if (button.dataset.ask === 'print') printSummary(live!.book, given, publishedOf(explorer), findingsOf(explorer));
  else present(given, explorer, button);
}

const publishedOf = ({ model }: Found) => model.get('published') as Published;
const findingsOf = ({ model }: Found) => model.get('findings') as Findings;

/**
 * Puts the stage over the page and takes it away again.
 *
 * It has a patient of its own, so that the page behind it stays as it is. An element that is modal by itself,
 * a dialog, could not be made full screen.
 */
function present(given: Case, explorer: Found, button: HTMLElement): void {
  // Whoever left by mistake goes on with the same counts and the same clock.
  if (talk && sameFindings(talk.start, findingsOf(explorer))) talk.resume();
  else talk = new Talk(live!.book, given, publishedOf(explorer), findingsOf(explorer));
  const presented = talk;

  const stage = document.createElement('div');
  stage.className = 'cb cb-stage';
  stage.setAttribute('role', 'dialog');
  stage.setAttribute('aria-modal', 'true');
  stage.setAttribute('aria-label', `Presenting: ${given.title}`);
  const behind = [...document.body.children].filter((one): one is HTMLElement => one instanceof HTMLElement && !one.inert);
  for (const one of behind) one.inert = true;
  document.body.append(stage);

  const leave = () => {
    presented.leave();
    render(null, stage);
    takeAway(stage);
    for (const one of behind) one.inert = false;
    button.focus({ preventScroll: true });
  };
  render(<Stage talk={presented} root={stage} onLeave={leave} />, stage);
}

controls.onclick = ({ target }) => void answer(target);
void answer(asked!);
