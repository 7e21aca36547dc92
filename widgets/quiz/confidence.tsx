/** How sure the reader is of an answer, said before it is submitted. Nobody has to say it. */

import { message } from '../engine/messages';
import { CONFIDENCES, type Confidence } from '../progress/record';

interface Props {
  /** Unique in the page: the name of the radio group. */
  name: string;
  chosen: Confidence | undefined;
  committed: boolean;
  onChoose: (confidence: Confidence) => void;
}

export function ConfidenceChoice({ name, chosen, committed, onChoose }: Props) {
  // Once the answer is known, nobody can say any more how sure they were.
  if (committed && !chosen) return null;
  return (
    <fieldset class="cb-confidence" disabled={committed}>
      <legend>{message('quiz-confidence')}</legend>
      <div class="cb-options">
        {CONFIDENCES.map((confidence) => (
          <label key={confidence}>
            <input type="radio" name={name} checked={chosen === confidence} onChange={() => onChoose(confidence)} />
            {message(`quiz-confidence-${confidence}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
