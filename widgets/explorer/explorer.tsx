/** The explorer of one case: findings on one side, what follows from them on the other. */

import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';

import { message } from '../engine/messages';
import type {
  Assessment, Disagreement, Firmness, Findings as FindingValues, Refusal, Value,
} from '../engine/types';
import { NowContext, useBook, type Book, type Now } from '../frontend/book';
import { useTrait, useWide } from '../frontend/hooks';
import { afterPaint } from '../frontend/scheduling';
import type { Model } from '../frontend/host';
import { Bar } from './summary_bar';
import { Findings } from './findings';
import { fromFragment } from '../frontend/permalink';
import { asPublished, asReported, sameFindings, type Published } from '../frontend/published_case';
import { alarms, inWords } from '../frontend/refusal';
import { Result } from './result';
import { Standing } from './case_status';
import { Spoken, type Told } from './change_message';
import { Toolbar } from './toolbar';

/** From this width on, in rem, findings and result stand side by side; the style sheet agrees. */
const TWO_COLUMNS = 46;

interface Props {
  model: Model;
  /** Unique in the page. */
  instance: string;
  /** In a page of the book, where a state has an address; not in JupyterLab. */
  page: boolean;
}

export function Explorer({ model, instance, page }: Props) {
  const { prose } = useBook();
  const root = useRef<HTMLDivElement>(null);
  const wide = useWide(root, TWO_COLUMNS);
  const published = model.get('published') as Published;
  const constructed = model.get('constructed') === true;
  const { now, told, written, refusals, setFindings } = useExplored(model, published);
  const firmness = useFirmness(model, now.findings);
  const [sheet, setSheet] = useState(false);
  const [asked, setAsked] = useState<{ finding: string } | null>(null);
  const [errors, setErrors] = useState<readonly string[]>([]);

  const change = useCallback(
    (finding: string, value: Value | null) => setFindings(changed(written, finding, value)),
    [written, setFindings],
  );
  const ask = useCallback((finding: string) => {
    setSheet(false);
    setAsked({ finding });
  }, []);
  useFragment(page, model, (findings, problems) => {
    setFindings(findings, message('explorer-did-open'));
    setErrors(problems);
    root.current?.scrollIntoView();
  });

  return (
    <NowContext.Provider value={now}>
      <div
        class="cb cb-explorer"
        ref={root}
        data-wide={wide ? '' : undefined}
        // Whoever has begun to use it may print it, with all that is folded.
        onFocusCapture={() => void prose.fetch()}
      >
        <section
          class="cb-findings"
          aria-labelledby={`${instance}-findings`}
          onFocusCapture={() => setSheet(false)}
        >
          <h3 id={`${instance}-findings`}>{message('explorer-findings')}</h3>
          <Toolbar
            caseId={String(model.get('case'))}
            page={page}
            constructed={constructed}
            published={published}
            findings={written}
            errors={errors}
            onReset={() =>
              setFindings(
                asPublished(published),
                message('explorer-did-reset', { case: constructed ? 'constructed' : 'published' }),
              )
            }
            onReported={() => setFindings(asReported(published), message('explorer-did-reported'))}
            onClear={() => setFindings({}, message('explorer-did-clear'))}
          />
          <Standing instance={instance} model={model} page={page} published={published} findings={written} />
          <Findings
            instance={instance}
            findings={written}
            refusals={refusals}
            published={published}
            firmness={firmness}
            wide={wide}
            asked={asked}
            onChange={change}
          />
        </section>
        <section
          class="cb-result"
          aria-label={message('explorer-result')}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setSheet(false);
          }}
        >
          <div class="cb-sheet" id={`${instance}-result`} data-open={sheet ? '' : undefined}>
            <Result instance={instance} told={told} firmness={firmness} onAnswer={change} onAsk={ask} />
          </div>
          <Spoken told={told} />
          <Bar told={told} open={sheet} controls={`${instance}-result`} onToggle={() => setSheet(!sheet)} />
        </section>
      </div>
    </NowContext.Provider>
  );
}

/** What the reader has set, and what contradicts itself in it. */
interface Draft {
  readonly findings: FindingValues;
  readonly refusals: readonly Refusal[];
}

const NO_REFUSALS: readonly Refusal[] = [];

/**
 * The findings as the reader has set them, and those of the model with all that follows from them.
 *
 * The two differ while the reader's contradict each other: no such patient exists, so that the last good result stays,
 * and nothing that was set is lost.
 */
