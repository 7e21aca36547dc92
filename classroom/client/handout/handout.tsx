/** A case in its present state on one page of A4. */

import { render, type ComponentChildren } from 'preact';

import type { Findings, PlanEntry, SourceRef } from '../../../widgets/engine/types';
import { Lines } from '../../../widgets/frontend/patient_state';
import type { Published } from '../../../widgets/frontend/published_case';
import { BookContext, type Book } from '../../../widgets/frontend/book';
import { StanceIcon } from '../../../widgets/frontend/icons';
import { few, list, particulars, PROVENANCE_WORDS, rangeWord, STANCES, stanceWord } from '../../../widgets/frontend/labels';
import { addressOf, Code, stays } from '../stage/share_link';
import type { Case } from '../stage/presentation';

/** What the style sheet's margins leave of the page, in millimetres, less a little for rounding. */
const HEIGHT = 274;
const MM = 96 / 25.4;

/** Points: as large as the page allows. */
const LARGEST = 10.5;
const STEP = 0.25;

export function printSummary(book: Book, given: Case, published: Published, findings: Findings): void {
  document.querySelector('.cb-paper')?.remove();
  const sheet = document.createElement('div');
  sheet.className = 'cb-paper';
  document.body.append(sheet);
  render(<Sheet book={book} given={given} published={published} findings={findings} />, sheet);
  let size = LARGEST;
  do {
    sheet.style.fontSize = `${size}pt`;
    size -= STEP;
  } while (sheet.offsetHeight > HEIGHT * MM && size > STEP);
  addEventListener(
    'afterprint',
    () => {
      render(null, sheet);
      sheet.remove();
    },
    { once: true },
  );
  print();
}

interface Props {
  book: Book;
  given: Case;
  published: Published;
  findings: Findings;
}

function Sheet({ book, given, published, findings }: Props) {
  const { plan, first_line: lines } = book.engine.assess(findings);
  const decided = plan.filter(({ status }) => status === 'decided');
  const open = plan.filter(({ status }) => status === 'undecided');
  const address = addressOf(book, given.id, published, findings);
  const changed = book.knowledge.findings.filter(({ id }) => (findings[id] ?? null) !== (published[id]?.value ?? null));
  return (
    <BookContext.Provider value={book}>
      <header>
        <h1>{given.title}</h1>
        <p>
          {given.constructed && <strong>{given.constructed} </strong>}
          {changed.length > 0
            ? `Changed here, and so no longer the patient of the case: ${few(changed.map(({ label }) => label))}.`
            : given.teaches}
        </p>
      </header>
      <Lines lines={lines} />
      <div class="cb-columns">
        <Part heading="Patient">
          <p>{given.vignette}</p>
        </Part>
        <Part heading="Findings">
          <Known book={book} published={published} findings={findings} />
        </Part>
        <Part heading="Scores">
          <Scores book={book} findings={findings} />
        </Part>
        <Part heading="Plan">
          {STANCES.map((stance) => (
            <Stanced key={stance} book={book} entries={decided.filter((entry) => entry.stance === stance)} />
          ))}
          {decided.length === 0 && <p>Nothing is decided.</p>}
        </Part>
        <Part heading="Not yet decided">
          {open.length === 0 && <p>Nothing is open.</p>}
          {open.map((entry) => (
            <p key={entry.action}>
              <b>{book.actionLabel(entry.action)}</b>: {list(entry.possible.map((one) => stanceWord(one).toLowerCase()), 'or')}
              ; depends on {few(entry.depends_on.map((id) => book.findingLabel(id)))}
            </p>
          ))}
        </Part>
      </div>
      <footer>
        <Code text={address} />
        <div>
          <p>
            <strong>
              For education only. Not a medical device; no advice on any patient. What is done for a person is decided by the
              team that sees them.
            </strong>
          </p>
          <p>
            Assumed: a value the case works with and its source does not give. Unknown: never counted as normal. A stance is
            the rules&rsquo; word, with the source of the rule. Knowledge {book.knowledge.version}, printed{' '}
            {new Date().toISOString().slice(0, 10)}.
          </p>
          <p class="cb-address">{address}</p>
          {stays() && <p>{stays()}</p>}
        </div>
      </footer>
    </BookContext.Provider>
  );
}

function Part({ heading, children }: { heading: string; children: ComponentChildren }) {
  return (
    <section>
      <h2>{heading}</h2>
      {children}
    </section>
  );
}

/** What is known, each with where it comes from; then what is not. */
function Known({ book, published, findings }: Omit<Props, 'given'>) {
  const known = book.knowledge.findings.filter(({ id }) => id in findings);
  const unknown = book.knowledge.findings.filter(({ id }) => !(id in findings));
  const origin = (id: string) => {
    const given = published[id];
    if (given && given.value === findings[id]) return PROVENANCE_WORDS[given.provenance];
    return `changed; in the case ${given?.value == null ? 'unknown' : book.valueLabel(id, given.value)}`;
  };
  return (
    <>
      {known.map(({ id, label }) => (
        <p key={id} data-finding={id}>
          {label}: <b>{book.valueLabel(id, findings[id])}</b> <i>({origin(id)})</i>
        </p>
      ))}
      {unknown.length > 0 && (
        <p data-unknown={unknown.length}>
          <b>Unknown ({unknown.length}):</b> {unknown.map(({ label }) => label).join('; ')}.
        </p>
      )}
    </>
  );
}

function Scores({ book, findings }: Pick<Props, 'book' | 'findings'>) {
  const { scores } = book.engine.assess(findings);
  return (
    <>
      {book.knowledge.scores.map(({ id, label, minimum, maximum, source }) => {
        const result = scores[id];
        if (!result) return null;
        if (result.status === 'not_applicable') {
          return (
            <p key={id} data-score={id}>
              {label}: not applicable.
            </p>
          );
        }
        return (
          <p key={id} data-score={id}>
            {label}: <b>{rangeWord(result.low, result.high)}</b> of {minimum} to {maximum},{' '}
            {list(result.bands.map((band) => book.bandLabel(id, band)), 'or')}
            {result.as_one_lesion &&
              ` by segments; as one lesion ${rangeWord(result.as_one_lesion.low, result.as_one_lesion.high)}`}
            . {result.notes[0]} <Refs book={book} refs={source} />
          </p>
        );
      })}
    </>
  );
}

function Stanced({ book, entries }: { book: Book; entries: readonly PlanEntry[] }) {
  const [first] = entries;
  if (!first) return null;
  return (
    <>
      <h3>
        <StanceIcon stance={first.stance} /> {stanceWord(first.stance)}
      </h3>
      {entries.map((entry) => (
        <p key={entry.action} data-action={entry.action}>
          {[book.actionLabel(entry.action), particulars(entry)].filter(Boolean).join(', ')} <Cites book={book} entry={entry} />
        </p>
      ))}
    </>
  );
}

/** Each source that speaks for an entry, once, with the first of its places. */
function Cites({ book, entry }: { book: Book; entry: PlanEntry }) {
  const refs = new Map<string, string | undefined>();
  for (const id of entry.because)
    for (const [key, place] of book.rules.get(id)?.source ?? []) if (!refs.has(key)) refs.set(key, place);
  return <Refs book={book} refs={[...refs] as SourceRef[]} />;
}

function Refs({ book, refs }: { book: Book; refs: readonly SourceRef[] }) {
  if (refs.length === 0) return null;
  const words = refs.map(([key, place]) => [book.knowledge.sources[key]?.short ?? key, place].filter(Boolean).join(', '));
  return <cite>[{words.join('; ')}]</cite>;
}
