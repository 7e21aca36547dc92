/** Assesses patients with the engine of the page: reads knowledge and patients as JSON, writes what the engine concludes. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const { outputFiles } = await build({
  entryPoints: [path.join(root, 'widgets/engine/index.ts')],
  bundle: true,
  format: 'esm',
  platform: 'node',
  write: false,
  logLevel: 'warning',
});
const { createEngine } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`);
const { knowledge, patients } = JSON.parse(readFileSync(0, 'utf8'));
const engine = createEngine(knowledge);
process.stdout.write(JSON.stringify(patients.map((findings) => engine.assess(findings))));