function useExplored(model: Model, published: Published) {
  const book = useBook();
  const findings = useTrait<FindingValues>(model, 'findings');
  const [draft, setDraft] = useState<Draft | null>(null);
  const cause = useRef<string>();
  const former = useRef(findings);
  const told = useRef<Told | null>(null);

  const now = useMemo<Now>(() => {
    const shown = writtenInPage(book, model, findings);
    const reported = Object.entries(asReported(published)).flatMap(([id, value]) => (findings[id] === value ? [id] : []));
    return {
      findings,
      reported,
      assessment: shown?.assessment ?? book.engine.assess(findings),
      disagreements: shown?.disagreements ?? book.engine.explain.disagreements(findings),
    };
  }, [book, model, findings, published]);

  if (former.current !== findings) {
    const given = cause.current ?? (model.get('cause') as string | undefined);
    told.current = { change: book.engine.explain.changed(former.current, findings), cause: given };
    former.current = findings;
    cause.current = undefined;
  }
  // What the kernel or another widget sets takes the place of what the reader was about to.
  useEffect(() => setDraft(null), [findings]);

  const setFindings = useCallback(
    (next: FindingValues, why?: string) => {
      const refusals = book.engine.validate(next).contradictions;
      setDraft(refusals.length > 0 ? { findings: next, refusals } : null);
      if (refusals.length > 0 || sameFindings(next, model.get('findings') as FindingValues)) return;
      cause.current = why;
      if (model.get('cause') !== undefined) model.set('cause', undefined);
      model.set('findings', next);
      model.save_changes();
    },
    [book, model],
  );
  return {
    now,
    told: draft ? refusedAs(draft, book) : told.current,
    written: draft?.findings ?? findings,
    refusals: draft?.refusals ?? NO_REFUSALS,
    setFindings,
  };
}

/** What is said where findings contradict each other. */
function refusedAs({ findings, refusals }: Draft, book: Book): Told {
  const words = refusals.map((refusal) => inWords(refusal, book, findings)).join(' ');
  const text = `${message('explorer-refused')} ${words}`;
  return { change: { text, moves: [] }, refused: true, alarm: alarms(book, findings) };
}

/** What hangs on each reading; worked out after the change itself has been painted. */
function useFirmness(model: Model, findings: FindingValues): Firmness | null {
  const book = useBook();
  const [firmness, setFirmness] = useState(() => writtenInPage(book, model, findings)?.firmness ?? null);
  useEffect(() => {
    let dropped = false;
    const show = (given: Firmness) => dropped || setFirmness(given);
    const drop = afterPaint(() => {
      const written = writtenInPage(book, model, findings)?.firmness;
      if (written) show(written);
      else if (book.prose.has('details')) show(book.engine.explain.firmness(findings));
      else void book.prose.fetch(['details']).then(() => show(book.engine.explain.firmness(findings)), () => {});
    });
    return () => {
      dropped = true;
      drop();
    };
  }, [book, model, findings]);
  return firmness;
}

interface Written {
  readonly findings: FindingValues;
  readonly assessment: Assessment;
  readonly firmness: Firmness;
  readonly disagreements: readonly Disagreement[];
}

/** What the page was written with: to show it again, nothing need be worked out. */
function writtenInPage(book: Book, model: Model, findings: FindingValues): Written | undefined {
  const written = model.get('written') as Written | undefined;
  if (written?.assessment.knowledge !== book.knowledge.version) return undefined;
  return sameFindings(written.findings, findings) ? written : undefined;
}

/** Opens the state that the page's address asks for, now and whenever it changes. */
function useFragment(
  page: boolean,
  model: Model,
  onOpen: (findings: FindingValues, errors: readonly string[]) => void,
): void {
  const book = useBook();
  useEffect(() => {
    if (!page) return undefined;
    const open = () => {
      const published = model.get('published') as Published;
      const opened = fromFragment(book, String(model.get('case')), published, location.hash);
      if (opened) onOpen(opened.findings, opened.errors);
    };
    open();
    addEventListener('hashchange', open);
    return () => removeEventListener('hashchange', open);
  }, [page, model, book]);
}

function changed(findings: FindingValues, finding: string, value: Value | null): FindingValues {
  const { [finding]: _, ...others } = findings;
  return value === null ? others : { ...others, [finding]: value };
}
