/** The stage: one step of a case, large, over the whole page. */

import { useEffect, useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks';

import { BookContext } from '../../../widgets/frontend/book';
import { few } from '../../../widgets/frontend/labels';
import { Clock } from './clock';
import { commands, press, type Around, type Command } from './keyboard';
import { addressOf, Code, stays } from './share_link';
import { openNotes, type Notes } from './notes';
import { useScreen } from './full_screen';
import { headingOf, Shown } from './step_view';
import type { Talk } from './presentation';

interface Props {
  talk: Talk;
  /** The element that the stage is drawn into. */
  root: HTMLElement;
  onLeave: () => void;
}

export function Stage({ talk, root, onLeave }: Props) {
  useTalk(talk);
  const heading = useRef<HTMLHeadingElement>(null);
  const pointed = useRef(false);
  const { notes, toggleNotes, said } = useNotes(talk, (event) => press(event, known()));
  const toggleScreen = useScreen(root, onLeave);
  const around: Around = { leave: onLeave, toggleNotes, toggleScreen, notes };
  const known = () => commands(talk, around);
  const { at, counting } = talk.state;

  // At once, not after the paint: a key that follows must meet what the one before it led to.
  useLayoutEffect(() => {
    if (!counting) heading.current?.focus();
  }, [at, counting]);
  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      pointed.current = false;
      press(event, known());
    };
    const points = () => {
      pointed.current = true;
    };
    // First of all: the page behind has keys of its own.
    addEventListener('keydown', pressed, true);
    addEventListener('pointerdown', points, true);
    return () => {
      removeEventListener('keydown', pressed, true);
      removeEventListener('pointerdown', points, true);
    };
  });

  return (
    <BookContext.Provider value={talk.book}>
      <Progress talk={talk} />
      <header class="cb-stage-head">
        <span>{talk.given.title}</span>
        {talk.given.constructed && <strong>{talk.given.constructed}</strong>}
        {talk.changed.length > 0 && <strong>Changed: {few(talk.changed)}</strong>}
        <span class="cb-stage-place">
          {talk.beat.place + 1} of {talk.given.steps.length}
        </span>
        <Clock talk={talk} />
      </header>
      <div
        class="cb-stage-main"
        inert={talk.state.link}
        data-show={talk.beat.step.show}
        data-answered={talk.beat.answered ? '' : undefined}
        // A pointer's choice is made: the keys are the stage's again.
        onChange={() => pointed.current && heading.current?.focus()}
      >
        <h1 ref={heading} tabIndex={-1}>
          {headingOf(talk, talk.beat)}
        </h1>
        <div class="cb-stage-shown" key={at}>
          <Shown talk={talk} />
        </div>
      </div>
      {talk.state.link && <Link talk={talk} />}
      <Controls known={known()} said={said} />
    </BookContext.Provider>
  );
}

function useTalk(talk: Talk): void {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  useLayoutEffect(() => talk.watch(() => redraw(undefined)), [talk]);
}

/** The speaker's window, which goes with the stage. */
function useNotes(talk: Talk, onKey: (event: KeyboardEvent) => void) {
  const [said, setSaid] = useState('');
  const [notes, setNotes] = useState<Notes | null>(null);
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    if (!notes) return undefined;
    const close = () => notes.close();
    addEventListener('pagehide', close);
    return () => {
      removeEventListener('pagehide', close);
      close();
    };
  }, [notes]);
  const toggleNotes = () => {
    if (notes) return setNotes(null);
    const opened = openNotes(talk, (event) => latest.current(event), () => setNotes(null));
    setNotes(opened);
    setSaid(opened ? '' : 'The browser did not open the window of notes: allow pop-ups for this page.');
  };
  return { notes: notes !== null, toggleNotes, said };
}

function Progress({ talk }: { talk: Talk }) {
  return (
    <div class="cb-progress" aria-hidden="true">
      {talk.given.steps.map((step, place) => (
        <span
          key={place}
          style={{ flexGrow: step.minutes }}
          data-done={place < talk.beat.place ? '' : undefined}
          data-now={place === talk.beat.place ? '' : undefined}
        />
      ))}
    </div>
  );
}

function Link({ talk }: { talk: Talk }) {
  const address = addressOf(talk.book, talk.given.id, talk.published, talk.state.findings);
  return (
    <section class="cb-link-panel" aria-label="Link to the state on the screen">
      <Code text={address} />
      <div>
        <p>The case in exactly this state:</p>
        <p class="cb-address">
          <a href={address} target="_blank" rel="noopener">
            {address}
          </a>
        </p>
        {stays() && <p class="cb-stays">{stays()}</p>}
      </div>
    </section>
  );
}

function Controls({ known, said }: { known: readonly Command[]; said: string }) {
  return (
    <footer class="cb-stage-foot" aria-label="Keys of the presentation" role="group">
      {known.map(({ name, key, run, on, idle }) =>
        idle ? null : (
          <button key={name} type="button" aria-pressed={on} onClick={run} data-command={name}>
            {name} <kbd>{key}</kbd>
          </button>
        ),
      )}
      <span class="cb-said" role="status">
        {said}
      </span>
    </footer>
  );
}
