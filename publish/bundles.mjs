/**
 * Builds what a reader's browser loads, into widgets/static/ or into the folder after --out.
 *
 * page.js      every widget and the engine, as a classic script, because a module would not run over file://
 * details.js   what explains a change and a result, loaded when a page is idle, with details.css; it shares modules with page.js
 * calculators.js   the calculators, on the pages that have one, with calculators.css; it shares modules with page.js, too
 * lab.js       all three as one module, for anywidget
 * room.js      the room on a phone, in a page that was opened with its code, with room.css
 * console.js   the presenter's console, with console.css
 * room-lab.js  the room in a notebook, with room-lab.css
 * present.js   the stage and the one-page summary, loaded when a reader asks for either, with present.css
 * evidence.js  the filters of the table of evidence, on its page alone, with evidence.css
 * read.js      the mark of a read page, on every page
 * learn.js     the page of a reader's progress, with learn.css
 * casebook.css, lab.css   the widgets in a page and in JupyterLab
 * prose.css    the part of casebook.css for pages without a widget
 * wide.css     for pages that need the whole width
 */

import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import path from 'node:path';

import { bundle, COMMON, SCRIPTS } from './bundle.mjs';
import { messagesOf, named } from './messages.mjs';

import { build, transform } from 'esbuild';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: { out: { type: 'string', default: path.join(root, 'widgets/static') } },
});

/** The licences of the bundled libraries require their notices. */
const LIST_JS = '/* Holds List.js 2.3.1, (c) 2011-2018 Jonny Strömberg, MIT licence. */';

const UQR = '/* Holds uqr 0.1.3, (c) 2023 Anthony Fu, and the QR Code generator (c) Project Nayuki, MIT licence. */';

const bundles = [
  { entry: 'widgets/entries/notebook.ts', file: 'lab.js', format: 'esm' },
  { entry: 'widgets/evidence/evidence.ts', file: 'evidence.js', format: 'iife', banner: LIST_JS },
  { entry: 'classroom/client/phone/join.tsx', file: 'room.js', format: 'iife' },
  { entry: 'classroom/client/phone/phone.css', file: 'room.css' },
  { entry: 'classroom/client/console/console.tsx', file: 'console.js', format: 'iife' },
  { entry: 'classroom/client/console/console.css', file: 'console.css' },
  { entry: 'classroom/client/notebook/notebook.tsx', file: 'room-lab.js', format: 'esm' },
  { entry: 'classroom/client/notebook/notebook.css', file: 'room-lab.css' },
  { entry: 'widgets/progress/page_read.ts', file: 'read.js', format: 'iife' },
  { entry: 'widgets/progress/progress_page.tsx', file: 'learn.js', format: 'iife' },
  { entry: 'widgets/progress/progress_page.css', file: 'learn.css' },
  { entry: 'classroom/client/stage/present.tsx', file: 'present.js', format: 'iife', banner: UQR },
  { entry: 'classroom/client/stage/present.css', file: 'present.css' },
  { entry: 'widgets/entries/casebook.css', file: 'casebook.css' },
  { entry: 'widgets/entries/details.css', file: 'details.css' },
  { entry: 'widgets/entries/calculators.css', file: 'calculators.css' },
  { entry: 'widgets/evidence/evidence.css', file: 'evidence.css' },
  { entry: 'widgets/frontend/styles/wide.css', file: 'wide.css' },
  { entry: 'widgets/entries/notebook.css', file: 'lab.css' },
  { entry: 'widgets/frontend/styles/prose.css', file: 'prose.css' },
];

/** The parts of the page's script that are loaded later, or by some pages only. */
const LATER = { details: 'details.ts', calculators: 'calculators.tsx' };

/**
 * Builds page.js and what is loaded later, which share modules: those that several need are in page.js, which passes them on.
 *
 * esbuild splits only ES modules, which do not run over file://, so each part is wrapped in a function.
 */
async function bundlePageInParts() {
  const options = {
    ...COMMON,
    format: 'esm',
    splitting: true,
    write: false,
    metafile: true,
    entryPoints: ['page.ts', ...Object.values(LATER)].map((name) => path.join(root, 'widgets/entries', name)),
    outdir: path.resolve(values.out),
  };
  const nothing = () => ({});
  const names = Object.keys(LATER);
  const choices = (choice) => Object.fromEntries(names.map((name) => [name, choice(name)]));
  const first = await partsOf(options, nothing, choices(() => nothing));
  const inPage = (messages) => named([first.texts.get('page'), ...first.shared.map(([, text]) => text)].join('\n'), messages);
  const inLater = (name) => (messages) => named(first.texts.get(name), messages, inPage(messages));
  const { texts, shared } = await partsOf(options, inPage, choices(inLater));

  const body = async (text) => (await transform(text, { ...SCRIPTS, format: 'cjs' })).code;
  const modules = await Promise.all(
    shared.map(async ([name, text]) => `((module)=>{${await body(text)}parts["./${name}"]=module.exports})({exports:{}});`),
  );
  const start = 'const parts={},require=(name)=>parts[name];';
  const page = await body(texts.get('page'));
  await mkdir(values.out, { recursive: true });
  const write = (name, text) => writeFile(path.resolve(values.out, name), text);
  await write('page.js', `(()=>{${start}${modules.join('')}(window.casebook??={}).part=require;${page}})();\n`);
  for (const name of names)
    await write(`${name}.js`, `((require)=>{${await body(texts.get(name))}})(window.casebook.part);\n`);
}

/** The texts of the entries by name, and those of the modules that they share, each after those that it imports. */
async function partsOf(options, inPage, later) {
  const { outputFiles, metafile } = await build({ ...options, plugins: [messagesOf(inPage, later)] });
  const outputs = Object.entries(metafile.outputs);
  const textOf = (name) => outputFiles.find((file) => path.basename(file.path) === name).text;
  const shared = new Map();
  const collect = (name) => {
    if (shared.has(path.basename(name))) return;
    for (const imported of metafile.outputs[name].imports) collect(imported.path);
    if (!metafile.outputs[name].entryPoint) shared.set(path.basename(name), textOf(path.basename(name)));
  };
  for (const [name] of outputs) collect(name);
  const entries = outputs.filter(([, { entryPoint }]) => entryPoint).map(([name]) => path.basename(name));
  return { texts: new Map(entries.map((name) => [name.replace('.js', ''), textOf(name)])), shared: [...shared] };
}

await Promise.all([...bundles.map((each) => bundle({ ...each, out: values.out })), bundlePageInParts()]);
