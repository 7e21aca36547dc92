/** Leaves of the catalogue those messages alone that a bundle names. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';

const CATALOGUE = /knowledge[\\/]messages[\\/]en\.json$/;

/** An id in quotation marks, and the beginning of a template that ends in an argument. */
const ID = /["'`]([a-z][a-z\d]*(?:-[a-z\d_]+)+(?:\.[a-z-]+)?)["'`]/g;
const TEMPLATE = /`([a-z][a-z\d_-]*-)\$\{/g;

/** The messages that a script names, without those that are in the page already. */
export function named(script, messages, before = {}) {
  const ids = new Set(Array.from(script.matchAll(ID), ([, id]) => id));
  const beginnings = Array.from(script.matchAll(TEMPLATE), ([, beginning]) => beginning);
  const kept = Object.entries(messages).filter(
    ([id]) => !(id in before) && (ids.has(id) || beginnings.some((beginning) => id.startsWith(beginning))),
  );
  return Object.fromEntries(kept);
}

/**
 * A plugin of esbuild that gives the chosen messages where the catalogue is asked for.
 *
 * An entry that a page loads later imports the catalogue itself, and gets what is chosen for it: `later` has a choice for
 * each of their names.
 */
export function messagesOf(chosen, later = {}) {
  return {
    name: 'messages',
    setup({ onLoad, onResolve }) {
      onResolve({ filter: CATALOGUE }, ({ path: name, importer, resolveDir }) => {
        const entry = path.basename(importer).replace(/\.tsx?$/, '');
        return entry in later ? { path: path.resolve(resolveDir, name), namespace: entry } : undefined;
      });
      const given = (choice) => async ({ path }) => {
        const { messages } = JSON.parse(await readFile(path, 'utf8'));
        return { contents: JSON.stringify({ messages: choice(messages) }), loader: 'json' };
      };
      onLoad({ filter: CATALOGUE, namespace: 'file' }, given(chosen));
      for (const [entry, choice] of Object.entries(later)) onLoad({ filter: CATALOGUE, namespace: entry }, given(choice));
    },
  };
}
