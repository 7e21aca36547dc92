/** Reads patients as JSON, a line each, and writes what the page would draw of them. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL, fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../..');
const outfile = path.join(process.argv[2], 'state.mjs');
await build({
  entryPoints: [path.join(root, 'widgets/figure/state.ts')],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
});
const { drawingState } = await import(pathToFileURL(outfile));
const { drawing, patients } = JSON.parse(readFileSync(0, 'utf8'));
const states = patients.map(({ findings, provenance, plan }) => drawingState(drawing, findings, provenance, plan));
process.stdout.write(JSON.stringify(states));
