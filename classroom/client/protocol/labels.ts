/** Names of questions. */

import { message } from '../../../widgets/engine/messages';
import type { Kind } from './types';

export function kindLabel(kind: Kind): string {
  return message(`room-kind-${kind}`);
}

/** The kind and title of a round, such as “Plan: A patient with …, second vote”. */
export function questionLabel(kind: Kind, title: string, secondVote: boolean): string {
  const names = { kind: kindLabel(kind), title };
  return secondVote ? message('room-question-second-vote', names) : message('room-question', names);
}
