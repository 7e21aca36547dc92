/** What-ifs: a question, a button that sets the explorer to it, what it changes, the answer on demand, and a way back. */

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

import { message } from '../engine/messages';
import type { Findings, Value } from '../engine/types';
import { asPublished, sameFindings, withSet, type Published } from '../frontend/published_case';
import { useTrait } from '../frontend/hooks';
import type { Model } from '../frontend/host';
import { LaterPart } from '../frontend/later_parts';
import { Paragraphs } from '../frontend/paragraphs';

interface Supposition {
  readonly id: string;
  readonly question: string;
  readonly set: Readonly<Record<string, Value | null>>;
  readonly answer: string;
}

/** An explorer of the same case in the page. */
export interface ExplorerInPage {
  readonly model: Model;
  readonly element: HTMLElement;
}

interface Props {
  model: Model;
  explorers: readonly ExplorerInPage[];
}

export function WhatIf({ model, explorers }: Props) {
  const suppositions = model.get('what_ifs') as readonly Supposition[];
  const chosen = useTrait<string | null>(model, 'chosen');
  const [tried, setTried] = useState<ReadonlySet<string>>(new Set());
  const [openAnswers, setOpenAnswers] = useState<ReadonlySet<string>>(new Set());
  // Watched, because the reader may change further findings afterwards.
  const shown = useTrait<Findings | undefined>(explorers[0]?.model, 'findings');

  const published = explorers[0]?.model.get('published') as Published | undefined;

  const suppose = (supposition: Supposition) => {
    model.set('chosen', supposition.id);
    model.save_changes();
    for (const explorer of explorers) {
      explorer.model.set('cause', supposition.question);
      explorer.model.set('findings', withSet(explorer.model.get('published') as Published, supposition.set));
    }
    setTried(new Set([...tried, supposition.id]));
  };

  const goBack = () => {
    model.set('chosen', null);
    model.save_changes();
    for (const explorer of explorers) {
      explorer.model.set('cause', message('explorer-did-reset', { case: 'published' }));
      explorer.model.set('findings', asPublished(explorer.model.get('published') as Published));
    }
  };

  return (
    <div class="cb cb-what-if">
      <ol>
        {suppositions.map((supposition) => (
          <li key={supposition.id} data-what-if={supposition.id}>
            <p class="cb-label">{supposition.question}</p>
            <div class="cb-tools">
              <button type="button" aria-pressed={chosen === supposition.id} onClick={() => suppose(supposition)}>
                {message('supposition-set')}
              </button>
              {(tried.has(supposition.id) || chosen === supposition.id) && (
                <button
                  type="button"
                  aria-expanded={openAnswers.has(supposition.id)}
                  onClick={() => setOpenAnswers(toggled(openAnswers, supposition.id))}
                >
                  {message(openAnswers.has(supposition.id) ? 'supposition-hide' : 'supposition-show')}
                </button>
              )}
              <span class="cb-said" role="status">
                {chosen === supposition.id && isShown(supposition, shown, explorers) && (
                  <>
                    {message('supposition-shown')}{' '}
                    <button type="button" class="cb-link" onClick={() => scrollToExplorer(explorers)}>
                      {message('supposition-go')}
                    </button>{' '}
                    <button type="button" class="cb-link" onClick={goBack}>
                      {message('supposition-back')}
                    </button>
                  </>
                )}
              </span>
            </div>
            {tried.has(supposition.id) && published && (
              <LaterPart part="Comparison" instance={`what-if-${supposition.id}`} before={asPublished(published)} after={withSet(published, supposition.set)} />
            )}
            <FoldedAnswer
              text={supposition.answer}
              open={openAnswers.has(supposition.id)}
              onFound={() => setOpenAnswers((ids) => new Set([...ids, supposition.id]))}
            />
          </li>
        ))}
      </ol>
    </div>
  );
}

/** An answer that the browser's search in the page finds and opens while it is folded. */
function FoldedAnswer({ text, open, onFound }: { text: string; open: boolean; onFound: () => void }) {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (open) element.current!.removeAttribute('hidden');
    else element.current!.setAttribute('hidden', 'until-found');
  }, [open]);
  useEffect(() => {
    const answer = element.current!;
    answer.addEventListener('beforematch', onFound);
    return () => answer.removeEventListener('beforematch', onFound);
  });
  return (
    <div class="cb-answer" ref={element}>
      <Paragraphs text={text} />
    </div>
  );
}

function isShown(supposition: Supposition, shown: Findings | undefined, explorers: readonly ExplorerInPage[]): boolean {
  const published = explorers[0]?.model.get('published') as Published | undefined;
  return !!shown && !!published && sameFindings(shown, withSet(published, supposition.set));
}

function scrollToExplorer(explorers: readonly ExplorerInPage[]): void {
  explorers[0]?.element.scrollIntoView();
}

function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}
