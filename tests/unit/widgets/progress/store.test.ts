/** Progress: what is stored, how two records are joined, and which files are refused. */

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { merge, parseProgress, restore } from '../../../../widgets/progress/backup_file';
import { type Answer, type Progress, serialise } from '../../../../widgets/progress/record';
import { deleteAll, recordAnswer, recordRead, recordUnread, storedProgress, unreadableText } from '../../../../widgets/progress/store';

class Storage {
  readonly texts = new Map<string, string>();
  full = false;

  getItem(key: string): string | null {
    return this.texts.get(key) ?? null;
  }

  setItem(key: string, text: string): void {
    if (this.full) throw new Error('QuotaExceededError');
    this.texts.set(key, text);
  }

  removeItem(key: string): void {
    this.texts.delete(key);
  }
}

let storage: Storage;
let told: string[];
beforeEach(() => {
  storage = new Storage();
  told = [];
  Object.assign(globalThis, { localStorage: storage, dispatchEvent: ({ type }: Event) => told.push(type) });
});

const right = (at: string): Answer => ({ at, right: true });
const wrong = (at: string): Answer => ({ at, right: false });
const record = (answers: Progress['answers'], pages: Progress['pages'] = {}): Progress => ({ version: 1, pages, answers });

// ── Storage ───────────────────────────────────────────────────────────────────

test('answers and pages are kept in their order, and a mark can be taken back', () => {
  assert.ok(recordAnswer('one/pain', { right: false }, '2026-01-01'));
  assert.ok(recordAnswer('one/pain', { right: true }, '2026-01-02'));
  assert.ok(recordRead('cases/one', '2026-01-02'));
  assert.deepEqual(storedProgress(), record({ 'one/pain': [wrong('2026-01-01'), right('2026-01-02')] }, { 'cases/one': { read: '2026-01-02' } }));
  assert.ok(recordUnread('cases/one'));
  assert.deepEqual(storedProgress().pages, {});
});

test('an answer is kept with how sure the reader was, and without where the reader did not say', () => {
  assert.ok(recordAnswer('one/pain', { right: true, confidence: 'certain' }, '2026-01-01'));
  assert.ok(recordAnswer('one/pain', { right: true }, '2026-01-02'));
  const [marked, unmarked] = storedProgress().answers['one/pain']!;
  assert.deepEqual(marked, { at: '2026-01-01', right: true, confidence: 'certain' });
  assert.deepEqual(Object.keys(unmarked!), ['at', 'right']);
});

test('the page is told of each change that was stored, and of none that was refused', () => {
  recordRead('cases/one', '2026-01-01');
  assert.equal(told.length, 1);
  storage.full = true;
  recordRead('cases/two', '2026-01-01');
  assert.equal(told.length, 1);
});

/** As the first edition stored it, before readers were asked how sure they were. */
const FIRST_EDITION =
  '{"version":1,"pages":{"book/scores/sins":{"read":"2026-03-02"}},"answers":{"sins/pain":[{"at":"2026-03-01","right":true},{"at":"2026-03-04","right":false}]}}';

test('a record of the first edition is read as it is, goes on, and its file is restored', () => {
  storage.setItem('casebook:learning', FIRST_EDITION);
  assert.deepEqual(storedProgress(), JSON.parse(FIRST_EDITION));
  assert.ok(recordAnswer('sins/pain', { right: true, confidence: 'guess' }, '2026-03-05'));
  assert.equal(storedProgress().answers['sins/pain']!.length, 3);
  assert.equal(unreadableText(), null);
  assert.ok(restore(FIRST_EDITION, 'replace'));
  assert.deepEqual(storedProgress(), JSON.parse(FIRST_EDITION));
});

test('a browser that refuses to store is told of, and nothing is lost', () => {
  recordAnswer('one/pain', { right: true }, '2026-01-01');
  const before = storedProgress();
  storage.full = true;
  assert.equal(recordAnswer('one/pain', { right: false }, '2026-01-02'), false);
  assert.deepEqual(storedProgress(), before);
});

test('text that cannot be read is put aside before anything is written', () => {
  storage.setItem('casebook:learning', '{"version": 99}');
  assert.deepEqual(storedProgress(), record({}));
  assert.ok(recordRead('cases/one', '2026-01-02'));
  assert.equal(unreadableText(), '{"version": 99}');
});

test('what was deleted can be taken back', () => {
  recordAnswer('one/pain', { right: true }, '2026-01-01');
  const before = storedProgress();
  const undo = deleteAll()!;
  assert.deepEqual(storedProgress(), record({}));
  assert.ok(undo());
  assert.deepEqual(storedProgress(), before);
});

// ── Files ─────────────────────────────────────────────────────────────────────

test('a file that was saved can be restored, and a second time changes nothing', () => {
  recordAnswer('one/pain', { right: true }, '2026-01-01');
  const file = serialise(storedProgress());
  recordAnswer('one/age', { right: false }, '2026-01-02');
  assert.ok(restore(file, 'merge'));
  const once = storedProgress();
  assert.ok(restore(file, 'merge'));
  assert.deepEqual(storedProgress(), once);
  assert.deepEqual(Object.keys(once.answers), ['one/pain', 'one/age']);
  assert.ok(restore(file, 'replace'));
  assert.deepEqual(Object.keys(storedProgress().answers), ['one/pain']);
});

test('two records are joined day by day; the record with more answers of a day is kept', () => {
  const one = record({ q: [right('2026-01-01'), wrong('2026-01-03')] }, { a: { read: '2026-01-05' } });
  const other = record({ q: [wrong('2026-01-01'), right('2026-01-01'), right('2026-01-02')] }, { a: { read: '2026-01-01' }, b: { read: '2026-01-01' } });
  const both = merge(one, other);
  assert.deepEqual(both.answers.q, [wrong('2026-01-01'), right('2026-01-01'), right('2026-01-02'), wrong('2026-01-03')]);
  assert.deepEqual(both.pages, { a: { read: '2026-01-05' }, b: { read: '2026-01-01' } });
  assert.deepEqual(merge(both, other), both);
});

test('how sure the reader was survives a file, and two records that are joined', () => {
  const sure: Answer = { at: '2026-01-01', right: true, confidence: 'fairly-sure' };
  const one = record({ q: [sure] });
  assert.deepEqual(parseProgress(serialise(one)), one);
  assert.deepEqual(merge(one, record({ q: [wrong('2026-01-02')] })).answers.q, [sure, wrong('2026-01-02')]);
});

test('a file that is none of ours is refused in a sentence that names what is wrong', () => {
  const files: readonly (readonly [string, RegExp])[] = [
    ['not JSON', /JSON/],
    ['[]', /progress|file/],
    ['{"version": 2, "pages": {}, "answers": {}}', /2/],
    ['{"version": 1, "pages": {"cases/one": {"read": "2026-13-01"}}, "answers": {}}', /cases\/one/],
    ['{"version": 1, "pages": {}, "answers": {"one/pain": [{"at": "2026-01-01"}]}}', /one\/pain/],
    ['{"version": 1, "pages": {}, "answers": {"one/pain": [{"at": "2026-01-01", "right": true, "confidence": "very"}]}}', /one\/pain/],
  ];
  for (const [text, named] of files) assert.throws(() => parseProgress(text), named);
});
