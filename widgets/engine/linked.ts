/** Conditions in which the name of a term leads to what the term means. */

import type { Knowledge, Tree } from './types';

/**
 * The knowledge with its conditions linked: its file writes each term once, and conditions name it.
 *
 * What is given stays as it is, for JupyterLab shares it; what holds no condition with a term is the same in both.
 */
export function linked(given: Knowledge): Knowledge {
  const terms = new Map<string, Tree>();
  const link = <T>(value: T): T => {
    if (typeof value !== 'object' || value === null) return value;
    const parts = value as Record<string, unknown>;
    if (typeof parts['term'] === 'string') return terms.get(parts['term']) as T;
    let copy: Record<string, unknown> | undefined;
    for (const key in parts) {
      const part = parts[key];
      if (typeof part !== 'object' || key === 'source') continue;
      const own = link(part);
      if (own === part) continue;
      copy ??= (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
      copy[key] = own;
    }
    return (copy ?? value) as T;
  };
  for (const { id, label, is } of given.terms) terms.set(id, { term: id, label, is: link(is) });
  return link(given);
}
