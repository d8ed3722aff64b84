/** Holds the sums by SIMD to the plain ones. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Block, gate, gateSlope, plainRoom, type Room, roomFor } from "./matrix.ts";

const most = 4_096;
/** Both rooms with the same numbers and bytes, after the same work. */
function worked(seed: number, work: (room: Room) => void): void {
  const [fast, plain] = [roomFor(most, most), plainRoom(most, most)].map((room) => {
    for (let at = 0; at < most; at += 1) {
      room.numbers[at] = Math.sin(at * 12.9898 + seed);
      room.bytes[at] = Math.round(127 * Math.sin(at * 78.233 + seed));
    }
    work(room);
    return room.numbers;
  });
  for (let at = 0; at < most; at += 1) expect(fast?.[at]).toBeCloseTo(plain?.[at] ?? Number.NaN, 3);
}

test("a sum of products: blocks of any size, also turned about", () => {
  fc.assert(
    fc.property(
      fc.record({ m: fc.nat(9), k: fc.nat(9), n: fc.constantFrom(8, 16, 24), turned: fc.boolean(), seed: fc.nat(1_000) }),
      ({ m, k, n, turned, seed }) => {
        const a: Block = turned ? { at: 0, row: 1, column: Math.max(1, m) } : { at: 0, row: Math.max(1, k), column: 1 };
        worked(seed, ({ add }) => add(a, { at: 512, row: n, column: 1 }, { at: 1_024, row: n, column: 1 }, m, k, n));
      },
    ),
  );
});

test("a look at neighbours: at the edges there are fewer", () => {
  fc.assert(
    fc.property(
      fc.record({ words: fc.nat(12), seen: fc.constantFrom(1, 3, 7), width: fc.constantFrom(4, 16), seed: fc.nat(1_000) }),
      ({ words, seen, width, seed }) => {
        const ofWord = width + seen * 2 * width;
        const places = Int32Array.from({ length: words }, (_, at) => 64 + ((at * 7 + seed) % 5) * ofWord);
        worked(seed, ({ look }) => look({ places, words, bias: 0, out: 3_000, seen, width }));
      },
    ),
  );
});

test("a sum of rows of a table, and the most of columns", () => {
  fc.assert(
    fc.property(
      fc.record({ list: fc.array(fc.nat(60), { maxLength: 115 }), rows: fc.integer({ min: 1, max: 9 }), seed: fc.nat(1_000) }),
      ({ list, rows, seed }) => {
        worked(seed, ({ sum, most: highest }) => {
          sum(Int32Array.from(list), list.length, 16, 0, 48, 0.013);
          highest(0, rows, 2_048, 48);
        });
      },
    ),
  );
});

test("a gate is closed, half open and open, and its slope is that of it", () => {
  expect([gate(-1e6), gate(0), gate(1e6)].map((one) => one.toFixed(4))).toEqual(["0.0000", "0.5000", "1.0000"]);
  for (const at of [-3, -0.2, 0.4, 2]) expect((gate(at + 1e-4) - gate(at - 1e-4)) / 2e-4).toBeCloseTo(gateSlope(at), 5);
});
