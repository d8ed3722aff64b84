/** Hostile input: whatever a parser is fed, it answers with a SealError or a value, never with another throw; and verify.ts cannot open anything. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concat, toBase64Url, utf8 } from "./bytes.ts";
import * as seal from "./index.ts";
import { parseRoster } from "./roster.ts";

const key = new Uint8Array(32).fill(7);
const place = { dossier: seal.newUuid(), item: seal.newUuid(), channel: "main" };
const sealed = await seal.sealJson({ demo: true }, key, place);
const header = seal.readAgeHeader(sealed) ?? new Uint8Array(0);
const pair = await seal.sealKeyPair(key);
const signer = await seal.signKeyPair(key);
const handed = await seal.handOver(key, pair.publicKey, { purpose: "item", subject: "a", to: "b" });

const text = fc.oneof(fc.string({ maxLength: 80 }), fc.string({ unit: "binary", maxLength: 80 }), fc.uint8Array({ maxLength: 1300 }).map(toBase64Url));
/** Arbitrary bytes, bytes after a true beginning, and true items with something changed. */
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc.uint8Array({ maxLength: 200 }).map((tail) => concat(utf8("age-encryption.org/v1\n-> rugdekking.nl/item 1 main\n"), tail)),
  fc
    .tuple(fc.nat(sealed.length - 1), fc.uint8Array({ maxLength: 6 }))
    .map(([at, middle]) => concat(sealed.subarray(0, at), middle, sealed.subarray(at + middle.length))),
);
const envelope = fc.record({
  payloadType: text,
  payload: fc.oneof(
    text,
    fc.json().map((json) => toBase64Url(utf8(json))),
  ),
  signatures: fc.array(fc.record({ keyid: text, sig: text }), { maxLength: 2 }),
});

/** Every way in, fed with one drawn value each. */
const doors: [string, fc.Arbitrary<() => unknown>][] = [
  ["parseUuid", fc.anything().map((value) => () => seal.parseUuid(value))],
  ["parseEnvelope", fc.anything().map((value) => () => seal.parseEnvelope(value))],
  ["readStatement", envelope.map((value) => () => seal.readStatement(value))],
  ["verifyStatement", envelope.map((value) => () => seal.verifyStatement(value, value.payloadType, signer.publicKey))],
  ["statementHash", envelope.map((value) => () => seal.statementHash(value))],
  ["verifyPersonCard", envelope.map((value) => () => seal.verifyPersonCard(value))],
  ["verifyRosterChain", envelope.map((value) => () => seal.verifyRosterChain([value], signer.publicKey))],
  ["parseRoster", fc.anything().map((value) => () => parseRoster(value))],
  ["keyIdOf", text.map((value) => () => seal.keyIdOf(value))],
  [
    "takeOver",
    text.map(
      (value) => () =>
        seal.takeOver(value.length % 2 === 0 ? `h1.${value}` : handed.slice(0, 200) + value + handed.slice(200 + value.length), pair, {
          purpose: "item",
          subject: "a",
          to: "b",
        }),
    ),
  ],
  ["handOver", text.map((value) => () => seal.handOver(key, value, { purpose: "item", subject: "a", to: "b" }))],
  ["readAgeHeader", bytes.map((value) => () => seal.readAgeHeader(value))],
  ["openItem", bytes.map((value) => () => seal.openItem(value, key, place))],
  ["openJsonWithFileKey", bytes.map((value) => () => seal.openJsonWithFileKey(value, key.subarray(0, 16)))],
  ["openStream", bytes.map((value) => async () => new Response(await seal.openStream(new Blob([new Uint8Array(value)]).stream(), key, place)).arrayBuffer())],
  ["itemFileKey", bytes.map((value) => () => seal.itemFileKey(value, key, place))],
  ["reheader", text.map((value) => async () => seal.reheader(header, await seal.itemFileKey(header, key, place), `age1${value}`))],
  ["parseReceiptCode", text.map((value) => () => seal.parseReceiptCode(value))],
  ["parseSheetCode", text.map((value) => () => seal.parseSheetCode(value))],
];

describe("garbage gives a SealError or a value, never another throw", () => {
  it.each(doors)("%s", async (_, door) => {
    await fc.assert(
      fc.asyncProperty(door, async (enter) => {
        try {
          await enter();
        } catch (cause) {
          expect(cause).toBeInstanceOf(seal.SealError);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("the wall behind verify.ts", () => {
  it("reaches no file that decrypts, derives or signs, and no library that does", () => {
    const seen = new Set<string>();
    const libraries = new Set<string>();
    const visit = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      const source = readFileSync(new URL(file, import.meta.url), "utf8");
      expect(source, file).not.toMatch(/\.(decrypt|encrypt|deriveBits|deriveKey|decapsulateBits|sign)\(/);
      for (const [, name = ""] of source.matchAll(/from "([^"]+)"/g)) {
        if (name.startsWith("./")) visit(name);
        else libraries.add(name);
      }
    };
    visit("./verify.ts");
    expect(seen.size).toBeGreaterThan(6);
    expect([...libraries].toSorted()).toEqual(["@noble/hashes/sha2.js", "@scure/base", "uuid"]);
  });
  it("lets nothing through by name that index.ts adds", async () => {
    const verify = Object.keys(await import("./verify.ts"));
    for (const name of ["takeOver", "openItem", "openUnlock", "signStatement", "sealKeyPair", "openDeskKeys"]) {
      expect(Object.keys(seal)).toContain(name);
      expect(verify).not.toContain(name);
    }
  });
});
