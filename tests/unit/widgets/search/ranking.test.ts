/** The search: spellings, synonyms, and the order of what is found. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Passages } from '../../../../widgets/search/passages';
import { Ranking } from '../../../../widgets/search/ranking';
import { foundWords, snippet } from '../../../../widgets/search/snippet';
import { variantsOf } from '../../../../widgets/search/variants';
import { Words } from '../../../../widgets/search/words';

/** A stemmer that takes off a plural is enough here. */
const LANGUAGE = { stem: (word: string) => word.replace(/(?<=...)s$/, ''), stopWords: ['the', 'of', 'or'] };

const GIVEN: Passages = {
  pages: [
    ['glossary', 'Glossary', 1],
    ['surgery', 'Surgery', 1],
    ['rules', 'All rules', 0.4],
  ],
  passages: [
    [0, 'term-CES', '', 'Cauda equina syndrome', 'Damage to the roots. An emergency.'],
    [1, 'when', 'When to operate', '', 'Cauda equina syndrome is an emergency, and embolisation of the tumour waits.'],
    [2, 'r1', 'Surgery', 'R1', 'Cauda equina syndrome is an emergency, and embolisation of the tumour waits.'],
  ],
  synonyms: [['Cauda equina syndrome', 'CES']],
  spellings: [
    ['tumor', 'tumour'],
    ['-ization', '-isation'],
  ],
};

const words = new Words(LANGUAGE, GIVEN.spellings);
const search = (query: string) => new Ranking(GIVEN, words).search(query);

test('American spellings are those of the book', () => {
  assert.deepEqual(words.of('Embolization of the tumors'), words.of('embolisation, tumours'));
});

test('a synonym replaces the words that it means, and nothing else', () => {
  const variants = variantsOf('emergency CES surgery', GIVEN.synonyms, words);
  assert.deepEqual(variants.map(({ stems }) => stems.join(' ')), [
    'emergency ces surgery',
    'emergency cauda equina syndrome surgery',
  ]);
});

test('a defined term comes first, and a page that only lists comes last', () => {
  assert.deepEqual(search('CES').pages.map(({ name }) => name), ['glossary', 'surgery', 'rules']);
  assert.deepEqual(search('CES').synonyms, ['Cauda equina syndrome']);
});

test('every word must be found', () => {
  assert.deepEqual(search('emergency tumor').pages.map(({ name }) => name), ['surgery', 'rules']);
  assert.deepEqual(search('emergency xylophone').pages, []);
  assert.deepEqual(search('the of').pages, []);
});

test('a word that no passage has finds the words that begin with it', () => {
  assert.deepEqual(search('emboli').pages.map(({ name }) => name), ['surgery', 'rules']);
});

test('a snippet shows what was found, and a link passes it on', () => {
  const text = 'Cauda equina syndrome is an emergency, and embolisation of the tumour waits.';
  const stems = new Set(words.of('tumor'));
  assert.deepEqual(snippet(text, stems, words).filter(({ found }) => found).map((piece) => piece.text), ['tumour']);
  assert.deepEqual(foundWords(text, stems, words), ['tumour']);
});
