/** Builds the script of the opening page: node opening_page.mjs <folder>. */

import { bundle } from '../bundle.mjs';

await bundle({ entry: 'publish/lite/open.ts', file: 'open.js', format: 'esm', out: process.argv[2] });
