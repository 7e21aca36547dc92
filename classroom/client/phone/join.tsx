/** Fetched by a page that was opened with the code of a room: joins it, and draws the sheet. */

import { render } from 'preact';

import { keep, recall } from './storage';
import { Line, tell } from '../protocol/connection';
import { Phone } from './phone';
import type { State } from '../protocol/types';

const here = (document.currentScript as HTMLScriptElement).src;

function join(): void {
  const kept = recall();
  if (!kept || location.protocol === 'file:') return;
  const style = document.createElement('link');
  style.rel = 'stylesheet';
  style.href = here.replace('room.js', 'room.css');
  const place = document.createElement('div');
  style.onload = () => document.body.append(place);
  document.head.append(style);

  const line = new Line<State>(() => tell('join', { code: kept.code }), 'phone');
  const leave = () => {
    line.close();
    keep(null);
    render(null, place);
    place.remove();
    if (location.hash.startsWith('#room=')) history.replaceState(history.state, '', location.pathname);
  };
  render(<Phone line={line} start={kept} onLeave={leave} />, place);
}

join();
