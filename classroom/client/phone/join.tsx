/** Entry of room.js: joins the room whose code the page was opened with, and shows the sheet. */

import { render } from 'preact';

import { Connection, post } from '../protocol/connection';
import type { RoomState } from '../protocol/types';
import { Phone } from './phone';
import { restoreRoom, storeRoom } from './storage';

const SCRIPT = (document.currentScript as HTMLScriptElement).src;

function join(): void {
  const stored = restoreRoom();
  if (!stored || location.protocol === 'file:') return;
  const style = document.createElement('link');
  style.rel = 'stylesheet';
  style.href = SCRIPT.replace('room.js', 'room.css');
  const root = document.createElement('div');
  style.onload = () => document.body.append(root);
  document.head.append(style);

  const connection = new Connection<RoomState>(() => post('join', { code: stored.code }), 'phone');
  const leave = () => {
    connection.close();
    storeRoom(null);
    render(null, root);
    root.remove();
    if (location.hash.startsWith('#room=')) history.replaceState(history.state, '', location.pathname);
  };
  render(<Phone connection={connection} initial={stored} onLeave={leave} />, root);
}

join();
