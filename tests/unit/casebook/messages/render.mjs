/** Renders messages with arguments, given as JSON, by the page's renderer and by Fluent's own. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { FluentBundle, FluentResource } from '@fluent/bundle';
import { build } from 'esbuild';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../../..');
const { files, samples } = JSON.parse(readFileSync(0, 'utf8'));

const { outputFiles } = await build({
  entryPoints: [path.join(root, 'widgets/engine/messages.ts')],
  bundle: true,
  format: 'esm',
  write: false,
});
const { message } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);

const bundle = new FluentBundle('en', { useIsolating: false });
const faults = files.flatMap((file) => bundle.addResource(new FluentResource(readFileSync(file, 'utf8'))));

function formatted(id, given) {
  const [name, attribute] = id.split('.');
  const found = bundle.getMessage(name);
  return bundle.formatPattern(attribute ? found.attributes[attribute] : found.value, given, faults);
}

const rendered = samples.map(([id, given]) => [message(id, given), formatted(id, given)]);
process.stdout.write(JSON.stringify({ rendered, faults: faults.map(String) }));
