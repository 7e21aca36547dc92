/** Runs the tests that are written in TypeScript: bundled one by one, for Node takes no types, then by Node's own runner. */

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const outdir = path.join(root, '_build/tests');
const tests = readdirSync(path.join(root, 'tests/unit'), { recursive: true })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => path.join(root, 'tests/unit', name));

await build({
  entryPoints: tests,
  outdir,
  outbase: path.join(root, 'tests/unit'),
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  sourcemap: 'inline',
  logLevel: 'warning',
});
const bundled = tests.map((name) => path.join(outdir, path.relative(path.join(root, 'tests/unit'), name).replace(/\.ts$/, '.mjs')));
const { status } = spawnSync(process.execPath, ['--enable-source-maps', '--test', '--test-reporter=dot', ...bundled], { stdio: 'inherit' });
process.exit(status ?? 1);
