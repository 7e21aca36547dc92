/**
 * Builds what a reader's browser loads, into widgets/static/ or into the folder after --out.
 *
 * page.js     every widget and the engine, a classic script (a module would not run over file://)
 * lab.js      the same as a module, for anywidget
 * present.js  a case before a room, and its summary on one page, fetched when a reader asks for either
 * evidence.js filters the table of evidence, on its page alone
 * read.js     marks a page as read, on every page; learn.js and learn.css show what was, on one
 * casebook.css, present.css for present.js, lab.css with what JupyterLab needs besides, wide.css for pages that need the whole width
 * prose.css   a part of it, for pages without a widget
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

/** The licences of the libraries inside ask for their notices. */
const LIST_JS = '/* Holds List.js 2.3.1, (c) 2011-2018 Jonny Strömberg, MIT licence. */';

const UQR = '/* Holds uqr 0.1.3, (c) 2023 Anthony Fu, and the QR Code generator (c) Project Nayuki, MIT licence. */';

const bundles = [
  { entry: 'shared/boot.ts', file: 'page.js', format: 'iife' },
  { entry: 'shared/lab.ts', file: 'lab.js', format: 'esm' },
  { entry: 'evidence/evidence.ts', file: 'evidence.js', format: 'iife', banner: LIST_JS },
  { entry: 'progress/read.ts', file: 'read.js', format: 'iife' },
  { entry: 'progress/learn.tsx', file: 'learn.js', format: 'iife' },
  { entry: 'progress/learn.css', file: 'learn.css' },
  { entry: 'present/present.tsx', file: 'present.js', format: 'iife', banner: UQR },
  { entry: 'present/present.css', file: 'present.css' },
  { entry: 'style/casebook.css', file: 'casebook.css' },
  { entry: 'style/wide.css', file: 'wide.css' },
  { entry: 'style/lab.css', file: 'lab.css' },
  { entry: 'style/prose.css', file: 'prose.css' },
];

await Promise.all(
  bundles.map(({ entry, file, format, banner }) =>
    build({
      ...common,
      ...(format && { format }),
      ...(banner && { banner: { js: banner } }),
      entryPoints: [path.join(here, entry)],
      outfile: path.resolve(values.out, file),
    }),
  ),
);
