/** Conditions in which the name of a term leads to what the term means. */

import type { Knowledge, Term, Tree } from './types';

/**
 * The knowledge with its conditions linked: its file writes each term once, and conditions name it.
 *
 * What is given stays as it is, for JupyterLab shares it; what holds no condition with a term is the same in both.
 */
export function linked(given: Knowledge): Knowledge {
  const terms = new Map<unknown, Tree>();
  const link = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if ('term' in value) return terms.get(value.term);
    if (Array.isArray(value)) {
      const parts = value.map(link);
      return parts.some((part, place) => part !== value[place]) ? parts : value;
    }
    let copy: Record<string, unknown> | undefined;
    for (const [key, part] of Object.entries(value)) {
      const own = link(part);
      if (own !== part) (copy ??= { ...value })[key] = own;
    }
    return copy ?? value;
  };
  for (const { id, label, is } of given.terms as readonly Term[])
    terms.set(id, { term: id, label, is: link(is) as Tree });
  return link(given) as Knowledge;
}
