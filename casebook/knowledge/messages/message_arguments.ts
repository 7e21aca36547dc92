/** The arguments of each message. Made by `casebook messages`; not edited by hand. */
export interface MessageArguments {
  'check-messages-compile': never;
  'check-messages-stale': never;
  'list-and': 'first' | 'last';
  'list-next': 'first' | 'next';
  'list-or': 'first' | 'last';
  'list-range': 'high' | 'low';
  'list-rest': 'count';
  'list-sources': 'first' | 'next';
}
