/** On a phone: two lines at the foot that stay in view, and open to the whole result. */

import { useBook, useNow } from '../shared/book';
import { StanceIcon } from '../shared/icons';
import { inOneSentence, type Told } from './told';
import { particulars, rangeWord, stanceWord } from '../shared/words';

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
        <FirstLine />
        <ScoreLine />
        {told && <span class="cb-bar-line cb-bar-told">{inOneSentence(told)}</span>}
      </span>
      <span class="cb-hidden">{open ? 'Close the result' : 'Open the whole result'}</span>
      <svg class="cb-icon" viewBox="0 0 16 16" aria-hidden="true">
        <path d={open ? 'm2 5 6 6 6-6' : 'm2 11 6-6 6 6'} fill="none" stroke="currentColor" stroke-width="2" />
      </svg>
    </button>
  );
}

function FirstLine() {
  const book = useBook();
  const { plan } = useNow().assessment;
  const first = plan.find((entry) => entry.status === 'decided');
  if (first?.stance !== 'emergency' && plan.some((entry) => entry.possible.includes('emergency'))) {
    return <strong class="cb-bar-line">An emergency is not ruled out</strong>;
  }
  if (!first) return <span class="cb-bar-line">Nothing is decided yet</span>;
  return (
    <span class="cb-bar-line" data-stance-line={first.stance}>
      <StanceIcon stance={first.stance} /> <strong>{stanceWord(first.stance)}</strong>{' '}
      {book.actionLabel(first.action)} {particulars(first)}
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
