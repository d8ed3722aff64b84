/** Rows and groups: what stands side by side has one key and the order it came in, also when whoever wrote the messages chose the keys. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Groups, Rows } from "./column.ts";

const grouped = (keys: readonly number[], shift: number): Map<number, number[]> => {
  const groups = new Groups(keys.length);
  keys.forEach((key, row) => groups.add(row, key));
  groups.group(shift);
  const found = new Map<number, number[]>();
  let before: number | null = null;
  for (let at = 0; at < keys.length; at++) {
    const key = groups.keys[at] ?? 0;
    // A key that comes back after another was not put side by side.
    if (key !== before && found.has(key)) throw new Error(`key ${key} stands in two places`);
    found.set(key, [...(found.get(key) ?? []), groups.rows[at] ?? 0]);
    before = key;
  }
  return found;
};
const plainly = (keys: readonly number[]): Map<number, number[]> => {
  const found = new Map<number, number[]>();
  keys.forEach((key, row) => found.set(key, [...(found.get(key) ?? []), row]));
  return found;
};

describe("groups", () => {
  const few = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 300 });
  const wide = fc.array(fc.integer({ min: 0, max: 0xffff_ffff }), { maxLength: 300 });
  test("are those of a plain count, in the order the rows came in, for keys that differ little and keys that differ much", () => {
    fc.assert(
      fc.property(fc.oneof(few, wide), fc.constantFrom(0, 12, 16), (keys, shift) => {
        expect(grouped(keys, shift)).toEqual(plainly(keys));
      }),
    );
  });

  test("the room is used again for the next", () => {
    const groups = new Groups(4);
    for (const keys of [
      [7, 3, 7, 3],
      [5, 5],
    ]) {
      keys.forEach((key, row) => groups.add(row, key));
      groups.group(0);
      expect([...groups.keys.subarray(0, keys.length)].toSorted((a, b) => a - b)).toEqual(keys.toSorted((a, b) => a - b));
    }
  });

  test("a hundred thousand keys that all differ, and not in the bits that are looked at first, take no square of that", () => {
    // One by one it would be 5,000,000,000 moves: minutes.
    const keys = Array.from({ length: 100_000 }, (_, at) => 4_000 - (at % 4_001));
    expect(grouped(keys, 12).size).toBe(4_001);
    expect(grouped(keys, 16)).toEqual(plainly(keys));
  });
});

test("a million rows of one key take no room but their own", () => {
  const many = 1_000_000;
  const groups = new Groups(many);
  for (let row = 0; row < many; row++) groups.add(row, 0xffff_0000);
  const before = process.memoryUsage().heapUsed;
  groups.group(12);
  // As objects, one for each row, it was 53 MB.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(8_000_000);
  expect([groups.rows[0], groups.rows[many - 1], groups.keys[0], groups.keys[many - 1]]).toEqual([0, many - 1, 0xffff_0000, 0xffff_0000]);
});

test("rows come back in pieces as they were pushed", () => {
  const rows = new Rows(3);
  const count = 20_000;
  for (let row = 0; row < count; row++) rows.push(Uint32Array.of(row, row * 2, 0xffff_ffff - row));
  let next = 0;
  for (const { from, rows: here, numbers } of rows.pieces())
    for (let row = 0; row < here; row++, next++) {
      expect(from + row).toBe(next);
      expect([...numbers.subarray(row * 3, row * 3 + 3)]).toEqual([next, next * 2, 0xffff_ffff - next]);
    }
  expect(next).toBe(count);
});
