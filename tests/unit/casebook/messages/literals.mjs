/**
 * Prints the texts in TypeScript files, given as a JSON list, that are not names: of strings, templates and markup.
 *
 * esbuild takes types and comments away and turns markup into calls, so that every text is a string in quotation marks.
 */

import { readFileSync } from 'node:fs';

import { transform } from 'esbuild';

const TOKEN = new RegExp(
  [
    /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*(?=\s*[.,;)\]])/.source, // a regular expression
    /(?<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')/.source,
    /`/.source,
    /[{}]/.source,
  ].join('|'),
  'gs',
);

/** What stands in front of a text that is for the program: an attribute, a selector, an error that nobody should meet. */
const INTERNAL =
  /(?:\b(?:class|className|d|viewBox|points|transform|style|rel|type|role|href|as|for|media|autocomplete)"?: ?|className ?= ?|\b(?:querySelector|querySelectorAll|closest|matches|matchMedia|getPropertyValue|setProperty|console\.\w+|new (?:Type|Range)?Error)\(|\bimport ?)(?:[^"'`;{}]*\? ?)?$/;

async function textsOf(file) {
  const loader = file.endsWith('x') ? 'tsx' : 'ts';
  const { code } = await transform(readFileSync(file, 'utf8'), {
    loader, jsx: 'transform', target: 'esnext', legalComments: 'none', charset: 'utf8', minifyWhitespace: true,
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  });
  const texts = [];
  const open = [];
  const keep = (text, at) => {
    if (!INTERNAL.test(code.slice(Math.max(0, at - 120), at))) texts.push(text);
  };
  let at = 0;
  while (at < code.length) {
    if (open.at(-1)?.template) {
      const start = at;
      while (at < code.length && code[at] !== '`' && !code.startsWith('${', at)) at += code[at] === '\\' ? 2 : 1;
      keep(code.slice(start, at), open.at(-1).at);
      if (code[at] === '`') open.pop();
      else open.push({});
      at += code[at] === '`' ? 1 : 2;
      continue;
    }
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(code);
    if (!found) break;
    at = TOKEN.lastIndex;
    if (found.groups.text) keep(found.groups.text.slice(1, -1), found.index);
    else if (found[0] === '`') open.push({ template: true, at: found.index });
    else if (found[0] === '{') open.push({});
    else if (found[0] === '}') open.pop();
  }
  return texts;
}

const files = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(await Promise.all(files.map(textsOf))));
