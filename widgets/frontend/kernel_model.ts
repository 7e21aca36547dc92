/**
 * The model of a widget with a kernel, in whose values nothing is undefined.
 *
 * Python's None arrives as null from a kernel on a server, and as undefined from Python in the browser, which would make
 * "not assessed" differ from itself, and an absent outcome of the rulebook be taken for one.
 */

import type { Model } from './host';

export function kernelModel(model: Model): Model {
  return {
    get: (key) => withNulls(model.get(key)),
    set: (key, value) => model.set(key, value),
    on: (event, listener) => model.on(event, listener),
    off: (event, listener) => model.off(event, listener),
    save_changes: () => model.save_changes(),
    send: (content) => model.send(content),
  };
}

/** Values that have been looked through. */
const known = new WeakSet<object>();

/**
 * Writes null for every undefined inside a value, which stays the same object.
 *
 * A trait that does not exist remains undefined.
 */
function withNulls(value: unknown): unknown {
  if (typeof value !== 'object' || !value || ArrayBuffer.isView(value) || known.has(value)) return value;
  known.add(value);
  for (const [key, inside] of Object.entries(value)) {
    if (inside === undefined) Object.assign(value, { [key]: null });
    else withNulls(inside);
  }
  return value;
}
