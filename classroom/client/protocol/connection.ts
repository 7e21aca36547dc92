/**
 * The connection between this browser and the room's server.
 *
 * After an interruption it reconnects by itself; the server recognises the reader by a cookie.
 */

import { message } from '../../../widgets/engine/messages';
import { useRedrawOn } from '../../../widgets/frontend/hooks';
import type { RoomState } from './types';

const API = '/room/api/';

/** Milliseconds until the next attempt, multiplied by a random factor, so that phones do not all return at once. */
const RETRY = 1000;

export type Status = 'joining' | 'up' | 'down' | 'refused';

export function get(path: string): Promise<Response> {
  return fetch(API + path);
}

export function post(path: string, body: object): Promise<Response> {
  return fetch(API + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** The reason for an unsuccessful response, as the server gives it. */
export async function reasonOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  const reason = (body as { error?: unknown } | null)?.error;
  return typeof reason === 'string' ? reason : message('room-server-error', { status: response.status });
}

export class Connection<State extends RoomState> {
  readonly #enter: () => Promise<Response>;
  readonly #query: string;
  readonly #listeners = new Set<() => void>();
  #source: EventSource | undefined;
  #timer = 0;
  #closed = false;
  state: State | null = null;
  status: Status = 'joining';
  /** Why this browser was refused. */
  refusal = '';

  /**
   * `enter` identifies this browser to the server; `role` decides for a browser that is both a presenter's and a phone.
   */
  constructor(enter: () => Promise<Response>, role: 'presenter' | 'phone') {
    this.#enter = enter;
    this.#query = `?as=${role}`;
    addEventListener('offline', () => this.#interrupted());
    addEventListener('online', () => this.#reconnect());
    // After sleep, a phone may hold a connection on which nothing arrives any more.
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.#reconnect());
    void this.#connect();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Closes the connection for good. */
  close(): void {
    this.#closed = true;
    this.#disconnect();
  }

  #set(status: Status): void {
    this.status = status;
    for (const listener of [...this.#listeners]) listener();
  }

  #disconnect(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
  }

  async #connect(): Promise<void> {
    this.#disconnect();
    let response: Response;
    try {
      response = await this.#enter();
    } catch {
      return this.#interrupted();
    }
    if (this.#closed) return;
    if (response.status === 429 || response.status >= 500) return this.#interrupted();
    if (!response.ok) {
      this.refusal = await reasonOf(response);
      return this.#set('refused');
    }
    this.#listen();
  }

  #listen(): void {
    this.#disconnect();
    const source = (this.#source = new EventSource(`${API}events${this.#query}`));
    source.addEventListener('state', ({ data }: MessageEvent<string>) => this.#receive(JSON.parse(data) as State));
    // The server keeps the newest few windows of a browser; an older one waits until it becomes visible again.
    source.addEventListener('replaced', () => this.#disconnect());
    source.onerror = () => void this.#failed(source.readyState === EventSource.CLOSED);
  }

  #receive(state: State): void {
    this.state = state;
    if (state.phase === 'ended') this.#disconnect();
    this.#set('up');
  }

  /** A refused stream may mean that the session has ended. */
  async #failed(refused: boolean): Promise<void> {
    this.#interrupted();
    if (!refused) return;
    const response = await get(`state${this.#query}`).catch(() => null);
    const state = response?.ok ? ((await response.json()) as State) : null;
    if (state?.phase === 'ended') this.#receive(state);
  }

  #interrupted(): void {
    this.#disconnect();
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.#connect(), RETRY * (1 + Math.random()));
    this.#set('down');
  }

  #reconnect(): void {
    if (!this.#closed && this.status !== 'refused' && this.state?.phase !== 'ended') void this.#connect();
  }
}

/** Renders again whenever the state or the connection changes. */
export function useConnection(connection: Connection<RoomState>): void {
  useRedrawOn((changed) => connection.subscribe(changed), [connection]);
}
