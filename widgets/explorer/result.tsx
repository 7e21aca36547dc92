/** The result: state of the patient, last change, plan, scores and disagreements. */

import { message } from '../engine/messages';
import type { Firmness, ScoreResult, Value } from '../engine/types';
import { useBook, usePatient } from '../frontend/book';
import { Disclosure } from '../frontend/disclosure';
import type { Published } from '../frontend/published_case';
import { useFirstPaint, useStableEntries } from '../frontend/hooks';
import { LaterPart } from '../frontend/later_parts';
import { PatientState } from '../frontend/patient_state';
import { Plan } from './plan';
import { ScoreView } from '../frontend/score_view';
import { ChangeMessage, type ChangeReport } from './change_message';

interface Props {
  instance: string;
  published: Published;
  /** Whether findings and result are side by side. */
  wide: boolean;
  /** The effect of the last change. */
  report: ChangeReport | null;
  firmness: Firmness | null;
  onAnswer: (finding: string, value: Value | null) => void;
  onShowFinding: (finding: string) => void;
}

export function Result({ instance, published, wide, report, firmness, onAnswer, onShowFinding }: Props) {
  const patient = usePatient();
  const { assessment } = patient;
  const started = useFirstPaint();
  const plan = useStableEntries(assessment.plan, (entry) => entry.action);
  const scores = useStableEntries(Object.entries(assessment.scores), ([id]) => id);
  // Beside the findings there is less height: what to do comes before the drawing there.
  const drawing = started && (
    <LaterPart
      part="PatientFigure"
      instance={instance}
      findings={patient.findings}
      published={published}
      plan={assessment.plan}
      onChange={onAnswer}
    />
  );
  return (
    <>
      {report?.refused && <ChangeMessage report={report} />}
      <PatientState />
      {!report?.refused && <ChangeMessage report={report} />}
      {!wide && drawing}
      <h3>{message('explorer-plan')}</h3>
      <Plan plan={plan} />
      {wide && drawing}
      <Scores results={scores} />
      <div class="cb-later">
        {started && (
          <>
            <LaterPart part="Disagreements" />
            <LaterPart part="NextQuestion" instance={instance} onAnswer={onAnswer} onShowFinding={onShowFinding} />
            <LaterPart part="SensitivityAnalysis" firmness={firmness} />
            <Disclosure class="cb-map" onDemand summary={message('explorer-map')}>
              {() => <LaterPart part="PlanMap" instance={instance} firmness={firmness} />}
            </Disclosure>
          </>
        )}
      </div>
    </>
  );
}

function Scores({ results }: { results: readonly (readonly [string, ScoreResult])[] }) {
  const book = useBook();
  return (
    <>
      <h3>{message('explorer-scores')}</h3>
      {results.map(([id, result]) => {
        const score = book.scores.get(id);
        return score && <ScoreView key={id} score={score} result={result} />;
      })}
    </>
  );
}
