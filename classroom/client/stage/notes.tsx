/**
 * The speaker's notes, in a window of their own.
 *
 * The page that presents opens an empty window and renders the notes into it. Both windows therefore show the same
 * state, over http and from disk, and no messages need to be exchanged.
 */

import { render } from 'preact';

import { message } from '../../../widgets/engine/messages';
import { useRedrawOn } from '../../../widgets/frontend/hooks';
import { Citation } from './citation';
import { Clock } from './clock';
import type { Presentation, Slide } from './presentation';
import { headingOf } from './slide_view';
import { STYLESHEET } from './stylesheet';

export interface NotesWindow {
  close(): void;
}

/** Opens the window; returns null if the browser blocks it. */
export function openNotes(
  presentation: Presentation,
  onKey: (event: KeyboardEvent) => void,
  onClosed: () => void,
): NotesWindow | null {
  const opened = window.open('', '', 'popup,width=720,height=860');
  if (!opened) return null;
  const page = opened.document;
  page.title = message('notes-title', { title: presentation.presented.title });
  page.documentElement.lang = document.documentElement.lang;
  page.documentElement.dataset.theme = document.documentElement.dataset.theme ?? '';
  const style = page.createElement('link');
  style.rel = 'stylesheet';
  style.href = STYLESHEET;
  page.head.append(style);
  const root = page.createElement('main');
  root.className = 'cb cb-notes';
  page.body.append(root);
  opened.addEventListener('keydown', onKey, true);
  opened.addEventListener('pagehide', onClosed);
  render(<Notes presentation={presentation} />, root);
  return {
    close() {
      opened.removeEventListener('pagehide', onClosed);
      render(null, root);
      opened.close();
    },
  };
}

function Notes({ presentation }: { presentation: Presentation }) {
  useRedrawOn((changed) => presentation.subscribe(changed), [presentation]);
  const { slide, next, state } = presentation;
  const { step, stepIndex } = slide;
  return (
    <>
      <header class="cb-stage-head">
        <span class="cb-stage-place">
          {message('notes-step', { step: stepIndex + 1, steps: presentation.presented.steps.length })}
        </span>
        <span>{message('notes-time', { minutes: step.minutes, due: presentation.due(stepIndex) })}</span>
        <Clock presentation={presentation} />
      </header>
      <h1>{headingOf(presentation, slide)}</h1>
      <dl>
        <Note name={message('notes-ask')} text={step.ask} />
        <Note name={message('notes-error')} text={step.error} />
        <Note name={message('notes-say')} text={step.say} />
      </dl>
      <p>
        <Citation of={presentation.presented} source={step.source} />
      </p>
      <ComingAnswer presentation={presentation} slide={slide} />
      <p class="cb-sees">{visibility(presentation, slide)}</p>
      {state.change && (
        <p class="cb-sees">
          {state.change.text} {state.change.effect.text}
        </p>
      )}
      <p class="cb-next">{next ? nextText(presentation, next) : message('notes-last')}</p>
      <p class="cb-note">{message('notes-keys')}</p>
    </>
  );
}

function Note({ name, text }: { name: string; text: string | undefined }) {
  if (!text) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  );
}

/** The answer, before the audience has it. */
function ComingAnswer({ presentation, slide }: { presentation: Presentation; slide: Slide }) {
  if (slide.answered) return null;
  const question = presentation.question(slide);
  const option = question?.options.find(({ id }) => id === question.published);
  const text = option
    ? message('notes-answer-text', { answer: option.label, feedback: question!.feedback })
    : presentation.whatIf(slide)?.answer;
  return text ? (
    <details class="cb-answer">
      <summary>{message('notes-answer')}</summary>
      <p>{text}</p>
    </details>
  ) : null;
}

/** What the audience sees of the slide. */
function visibility({ state }: Presentation, slide: Slide): string {
  if (!slide.answered) return message('notes-question-only');
  if (slide.step.show !== 'findings') return '';
  const shown = (visible: boolean) => (visible ? 'shown' : 'hidden');
  return message('notes-visibility', { results: shown(state.results), provenance: shown(state.provenance) });
}

function nextText(presentation: Presentation, next: Slide): string {
  if (next.step === presentation.slide.step) return message('notes-next-answer');
  return message('notes-next', { heading: headingOf(presentation, next) });
}
