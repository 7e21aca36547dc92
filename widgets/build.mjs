/**
 * Builds what a reader's browser loads, into widgets/static/ or into the folder after --out.
 *
 * page.js     every widget and the engine, a classic script (a module would not run over file://)
 * lab.js      the same as a module, for anywidget
 * casebook.css
 */

import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import path from 'node:path';

import { build } from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: { out: { type: 'string', default: path.join(here, 'static') } },
});

const common = {
  absWorkingDir: path.dirname(here),
  bundle: true,
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
  target: ['chrome111', 'edge111', 'firefox114', 'safari16.4'],
};

const bundles = [
  { entry: 'shared/boot.ts', file: 'page.js', format: 'iife' },
  { entry: 'shared/lab.ts', file: 'lab.js', format: 'esm' },
  { entry: 'style/casebook.css', file: 'casebook.css' },
];

await Promise.all(
  bundles.map(({ entry, file, format }) =>
    build({
      ...common,
      ...(format && { format }),
      entryPoints: [path.join(here, entry)],
      outfile: path.resolve(values.out, file),
    }),
  ),
);
