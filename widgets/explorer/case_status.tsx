/** Where the case under the reader's hands stands: constructed or not, how far changed, and kept as what. */

import { useEffect, useState } from 'preact/hooks';

import { message } from '../engine/messages';
import type { Findings } from '../engine/types';
import { useBook } from '../frontend/book';
import { Disclosure } from '../frontend/disclosure';
import type { Model } from '../frontend/host';
import { PROVENANCE_WORDS, type Provenance } from '../frontend/labels';
import type { Published } from '../frontend/published_case';

interface Props {
  /** Unique in the page. */
  instance: string;
  model: Model;
  /** In a page of the book there is no kernel that could write a file. */
  page: boolean;
  published: Published;
  /** As the reader has set them. */
  findings: Findings;
}

export function Standing({ instance, model, page, published, findings }: Props) {
  const constructed = model.get('constructed') === true;
  return (
    <>
      {constructed && (
        <p class="casebook-constructed">
          <strong>{message('case-constructed')}</strong>
        </p>
      )}
      <Differences published={published} findings={findings} of={constructed ? 'constructed' : 'published'} />
      {!page && <SaveAs instance={instance} model={model} />}
    </>
  );
}

interface DifferencesProps extends Pick<Props, 'published' | 'findings'> {
  of: 'constructed' | 'published';
}

function Differences({ published, findings, of }: DifferencesProps) {
  const book = useBook();
  const changed = Object.entries(published).filter(([id, { value }]) => (findings[id] ?? null) !== (value ?? null));
  // It keeps its place while there is none, so that the first change moves nothing under the reader's hand.
  return (
    <Disclosure
      class="cb-differences"
      summary={message('explorer-differences', { case: of, count: changed.length })}
    >
      {() => (
        <dl>
          {changed.map(([id, { value, provenance }]) => (
            <div key={id} data-difference={id}>
              <dt>{book.findingLabel(id)}</dt>
              <dd>{difference(book.valueLabel(id, findings[id]), book.valueLabel(id, value), value != null && provenance)}</dd>
            </div>
          ))}
        </dl>
      )}
    </Disclosure>
  );
}

/** A changed finding as it is now and as the case has it; with its provenance, where it has a value there. */
function difference(now: string, before: string, provenance: Provenance | false): string {
  return provenance
    ? message('explorer-difference-provenance', { now, before, provenance: PROVENANCE_WORDS[provenance] })
    : message('explorer-difference', { now, before });
}

interface Answer {
  answer: 'saved' | 'there' | 'fault';
  said: string;
}

function SaveAs({ instance, model }: Pick<Props, 'instance' | 'model'>) {
  const [name, setName] = useState('');
  const [told, setTold] = useState<Answer>();
  useEffect(() => {
    const hear = (content: unknown) => {
      if ((content as Answer).answer) setTold(content as Answer);
    };
    model.on('msg:custom', hear);
    return () => model.off('msg:custom', hear);
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
          setTold(undefined);
        }}
      />
      <button type="submit">{message('explorer-save')}</button>
      {told?.answer === 'there' && (
        <button type="button" onClick={() => save(true)}>
          {message('explorer-save-replace')}
        </button>
      )}
      <div class="cb-said" role="status" data-answer={told?.answer}>
        {told?.said.split('\n').map((line) => <p key={line}>{line}</p>)}
      </div>
    </form>
  );
}
