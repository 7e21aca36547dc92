/** The bar at the foot of a phone with state and scores, which opens the result. */

import { message } from '../engine/messages';
import { useBook, usePatient } from '../frontend/book';
import { rangeWord } from '../frontend/labels';
import { LaterPart } from '../frontend/later_parts';
import { Lead } from '../frontend/patient_state';
import { reportText, type ChangeReport } from './change_message';

interface Props {
  report: ChangeReport | null;
  open: boolean;
  controls: string;
  onToggle: () => void;
}

export function SummaryBar({ report, open, controls, onToggle }: Props) {
  return (
    <button
      type="button"
      class="cb-bar"
      aria-expanded={open}
      aria-controls={controls}
      onClick={onToggle}
    >
      <LaterPart part="Thumbnail" instance={controls} findings={usePatient().findings} />
      <span class="cb-bar-lines">
        {report?.refused && (
          <strong class="cb-bar-line">
            {message(report.alarm ? 'explorer-alarm-short' : 'explorer-refused-short')}
          </strong>
        )}
        {/* The state before the red flag would be read as the state with it. */}
        {!report?.alarm && <PatientStateLine />}
        <ScoreLine />
        {report && !report.refused && <span class="cb-bar-line cb-bar-told">{reportText(report)}</span>}
      </span>
      <span class="cb-hidden">{message(open ? 'explorer-bar-close' : 'explorer-bar-open')}</span>
      <svg class="cb-icon" viewBox="0 0 16 16" aria-hidden="true">
        <path d={open ? 'm2 5 6 6 6-6' : 'm2 11 6-6 6 6'} fill="none" stroke="currentColor" stroke-width="2" />
      </svg>
    </button>
  );
}

function PatientStateLine() {
  const [first] = usePatient().assessment.first_line;
  if (!first) return null;
  return (
    <span class="cb-bar-line cb-bar-state" data-patient-state={first.state} data-level={first.level}>
      <Lead line={first} /> {first.text}
    </span>
  );
}

function ScoreLine() {
  const book = useBook();
  const { scores } = usePatient().assessment;
  const words = book.knowledge.scores.flatMap(({ id, label }) => {
    const result = scores[id];
    if (!result || result.status === 'not_applicable') return [];
    const [band, ...others] = result.bands;
    const given = { score: label, total: rangeWord(result.low, result.high) };
    if (!band || others.length > 0) return [message('explorer-bar-score', given)];
    return [message('explorer-bar-score-band', { ...given, band: book.bandLabel(id, band) })];
  });
  return <span class="cb-bar-line cb-bar-scores">{words.join(' · ')}</span>;
}
