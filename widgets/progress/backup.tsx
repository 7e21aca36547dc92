/** Saves what is kept as a file, restores it from one, deletes it; the last two can be taken back. */

import { useEffect, useRef, useState } from 'preact/hooks';

import { message } from '../engine/messages';
import { download } from '../frontend/download';
import { day, exported, forget, type Learning, opened, restore, type Undo } from './store';

const LARGEST = 5_000_000;
/** Bytes. A browser keeps about as much for a whole site. */

interface Props {
  kept: Learning;
  /** What was set aside because it could not be read. */
  unreadable: string | null;
  changed(): void;
}

interface Asked {
  readonly name: string;
  readonly text: string;
  readonly holds: Learning;
}

export function Tools({ kept, unreadable, changed }: Props) {
  const [said, say] = useState('');
  const [undo, setUndo] = useState<Undo | null>(null);
  const [asked, ask] = useState<Asked | null>(null);
  const undoing = useRef<HTMLButtonElement>(null);
  const asking = useRef<HTMLFieldSetElement>(null);
  const choosing = useRef<HTMLInputElement>(null);
  const empty = isEmpty(kept) && unreadable === null;

  // The control that was pressed is gone or idle: the next one gets the focus.
  useEffect(() => undoing.current?.focus(), [undo]);
  useEffect(() => asking.current?.querySelector('button')?.focus(), [asked]);

  const did = (words: string, back: Undo | null) => {
    ask(null);
    say(back ? words : message('backup-refused'));
    setUndo(() => back);
    changed();
  };
  const put = ({ name, text, holds }: Asked, how: 'merge' | 'replace') =>
    did(message('backup-restored', { file: name, summary: summary(holds) }), restore(text, how));
  const open = async (file: File) => {
    say('');
    setUndo(null);
    ask(null);
    try {
      if (file.size > LARGEST) throw new Error(message('backup-too-large'));
      const text = await file.text();
      const found = { name: file.name, text, holds: opened(text) };
      if (isEmpty(kept)) put(found, 'replace');
      else ask(found);
    } catch (fault) {
      say(message('backup-not-restored', { file: file.name, reason: (fault as Error).message }));
    }
  };

  return (
    <section class="cb-keeping">
      <h3>{message('backup-title')}</h3>
      {unreadable !== null && (
        <p class="cb-errors">
          {message('backup-unreadable')}{' '}
          <button type="button" onClick={() => download('casebook-set-aside.txt', unreadable)}>
            {message('backup-unreadable-save')}
          </button>
        </p>
      )}
      <div class="cb-tools">
        <button type="button" disabled={isEmpty(kept)} onClick={() => download(`casebook-progress-${day()}.json`, exported(kept))}>
          {message('backup-save')}
        </button>
        <label class="cb-file">
          {message('backup-restore')}{' '}
          <input
            ref={choosing}
            type="file"
            accept=".json,application/json"
            onChange={({ currentTarget }) => {
              const [file] = currentTarget.files ?? [];
              // The same file can then be chosen again.
              if (file) void open(file).then(() => (choosing.current!.value = ''));
            }}
          />
        </label>
        <button type="button" disabled={empty} onClick={() => did(message('backup-deleted'), forget())}>
          {message('backup-delete')}
        </button>
      </div>
      {asked && (
        <fieldset ref={asking} class="cb-asked">
          <legend>
            {message('backup-both', { file: asked.name, theirs: summary(asked.holds), ours: summary(kept) })}
          </legend>
          <div class="cb-tools">
            <button type="button" onClick={() => put(asked, 'merge')}>
              {message('backup-merge')}
            </button>
            <button type="button" onClick={() => put(asked, 'replace')}>
              {message('backup-replace')}
            </button>
            <button
              type="button"
              onClick={() => {
                ask(null);
                say(message('backup-unchanged'));
                choosing.current?.focus();
              }}
            >
              {message('backup-keep')}
            </button>
          </div>
        </fieldset>
      )}
      <div class="cb-tools">
        <span class="cb-said" role="status">
          {said}
        </span>
        {undo && (
          <button
            ref={undoing}
            type="button"
            onClick={() => {
              say(message(undo() ? 'backup-undone' : 'backup-refused'));
              setUndo(null);
              choosing.current?.focus();
              changed();
            }}
          >
            {message('backup-undo')}
          </button>
        )}
      </div>
    </section>
  );
}


function isEmpty({ pages, answers }: Learning): boolean {
  return Object.keys(pages).length + Object.keys(answers).length === 0;
}

function summary({ pages, answers }: Learning): string {
  return message('backup-summary', { pages: Object.keys(pages).length, questions: Object.keys(answers).length });
}
