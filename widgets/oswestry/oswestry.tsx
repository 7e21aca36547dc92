/** The calculator of the Oswestry Disability Index from the values of its ten sections. */

import { message } from '../engine/messages';
import type { Band, Value } from '../engine/types';
import { ScoreBar } from '../frontend/score_bar';
import { Choice } from '../frontend/choice';
import { useTrait } from '../frontend/hooks';
import type { Model } from '../frontend/host';
import { list, rangeWord } from '../frontend/labels';

type Sections = readonly (number | null)[];

interface Props {
  model: Model;
  instance: string;
}

export function Oswestry({ model, instance }: Props) {
  const score = model.get('score') as string;
  const label = model.get('label') as string;
  const most = model.get('most') as number;
  const bands = model.get('bands') as readonly Band[];
  const sections = useTrait<Sections>(model, 'sections');

  const set = (next: Sections) => {
    model.set('sections', next);
    model.save_changes();
  };
  const answered = sections.filter((value) => value !== null);
  const index = percentage(answered, most);
  const [low, high] = index === null ? [0, 100] : [index, index];
  const reached = bands.filter((band) => band.low <= high && low <= band.high);
  const status = index === null ? 'range' : 'complete';
  const options = Array.from({ length: most + 1 }, (_, value) => ({ id: value, label: String(value) }));

  return (
    <div class="cb cb-calculator cb-disability">
      <div class="cb-findings cb-sections">
        {sections.map((value, position) => (
          <Choice
            key={position}
            class="cb-finding"
            attributes={{ 'data-item': `section_${position + 1}` }}
            name={`${instance}-section-${position + 1}`}
            label={message('disability-section', { number: position + 1 })}
            options={options}
            unset={message('disability-unset')}
            value={value}
            onChange={(next) => set(sections.map((old, at) => (at === position ? numberOf(next) : old)))}
          />
        ))}
        <div class="cb-tools">
          <button type="button" onClick={() => set(sections.map(() => null))}>
            {message('form-clear')}
          </button>
        </div>
      </div>
      <div class="cb-result" aria-live="polite">
        <div class="cb-score" data-score={score} data-status={status} data-low={low} data-high={high}>
          <p class="cb-score-line">
            <strong>{label}</strong>{' '}
            <span class="cb-total">
              {message('disability-percent', { value: rangeWord(rounded(low), rounded(high)) })}
            </span>{' '}
            <span>
              {list(
                reached.map((band) => band.label),
                'or',
              )}
            </span>
          </p>
          <ScoreBar
            score={{ label, minimum: 0, maximum: 100, bands, worse: 'high' }}
            result={{ status, low: rounded(low), high: rounded(high), bands: reached.map((band) => band.id) }}
          />
          <p class="cb-note">
            {message('disability-answered', { answered: answered.length, count: sections.length })}
          </p>
        </div>
      </div>
    </div>
  );
}

/** The sum in per cent of the maximum of the answered sections; null if no section is answered. */
function percentage(answered: readonly number[], most: number): number | null {
  if (answered.length === 0) return null;
  return (100 * answered.reduce((sum, value) => sum + value, 0)) / (most * answered.length);
}

function numberOf(value: Value | null): number | null {
  return value === null ? null : Number(value);
}

function rounded(value: number): number {
  return Math.round(10 * value) / 10;
}
