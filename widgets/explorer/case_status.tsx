/** Where the case under the reader's hands stands: constructed or not, how far changed, and kept as what. */

import { useEffect, useState } from 'preact/hooks';

import type { Findings } from '../engine/types';
import { useBook } from '../frontend/book';
import { Disclosure } from '../frontend/disclosure';
import type { Model } from '../frontend/host';
import { PROVENANCE_WORDS } from '../frontend/labels';
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
          <strong>Constructed for teaching: no such patient was published.</strong>
        </p>
      )}
      <Differences published={published} findings={findings} of={constructed ? 'constructed' : 'published'} />
      {!page && <SaveAs instance={instance} model={model} />}
    </>
  );
}

function Differences({ published, findings, of }: Pick<Props, 'published' | 'findings'> & { of: string }) {
  const book = useBook();
  const changed = Object.entries(published).filter(([id, { value }]) => (findings[id] ?? null) !== (value ?? null));
  // It keeps its place while there is none, so that the first change moves nothing under the reader's hand.
  return (
    <Disclosure
      class="cb-differences"
      summary={`Differences from the ${of} case: ${changed.length || 'none'}`}
    >
      {() => (
        <dl>
          {changed.map(([id, { value, provenance }]) => (
            <div key={id} data-difference={id}>
              <dt>{book.findingLabel(id)}</dt>
              <dd>
                {book.valueLabel(id, findings[id])}; {of}: {book.valueLabel(id, value)}
                {value != null && ` (${PROVENANCE_WORDS[provenance]})`}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Disclosure>
  );
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
      <label for={`${instance}-name`}>Name of a new case</label>
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
      <button type="submit">Save as a new case</button>
      {told?.answer === 'there' && (
        <button type="button" onClick={() => save(true)}>
          Replace it
        </button>
      )}
      <div class="cb-said" role="status" data-answer={told?.answer}>
        {told?.said.split('\n').map((line) => <p key={line}>{line}</p>)}
      </div>
    </form>
  );
}
