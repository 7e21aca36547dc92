/** Leaves of the catalogue those messages alone that a bundle names. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';

const CATALOGUE = /knowledge[\\/]messages[\\/]en\.json$/;

/** An id in quotation marks, and the beginning of a template that ends in an argument. */
const ID = /["'`]([a-z][a-z\d]*(?:-[a-z\d_]+)+(?:\.[a-z-]+)?)["'`]/g;
const TEMPLATE = /`([a-z][a-z\d_-]*-)\$\{/g;

/** The messages that a script names. */
export function named(script, messages) {
  const ids = new Set(Array.from(script.matchAll(ID), ([, id]) => id));
  const beginnings = Array.from(script.matchAll(TEMPLATE), ([, beginning]) => beginning);
  const kept = Object.entries(messages).filter(
    ([id]) => ids.has(id) || beginnings.some((beginning) => id.startsWith(beginning)),
  );
  return Object.fromEntries(kept);
}

/** The entry that a page fetches later: what it imports as the catalogue is what it names and the page does not. */
const LATER = /entries[\\/]details\.ts$/;

/**
 * A plugin of esbuild that gives the chosen messages where the catalogue is asked for, and others to what a page loads later.
 */
export function messagesOf(chosen, later = () => ({})) {
  return {
    name: 'messages',
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /messages[\\/]en\.json$/ }, ({ path: name, importer, resolveDir }) =>
        LATER.test(importer) ? { path: path.resolve(resolveDir, name), namespace: 'later' } : undefined,
      );
      const given = (choice) => async ({ path }) => {
        const { messages } = JSON.parse(await readFile(path, 'utf8'));
        return { contents: JSON.stringify({ messages: choice(messages) }), loader: 'json' };
      };
      onLoad({ filter: CATALOGUE, namespace: 'file' }, given(chosen));
      onLoad({ filter: CATALOGUE, namespace: 'later' }, given(later));
    },
  };
}
