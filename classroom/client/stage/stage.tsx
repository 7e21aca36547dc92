/** The stage: one slide of a case, large, over the whole page. */

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

import { message } from '../../../widgets/engine/messages';
import { BookContext } from '../../../widgets/frontend/book';
import { useRedrawOn } from '../../../widgets/frontend/hooks';
import { few } from '../../../widgets/frontend/labels';
import { Clock } from './clock';
import { useFit } from './fit';
import { useFullScreen } from './full_screen';
import { commandsOf, handleKey, type Command } from './keyboard';
import { openNotes, type NotesWindow } from './notes';
import type { Presentation } from './presentation';
import { addressOf, localOnlyNotice, QrCode } from './share_link';
import { headingOf, SlideView } from './slide_view';

interface Props {
  presentation: Presentation;
  /** The element into which the stage is rendered. */
  root: HTMLElement;
  onLeave: () => void;
}

export function Stage({ presentation, root, onLeave }: Props) {
  useRedrawOn((changed) => presentation.subscribe(changed), [presentation]);
  const heading = useRef<HTMLHeadingElement>(null);
  const main = useRef<HTMLDivElement>(null);
  const usedPointer = useRef(false);
  const { notesOpen, toggleNotes, notice } = useNotes(presentation, (event) => handleKey(event, commands()));
  const toggleFullScreen = useFullScreen(root, !presentation.alone, onLeave);
  const commands = () =>
    commandsOf(presentation, { leave: onLeave, toggleNotes, toggleFullScreen, notesOpen });
  const { index, counting } = presentation.state;

  // Before the paint, because the next key may follow at once.
  useLayoutEffect(() => {
    if (!counting) heading.current?.focus();
  }, [index, counting]);
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      usedPointer.current = false;
      handleKey(event, commands());
    };
    const onPointer = () => {
      usedPointer.current = true;
    };
    // In the capture phase, because the page behind the stage has keys of its own.
    addEventListener('keydown', onKey, true);
    addEventListener('pointerdown', onPointer, true);
    return () => {
      removeEventListener('keydown', onKey, true);
      removeEventListener('pointerdown', onPointer, true);
    };
  });

  useFit(main);

  const { presented, changedFindings, slide } = presentation;
  return (
    <BookContext.Provider value={presentation.book}>
      <ProgressBar presentation={presentation} />
      <header class="cb-stage-head">
        <span>{presented.title}</span>
        {presented.constructed && <strong>{presented.constructed}</strong>}
        {changedFindings.length > 0 && (
          <strong>{message('stage-changed', { findings: few(changedFindings) })}</strong>
        )}
        <span class="cb-stage-place">
          {message('stage-step', { step: slide.stepIndex + 1, steps: presented.steps.length })}
        </span>
        {!presentation.alone && <Clock presentation={presentation} />}
      </header>
      <div
        class="cb-stage-main"
        ref={main}
        inert={presentation.state.link}
        data-show={slide.step.show}
        data-answered={slide.answered ? '' : undefined}
        // After a choice by pointer, the keys belong to the stage again.
        onChange={() => usedPointer.current && heading.current?.focus()}
      >
        <h1 ref={heading} tabIndex={-1}>
          {headingOf(presentation, slide)}
        </h1>
        <div class="cb-stage-shown" key={index}>
          <SlideView presentation={presentation} />
        </div>
      </div>
      {presentation.state.link && <LinkPanel presentation={presentation} />}
      <CommandBar commands={commands()} notice={notice} />
    </BookContext.Provider>
  );
}

/** The notes window, which closes with the stage. */
function useNotes(presentation: Presentation, onKey: (event: KeyboardEvent) => void) {
  const [notice, setNotice] = useState('');
  const [notes, setNotes] = useState<NotesWindow | null>(null);
  const latestOnKey = useRef(onKey);
  latestOnKey.current = onKey;
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
    const opened = openNotes(presentation, (event) => latestOnKey.current(event), () => setNotes(null));
    setNotes(opened);
    setNotice(opened ? '' : message('notes-blocked'));
  };
  return { notesOpen: notes !== null, toggleNotes, notice };
}

function ProgressBar({ presentation }: { presentation: Presentation }) {
  const current = presentation.slide.stepIndex;
  return (
    <div class="cb-progress" aria-hidden="true">
      {presentation.presented.steps.map((step, index) => (
        <span
          key={index}
          style={{ flexGrow: step.minutes }}
          data-done={index < current ? '' : undefined}
          data-now={index === current ? '' : undefined}
        />
      ))}
    </div>
  );
}

function LinkPanel({ presentation: { book, presented, published, state } }: { presentation: Presentation }) {
  const address = addressOf(book, presented.id, published, state.findings);
  const notice = localOnlyNotice();
  return (
    <section class="cb-link-panel" aria-label={message('stage-link')}>
      <QrCode text={address} />
      <div>
        <p>{message('stage-link-state')}</p>
        <p class="cb-address">
          <a href={address} target="_blank" rel="noopener">
            {address}
          </a>
        </p>
        {notice && <p class="cb-stays">{notice}</p>}
      </div>
    </section>
  );
}

function CommandBar({ commands, notice }: { commands: readonly Command[]; notice: string }) {
  return (
    <footer class="cb-stage-foot" aria-label={message('stage-keys')} role="group">
      {commands.map(({ name, key, run, on, idle }) =>
        idle ? null : (
          <button key={name} type="button" aria-pressed={on} onClick={run} data-command={name}>
            {name} <kbd>{key}</kbd>
          </button>
        ),
      )}
      <span class="cb-said" role="status">
        {notice}
      </span>
    </footer>
  );
}
