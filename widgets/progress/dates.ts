/** Dates in words. */

import type { Day } from './record';

const CALENDAR = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** A day in words, such as 14 March 2026. */
export function written(day: Day): string {
  return CALENDAR.format(Date.parse(day));
}

