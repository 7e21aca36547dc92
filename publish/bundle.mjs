/** Builds one bundle. */

import { fileURLToPath } from 'node:url';
import path from 'node:path';

import { build } from 'esbuild';

import { messagesOf, named } from './messages.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

export const SCRIPTS = {
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  target: ['chrome111', 'edge111', 'firefox114', 'safari16.4'],
};

export const COMMON = { ...SCRIPTS, absWorkingDir: root, bundle: true, logLevel: 'warning' };

/**
 * Builds a script or a style sheet with those messages of the catalogue that it names.
 *
 * `entry` is relative to the project; `file` to the folder `out`. The script
 * is built twice: without the catalogue, to find the messages that it names, and then with those.
 */
export async function bundle({ entry, file, format, banner, out }) {
  const options = {
    ...COMMON,
    ...(format && { format }),
    ...(banner && { banner: { js: banner } }),
    entryPoints: [path.join(root, entry)],
    outfile: path.resolve(out, file),
  };
  const first = await build({ ...options, write: false, plugins: [messagesOf(() => ({}))] });
  const script = first.outputFiles[0].text;
  await build({ ...options, plugins: [messagesOf((messages) => named(script, messages))] });
}
