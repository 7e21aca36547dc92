/** Findings on the stage: some that can be changed, or all of them by provenance. */

import { message, messageParts } from '../../../widgets/engine/messages';
import { useBook } from '../../../widgets/frontend/book';
import { Choice } from '../../../widgets/frontend/choice';
import { PROVENANCE_WORDS, type Provenance } from '../../../widgets/frontend/labels';
import type { Published } from '../../../widgets/frontend/published_case';
import { RED_FLAG_WARNING, hasRedFlag, contradictingFindings, refusalTextFor } from '../../../widgets/frontend/refusal';
import { RefusalMessage } from '../../../widgets/frontend/refusal_message';
import { Consequences } from './consequences';
import { FigureOnStage, patientOnStage } from './figure_on_stage';
import type { Presentation } from './presentation';

interface Props {
  presentation: Presentation;
  findings: readonly string[];
}

export function ChangeableFindings({ presentation, findings }: Props) {
  const book = useBook();
  const { alone, state, enteredFindings: entered } = presentation;
  const refusals = state.draft?.refusals ?? [];
  const patient = patientOnStage(presentation);
  return (
    <>
      {!alone && <LastChange presentation={presentation} />}
      <div class="cb-beside-figure">
        <div class="cb-changing">
          {findings.map((id) => {
            const refusal = refusalTextFor(refusals, id, book, entered);
            return (
              <Choice
                key={id}
                class="cb-finding"
                attributes={{ 'data-finding': id }}
                name={`stage-${id}`}
                label={book.findingLabel(id)}
                options={book.findings.get(id)?.options ?? []}
                value={entered[id] ?? null}
                invalid={refusal !== null}
                describedBy={refusal === null ? undefined : `stage-${id}-refused`}
                onChange={(value) => presentation.setFinding(id, value)}
              >
                {refusal !== null && (
                  <RefusalMessage
                    id={`stage-${id}-refused`}
                    text={refusal}
                    others={contradictingFindings(refusals, id)}
                    onLeave={(other) => presentation.setFinding(other, null)}
                  />
                )}
                {state.provenance && <ProvenanceNote presentation={presentation} finding={id} />}
              </Choice>
            );
          })}
          {/* Where a reader's thumb is, a control must not move. */}
          {alone && <LastChange presentation={presentation} />}
        </div>
        <FigureOnStage
          // What is assumed is told on demand, by the drawing and its words, too.
          patient={state.provenance ? patient : { findings: patient.findings }}
          onChange={(finding, value) => presentation.setFinding(finding, value)}
        />
        {state.results && <Consequences presentation={presentation} />}
      </div>
    </>
  );
}

function ProvenanceNote({ presentation, finding }: { presentation: Presentation; finding: string }) {
  const { published, state } = presentation;
  const entry = published[finding];
  const changed = (state.findings[finding] ?? null) !== (entry?.value ?? null);
  const provenance = PROVENANCE_WORDS[entry?.provenance ?? 'not_reported'];
  const text = entry?.note ? message('stage-finding-note', { provenance, note: entry.note }) : provenance;
  return (
    <p class="cb-origin" data-provenance={entry?.provenance}>
      {changed ? message('stage-finding-changed') : text}
    </p>
  );
}

/** The last change, in large type; its effect only while the results are shown. */
function LastChange({ presentation }: { presentation: Presentation }) {
  const { change, draft, results } = presentation.state;
  if (draft) {
    return (
      <div class="cb-change" role="status">
        {hasRedFlag(presentation.book, draft.findings) && <p class="cb-set">{RED_FLAG_WARNING}</p>}
        <p class="cb-set">{message('stage-not-applied')}</p>
      </div>
    );
  }
  return (
    <div class="cb-change" role="status">
      {change && <p class="cb-set">{change.text}</p>}
      {change && results && <p class="cb-moved">{change.effect.text}</p>}
    </div>
  );
}

const PROVENANCES: readonly Provenance[] = ['reported', 'derived', 'assumed', 'not_reported'];

export function FindingsByProvenance({ published }: { published: Published }) {
  const book = useBook();
  const entries = Object.entries(published);
  return (
    <div class="cb-origins">
      {PROVENANCES.map((provenance) => {
        const found = entries.filter(([, entry]) => entry.provenance === provenance);
        return (
          <section key={provenance} data-provenance={provenance}>
            <h2>
              {messageParts('stage-provenance-count', {
                number: <span class="cb-number">{found.length}</span>,
                provenance: PROVENANCE_WORDS[provenance],
              })}
            </h2>
            <ul>
              {found.map(([id, { value }]) => (
                <li key={id}>
                  {book.findingLabel(id)}
                  {value !== null && <strong> {book.valueLabel(id, value)}</strong>}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
