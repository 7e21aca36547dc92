/** The summary of a case in its current state, on one page of A4. */

import { render, type ComponentChildren } from 'preact';

import { message, messageParts } from '../../../widgets/engine/messages';
import type { Findings, PlanEntry } from '../../../widgets/engine/types';
import { BookContext, type Book } from '../../../widgets/frontend/book';
import { apart, few, list, stanceWord, STANCES } from '../../../widgets/frontend/labels';
import { StateLines } from '../../../widgets/frontend/patient_state';
import type { Published } from '../../../widgets/frontend/published_case';
import { Citation } from '../stage/citation';
import type { PresentedCase } from '../stage/presented_case';
import { addressOf, localOnlyNotice, QrCode } from '../stage/share_link';
import { HandoutFigure } from './figure';
import { HandoutFindings } from './findings';
import { HandoutScores, HandoutStance } from './results';

/** Height of the page without the margins of the style sheet, in millimetres, less an allowance for rounding. */
const HEIGHT = 274;
const PIXELS_PER_MILLIMETRE = 96 / 25.4;

/** The largest font size, in points; smaller sizes are tried until the page fits. */
const LARGEST = 10.5;
const DECREMENT = 0.25;

/** Undecided actions with all that they depend on; further ones are named, so that the type remains large enough. */
const MOST_EXPLAINED = 6;

export function printHandout(book: Book, presented: PresentedCase, published: Published, findings: Findings): void {
  document.querySelector('.cb-paper')?.remove();
  const sheet = document.createElement('div');
  sheet.className = 'cb-paper';
  document.body.append(sheet);
  render(<Handout book={book} presented={presented} published={published} findings={findings} />, sheet);
  let size = LARGEST;
  do {
    sheet.style.fontSize = `${size}pt`;
    size -= DECREMENT;
  } while (sheet.offsetHeight > HEIGHT * PIXELS_PER_MILLIMETRE && size > DECREMENT);
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
  presented: PresentedCase;
  published: Published;
  findings: Findings;
}

function Handout({ book, presented, published, findings }: Props) {
  const { plan, first_line: lines } = book.engine.assess(findings);
  const decided = plan.filter(({ status }) => status === 'decided');
  const undecided = plan.filter(({ status }) => status === 'undecided');
  const further = undecided.slice(MOST_EXPLAINED);
  const changed = book.knowledge.findings.filter(({ id }) => (findings[id] ?? null) !== (published[id]?.value ?? null));
  return (
    <BookContext.Provider value={book}>
      <header>
        <h1>{presented.title}</h1>
        <p>
          {presented.constructed && <strong>{presented.constructed} </strong>}
          {changed.length > 0
            ? message('handout-changed', { findings: few(changed.map(({ label }) => label)) })
            : presented.teaches}
        </p>
      </header>
      <StateLines lines={lines} />
      <div class="cb-patient">
        <div>
          <Section heading={message('handout-patient')}>
            <p>{presented.vignette}</p>
          </Section>
          {presented.teaching_points && (
            <Section heading={message('handout-teaching')}>
              {presented.teaching_points.map(({ text, source }) => (
                <p key={text} data-point>
                  {text} <Citation of={presented} source={source} />
                </p>
              ))}
            </Section>
          )}
        </div>
        <HandoutFigure published={published} findings={findings} />
      </div>
      <div class="cb-columns">
        <Section heading={message('handout-findings')}>
          <HandoutFindings book={book} published={published} findings={findings} />
        </Section>
        <Section heading={message('handout-scores')}>
          <HandoutScores book={book} findings={findings} />
        </Section>
        <Section heading={message('handout-plan')}>
          {STANCES.map((stance) => (
            <HandoutStance key={stance} book={book} entries={decided.filter((entry) => entry.stance === stance)} />
          ))}
          {decided.length === 0 && <p>{message('handout-no-plan')}</p>}
        </Section>
        <Section heading={message('handout-undecided')}>
          {undecided.length === 0 && <p>{message('handout-no-undecided')}</p>}
          {undecided.slice(0, MOST_EXPLAINED).map((entry) => (
            <UndecidedAction key={entry.action} book={book} entry={entry} />
          ))}
          {further.length > 0 && (
            <p>{message('handout-undecided-further', { actions: apart(further.map(({ action }) => book.actionLabel(action))) })}</p>
          )}
        </Section>
      </div>
      <Footer book={book} address={addressOf(book, presented.id, published, findings)} />
    </BookContext.Provider>
  );
}

function Section({ heading, children }: { heading: string; children: ComponentChildren }) {
  return (
    <section>
      <h2>{heading}</h2>
      {children}
    </section>
  );
}

function UndecidedAction({ book, entry }: { book: Book; entry: PlanEntry }) {
  return (
    <p>
      {messageParts('handout-undecided-action', {
        action: <b>{book.actionLabel(entry.action)}</b>,
        stances: list(entry.possible.map((stance) => stanceWord(stance).toLowerCase()), 'or'),
        findings: few(entry.depends_on.map((id) => book.findingLabel(id))),
      })}
    </p>
  );
}

function Footer({ book, address }: { book: Book; address: string }) {
  const notice = localOnlyNotice();
  const date = new Date().toISOString().slice(0, 10);
  return (
    <footer>
      <QrCode text={address} />
      <div>
        <p>
          <strong>{message('handout-disclaimer')}</strong>
        </p>
        <p>{message('handout-legend', { version: book.knowledge.version, date })}</p>
        <p class="cb-address">{address}</p>
        {notice && <p>{notice}</p>}
      </div>
    </footer>
  );
}
