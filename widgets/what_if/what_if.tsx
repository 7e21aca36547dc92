/** What if: each a question, a control that sets the explorer to it, and an answer told after. */

import { useState } from 'preact/hooks';

import { message } from '../engine/messages';
import type { Findings, Value } from '../engine/types';
import { sameFindings, withSet, type Published } from '../frontend/published_case';
import { useTrait } from '../frontend/hooks';
import type { Model } from '../frontend/host';
import { Paragraphs } from '../frontend/paragraphs';

interface Supposition {
  readonly id: string;
  readonly question: string;
  readonly set: Readonly<Record<string, Value | null>>;
  readonly answer: string;
}

/** An explorer in the same page, of the same case. */
export interface Peer {
  readonly model: Model;
  readonly element: HTMLElement;
}

interface Props {
  model: Model;
  peers: readonly Peer[];
}

export function WhatIf({ model, peers }: Props) {
  const suppositions = model.get('what_ifs') as readonly Supposition[];
  const chosen = useTrait<string | null>(model, 'chosen');
  const [tried, setTried] = useState<ReadonlySet<string>>(new Set());
  const [told, setTold] = useState<ReadonlySet<string>>(new Set());
  // Followed, because the reader may have gone on from a supposition.
  const shown = useTrait<Findings | undefined>(peers[0]?.model, 'findings');

  const suppose = (one: Supposition) => {
    model.set('chosen', one.id);
    model.save_changes();
    for (const peer of peers) {
      peer.model.set('cause', one.question);
      peer.model.set('findings', withSet(peer.model.get('published') as Published, one.set));
    }
    setTried(new Set([...tried, one.id]));
  };

  return (
    <div class="cb cb-what-if">
      <ol>
        {suppositions.map((one) => (
          <li key={one.id} data-what-if={one.id}>
            <p class="cb-label">{one.question}</p>
            <div class="cb-tools">
              <button type="button" aria-pressed={chosen === one.id} onClick={() => suppose(one)}>
                {message('supposition-set')}
              </button>
              {(tried.has(one.id) || chosen === one.id) && (
                <button
                  type="button"
                  aria-expanded={told.has(one.id)}
                  onClick={() => setTold(toggled(told, one.id))}
                >
                  {message(told.has(one.id) ? 'supposition-hide' : 'supposition-show')}
                </button>
              )}
              <span class="cb-said" role="status">
                {chosen === one.id && isShown(one, shown, peers) && (
                  <>
                    {message('supposition-shown')}{' '}
                    <button type="button" class="cb-link" onClick={() => goTo(peers)}>
                      {message('supposition-go')}
                    </button>
                  </>
                )}
              </span>
            </div>
            {told.has(one.id) && (
              <div class="cb-answer">
                <Paragraphs text={one.answer} />
              </div>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

function isShown(one: Supposition, shown: Findings | undefined, peers: readonly Peer[]): boolean {
  const published = peers[0]?.model.get('published') as Published | undefined;
  return !!shown && !!published && sameFindings(shown, withSet(published, one.set));
}

function goTo(peers: readonly Peer[]): void {
  peers[0]?.element.scrollIntoView();
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}
