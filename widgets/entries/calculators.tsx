/** Entry of calculators.js, loaded by the pages that have a calculator. */

import catalogue from '../../casebook/knowledge/messages/en.json';
import { Calculator } from '../calculator/calculator';
import { addMessages } from '../engine/messages';
import { afterPaint } from '../frontend/scheduling';
import { Oswestry } from '../oswestry/oswestry';
import { kinds } from './draw';
import { hydrate } from './hydrate';

// The build reduces the catalogue to the messages that this script names and page.js does not.
addMessages(catalogue.messages);
const calculators: typeof kinds = {
  calculator: ({ model }, instance) => <Calculator model={model} instance={instance} />,
  disability: ({ model }, instance) => <Oswestry model={model} instance={instance} />,
};
Object.assign(kinds, calculators);

// Absent in a notebook, and in a page whose knowledge could not be loaded.
const live = window.casebook?.live;
if (live) afterPaint(() => hydrate(live.book, live.found, ({ kind }) => kind in calculators));
