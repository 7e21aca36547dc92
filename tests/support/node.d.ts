/** What tests use of Node. */

declare module 'node:test' {
  export function test(name: string, run: () => void): void;
  export function beforeEach(run: () => void): void;
}

declare module 'node:assert/strict' {
  interface Assert {
    (value: unknown, message?: string): asserts value;
    ok(value: unknown, message?: string): asserts value;
    equal(actual: unknown, expected: unknown, message?: string): void;
    deepEqual(actual: unknown, expected: unknown, message?: string): void;
    match(text: string, expected: RegExp, message?: string): void;
    throws(run: () => unknown, error?: RegExp | (new (...given: never[]) => Error)): void;
  }
  const assert: Assert;
  export default assert;
}
