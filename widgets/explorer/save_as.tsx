/** Saving the case under a name, where a kernel can write a file. */

import { useEffect, useState } from 'preact/hooks';

import { message } from '../engine/messages';
import type { Model } from '../frontend/host';

interface SaveReply {
  answer: 'saved' | 'there' | 'fault';
  said: string;
}

interface Props {
  /** Unique in the page. */
  instance: string;
  model: Model;
}

export function SaveAs({ instance, model }: Props) {
  const [name, setName] = useState('');
  const [reply, setReply] = useState<SaveReply>();
  useEffect(() => {
    const onMessage = (content: unknown) => {
      if ((content as SaveReply).answer) setReply(content as SaveReply);
    };
    model.on('msg:custom', onMessage);
    return () => model.off('msg:custom', onMessage);
  }, [model]);
  const save = (replace: boolean) => model.send({ ask: 'save', name, replace });
  return (
    <form
      class="cb-tools cb-save"
      onSubmit={(event) => {
        event.preventDefault();
        save(false);
      }}
    >
      <label for={`${instance}-name`}>{message('explorer-save-name')}</label>
      <input
        id={`${instance}-name`}
        value={name}
        placeholder={`${String(model.get('case'))}-changed`}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => {
          setName(event.currentTarget.value);
          setReply(undefined);
        }}
      />
      <button type="submit">{message('explorer-save')}</button>
      {reply?.answer === 'there' && (
        <button type="button" onClick={() => save(true)}>
          {message('explorer-save-replace')}
        </button>
      )}
      <div class="cb-said" role="status" data-answer={reply?.answer}>
        {reply?.said.split('\n').map((line) => <p key={line}>{line}</p>)}
      </div>
    </form>
  );
}
