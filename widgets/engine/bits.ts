/** Sets of whole numbers, as the bits of an array. */

export type Bits = Int32Array<ArrayBuffer>;

/** Room for the numbers below `size`, and a few more. */
export function bitsFor(size: number): Bits {
  return new Int32Array((size >> 5) + 1);
}

export function has(bits: Bits, place: number): boolean {
  return !!(bits[place >> 5]! & (1 << (place & 31)));
}

export function put(bits: Bits, place: number): void {
  bits[place >> 5]! |= 1 << (place & 31);
}

export function unite(into: Bits, more: Bits): void {
  for (let at = 0; at < into.length; at++) into[at]! |= more[at]!;
}

export function remove(from: Bits, less: Bits): void {
  for (let at = 0; at < from.length; at++) from[at]! &= ~less[at]!;
}
