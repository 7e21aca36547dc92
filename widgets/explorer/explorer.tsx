/** The explorer of a case: its findings, and the result that follows from them. */

import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';

import { message } from '../engine/messages';
import type {
  Assessment, Disagreement, Firmness, Findings as FindingValues, Refusal, Value,
} from '../engine/types';
import { PatientContext, useBook, useFetched, type Book, type PatientResult } from '../frontend/book';
import { useTrait, useWide } from '../frontend/hooks';
import { WHEN_IDLE } from '../frontend/later_files';
import { LaterPart } from '../frontend/later_parts';
import { afterPaint } from '../frontend/scheduling';
import type { Model } from '../frontend/host';
import { SummaryBar } from './summary_bar';
import { Findings } from './findings';
import { useKeptState, type Origin } from './kept_state';
import { asPublished, asReported, sameFindings, type Published } from '../frontend/published_case';
import { hasRedFlag, refusalText } from '../frontend/refusal';
import { Result } from './result';
import { CaseStatus } from './case_status';
import { ChangeAnnouncement, type ChangeReport } from './change_message';
import { OpenedNotes, Toolbar } from './toolbar';

/** Width in rem from which findings and result are side by side; as in explorer.css. */
const TWO_COLUMNS = 46;

/** What the report says of a state that was not entered finding by finding. */
const CAUSES: Readonly<Record<Origin, (day?: string) => string | undefined>> = {
  link: () => message('explorer-did-open'),
  reload: () => undefined,
  store: (day = '') => message('explorer-did-restore', { day }),
};

interface Props {
  model: Model;
  /** Unique in the page. */
  instance: string;
  /** Whether the widget is in a page of the book, where a state has an address. */
  page: boolean;
}

export function Explorer({ model, instance, page }: Props) {
  const { later } = useBook();
  const root = useRef<HTMLDivElement>(null);
  const wide = useWide(root, TWO_COLUMNS);
  const published = model.get('published') as Published;
  const relevant = model.get('relevant') as readonly string[];
  const constructed = model.get('constructed') === true;
  const { patient, report, entered, refusals, setFindings } = useExplorerState(model, published);
  const firmness = useFirmness(model, patient.findings);
  const [sheet, setSheet] = useState(false);
  const [requested, setRequested] = useState<{ finding: string } | null>(null);
  const [errors, setErrors] = useState<readonly string[]>([]);

  const change = useCallback(
    (finding: string, value: Value | null) => setFindings(changed(entered, finding, value)),
    [entered, setFindings],
  );
  const showFinding = useCallback((finding: string) => {
    setSheet(false);
    setRequested({ finding });
  }, []);
  const [restored, setRestored] = useState<string | null>(null);
  const forget = useKeptState(page, model, patient.findings, ({ findings, errors: problems, origin, day }) => {
    setFindings(findings, CAUSES[origin](day));
    setErrors(problems);
    setRestored(day ?? null);
    if (origin === 'link') root.current?.scrollIntoView();
  });
  const reset = () => {
    forget();
    setErrors([]);
    setRestored(null);
    setFindings(asPublished(published), message('explorer-did-reset', { case: constructed ? 'constructed' : 'published' }));
  };

  return (
    <PatientContext.Provider value={patient}>
      <div
        class="cb cb-explorer"
        ref={root}
        data-wide={wide ? '' : undefined}
        // A reader who uses the explorer may print it, with everything that is folded.
        onFocusCapture={() => void later.fetch()}
      >
        <section
          class="cb-findings"
          aria-labelledby={`${instance}-findings`}
          onFocusCapture={() => setSheet(false)}
        >
          {page && !wide && <LaterPart part="OneAtATime" />}
          <h3 id={`${instance}-findings`}>{message('explorer-findings')}</h3>
          <OpenedNotes constructed={constructed} errors={errors} restored={restored} onReset={reset} />
          <Findings
            instance={instance}
            findings={entered}
            refusals={refusals}
            published={published}
            relevant={relevant}
            firmness={firmness}
            wide={wide}
            requested={requested}
            onChange={change}
          />
          <Toolbar
            caseId={String(model.get('case'))}
            page={page}
            constructed={constructed}
            published={published}
            findings={entered}
            onReset={reset}
            onReported={() => setFindings(asReported(published), message('explorer-did-reported'))}
            onClear={() => setFindings({}, message('explorer-did-clear'))}
          />
          <CaseStatus instance={instance} model={model} page={page} published={published} findings={entered} />
        </section>
        <section
          class="cb-result"
          aria-label={message('explorer-result')}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setSheet(false);
          }}
        >
          <div class="cb-sheet" id={`${instance}-result`} data-open={sheet ? '' : undefined}>
            <Result instance={instance} published={published} wide={wide} report={report} firmness={firmness} onAnswer={change} onShowFinding={showFinding} />
          </div>
          <ChangeAnnouncement report={report} />
          <SummaryBar report={report} open={sheet} controls={`${instance}-result`} onToggle={() => setSheet(!sheet)} />
        </section>
      </div>
    </PatientContext.Provider>
  );
}

