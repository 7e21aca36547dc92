/**
 * The six calls that a widget asks of its host.
 *
 * JupyterLab gives every anywidget such a model; on a page without Python, `StateModel` is one, over
 * the state that the page was written with.
 */

import { sameValue } from './equality';

type Listener = (...args: unknown[]) => void;

export interface Model {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  on(event: string, listener: Listener): void;
  off(event: string, listener?: Listener): void;
  save_changes(): void;
  send(content: unknown): void;
}

export class StateModel implements Model {
  readonly #state: Map<string, unknown>;
  readonly #listeners = new Map<string, Set<Listener>>();

  constructor(state: Record<string, unknown>) {
    this.#state = new Map(Object.entries(state));
  }

  get(key: string): unknown {
    return this.#state.get(key);
  }

  set(key: string, value: unknown): void {
    if (sameValue(this.#state.get(key), value)) return;
    this.#state.set(key, value);
    this.#emit(`change:${key}`, value);
    this.#emit('change');
  }

  on(event: string, listener: Listener): void {
    const known = this.#listeners.get(event);
    if (known) known.add(listener);
    else this.#listeners.set(event, new Set([listener]));
  }

  off(event: string, listener?: Listener): void {
    if (listener) this.#listeners.get(event)?.delete(listener);
    else this.#listeners.delete(event);
  }

  /** Nothing to save to: the state lives and ends with the page. */
  save_changes(): void {}

  /** Nobody to send to: there is no kernel behind a page. */
  send(): void {}

  #emit(event: string, value?: unknown): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) listener(this, value);
  }
}
