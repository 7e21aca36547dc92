/** Progress: when a question is due again, how two records are joined, and which files are refused. */

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import {
  type Answer,
  BOXES,
  deleteAll,
  due,
  type Progress,
  recordAnswer,
  recordRead,
  recordUnread,
  serialise,
  storedProgress,
  unreadableText,
} from '../../../../widgets/progress/store';
import { merge, parseProgress, restore } from '../../../../widgets/progress/backup_file';

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
beforeEach(() => {
  storage = new Storage();
  Object.assign(globalThis, { localStorage: storage });
});

const right = (at: string): Answer => ({ at, right: true });
const wrong = (at: string): Answer => ({ at, right: false });
const record = (answers: Progress['answers'], pages: Progress['pages'] = {}): Progress => ({ version: 1, pages, answers });

// ── Spaced repetition ─────────────────────────────────────────────────────────

test('a question that was never answered is not due', () => {
  assert.equal(due([]), null);
});

test('a first answer, right or wrong, is asked again on the next day', () => {
  for (const answer of [right('2026-03-14'), wrong('2026-03-14')]) {
    assert.deepEqual(due([answer], '2026-03-14'), { box: 1, on: '2026-03-15', now: false });
    assert.deepEqual(due([answer], '2026-03-15'), { box: 1, on: '2026-03-15', now: true });
  }
});

test('a right answer on the day that it is due goes one box on, up to the last', () => {
  const history = [right('2026-01-01')];
  for (const box of [1, 2, 3, 4, 5, 5]) {
    const next = due(history, '2026-01-01')!;
    assert.equal(next.box, box);
    const days = (Date.parse(next.on) - Date.parse(history.at(-1)!.at)) / 86_400_000;
    assert.equal(days, BOXES[box - 1]);
    history.push(right(next.on));
  }
});

test('a right answer before it is due changes nothing', () => {
  const twice = [right('2026-01-01'), right('2026-01-01')];
  assert.deepEqual(due(twice, '2026-01-01'), due(twice.slice(0, 1), '2026-01-01'));
});

test('a wrong answer goes back to the first box, also before it is due', () => {
  const history = [right('2026-01-01'), right('2026-01-02'), wrong('2026-01-03')];
  assert.deepEqual(due(history, '2026-01-03'), { box: 1, on: '2026-01-04', now: false });
});

test('days are those of the calendar, over the end of February and of the year', () => {
  assert.equal(due([right('2028-02-28')])!.on, '2028-02-29');
  assert.equal(due([right('2027-12-31')])!.on, '2028-01-01');
});

// ── Storage ───────────────────────────────────────────────────────────────────

test('answers and pages are kept in their order, and a mark can be taken back', () => {
  assert.ok(recordAnswer('one/pain', false, '2026-01-01'));
  assert.ok(recordAnswer('one/pain', true, '2026-01-02'));
  assert.ok(recordRead('cases/one', '2026-01-02'));
  assert.deepEqual(storedProgress(), record({ 'one/pain': [wrong('2026-01-01'), right('2026-01-02')] }, { 'cases/one': { read: '2026-01-02' } }));
  assert.ok(recordUnread('cases/one'));
  assert.deepEqual(storedProgress().pages, {});
});

test('a browser that refuses to store is told of, and nothing is lost', () => {
  recordAnswer('one/pain', true, '2026-01-01');
  const before = storedProgress();
  storage.full = true;
  assert.equal(recordAnswer('one/pain', false, '2026-01-02'), false);
  assert.deepEqual(storedProgress(), before);
});

test('text that cannot be read is put aside before anything is written', () => {
  storage.setItem('casebook:learning', '{"version": 99}');
  assert.deepEqual(storedProgress(), record({}));
  assert.ok(recordRead('cases/one', '2026-01-02'));
  assert.equal(unreadableText(), '{"version": 99}');
});

test('what was deleted can be taken back', () => {
  recordAnswer('one/pain', true, '2026-01-01');
  const before = storedProgress();
  const undo = deleteAll()!;
  assert.deepEqual(storedProgress(), record({}));
  assert.ok(undo());
  assert.deepEqual(storedProgress(), before);
});

// ── Files ─────────────────────────────────────────────────────────────────────

test('a file that was saved can be restored, and a second time changes nothing', () => {
  recordAnswer('one/pain', true, '2026-01-01');
  const file = serialise();
  recordAnswer('one/age', false, '2026-01-02');
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

test('a file that is none of ours is refused in a sentence that names what is wrong', () => {
  const files: readonly (readonly [string, RegExp])[] = [
    ['not JSON', /JSON/],
    ['[]', /progress|file/],
    ['{"version": 2, "pages": {}, "answers": {}}', /2/],
    ['{"version": 1, "pages": {"cases/one": {"read": "2026-13-01"}}, "answers": {}}', /cases\/one/],
    ['{"version": 1, "pages": {}, "answers": {"one/pain": [{"at": "2026-01-01"}]}}', /one\/pain/],
  ];
  for (const [text, told] of files) assert.throws(() => parseProgress(text), told);
});
