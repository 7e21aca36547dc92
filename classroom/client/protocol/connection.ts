/**
 * The line between this browser and the room's server.
 *
 * It shows who it is, listens, and when it breaks comes back by itself, again as the same reader: the server knows
 * it by its cookie.
 */

import { useChanges } from '../../../widgets/frontend/hooks';
import type { State } from './types';

const API = '/room/api/';

/** Milliseconds until the next attempt, of which a part is left to chance: sixty phones do not knock at once. */
const PAUSE = 1000;

export type Status = 'joining' | 'up' | 'down' | 'refused';

export function ask(what: string): Promise<Response> {
  return fetch(API + what);
}

export function tell(what: string, body: object): Promise<Response> {
  return fetch(API + what, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** What the server says was wrong, in its words if it has any. */
export async function fault(response: Response): Promise<string> {
  const said: unknown = await response.json().catch(() => null);
  const words = (said as { error?: unknown } | null)?.error;
  return typeof words === 'string' ? words : `The room's server answered with ${response.status}.`;
}

export class Line<S extends State> {
  readonly #enter: () => Promise<Response>;
  readonly #as: string;
  readonly #listeners = new Set<() => void>();
  #source: EventSource | undefined;
  #timer = 0;
  #over = false;
  state: S | null = null;
  status: Status = 'joining';
  /** Why this browser was not let in. */
  refusal = '';

  /** `enter`: how this browser shows who it is; `as`: for a browser that is a presenter's and a phone as well. */
  constructor(enter: () => Promise<Response>, as: 'presenter' | 'phone') {
    this.#enter = enter;
    this.#as = `?as=${as}`;
    addEventListener('offline', () => this.#broken());
    addEventListener('online', () => this.#again());
    // A phone that slept may hold a line on which nothing comes any more.
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.#again());
    void this.#connect();
  }

  on(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends it for good. */
  close(): void {
    this.#over = true;
    this.#hangUp();
  }

  #set(status: Status): void {
    this.status = status;
    for (const listener of [...this.#listeners]) listener();
  }

  #hangUp(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
  }

  async #connect(): Promise<void> {
    this.#hangUp();
    let response: Response;
    try {
      response = await this.#enter();
    } catch {
      return this.#broken();
    }
    if (this.#over) return;
    if (response.status === 429 || response.status >= 500) return this.#broken();
    if (!response.ok) {
      this.refusal = await fault(response);
      return this.#set('refused');
    }
    this.#listen();
  }

  #listen(): void {
    this.#hangUp();
    const source = (this.#source = new EventSource(`${API}events${this.#as}`));
    source.addEventListener('state', ({ data }: MessageEvent<string>) => this.#heard(JSON.parse(data) as S));
    // The server keeps the newest few windows of a browser; an older one waits until it is looked at again.
    source.addEventListener('replaced', () => this.#hangUp());
    source.onerror = () => void this.#lost(source.readyState === EventSource.CLOSED);
  }

  #heard(state: S): void {
    this.state = state;
    if (state.phase === 'ended') this.#hangUp();
    this.#set('up');
  }

  /** A line that was refused may be one to a room that has ended. */
  async #lost(refused: boolean): Promise<void> {
    this.#broken();
    if (!refused) return;
    const response = await ask(`state${this.#as}`).catch(() => null);
    const state = response?.ok ? ((await response.json()) as S) : null;
    if (state?.phase === 'ended') this.#heard(state);
  }

  #broken(): void {
    this.#hangUp();
    if (this.#over) return;
    this.#timer = setTimeout(() => void this.#connect(), PAUSE * (1 + Math.random()));
    this.#set('down');
  }

  #again(): void {
    if (!this.#over && this.status !== 'refused' && this.state?.phase !== 'ended') void this.#connect();
  }
}

/** Draws anew whenever the room or the line changes. */
export function useLine(line: Line<State>): void {
  useChanges((changed) => line.on(changed), [line]);
}
