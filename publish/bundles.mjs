/**
 * Builds what a reader's browser loads, into widgets/static/ or into the folder after --out.
 *
 * page.js      every widget and the engine, as a classic script, because a module would not run over file://
 * details.js   what explains a result, loaded when a reader enters the explorer; it shares modules with page.js
 * lab.js       both as one module, for anywidget
 * room.js      the room on a phone, in a page that was opened with its code, with room.css
 * console.js   the presenter's console, with console.css
 * room-lab.js  the room in a notebook, with room-lab.css
 * present.js   the stage and the one-page summary, loaded when a reader asks for either, with present.css
 * evidence.js  the filters of the table of evidence, on its page alone
 * read.js      the mark of a read page, on every page
 * score.js     the address of a calculator's items and the score as text, on pages with a calculator
 * search.js    the search page, with search.css; found.js marks in any page the words for which a search led there
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
  { entry: 'widgets/calculator/score_in_page.ts', file: 'score.js', format: 'iife' },
  { entry: 'widgets/search/search.tsx', file: 'search.js', format: 'iife' },
  { entry: 'widgets/search/found.ts', file: 'found.js', format: 'iife' },
  { entry: 'widgets/search/search.css', file: 'search.css' },
  { entry: 'classroom/client/stage/present.tsx', file: 'present.js', format: 'iife', banner: UQR },
  { entry: 'classroom/client/stage/present.css', file: 'present.css' },
  { entry: 'widgets/entries/casebook.css', file: 'casebook.css' },
  { entry: 'widgets/frontend/styles/wide.css', file: 'wide.css' },
  { entry: 'widgets/entries/notebook.css', file: 'lab.css' },
  { entry: 'widgets/frontend/styles/prose.css', file: 'prose.css' },
];

/**
 * Builds page.js and details.js, which share modules: those that both need are in page.js, which passes them to details.js.
 *
 * esbuild splits only ES modules, which do not run over file://, so each part is wrapped in a function.
 */
async function bundlePageInParts() {
  const options = {
    ...COMMON,
    format: 'esm',
    splitting: true,
    write: false,
    entryPoints: ['page', 'details'].map((name) => path.join(root, `widgets/entries/${name}.ts`)),
    outdir: path.resolve(values.out),
  };
  const parts = async (page, details) => {
    const { outputFiles } = await build({ ...options, plugins: [messagesOf(page, details)] });
    const texts = new Map(outputFiles.map(({ path: file, text }) => [path.basename(file), text]));
    const entry = (name) => texts.get(name);
    const shared = [...texts].filter(([name]) => !['page.js', 'details.js'].includes(name));
    return { page: entry('page.js'), details: entry('details.js'), shared };
  };
  const nothing = () => ({});
  const first = await parts(nothing, nothing);
  const inPage = (messages) => named([first.page, ...first.shared.map(([, text]) => text)].join('\n'), messages);
  const inDetails = (messages) => {
    const before = inPage(messages);
    return Object.fromEntries(Object.entries(named(first.details, messages)).filter(([id]) => !(id in before)));
  };
  const { page, details, shared } = await parts(inPage, inDetails);
  const body = async (text) => (await transform(text, { ...SCRIPTS, format: 'cjs' })).code;
  const modules = await Promise.all(
    shared.map(async ([name, text]) => `((module)=>{${await body(text)}parts["./${name}"]=module.exports})({exports:{}});`),
  );
  const start = 'const parts={},require=(name)=>parts[name];';
  const pageScript = `(()=>{${start}${modules.join('')}(window.casebook??={}).part=require;${await body(page)}})();\n`;
  await mkdir(values.out, { recursive: true });
  await writeFile(path.resolve(values.out, 'page.js'), pageScript);
  await writeFile(path.resolve(values.out, 'details.js'), `((require)=>{${await body(details)}})(window.casebook.part);\n`);
}

await Promise.all([...bundles.map((each) => bundle({ ...each, out: values.out })), bundlePageInParts()]);
