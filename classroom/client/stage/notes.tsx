/**
 * The speaker's notes in a window of their own.
 *
 * The page that presents writes and draws them itself, into an empty window that it has opened: both are one
 * document's doing, over http and from disk alike, so that they cannot disagree, and nobody else's message is heard.
 */

import { render } from 'preact';
import { useLayoutEffect, useReducer } from 'preact/hooks';

import { Clock } from './clock';
import { Cited, headingOf } from './step_view';
import { STYLE } from './stylesheet';
import type { Beat, Talk } from './presentation';

export interface Notes {
  close(): void;
}

/** Opens the window; null where the browser refuses to. */
export function openNotes(talk: Talk, onKey: (event: KeyboardEvent) => void, onClosed: () => void): Notes | null {
  const opened = window.open('', '', 'popup,width=720,height=860');
  if (!opened) return null;
  const page = opened.document;
  page.title = `Notes: ${talk.given.title}`;
  page.documentElement.lang = document.documentElement.lang;
  page.documentElement.dataset.theme = document.documentElement.dataset.theme ?? '';
  const style = page.createElement('link');
  style.rel = 'stylesheet';
  style.href = STYLE;
  page.head.append(style);
  const root = page.createElement('main');
  root.className = 'cb cb-notes';
  page.body.append(root);
  opened.addEventListener('keydown', onKey, true);
  opened.addEventListener('pagehide', onClosed);
  render(<View talk={talk} />, root);
  return {
    close() {
      opened.removeEventListener('pagehide', onClosed);
      render(null, root);
      opened.close();
    },
  };
}

function View({ talk }: { talk: Talk }) {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  useLayoutEffect(() => talk.watch(() => redraw(undefined)), [talk]);
  const { beat, next, state } = talk;
  const { step } = beat;
  return (
    <>
      <header class="cb-stage-head">
        <span class="cb-stage-place">
          Step {beat.place + 1} of {talk.given.steps.length}
        </span>
        <span>
          {step.minutes} min, over by minute {talk.due(beat.place)}
        </span>
        <Clock talk={talk} />
      </header>
      <h1>{headingOf(talk, beat)}</h1>
      <dl>
        <Note name="Ask" text={step.ask} />
        <Note name="Usual error" text={step.error} />
        <Note name="Say" text={step.say} />
      </dl>
      <p>
        <Cited talk={talk} source={step.source} />
      </p>
      <Answer talk={talk} beat={beat} />
      <p class="cb-sees">{seen(talk, beat)}</p>
      {state.told && (
        <p class="cb-sees">
          {state.told.set} {state.told.change.text}
        </p>
      )}
      <p class="cb-next">{next ? `Next: ${nextWords(talk, next)}` : 'This is the last step.'}</p>
      <p class="cb-note">The keys of the stage work in this window too. It closes with the stage.</p>
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

/** The answer, before the room has it. */
function Answer({ talk, beat }: { talk: Talk; beat: Beat }) {
  if (beat.answered) return null;
  const question = talk.question(beat);
  const option = question?.options.find(({ id }) => id === question.published);
  const text = option ? `${option.label}. ${question!.feedback}` : talk.whatIf(beat)?.answer;
  return text ? (
    <details class="cb-answer">
      <summary>The answer that comes next</summary>
      <p>{text}</p>
    </details>
  ) : null;
}

function seen(talk: Talk, beat: Beat): string {
  if (!beat.answered) return 'The room sees the question without its answer.';
  if (beat.step.show !== 'findings') return '';
  const { results, provenance } = talk.state;
  const word = (shown: boolean) => (shown ? 'shown' : 'hidden');
  return `Results are ${word(results)}, provenance is ${word(provenance)}.`;
}

function nextWords(talk: Talk, next: Beat): string {
  return next.step === talk.beat.step ? 'the answer' : headingOf(talk, next);
}
