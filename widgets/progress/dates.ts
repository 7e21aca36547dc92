/** Days and numbers in words. */

import type { Day } from './store';

const CALENDAR = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** A day as it is written out, such as 14 March 2026. */
export function written(day: Day): string {
  return CALENDAR.format(Date.parse(day));
}

/** A number with what is counted, such as 1 question or 2 questions. */
export function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}
