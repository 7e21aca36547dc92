/** Leaves of the catalogue those messages alone that a bundle names. */

import { readFile } from 'node:fs/promises';

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

/** A plugin of esbuild that gives the chosen messages where the catalogue is asked for. */
export function messagesOf(chosen) {
  return {
    name: 'messages',
    setup({ onLoad }) {
      onLoad({ filter: CATALOGUE }, async ({ path }) => {
        const { messages } = JSON.parse(await readFile(path, 'utf8'));
        return { contents: JSON.stringify({ messages: chosen(messages) }), loader: 'json' };
      });
    },
  };
}
