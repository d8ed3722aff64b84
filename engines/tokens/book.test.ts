/** The book of keys: what is known is not read again, what another server just made is found, forged tokens cost one look together, and a reading that fails spoils nothing. */
import { beforeAll, expect, test, vi } from "vitest";
import { KeyBook, generateIssuerKey, signBlinded, type BookedKey, type IssuerKey } from "./server.ts";
import { encodeToken, finishToken, requestToken } from "./index.ts";

let first: IssuerKey;
let second: IssuerKey;
const now = new Date("2026-11-26T12:00:00Z");

async function tokenOf(issuer: IssuerKey): Promise<string> {
  const pending = await requestToken(issuer.key);
  return encodeToken(await finishToken(issuer.key, pending, Uint8Array.from(signBlinded(issuer, pending.blinded))));
}
const code = async (attempt: Promise<unknown>): Promise<string> =>
  await attempt.then(
    () => "done",
    (error: unknown) => (error instanceof Error ? ("code" in error ? String(error.code) : error.message) : "?"),
  );

/** A table of keys in memory that counts how often it is read. */
function bookOf(keys: BookedKey<string>[]): {
  readonly book: KeyBook<string>;
  readonly read: ReturnType<typeof vi.fn<(now: Date) => Promise<BookedKey<string>[]>>>;
} {
  const read = vi.fn(async (_now: Date) => [...keys]);
  return { book: new KeyBook(read, "Not taken here."), read };
}

beforeAll(async () => {
  first = await generateIssuerKey("2026", "een", 2048);
  second = await generateIssuerKey("2026", "twee", 2048);
});

test("a token is told where it belongs, and its key is read once for all that come", async () => {
  const { book, read } = bookOf([{ key: first.key, place: "hier" }]);
  const tokens = await Promise.all(Array.from({ length: 5 }, async () => await tokenOf(first)));
  const told = await Promise.all(tokens.map(async (token) => await book.verify(token, now)));
  expect(told.map(({ place }) => place)).toEqual(Array.from({ length: 5 }, () => "hier"));
  expect(new Set(told.map(({ spent }) => spent.spend)).size).toBe(5);
  expect(told[0]?.spent).toMatchObject({ keyId: first.key.id, wave: "2026", stratum: "een" });
  await book.verify(await tokenOf(first), now);
  expect(read.mock.calls).toEqual([[now]]);
});

test("a key that another server made after the reading is found, no sooner than a second after it", async () => {
  const keys = [{ key: first.key, place: "hier" }];
  const { book, read } = bookOf(keys);
  const began = performance.now();
  await book.verify(await tokenOf(first), now);
  keys.push({ key: second.key, place: "daar" });
  expect((await book.verify(await tokenOf(second), now)).place).toBe("daar");
  expect(performance.now() - began).toBeGreaterThanOrEqual(999);
  expect(read).toHaveBeenCalledTimes(2);
});

test("a key this process made is found at once", async () => {
  const keys = [{ key: first.key, place: "hier" }];
  const { book } = bookOf(keys);
  await book.verify(await tokenOf(first), now);
  const waits = vi.spyOn(globalThis, "setTimeout");
  keys.push({ key: second.key, place: "daar" });
  book.outdated();
  expect((await book.verify(await tokenOf(second), now)).place).toBe("daar");
  expect(waits).not.toHaveBeenCalled();
  waits.mockRestore();
});

test("many tokens that name no key cost one look together, and are refused with the words of the house", async () => {
  const { book, read } = bookOf([{ key: first.key, place: "hier" }]);
  const strange = await tokenOf(second);
  const refused = await Promise.allSettled(Array.from({ length: 20 }, async () => await book.verify(strange, now)));
  expect(refused.every((one) => one.status === "rejected")).toBe(true);
  expect(refused[0]).toMatchObject({ reason: { code: "key-missing", message: "Not taken here." } });
  expect(read).toHaveBeenCalledTimes(1);
  // Who is known does not wait for those.
  const again = book.verify(strange, now);
  expect((await book.verify(await tokenOf(first), now)).place).toBe("hier");
  expect(read).toHaveBeenCalledTimes(1);
  expect(await code(again)).toBe("key-missing");
  expect(read).toHaveBeenCalledTimes(2);
});

test("a reading that fails is said as it is, keeps what was known, and is tried again by the next", async () => {
  const { book, read } = bookOf([{ key: first.key, place: "hier" }]);
  read.mockRejectedValueOnce(new Error("away"));
  expect(await code(book.verify(await tokenOf(first), now))).toBe("away");
  expect(await code(book.verify(await tokenOf(first), now))).toBe("done");
  book.outdated();
  read.mockRejectedValueOnce(new Error("away"));
  expect(await code(book.verify(await tokenOf(second), now))).toBe("away");
  expect(await code(book.verify(await tokenOf(first), now))).toBe("done");
});

test("what is no token is not looked for, and a signature of another key does not hold", async () => {
  const { book, read } = bookOf([{ key: first.key, place: "hier" }]);
  expect(await code(book.verify("geen", now))).toBe("token-malformed");
  expect(read).not.toHaveBeenCalled();
  const token = await tokenOf(first);
  const forged = `${token.slice(0, -6)}${token.slice(-6, -5) === "A" ? "B" : "A"}${token.slice(-5)}`;
  expect(await code(book.verify(forged, now))).toBe("signature-invalid");
});
