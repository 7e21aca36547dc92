/** Saves what is kept as a file, restores it from one, deletes it; the last two can be taken back. */

import { useEffect, useRef, useState } from 'preact/hooks';

import { download } from '../frontend/download';
import { day, exported, forget, type Learning, opened, restore, type Undo } from './store';
import { counted } from './dates';

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
    say(back ? words : REFUSED);
    setUndo(() => back);
    changed();
  };
  const put = ({ name, text, holds }: Asked, how: 'merge' | 'replace') =>
    did(`Restored from ${name}: ${summary(holds)}.`, restore(text, how));
  const open = async (file: File) => {
    say('');
    setUndo(null);
    ask(null);
    try {
      if (file.size > LARGEST) throw new Error('It is larger than anything that this book writes.');
      const text = await file.text();
      const found = { name: file.name, text, holds: opened(text) };
      if (isEmpty(kept)) put(found, 'replace');
      else ask(found);
    } catch (fault) {
      say(`${file.name} was not restored. ${(fault as Error).message} Nothing was changed.`);
    }
  };

  return (
    <section class="cb-keeping">
      <h3>Save, restore, delete</h3>
      {unreadable !== null && (
        <p class="cb-errors">
          Something kept here could not be read. It was set aside and not deleted:{' '}
          <button type="button" onClick={() => download('casebook-set-aside.txt', unreadable)}>
            Save it as a file
          </button>
        </p>
      )}
      <div class="cb-tools">
        <button type="button" disabled={isEmpty(kept)} onClick={() => download(`casebook-progress-${day()}.json`, exported(kept))}>
          Save as a file
        </button>
        <label class="cb-file">
          Restore from a file{' '}
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
        <button type="button" disabled={empty} onClick={() => did('Everything was deleted.', forget())}>
          Delete everything
        </button>
      </div>
      {asked && (
        <fieldset ref={asking} class="cb-asked">
          <legend>
            {asked.name} holds {summary(asked.holds)}. This browser keeps {summary(kept)}.
          </legend>
          <div class="cb-tools">
            <button type="button" onClick={() => put(asked, 'merge')}>
              Put both together
            </button>
            <button type="button" onClick={() => put(asked, 'replace')}>
              Keep only the file's
            </button>
            <button
              type="button"
              onClick={() => {
                ask(null);
                say('Nothing was changed.');
                choosing.current?.focus();
              }}
            >
              Change nothing
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
              say(undo() ? 'Taken back: all is as it was.' : REFUSED);
              setUndo(null);
              choosing.current?.focus();
              changed();
            }}
          >
            Take it back
          </button>
        )}
      </div>
    </section>
  );
}

const REFUSED = 'This browser refused, and nothing was changed.';

function isEmpty({ pages, answers }: Learning): boolean {
  return Object.keys(pages).length + Object.keys(answers).length === 0;
}

function summary({ pages, answers }: Learning): string {
  return `${counted(Object.keys(pages).length, 'page')} read and answers to ${counted(Object.keys(answers).length, 'question')}`;
}
