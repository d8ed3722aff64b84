/** Stamps are kept in entries that the server and every reader take: never more, and never longer, than one entry may hold. */
import { Check } from "typebox/value";
import { expect, test } from "vitest";
import { mostStamps, TimestampBody, type KeptStamp } from "#services/dossier/contract/capture.ts";
import { hasRoom } from "./evidence.ts";

const stampOf = (length: number): KeptStamp => ({
  item: "0199b1c4-1111-7222-8333-444455556666",
  record: "A".repeat(43),
  nonce: "A".repeat(11),
  response: "A".repeat(length),
  at: "2026-03-12T09:10:11.000Z",
  authority: "\u20AC".repeat(200),
});

/** The entries that stamps of these lengths come to. */
function entriesOf(lengths: readonly number[]): KeptStamp[][] {
  const entries: KeptStamp[][] = [];
  let held: KeptStamp[] = [];
  for (const stamp of lengths.map(stampOf)) {
    if (!hasRoom(held, stamp)) {
      entries.push(held);
      held = [];
    }
    held.push(stamp);
  }
  return [...entries, held];
}

test.each([
  ["many small ones", Array<number>(250).fill(100), 3],
  ["the longest there are", Array<number>(4).fill(88_000), 2],
  ["small ones and then the longest", [...Array<number>(60).fill(1_600), 88_000, 88_000], 2],
])("%s: each entry has the shape the contract asks for and fits under the seal", (_what, lengths, least) => {
  const entries = entriesOf(lengths);
  expect(entries.length).toBeGreaterThanOrEqual(least);
  expect(entries.flat()).toHaveLength(lengths.length);
  for (const stamps of entries) {
    const body = { version: 1, stamps };
    expect(Check(TimestampBody, body)).toBe(true);
    expect(stamps.length).toBeLessThanOrEqual(mostStamps);
    // Padding adds at most an eighth, and the header of an age file some hundred bytes.
    expect(new TextEncoder().encode(JSON.stringify(body)).length * 1.125 + 1_000).toBeLessThan(256 * 1024);
  }
});
