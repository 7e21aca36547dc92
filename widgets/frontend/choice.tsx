/** A choice among options: radio buttons for a few, otherwise a list. */

import type { ComponentChildren } from 'preact';

import type { Value } from '../engine/types';
import { NOT_ASSESSED } from './labels';

/** More radio buttons would push the next finding out of view. */
const MOST_RADIOS = 5;

interface Props {
  class: string;
  attributes: Record<string, string>;
  /** Unique in the page: the name of the radio group, and the beginning of ids. */
  name: string;
  label: string;
  /** Follows the label. */
  mark?: ComponentChildren;
  options: readonly { readonly id: Value; readonly label: string }[];
  /** Whether the value contradicts another finding. */
  invalid?: boolean;
  /** Id of the element that explains why. */
  describedBy?: string | undefined;
  /** Label of the choice without a value; “not assessed” by default. */
  unset?: string;
  value: Value | null;
  onChange: (value: Value | null) => void;
  aside?: ComponentChildren;
  children?: ComponentChildren;
}

export function Choice({ attributes, name, label, options, unset = NOT_ASSESSED, value, onChange, ...rest }: Props) {
  const { invalid, describedBy } = rest;
  if (options.length > MOST_RADIOS) {
    return (
      <div class={rest.class} {...attributes}>
        <label class="cb-label" for={name}>
          {label} {rest.mark}
        </label>
        <div class="cb-options">
          <select
            id={name}
            aria-invalid={invalid || undefined}
            aria-describedby={describedBy}
            value={value === null ? '' : String(value)}
            onChange={({ currentTarget }) =>
              onChange(options.find((one) => String(one.id) === currentTarget.value)?.id ?? null)
            }
          >
            {options.map((option) => (
              <option key={option.id} value={String(option.id)}>
                {option.label}
              </option>
            ))}
            <option value="">{unset}</option>
          </select>
          {rest.aside}
        </div>
        {rest.children}
      </div>
    );
  }
  return (
    <fieldset class={rest.class} aria-describedby={describedBy} {...attributes}>
      <legend class="cb-label">
        {label} {rest.mark}
      </legend>
      <div class="cb-options">
        {options.map((option) => (
          <label key={option.id}>
            <input
              type="radio"
              name={name}
              value={String(option.id)}
              aria-invalid={(invalid && value === option.id) || undefined}
              checked={value === option.id}
              onChange={() => onChange(option.id)}
            />
            <span>{option.label}</span>
          </label>
        ))}
        <label class="cb-unset">
          <input
            type="radio"
            name={name}
            value=""
            checked={value === null}
            onChange={() => onChange(null)}
          />
          <span>{unset}</span>
        </label>
        {rest.aside}
      </div>
      {rest.children}
    </fieldset>
  );
}
