/**
 * The one renderer of sentences; the twin of `casebook.messages.renderer`.
 *
 * The build leaves of the catalogue those messages alone that a bundle names (`publish/messages.mjs`): an id is written
 * out where it is used, or begins a template, such as `stance-${stance}`.
 */

import type { MessageArguments } from '../../casebook/knowledge/messages/message_arguments';
import catalogue from '../../casebook/knowledge/messages/en.json';

export type MessageId = keyof MessageArguments;

type Pattern = string | readonly Part[];
/** A text; the name of an argument; or the name of one that selects, its variants, and the key of the default. */
type Part = string | readonly [name: string, variants?: Readonly<Record<string, Pattern>>, otherwise?: string];
type Arguments<Id extends MessageId, Value> = [MessageArguments[Id]] extends [never]
  ? []
  : [Readonly<Record<MessageArguments[Id], Value>>];

const patterns = { ...catalogue.messages } as unknown as Record<MessageId, Pattern>;

/** Adds messages that only what is fetched later names. */
export function addMessages(more: object): void {
  Object.assign(patterns, more);
}

/** A message with its arguments filled in; an attribute is named behind a dot, such as "explorer-undo.title". */
export function message<Id extends MessageId>(id: Id, ...[given]: Arguments<Id, string | number>): string {
  return partsOf<string | number>(patterns[id], given).join('');
}

/** The parts of a message in order, for arguments that are markup and not text. */
export function messageParts<Id extends MessageId, Node>(
  id: Id,
  ...[given]: Arguments<Id, Node | string | number>
): (Node | string | number)[] {
  return partsOf<Node | string | number>(patterns[id], given);
}

function partsOf<Node>(pattern: Pattern, given: Readonly<Record<string, Node>> = {}): (string | Node)[] {
  if (typeof pattern === 'string') return [pattern];
  return pattern.flatMap((part) => {
    if (typeof part === 'string') return [part];
    const [name, variants, otherwise] = part;
    const value = given[name]!;
    if (!variants) return [value];
    const category = value === 1 ? 'one' : 'other';
    return partsOf(variants[String(value)] ?? variants[category] ?? variants[otherwise!]!, given);
  });
}
