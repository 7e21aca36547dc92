/** A calculator of one score from its items; the total is a range while items are unknown. */

import { useMemo } from 'preact/hooks';

import { message } from '../engine/messages';
import { scoreOfItems } from '../engine/score_of_items';
import type { Value } from '../engine/types';
import { ScoreView } from '../frontend/score_view';
import { useBook } from '../frontend/book';
import { Choice } from '../frontend/choice';
import { useTrait } from '../frontend/hooks';
import type { Model } from '../frontend/host';

type Items = Readonly<Record<string, Value | null>>;

interface Props {
  model: Model;
  instance: string;
}

export function Calculator({ model, instance }: Props) {
  const book = useBook();
  const name = model.get('score') as string;
  const items = useTrait<Items>(model, 'items');
  const result = useMemo(() => scoreOfItems(book.knowledge, name, items), [book, name, items]);
  const score = book.scores.get(name);
  if (!score) return null;

  const set = (next: Items) => {
    model.set('items', next);
    model.save_changes();
  };
  return (
    <div class="cb cb-calculator">
      <div class="cb-findings">
        {score.items.map((item) => (
          <Choice
            key={item.id}
            class="cb-finding"
            attributes={{ 'data-item': item.id }}
            name={`${instance}-${item.id}`}
            label={item.label}
            options={item.options.map((option) => ({
              id: option.id,
              label: message('score-option-points', { option: option.label, points: option.points }),
            }))}
            value={items[item.id] ?? null}
            onChange={(value) => set(withItem(items, item.id, value))}
          />
        ))}
        <div class="cb-tools">
          <button type="button" onClick={() => set({})}>
            {message('form-clear')}
          </button>
        </div>
      </div>
      <div class="cb-result" aria-live="polite">
        <ScoreView score={score} result={result} />
      </div>
    </div>
  );
}

function withItem(items: Items, item: string, value: Value | null): Items {
  const { [item]: _, ...others } = items;
  return value === null ? others : { ...others, [item]: value };
}
