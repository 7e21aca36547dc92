/** On a phone: the state and the scores at the foot, which stay in view and open to the whole result. */

import { useBook, useNow } from '../frontend/book';
import { rangeWord } from '../frontend/labels';
import { Lead } from '../frontend/patient_state';
import { inOneSentence, type Told } from './change_message';

interface Props {
  told: Told | null;
  open: boolean;
  controls: string;
  onToggle: () => void;
}

export function Bar({ told, open, controls, onToggle }: Props) {
  return (
    <button
      type="button"
      class="cb-bar"
      aria-expanded={open}
      aria-controls={controls}
      onClick={onToggle}
    >
      <span class="cb-bar-lines">
        {told?.refused && (
          <strong class="cb-bar-line" data-alarm={told.alarm ? '' : undefined}>
            {told.alarm ? 'Red flag recorded: an emergency until this is put right.' : 'Not applied. Result before:'}
          </strong>
        )}
        {/* What was said of the patient before the red flag would be read as said of this one. */}
        {!told?.alarm && <Said />}
        <ScoreLine />
        {told && !told.refused && <span class="cb-bar-line cb-bar-told">{inOneSentence(told)}</span>}
      </span>
      <span class="cb-hidden">{open ? 'Close the result' : 'Open the whole result'}</span>
      <svg class="cb-icon" viewBox="0 0 16 16" aria-hidden="true">
        <path d={open ? 'm2 5 6 6 6-6' : 'm2 11 6-6 6 6'} fill="none" stroke="currentColor" stroke-width="2" />
      </svg>
    </button>
  );
}

function Said() {
  const [first] = useNow().assessment.first_line;
  if (!first) return null;
  return (
    <span class="cb-bar-line cb-bar-state" data-patient-state={first.state} data-level={first.level}>
      <Lead line={first} /> {first.text}
    </span>
  );
}

function ScoreLine() {
  const book = useBook();
  const { scores } = useNow().assessment;
  const words = book.knowledge.scores.flatMap(({ id, label }) => {
    const result = scores[id];
    if (!result || result.status === 'not_applicable') return [];
    const [band, ...others] = result.bands;
    const word = band && others.length === 0 ? ` ${book.bandLabel(id, band)}` : '';
    return [`${label} ${rangeWord(result.low, result.high)}${word}`];
  });
  return <span class="cb-bar-line cb-bar-scores">{words.join(' · ')}</span>;
}
