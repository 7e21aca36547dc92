/** The table of decision diagrams: loaded, and walked. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Table } from '../../../../widgets/engine/table';
import { choose, end, type Tree, written } from './small_knowledge';

const [A, B, C] = [0, 1, 2];
const SIZES = [2, 3, 11];
const [yes, no] = [end(true), end(false)];

/** The first is true where a is set, or b is at its middle and c is not its first; eleven options need a letter. */
const either = choose(A, choose(B, no, choose(C, no, ...Array<Tree>(10).fill(yes)), no), yes);
const many = choose(C, ...Array.from({ length: 11 }, (_, option) => end(option)));
const [rulebook, [root, numbers, always]] = written([A, B, C], [either, many, yes]) as [
  ReturnType<typeof written>[0],
  [number, number, number],
];
const table = new Table(rulebook, rulebook.ends);

const values = (...given: number[]) => Int8Array.from(given);

function* states(): Generator<Int8Array> {
  for (let a = -1; a < SIZES[A]!; a++)
    for (let b = -1; b < SIZES[B]!; b++) for (let c = -1; c < SIZES[C]!; c++) yield values(a, b, c);
}

/** What a tree comes to in every completion, worked out without a table. */
function plainly(tree: Tree, state: Int8Array): unknown[] {
  if ('end' in tree) return [tree.end];
  const known = state[tree.variable]!;
  return known >= 0 ? plainly(tree.next[known]!, state) : tree.next.flatMap((each) => plainly(each, state));
}

test('every state reaches the terminals that the tree comes to', () => {
  for (const state of states())
    for (const [node, tree] of [[root, either], [numbers, many]] as const) {
      const expected = new Set(plainly(tree, state));
      const reached = table.reached(node, state);
      assert.equal(reached.length, expected.size, 'each terminal is given once');
      assert.deepEqual(new Set(reached), expected);
      assert.equal(table.only(node, state), expected.size === 1 ? [...expected][0] : null);
    }
});

test('a terminal is a root as well', () => {
  assert.deepEqual(table.reached(always, values(-1, -1, -1)), [true]);
  assert.equal(table.only(always, values(0, 0, 0)), true);
});

test('the support is what some completion depends on', () => {
  const same = (terminal: unknown) => terminal;
  assert.deepEqual(table.support(root, values(-1, -1, -1), same), new Set([A, B, C]));
  assert.deepEqual(table.support(root, values(0, -1, -1), same), new Set([B, C]));
  assert.deepEqual(table.support(root, values(0, 1, -1), same), new Set([C]));
  assert.deepEqual(table.support(root, values(1, -1, -1), same), new Set());
  for (const state of states()) {
    const found = table.support(root, state, same);
    for (const variable of [A, B, C]) {
      if (state[variable]! >= 0) assert.ok(!found.has(variable));
      else assert.equal(found.has(variable), depends(state, variable));
    }
  }
});

/** Whether two complete states that differ in one variable alone come to different terminals. */
function depends(state: Int8Array, variable: number): boolean {
  const others = [A, B, C].filter((each) => each !== variable && state[each]! < 0);
  const rests = others.reduce<Int8Array[]>(
    (rests, each) => rests.flatMap((rest) => Array.from({ length: SIZES[each]! }, (_, option) => withOption(rest, each, option))),
    [state],
  );
  return rests.some(
    (rest) => new Set(Array.from({ length: SIZES[variable]! }, (_, option) => plainly(either, withOption(rest, variable, option))[0])).size > 1,
  );
}

function withOption(state: Int8Array, variable: number, option: number): Int8Array {
  const copy = state.slice();
  copy[variable] = option;
  return copy;
}

test('the support leaves out what only terminals depend on that a view finds equal', () => {
  const large = (terminal: unknown) => (terminal as number) > 100;
  assert.deepEqual(table.support(numbers, values(-1, -1, -1), large), new Set());
  assert.deepEqual(table.support(numbers, values(-1, -1, -1), (terminal) => terminal === 3), new Set([C]));
});

test('each row comes before those that it leads to', () => {
  const { nodes, begins, next } = table.rowsOf(root);
  assert.equal(nodes[0], root);
  nodes.forEach((node, row) => {
    const children = [...next.slice(begins[row], begins[row + 1])];
    assert.equal(children.length, table.isTerminal(node) ? 0 : SIZES[table.variable(node)]);
    children.forEach((child, option) => {
      assert.ok(child > row);
      assert.equal(nodes[child], table.child(node, option));
    });
  });
});
