/** Saving the progress as a file, restoring it, and deleting it; restoring and deleting can be undone. */

import { useEffect, useRef, useState } from 'preact/hooks';

import { message } from '../engine/messages';
import { download } from '../frontend/download';
import { parseProgress, restore } from './backup_file';
import { day, serialise, deleteAll, type Progress, type Undo } from './store';

const LARGEST = 5_000_000;
/** Largest file in bytes; a browser stores about as much for a site. */

interface Props {
  progress: Progress;
  /** Stored text that could not be read. */
  unreadable: string | null;
  changed(): void;
}

interface PendingRestore {
  readonly name: string;
  readonly text: string;
  readonly content: Progress;
}

export function BackupTools({ progress, unreadable, changed }: Props) {
  const [notice, setNotice] = useState('');
  const [undo, setUndo] = useState<Undo | null>(null);
  const [pendingRestore, setPendingRestore] = useState<PendingRestore | null>(null);
  const undoing = useRef<HTMLButtonElement>(null);
  const asking = useRef<HTMLFieldSetElement>(null);
  const choosing = useRef<HTMLInputElement>(null);
  const empty = isEmpty(progress) && unreadable === null;

  // The pressed control is gone or disabled, so that the next one is focused.
  useEffect(() => undoing.current?.focus(), [undo]);
  useEffect(() => asking.current?.querySelector('button')?.focus(), [pendingRestore]);

  const finish = (words: string, back: Undo | null) => {
    setPendingRestore(null);
    setNotice(back ? words : message('backup-refused'));
    setUndo(() => back);
    changed();
  };
  const restoreFile = ({ name, text, content }: PendingRestore, how: 'merge' | 'replace') =>
    finish(message('backup-restored', { file: name, summary: summary(content) }), restore(text, how));
  const open = async (file: File) => {
    setNotice('');
    setUndo(null);
    setPendingRestore(null);
    try {
      if (file.size > LARGEST) throw new Error(message('backup-too-large'));
      const text = await file.text();
      const found = { name: file.name, text, content: parseProgress(text) };
      if (isEmpty(progress)) restoreFile(found, 'replace');
      else setPendingRestore(found);
    } catch (fault) {
      setNotice(message('backup-not-restored', { file: file.name, reason: (fault as Error).message }));
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
        <button type="button" disabled={isEmpty(progress)} onClick={() => download(`casebook-progress-${day()}.json`, serialise(progress))}>
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
              // Allows the same file to be chosen again.
              if (file) void open(file).then(() => (choosing.current!.value = ''));
            }}
          />
        </label>
        <button type="button" disabled={empty} onClick={() => finish(message('backup-deleted'), deleteAll())}>
          {message('backup-delete')}
        </button>
      </div>
      {pendingRestore && (
        <fieldset ref={asking} class="cb-asked">
          <legend>
            {message('backup-both', { file: pendingRestore.name, theirs: summary(pendingRestore.content), ours: summary(progress) })}
          </legend>
          <div class="cb-tools">
            <button type="button" onClick={() => restoreFile(pendingRestore, 'merge')}>
              {message('backup-merge')}
            </button>
            <button type="button" onClick={() => restoreFile(pendingRestore, 'replace')}>
              {message('backup-replace')}
            </button>
            <button
              type="button"
              onClick={() => {
                setPendingRestore(null);
                setNotice(message('backup-unchanged'));
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
          {notice}
        </span>
        {undo && (
          <button
            ref={undoing}
            type="button"
            onClick={() => {
              setNotice(message(undo() ? 'backup-undone' : 'backup-refused'));
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


function isEmpty({ pages, answers }: Progress): boolean {
  return Object.keys(pages).length + Object.keys(answers).length === 0;
}

function summary({ pages, answers }: Progress): string {
  return message('backup-summary', { pages: Object.keys(pages).length, questions: Object.keys(answers).length });
}
