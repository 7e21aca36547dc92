/**
 * The interface between a widget and its host.
 *
 * JupyterLab provides such a model for every anywidget. In a page without Python, `StateModel` implements it with the state
 * in the page.
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

  /** Does nothing, because the state exists only as long as the page. */
  save_changes(): void {}

  /** Does nothing, because a page has no kernel. */
  send(): void {}

  #emit(event: string, value?: unknown): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) listener(this, value);
  }
}