/** Findings that the reader has entered and that contradict each other. */
interface Draft {
  readonly findings: FindingValues;
  readonly refusals: readonly Refusal[];
}

const NO_REFUSALS: readonly Refusal[] = [];

/**
 * The findings as entered by the reader, and the findings of the model with the result.
 *
 * They differ while the entered findings contradict each other. No such patient exists, so the last valid result remains,
 * and no entry is lost.
 */
function useExplorerState(model: Model, published: Published) {
  const book = useBook();
  const findings = useTrait<FindingValues>(model, 'findings');
  const [draft, setDraft] = useState<Draft | null>(null);
  const cause = useRef<string>();
  const former = useRef(findings);
  const change = useRef<Change | null>(null);

  const patient = useMemo<PatientResult>(() => {
    const shown = precomputedFor(book, model, findings);
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
    change.current = { before: former.current, after: findings, cause: given };
    former.current = findings;
    cause.current = undefined;
  }
  const report = useChangeReport(change.current);
  // Findings that the kernel or another widget sets replace the draft.
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
    patient,
    report: draft ? refusalReport(draft, book) : report,
    entered: draft?.findings ?? findings,
    refusals: draft?.refusals ?? NO_REFUSALS,
    setFindings,
  };
}

/** A change of the findings, and the reason for a change of several. */
interface Change {
  readonly before: FindingValues;
  readonly after: FindingValues;
  readonly cause: string | undefined;
}

/** The report of a change; in a page that a reader changes at once, what it needs may still be loading. */
function useChangeReport(change: Change | null): ChangeReport | null {
  const { engine } = useBook();
  const { ready, retry } = useFetched(WHEN_IDLE, change);
  return useMemo(() => {
    if (!change) return null;
    const { before, after, cause } = change;
    if (ready) return { change: engine.explain.changed(before, after), cause };
    return retry && { change: { text: message('explorer-change-missing'), moves: [] }, retry };
  }, [engine, change, ready, retry]);
}

/** The report of a change that was refused. */
function refusalReport({ findings, refusals }: Draft, book: Book): ChangeReport {
  const words = refusals.map((refusal) => refusalText(refusal, book, findings)).join(' ');
  const text = `${message('explorer-refused')} ${words}`;
  return { change: { text, moves: [] }, refused: true, alarm: hasRedFlag(book, findings) };
}

/** The sensitivity analysis, calculated after the change has been painted. */
function useFirmness(model: Model, findings: FindingValues): Firmness | null {
  const book = useBook();
  const [firmness, setFirmness] = useState(() => precomputedFor(book, model, findings)?.firmness ?? null);
  useEffect(() => {
    let dropped = false;
    const show = (given: Firmness) => dropped || setFirmness(given);
    const drop = afterPaint(() => {
      const written = precomputedFor(book, model, findings)?.firmness;
      if (written) show(written);
      else if (book.later.has('details')) show(book.engine.explain.firmness(findings));
      else void book.later.fetch(['details']).then(() => show(book.engine.explain.firmness(findings)), () => {});
    });
    return () => {
      dropped = true;
      drop();
    };
  }, [book, model, findings]);
  return firmness;
}

interface Precomputed {
  readonly findings: FindingValues;
  readonly assessment: Assessment;
  readonly firmness: Firmness;
  readonly disagreements: readonly Disagreement[];
}

/** The result that is part of the page, for the findings that the page was built with. */
function precomputedFor(book: Book, model: Model, findings: FindingValues): Precomputed | undefined {
  const written = model.get('written') as Precomputed | undefined;
  if (written?.assessment.knowledge !== book.knowledge.version) return undefined;
  return sameFindings(written.findings, findings) ? written : undefined;
}

function changed(findings: FindingValues, finding: string, value: Value | null): FindingValues {
  const { [finding]: _, ...others } = findings;
  return value === null ? others : { ...others, [finding]: value };
}
