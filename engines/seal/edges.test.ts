/** Where each rule of this engine begins and ends: the last length, moment or place that is taken and the first that is not, and the exact bytes others must be able to make. Run by vitest only. */
import { createHash, type Hash, hkdfSync } from "node:crypto";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  concat,
  fromBase64Url,
  fromUtf8,
  isRecord,
  newUuid,
  parseUuid,
  plain,
  randomBytes,
  sameBytes,
  toBase64Url,
  utf8,
  uuidFromBytes,
  wipe,
} from "./bytes.ts";
import { codeData, codeFromValues, isWhole } from "./code.ts";
import { placeBytes, wrapKeyOf } from "./dossier.ts";
import { MOST_HEADER_BYTES } from "./header.ts";
import { contextBytes } from "./handover.ts";
import {
  channelKey,
  generateDossierKey,
  generateSeed,
  cutTo,
  generatePaperShare,
  generateSheetCode,
  handOver,
  type HandOver,
  type ItemPlace,
  itemFileKey,
  joinShares,
  newDesk,
  newPassphraseParameters,
  newRecovery,
  nextEpoch,
  openDeskKeys,
  openItem,
  openItemWithFileKey,
  openJson,
  openJsonWithFileKey,
  openPerson,
  openShare,
  openStream,
  paperShareKeys,
  passphraseSecret,
  passShare,
  readAgeHeader,
  readStatement,
  recoveredEpoch,
  SealError,
  sealItem,
  sealJson,
  sealKeyPair,
  sealStream,
  sealUnlock,
  signKeyPair,
  statementHash,
  takeOver,
  unlockSigner,
} from "./index.ts";
import { generateInvitationCode, invitationKind, invitationProof, parseInvitationCode } from "./invitation.ts";
import { hybridKem, mlKemProvider } from "./kem.ts";
import { bundleOf, newPerson, secretsOf } from "./person.ts";
import { parseReceiptCode, receiptKind } from "./receipt.ts";
import { claimCode, claimDigest, halfDigest, sealedDigest, shareDigest } from "./recovery-statements.ts";
import type { Roster } from "./roster.ts";
import { isSealedKey, parseSealedKey, spellSealedKey } from "./sealed-key.ts";
import { clockSlack, laterOf, mayFollow, rostersInForce, takenAhead, takenBehind } from "./stated-time.ts";
import { methodId } from "./unlock.ts";

const coded = (code: string, data?: object) => expect.objectContaining({ name: "SealError", code, ...(data === undefined ? {} : { data }) });
const thrown = (work: () => unknown): unknown => {
  try {
    work();
  } catch (cause) {
    return cause;
  }
  return null;
};
const one = "0199b1c4-1111-7222-8333-444455556666";
const other = "0199b1c4-1111-7222-8333-444455556667";
const key = new Uint8Array(32).fill(7);
const place: ItemPlace = { dossier: one, item: other, channel: "main" };

describe("bytes", () => {
  it("an id is a whole lower-case UUID of version 4 or 7", () => {
    for (const id of [one, one.replace("7222", "4222"), one.replace("8333", "9333"), one.replace("8333", "b333"), newUuid()]) expect(parseUuid(id)).toBe(id);
    expect(newUuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    for (const id of [`${one}\n`, `{${one}}`, one.replaceAll("-", ""), one.replace("7222", "5222"), one.replace("8333", "7333"), [one], null])
      expect(() => parseUuid(id)).toThrow(coded("id-malformed"));
  });
  it("sixteen bytes become an id that keeps all bits but the six of version and variant", () => {
    const rising = Uint8Array.from({ length: 20 }, (_, at) => at * 13 + 3);
    expect(uuidFromBytes(rising)).toBe("03101d2a-3744-415e-ab78-85929facb9c6");
    expect(uuidFromBytes(new Uint8Array(16).fill(0xff))).toBe("ffffffff-ffff-4fff-bfff-ffffffffffff");
    expect(uuidFromBytes(new Uint8Array(16))).toBe("00000000-0000-4000-8000-000000000000");
    expect(rising[6]).toBe(81);
  });
  it("base64url that is none is refused under the code that was asked for", () => {
    for (const text of ["A", "AB", "AA=", "AA==", "A A", "AA\n", "+/", null, 7]) {
      expect(() => fromBase64Url(text, "It")).toThrow(coded("encoding-malformed"));
      expect(() => fromBase64Url(text, "It", "key-malformed")).toThrow(coded("key-malformed"));
    }
    expect(fromBase64Url("", "It")).toEqual(new Uint8Array(0));
    expect(toBase64Url(Uint8Array.of(0xfb, 0xff))).toBe("-_8");
  });
  it("UTF-8 is strict and keeps a byte-order mark", () => {
    expect(fromUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61), "It", "item-malformed")).toBe("\ufeffa");
    for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82]])
      expect(() => fromUtf8(Uint8Array.from(bytes), "It", "item-malformed")).toThrow(coded("item-malformed"));
  });
  it("what lies in shared memory is copied, anything else is not", () => {
    const shared = new Uint8Array(new SharedArrayBuffer(2)).fill(5);
    expect(plain(shared)).toEqual(Uint8Array.of(5, 5));
    expect(plain(shared).buffer).toBeInstanceOf(ArrayBuffer);
    expect(plain(key)).toBe(key);
  });
  it("compares, joins, wipes and tells objects from what is none", () => {
    expect([sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2)), sameBytes(new Uint8Array(0), new Uint8Array(0))]).toEqual([true, true]);
    for (const [a, b] of [
      [
        [1, 2],
        [1, 3],
      ],
      [
        [2, 2],
        [1, 2],
      ],
      [[1], [1, 0]],
      [[1, 0], [1]],
      [
        [0, 1],
        [1, 0],
      ],
    ] as const)
      expect(sameBytes(Uint8Array.from(a), Uint8Array.from(b))).toBe(false);
    expect(concat(Uint8Array.of(1), new Uint8Array(0), Uint8Array.of(2, 3))).toEqual(Uint8Array.of(1, 2, 3));
    const [a, b] = [randomBytes(40), randomBytes(40)];
    expect([a.length, sameBytes(a, b)]).toEqual([40, false]);
    wipe(a, b);
    expect([a, b]).toEqual([new Uint8Array(40), new Uint8Array(40)]);
    expect([{}, { a: 1 }, null, [], "a", 1, undefined].map(isRecord)).toEqual([true, true, false, false, false, false, false]);
  });
  it("an error has a name, a code and data, which is empty unless given", () => {
    expect(new SealError("item-refused", "why")).toMatchObject({ name: "SealError", code: "item-refused", message: "why", data: {} });
  });
});

describe("what a browser does without Node's calls", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });
  it("is what Node does: base64url, digests, signatures", async () => {
    const node = await import("./index.ts");
    const { toBase64Url: native } = await import("./bytes.ts");
    const pair = await node.signKeyPair(key);
    const statement = await node.signStatement("t", { n: 1 }, pair);
    vi.resetModules();
    vi.stubGlobal("process", { env: process.env, getBuiltinModule: undefined });
    const bytes = await import("./bytes.ts");
    const { nativeSha256, nativeVerify, nativeToBase64Url, nativeFromBase64Url } = await import("./native.ts");
    const { digestOf } = await import("./digest.ts");
    const { verifyStatement } = await import("./envelope.ts");
    expect([nativeSha256, nativeVerify, nativeToBase64Url, nativeFromBase64Url]).toEqual([null, null, null, null]);
    for (let length = 0; length < 9; length += 1) {
      const some = Uint8Array.from({ length }, (_, at) => 250 + at);
      expect(bytes.toBase64Url(some)).toBe(native(some));
      expect(bytes.fromBase64Url(native(some), "It")).toEqual(some);
    }
    for (const text of ["A", "AB", "AA=", "AA==", "AAAA=", "A A", "AA\n", "+/", "é"])
      expect(thrown(() => bytes.fromBase64Url(text, "It"))).toMatchObject({ code: "encoding-malformed" });
    expect(await digestOf(utf8("abc"))).toBe("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
    expect(await verifyStatement(statement, "t", pair.publicKey)).toMatchObject({ payload: { n: 1 } });
    const stranger = await node.signKeyPair(new Uint8Array(32).fill(8));
    await expect(verifyStatement({ ...statement, payload: "e30" }, "t", pair.publicKey)).rejects.toMatchObject({ code: "signature-invalid" });
    const inTheirName = { ...statement, signatures: [{ keyid: stranger.keyId, sig: statement.signatures[0]?.sig ?? "" }] };
    await expect(verifyStatement(inTheirName, "t", stranger.publicKey)).rejects.toMatchObject({ code: "signature-invalid" });
    await expect(verifyStatement({ ...statement, signatures: [{ keyid: pair.keyId, sig: "AAAA" }] }, "t", pair.publicKey)).rejects.toMatchObject({
      code: "signature-invalid",
    });
  });
});

describe("codes", () => {
  const code = codeFromValues(
    receiptKind,
    Array.from({ length: 20 }, (_, at) => at),
  );
  it("take the low five bits of each value, and give their data back", () => {
    expect(
      codeFromValues(
        receiptKind,
        Array.from({ length: 20 }, (_, at) => at + 32),
      ),
    ).toBe(code);
    expect(
      codeFromValues(
        receiptKind,
        Array.from({ length: 20 }, () => 31),
      ).slice(0, 24),
    ).toBe("ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ");
    expect(codeData(receiptKind, code)).toBe("0123456789ABCDEFGHJK");
    expect(isWhole(receiptKind, code.replaceAll("-", ""))).toBe(true);
    expect(isWhole(receiptKind, `${code.replaceAll("-", "")}0`)).toBe(false);
  });
  it("may stand among dots, dashes, underscores and blanks, up to 200 characters in all", () => {
    expect(parseReceiptCode(code.replaceAll("-", " . – — _ \t"))).toBe(code);
    expect(parseReceiptCode(code.padStart(200, " "))).toBe(code);
    expect(() => parseReceiptCode(code.padStart(201, " "))).toThrow(coded("receipt-malformed", {}));
    expect(thrown(() => parseReceiptCode(code.replace("0", "*")))).toMatchObject({ data: { group: 1 } });
    expect(thrown(() => parseReceiptCode(`${code}u`))).toMatchObject({ data: { group: 7 } });
    expect(thrown(() => parseReceiptCode(`${code}0`))).toMatchObject({ data: { characters: 25, expected: 24 } });
  });
  it("name the group of two neighbours that were swapped, within a group and across two, and of none when it cannot be told", () => {
    const bare = code.replaceAll("-", "");
    const swapped = (at: number) => bare.slice(0, at) + bare.charAt(at + 1) + bare.charAt(at) + bare.slice(at + 2);
    for (const [at, group] of [
      [0, 1],
      [3, 1],
      [4, 2],
      [18, 5],
      [22, 6],
    ] as const)
      expect(thrown(() => parseReceiptCode(swapped(at)))).toMatchObject({ code: "receipt-malformed", data: { group } });
    for (const [at, group] of [
      [0, 1],
      [4, 2],
      [19, 5],
      [20, 6],
      [23, 6],
    ] as const)
      expect(thrown(() => parseReceiptCode(bare.slice(0, at) + (bare.charAt(at) === "7" ? "8" : "7") + bare.slice(at + 1)))).toMatchObject({ data: { group } });
    expect(thrown(() => parseReceiptCode("7".repeat(24)))).toMatchObject({ code: "receipt-malformed", data: {} });
  });
  it("of invitations prove one wave each, with a proof that never changes", () => {
    const invitation = codeFromValues(
      invitationKind,
      Array.from({ length: 20 }, (_, at) => at),
    );
    expect(parseInvitationCode(generateInvitationCode())).toMatch(/^(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}$/);
    expect(parseInvitationCode(invitation.toLowerCase())).toBe(invitation);
    expect(toBase64Url(invitationProof(invitation, "2026"))).toBe(
      Buffer.from(hkdfSync("sha256", "0123456789ABCDEFGHJK", "", "rugdekking.nl/invitation/1\n2026", 32)).toString("base64url"),
    );
    expect(invitationProof(invitation.toLowerCase(), "2026")).toEqual(invitationProof(invitation, "2026"));
    expect(invitationProof(invitation, "2028")).not.toEqual(invitationProof(invitation, "2026"));
    for (const wave of ["a", "0", "2026-q3", "a".repeat(40)]) expect(invitationProof(invitation, wave)).toHaveLength(32);
    for (const wave of ["", "-a", "A", "a b", "a".repeat(41), "a\n"]) expect(() => invitationProof(invitation, wave)).toThrow(coded("context-malformed"));
    for (const wrong of [code, "", `${invitation.slice(0, -1)}${invitation.endsWith("0") ? "1" : "0"}`])
      expect(() => invitationProof(wrong, "2026")).toThrow(coded("invitation-malformed"));
  });
});

describe("places and keys", () => {
  it("a place is spelled in four lines, a hand-over too", () => {
    expect(fromUtf8(placeBytes(place), "It", "item-malformed")).toBe(`rugdekking.nl/item/1\n${one}\n${other}\nmain`);
    expect(fromUtf8(contextBytes({ purpose: "item", subject: "a", to: "b" }), "It", "item-malformed")).toBe("rugdekking.nl/hand-over/1\nitem\na\nb");
    expect(() => placeBytes({ ...place, dossier: "x" })).toThrow(coded("id-malformed"));
    expect(() => placeBytes({ ...place, item: "x" })).toThrow(coded("id-malformed"));
  });
  it("a channel is named by 1 to 31 lower-case letters, digits or hyphens, a letter first", async () => {
    for (const channel of ["a", "a".repeat(31), "a-1"]) expect(await channelKey(key, one, channel)).toHaveLength(32);
    for (const channel of ["", "a".repeat(32), "1a", "-a", "A", "a b", "a\n", "ab\nmain"]) {
      await expect(channelKey(key, one, channel)).rejects.toMatchObject({ code: "place-malformed" });
      expect(() => placeBytes({ ...place, channel })).toThrow(coded("place-malformed"));
    }
    expect(await channelKey(key, one, "main")).toBe(key);
    for (const length of [0, 31, 33]) {
      await expect(channelKey(new Uint8Array(length), one, "main")).rejects.toMatchObject({ code: "key-malformed" });
      expect(() => wrapKeyOf(new Uint8Array(length))).toThrow(coded("key-malformed"));
    }
    await expect(channelKey(key, "x", "a")).rejects.toMatchObject({ code: "id-malformed" });
    expect(generateDossierKey()).toHaveLength(32);
  });
  it("the key that wraps is made once for an array, cannot be taken out, and is made anew when the array was overwritten", async () => {
    const own = generateDossierKey();
    const first = wrapKeyOf(own);
    expect(wrapKeyOf(own)).toBe(first);
    expect((await first).extractable).toBe(false);
    own[0] = (own[0] ?? 0) ^ 1;
    expect(wrapKeyOf(own)).not.toBe(first);
  });
  it("seeds are 32 bytes, bundles 64", async () => {
    for (const length of [0, 31, 33]) {
      await expect(sealKeyPair(new Uint8Array(length))).rejects.toMatchObject({ code: "key-malformed" });
      await expect(signKeyPair(new Uint8Array(length))).rejects.toMatchObject({ code: "key-malformed" });
      await expect(unlockSigner(new Uint8Array(length))).rejects.toMatchObject({ code: "unlock-malformed" });
    }
    for (const length of [0, 63, 65]) expect(() => secretsOf(new Uint8Array(length))).toThrow(coded("unlock-malformed"));
    const secrets = { sealSeed: generateSeed(), signSeed: generateSeed() };
    expect(bundleOf(secrets)).toEqual(concat(secrets.sealSeed, secrets.signSeed));
    expect(secretsOf(bundleOf(secrets))).toEqual(secrets);
    await expect(sealUnlock("passkey", "Demo", {}, new Uint8Array(31), await newPerson())).rejects.toMatchObject({ code: "unlock-malformed" });
  });
});

describe("hand-overs", async () => {
  const pair = await sealKeyPair(key);
  const context: HandOver = { purpose: "item", subject: "a", to: "b" };
  it("take secrets of 16 to 256 bytes", async () => {
    for (const length of [16, 256])
      expect(await takeOver(await handOver(new Uint8Array(length).fill(1), pair.publicKey, context), pair, context)).toEqual(new Uint8Array(length).fill(1));
    for (const length of [0, 15, 257])
      await expect(handOver(new Uint8Array(length), pair.publicKey, context)).rejects.toMatchObject({ code: "length-mismatch" });
  });
  it("go to public keys of 1216 bytes that are keys", async () => {
    for (const length of [0, 1215, 1217])
      await expect(handOver(key, toBase64Url(new Uint8Array(length)), context)).rejects.toMatchObject({ code: "key-malformed" });
    await expect(handOver(key, toBase64Url(new Uint8Array(1216).fill(0xff)), context)).rejects.toMatchObject({ code: "key-malformed" });
  });
  it("are bound to a known purpose, a subject and a recipient of 1 to 200 characters", () => {
    expect(contextBytes({ purpose: "recovery", subject: "a".repeat(200), to: "AZaz09._/:-" })).toHaveLength(26 + 9 + 201 + 11);
    for (const wrong of ["", "a".repeat(201), "a b", "a\n", "é", "a\nb"]) {
      expect(() => contextBytes({ ...context, subject: wrong })).toThrow(coded("context-malformed"));
      expect(() => contextBytes({ ...context, to: wrong })).toThrow(coded("context-malformed"));
    }
    expect(() => contextBytes(Object.assign({ ...context }, { purpose: "other" }))).toThrow(coded("context-malformed"));
  });
  it("every purpose keeps apart from every other", () => {
    const purposes = ["bundle", "epoch", "bridge", "dossier", "channel", "item", "capture", "network", "label", "answer", "fact", "recovery"] as const;
    for (const purpose of purposes) expect(fromUtf8(contextBytes({ ...context, purpose }), "It", "item-malformed").split("\n")[1]).toBe(purpose);
  });
  it("are spelled h1. and the two parts, the second of 32 to 272 bytes", () => {
    const enc = new Uint8Array(1120).fill(1);
    for (const length of [32, 272]) {
      const spelled = spellSealedKey(enc, new Uint8Array(length).fill(2));
      expect(spelled).toBe(`h1.${toBase64Url(concat(enc, new Uint8Array(length).fill(2)))}`);
      expect(parseSealedKey(spelled)).toEqual({ encapsulated: enc, ciphertext: new Uint8Array(length).fill(2) });
      expect(isSealedKey(spelled)).toBe(true);
    }
    for (const length of [31, 273]) {
      const spelled = spellSealedKey(enc, new Uint8Array(length));
      expect(() => parseSealedKey(spelled)).toThrow(coded("sealed-key-malformed", { bytes: 1120 + length }));
      expect(isSealedKey(spelled)).toBe(false);
    }
    const good = spellSealedKey(enc, new Uint8Array(32));
    for (const wrong of [good.replace("h1.", "h2."), good.slice(3), `x${good}`, `${good}=`, `${good} `, "h1.", "", null, 7]) {
      expect(() => parseSealedKey(wrong)).toThrow(coded("sealed-key-malformed"));
      expect(isSealedKey(wrong)).toBe(false);
    }
  });
});

describe("the key encapsulation", () => {
  it("says its sizes and its id, makes pairs from seeds alone and gives no private half out", async () => {
    const kem = hybridKem();
    expect(kem).toMatchObject({ id: 0x647a, type: "KEM", name: "MLKEM768-X25519", Nsecret: 32, Nenc: 1120, Npk: 1216, Nsk: 32 });
    const pair = await kem.GenerateKeyPair(true);
    expect(pair.privateKey).toMatchObject({ algorithm: { name: "MLKEM768-X25519" }, extractable: false, type: "private" });
    expect(pair.publicKey).toMatchObject({ algorithm: { name: "MLKEM768-X25519" }, extractable: true, type: "public" });
    await expect(kem.DeriveKeyPair(key, true)).rejects.toMatchObject({ code: "runtime-unsupported" });
    await expect(kem.SerializePrivateKey(pair.privateKey)).rejects.toMatchObject({ code: "runtime-unsupported" });
    const serialized = await kem.SerializePublicKey(pair.publicKey);
    expect(serialized).toEqual(pair.publicKey.publicBytes);
    expect(serialized).not.toBe(pair.publicKey.publicBytes);
    const other = await kem.GenerateKeyPair(true);
    expect(other.publicKey.publicBytes).not.toEqual(pair.publicKey.publicBytes);
  });
  it("uses the runtime's lattice where it has one, and agrees with the one in script on every public key", async () => {
    expect(await mlKemProvider()).toBe("runtime");
    const [runtime, noble] = [hybridKem(), hybridKem("noble")];
    const [a, b] = [await runtime.DeserializePrivateKey(key, false), await noble.DeserializePrivateKey(key, false)];
    expect(a.publicBytes).toEqual(b.publicBytes);
    expect(a.pq).toBeInstanceOf(CryptoKey);
    expect(b.pq).toBeInstanceOf(Uint8Array);
    const { shared_secret, enc } = await noble.Encap(await noble.DeserializePublicKey(a.publicBytes));
    expect(await runtime.Decap(enc, a, undefined)).toEqual(shared_secret);
    expect(await noble.Decap(enc, b, undefined)).toEqual(shared_secret);
  });
  it("without a lattice in the runtime, works in script alone", async () => {
    vi.resetModules();
    const { encapsulateBits: _, ...rest } = { encapsulateBits: null };
    const subtle = new Proxy(crypto.subtle, {
      has: (target, name) => name !== "encapsulateBits" && name in target,
      get: (target, name) => {
        const found: unknown = Reflect.get(target, name, target);
        return typeof found === "function" ? found.bind(target) : found;
      },
    });
    vi.stubGlobal("crypto", { subtle, getRandomValues: crypto.getRandomValues.bind(crypto), ...rest });
    try {
      const fresh = await import("./kem.ts");
      expect(await fresh.mlKemProvider()).toBe("noble");
      const kem = fresh.hybridKem();
      const own = await kem.DeserializePrivateKey(key, false);
      const { shared_secret, enc } = await kem.Encap(await kem.DeserializePublicKey(own.publicBytes));
      expect(await kem.Decap(enc, own, undefined)).toEqual(shared_secret);
      const made = await hybridKem("runtime").DeserializePrivateKey(key, false);
      await expect(kem.Decap(enc, made, undefined)).rejects.toMatchObject({ code: "runtime-unsupported" });
    } finally {
      vi.unstubAllGlobals();
      vi.resetModules();
    }
  });
});

describe("items", () => {
  it("JSON lies in the seal with spaces up to Padmé of 256 bytes at least, binary content with zeros", async () => {
    const json = await openItem(await sealJson({ a: 1 }, key, place), key, place);
    expect(fromUtf8(json, "It", "item-malformed")).toBe('{"a":1}'.padEnd(256, " "));
    const long = await openItem(await sealJson("x".repeat(300), key, place), key, place);
    expect(fromUtf8(long, "It", "item-malformed")).toBe(`"${"x".repeat(300)}"`.padEnd(304, " "));
    const binary = await openItem(await sealItem(new Uint8Array(1000).fill(9), key, place), key, place);
    expect(binary).toEqual(concat(new Uint8Array(1000).fill(9), new Uint8Array(24)));
  });
  it("that are no JSON, or no text, are refused, and so is a value that JSON has no word for", async () => {
    for (const content of [utf8("{"), Uint8Array.of(0x22, 0xff, 0x22), new Uint8Array(0)]) {
      const sealed = await sealItem(content, key, place);
      await expect(openJson(sealed, key, place)).rejects.toMatchObject({ code: "item-malformed" });
      const fileKey = await itemFileKey(sealed, key, place);
      await expect(openJsonWithFileKey(sealed, fileKey)).rejects.toMatchObject({ code: "item-malformed" });
    }
    await expect(sealJson(undefined, key, place)).rejects.toMatchObject({ code: "item-malformed" });
    await expect(sealJson(Symbol("none"), key, place)).rejects.toMatchObject({ code: "item-malformed" });
  });
  it("padding that is not zero is refused, in its first and its last byte", async () => {
    for (const at of [1000, 1023]) {
      const sealed = await sealItem(new Uint8Array(1024).with(at, 1), key, place);
      await expect(openItem(sealed, key, place, 1000)).rejects.toMatchObject({ code: "length-mismatch" });
      expect(await openItem(sealed, key, place, 1024)).toHaveLength(1024);
    }
    const none = await sealItem(new Uint8Array(1), key, place);
    for (const length of [0, 2, Number.NaN]) await expect(openItem(none, key, place, length)).rejects.toMatchObject({ code: "length-mismatch" });
  });
  it("take a file key of 16 bytes", async () => {
    const sealed = await sealItem(utf8("demonstratie"), key, place);
    for (const length of [0, 15, 17]) await expect(openItemWithFileKey(sealed, new Uint8Array(length))).rejects.toMatchObject({ code: "key-malformed" });
    await expect(itemFileKey(sealed.subarray(0, 100), key, place)).rejects.toMatchObject({ code: "item-malformed" });
    await expect(itemFileKey(sealed, new Uint8Array(31), place)).rejects.toMatchObject({ code: "key-malformed" });
  });
  it("the header ends within 4096 bytes, the last of which still counts", () => {
    const version = "age-encryption.org/v1\n";
    const mac = `\n--- ${"A".repeat(43)}\n`;
    const header = (length: number) => utf8(`${version}${"a".repeat(length - version.length - mac.length)}${mac}`);
    const last = header(MOST_HEADER_BYTES);
    expect(last).toHaveLength(4096);
    expect(readAgeHeader(concat(last, utf8("content")))).toEqual(last);
    expect(readAgeHeader(last)).toEqual(last);
    expect(readAgeHeader(last.subarray(0, 4095))).toBeNull();
    expect(() => readAgeHeader(header(4097))).toThrow(coded("item-malformed"));
    expect(() => readAgeHeader(header(4097).subarray(0, 4096))).toThrow(coded("item-malformed"));
    expect(() => readAgeHeader(utf8(`${version}${"a".repeat(5000)}`))).toThrow(coded("item-malformed"));
    expect(readAgeHeader(utf8(`${version}${"a".repeat(4073)}`))).toBeNull();
    expect(() => readAgeHeader(utf8(`${version}x\n--- ${"A".repeat(43)}x`))).toThrow(coded("item-malformed"));
    expect(() => readAgeHeader(utf8("b"))).toThrow(coded("item-malformed"));
    expect(() => readAgeHeader(utf8("age-encryption.org/v2"))).toThrow(coded("item-malformed"));
    expect(readAgeHeader(new Uint8Array(0))).toBeNull();
  });
});

describe("unlock methods", () => {
  it("take no empty passphrase, and a salt of 16 to 64 bytes", async () => {
    const cost = newPassphraseParameters();
    await expect(passphraseSecret("", cost)).rejects.toMatchObject({ code: "unlock-malformed" });
    for (const length of [15, 65])
      await expect(passphraseSecret("", { ...cost, salt: toBase64Url(new Uint8Array(length)) })).rejects.toMatchObject({ code: "unlock-parameters-refused" });
    for (const length of [16, 64])
      await expect(passphraseSecret("", { ...cost, salt: toBase64Url(new Uint8Array(length)) })).rejects.toMatchObject({ code: "unlock-malformed" });
    expect(fromBase64Url(cost.salt, "It")).toHaveLength(16);
  });
  it("cost as much as the floor says at least and the ceiling at most", async () => {
    const cost = newPassphraseParameters();
    const asked = async (change: object) => passphraseSecret("", { ...cost, ...change });
    for (const good of [{ memoryKiB: 19_456 }, { memoryKiB: 1_048_576 }, { passes: 2 }, { passes: 16 }, { lanes: 1 }, { lanes: 4 }])
      await expect(asked(good)).rejects.toMatchObject({ code: "unlock-malformed" });
    for (const wrong of [
      { memoryKiB: 19_455 },
      { memoryKiB: 1_048_577 },
      { passes: 1 },
      { passes: 17 },
      { lanes: 0 },
      { lanes: 5 },
      { passes: 2.5 },
      { lanes: undefined },
    ])
      await expect(asked(wrong)).rejects.toMatchObject({ code: "unlock-parameters-refused" });
  });
  it("have an id that changes with every one of their parameters, and with whose they are", async () => {
    const [person, stranger] = [await newPerson(), await newPerson()];
    const method = await sealUnlock("passphrase", "Demo", { salt: "AAAA", memoryKiB: 1, passes: 2, lanes: 3, credential: "BBBB" }, generateSeed(), person);
    const { parameters } = method;
    const changed = [
      method,
      { ...method, kind: "passkey" as const },
      ...(["salt", "memoryKiB", "passes", "lanes", "credential"] as const).map((name) => ({ ...method, parameters: { ...parameters, [name]: undefined } })),
      { ...method, parameters: { ...parameters, passes: 3, lanes: 2 } },
    ];
    const ids = changed.map((one) => methodId(one, person));
    expect(new Set([...ids, methodId(method, stranger)]).size).toBe(changed.length + 1);
    expect(ids[0]).toBe(method.id);
    expect(methodId({ ...method, label: "Other" }, person)).toBe(method.id);
  });
});

describe("moments of statements", () => {
  const start = Date.parse("2026-03-01T12:00:00.000Z");
  const after = (ms: number): string => new Date(start + ms).toISOString();
  // Only the moments matter here.
  const roster = (ms: number, epoch: number): Roster => ({
    desk: one,
    organisation: "gm0000",
    name: "Demo",
    function: "safety-desk",
    epoch,
    previous: null,
    epochPublicKey: "",
    members: [],
    at: after(ms),
    by: one,
  });
  const hour = 3_600_000;
  const history = [roster(0, 1), roster(hour, 2), roster(2 * hour, 3)];
  const inForce = (ms: number): number[] => rostersInForce(history, after(ms)).map(({ epoch }) => epoch);
  it("may be off by five minutes, shared between who states and who takes", () => {
    expect([clockSlack, takenAhead, takenBehind]).toEqual([300_000, 180_000, 120_000]);
  });
  it("a roster holds from five minutes before it was signed until five minutes after the next, the first from ever and the last for good", () => {
    expect(inForce(-1000 * hour)).toEqual([1]);
    expect(inForce(hour - clockSlack - 1)).toEqual([1]);
    expect(inForce(hour - clockSlack)).toEqual([1, 2]);
    expect(inForce(hour + clockSlack)).toEqual([1, 2]);
    expect(inForce(hour + clockSlack + 1)).toEqual([2]);
    expect(inForce(2 * hour - clockSlack)).toEqual([2, 3]);
    expect(inForce(2 * hour + clockSlack + 1)).toEqual([3]);
    expect(inForce(1000 * hour)).toEqual([3]);
  });
  it("may lie five minutes before the latest, and no more", () => {
    expect([
      mayFollow(null, after(0)),
      mayFollow(after(0), after(-clockSlack)),
      mayFollow(after(0), after(-clockSlack - 1)),
      mayFollow(after(0), after(hour)),
    ]).toEqual([true, true, false, true]);
  });
  it("the later of two is told in its own spelling", () => {
    expect([
      laterOf(null, "2026-01-01T00:00:00Z"),
      laterOf("2026-01-01T00:00:00Z", "2026-01-01T00:00:00.000Z"),
      laterOf("2026-01-01T00:00:00.001Z", "2026-01-01T00:00:00Z"),
    ]).toEqual(["2026-01-01T00:00:00Z", "2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.001Z"]);
  });
});

describe("what two people compare, and what a statement cites", () => {
  it("has a label of its own, so that no digest passes for another", async () => {
    const sealKey = `A${"A".repeat(1621)}`;
    const all = [await shareDigest(key), await halfDigest(key), await sealedDigest("a"), await claimDigest(one, sealKey)];
    const sha256 = (...parts: (string | Uint8Array)[]) => parts.reduce((hash: Hash, part) => hash.update(part), createHash("sha256"));
    const claim = `rugdekking.nl/recovery-claim/1\n${one}\n${sealKey}`;
    expect(all).toEqual([
      sha256("rugdekking.nl/recovery-share/1\n", key).digest("base64url"),
      sha256("rugdekking.nl/recovery-half/1\n", key).digest("base64url"),
      sha256("rugdekking.nl/recovery-passed/1\na").digest("base64url"),
      sha256(claim).digest("base64url"),
    ]);
    const digits = (BigInt(`0x${sha256(claim).digest("hex")}`) % 10n ** 25n).toString().padStart(25, "0");
    expect(await claimCode(one, sealKey)).toBe((digits.match(/.{5}/g) ?? []).join(" "));
    expect(() => claimDigest("x", sealKey)).toThrow(coded("id-malformed"));
    expect(() => claimDigest(one, "AAAA")).toThrow(coded("key-malformed"));
  });
  it("is five groups of five digits, other ones for every key", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1216, maxLength: 1216 }), async (bytes) => {
        expect(await claimCode(one, toBase64Url(bytes))).toMatch(/^\d{5}(?: \d{5}){4}$/);
      }),
      { numRuns: 20 },
    );
  });
});

describe("a desk's next epoch", async () => {
  const registrar = await signKeyPair(key);
  const someone = async () => {
    const secrets = await newPerson();
    return openPerson(secrets, secrets.card);
  };
  const [lead, second, third] = await Promise.all([someone(), someone(), someone()]);
  const member = (who: typeof lead, leads: boolean, office = "griffier") => ({
    person: who.person,
    name: "Demo",
    office,
    lead: leads,
    sealPublicKey: who.seal.publicKey,
    signPublicKey: who.sign.publicKey,
  });
  const facts = { desk: one, organisation: "gm0000", name: "Demodesk", function: "safety-desk" };
  const founded = new Date("2026-03-01T12:00:00.000Z");
  const first = await newDesk({ ...facts, members: [member(lead, true), member(second, false)], registrar, at: founded });
  const base = { rosters: [first.rotation.roster], registrarPublicKey: registrar.publicKey, epochSeed: first.epochSeed, by: lead };

  it("begins as it is told, signed by the registrar, without a bridge and without recovery", () => {
    expect(readStatement(first.rotation.roster)).toEqual({
      ...facts,
      epoch: 1,
      previous: null,
      epochPublicKey: expect.any(String),
      members: [member(lead, true), member(second, false)],
      at: founded.toISOString(),
      by: registrar.keyId,
    });
    expect(first.rotation).toEqual({ roster: first.rotation.roster, sealed: [expect.anything(), expect.anything()], bridge: null });
  });
  it("keeps what is not changed, puts who is new last, and is never before the one it follows", async () => {
    const changes = { name: "Demodesk twee", add: [member(third, false)], replace: [member(second, true, "secretaris")] };
    const next = await nextEpoch({ ...base, changes, at: new Date("2025-01-01T00:00:00.000Z") });
    expect(readStatement(next.rotation.roster)).toEqual({
      ...facts,
      name: "Demodesk twee",
      epoch: 2,
      previous: await statementHash(first.rotation.roster),
      epochPublicKey: expect.any(String),
      members: [member(lead, true), member(second, true, "secretaris"), member(third, false)],
      at: founded.toISOString(),
      by: lead.person,
    });
    const later = await nextEpoch({ ...base, changes: { remove: [second.person] }, at: new Date("2026-05-01T00:00:00.000Z") });
    expect(readStatement(later.rotation.roster)).toMatchObject({ name: "Demodesk", members: [member(lead, true)], at: "2026-05-01T00:00:00.000Z" });
  });
  it("cannot be started over someone's signature, by who was never there or with the wrong seed, and is not recovered with another's seed", async () => {
    const asked = { ...base, changes: {} };
    await expect(nextEpoch({ ...asked, by: { ...lead, sign: second.sign } })).rejects.toMatchObject({ code: "desk-change-refused" });
    await expect(nextEpoch({ ...asked, by: third })).rejects.toMatchObject({ code: "desk-change-refused" });
    await expect(nextEpoch({ ...asked, epochSeed: key })).rejects.toMatchObject({ code: "desk-change-refused" });
    const said = { payloadType: "t", payload: "AAAA", signatures: [{ keyid: "k", sig: "s" }] };
    await expect(
      recoveredEpoch({ ...base, epochSeed: key, members: [member(third, true)], proof: { request: said, confirmation: said } }),
    ).rejects.toMatchObject({
      code: "desk-change-refused",
    });
  });
  it("opens every epoch before it over the bridges, and none beyond one that is missing", async () => {
    const next = await nextEpoch({ ...base, changes: {} });
    const after = await nextEpoch({ ...base, rosters: [first.rotation.roster, next.rotation.roster], epochSeed: next.epochSeed, changes: {} });
    const sealed = after.rotation.sealed.find(({ person }) => person === lead.person)?.sealed ?? "";
    const bridges = [next.rotation.bridge, after.rotation.bridge].map((bridge, at) => ({ epoch: at + 1, sealed: bridge ?? "" }));
    const opened = async (which: typeof bridges) => [...(await openDeskKeys({ desk: one, epoch: 3, sealed, bridges: which }, lead)).keys()];
    expect([await opened(bridges), await opened(bridges.slice(1)), await opened(bridges.slice(0, 1)), await opened([])]).toEqual([[3, 2, 1], [3, 2], [3], [3]]);
  });
});

describe("shares", async () => {
  const someone = async () => {
    const secrets = await newPerson();
    return openPerson(secrets, secrets.card);
  };
  const people = await Promise.all([someone(), someone(), someone(), someone()]);
  const [by, ...held] = people;
  if (by === undefined) throw new Error("nobody there");
  const at = new Date("2026-03-01T12:00:00.000Z");
  const made = await newRecovery({
    subject: { desk: one, organisation: "gm0000" },
    holders: held.map((who, place) => ({
      person: who.person,
      name: `Demo ${place}`,
      office: "griffier",
      sealPublicKey: who.seal.publicKey,
      signPublicKey: who.sign.publicKey,
    })),
    delayHours: 72,
    by,
    at,
  });
  const open = async (place: number) => openShare(made.set, place, made.sealed[place - 1] ?? "", held[place - 1]?.seal ?? expect.fail("nobody there"));
  const joined = async (share: Uint8Array, place = 1) => joinShares(made.set, new Map([[place, share]]), made.half);

  it("say version, threshold, place and set before what they hold, and the refusal says which of them is wrong", async () => {
    const share = await open(1);
    expect(share).toHaveLength(52);
    expect([...share.subarray(0, 3)]).toEqual([1, 2, 1]);
    expect(Buffer.from(share.subarray(3, 19)).toString("hex")).toBe(made.set.recovery.replaceAll("-", ""));
    const wrong = (change: Uint8Array, words: RegExp) =>
      expect(joined(change)).rejects.toMatchObject({ code: "recovery-share-wrong", data: { place: 1 }, message: expect.stringMatching(words) });
    await wrong(share.slice(1), /version/u);
    await wrong(new Uint8Array([...share, 0]), /version/u);
    await wrong(share.with(0, 2), /version/u);
    await wrong(share.with(1, 3), /another place/u);
    await wrong(share.with(2, 2), /another place/u);
    await wrong(share.with(3, (share[3] ?? 0) ^ 1), /another recovery set/u);
    await wrong(share.with(18, (share[18] ?? 0) ^ 1), /another recovery set/u);
    await wrong(share.with(19, (share[19] ?? 0) ^ 1), /altered/u);
    await wrong(share.with(51, (share[51] ?? 0) ^ 1), /altered/u);
    await expect(joined(share, 4)).rejects.toMatchObject({ code: "recovery-share-wrong", data: { place: 4 } });
  });
  it("are counted when there are too few, and joined with the server's half alone", async () => {
    const share = await open(1);
    await expect(joined(share)).rejects.toMatchObject({ code: "recovery-share-wrong", data: { shares: 1 }, message: expect.stringContaining("is 1 share;") });
    await expect(joinShares(made.set, new Map(), made.half)).rejects.toMatchObject({ data: { shares: 0 }, message: expect.stringContaining("are no shares;") });
    const two = new Map([
      [1, share],
      [2, await open(2)],
    ]);
    for (const half of [made.half.slice(1), made.half.with(0, (made.half[0] ?? 0) ^ 1)])
      await expect(joinShares(made.set, two, half)).rejects.toMatchObject({ data: { place: 0 } });
    const other = { ...made.set, publicKey: by.seal.publicKey };
    await expect(joinShares(other, two, made.half)).rejects.toMatchObject({ code: "recovery-share-wrong", data: {} });
  });
  it("are passed on under a statement that names attempt, place, request and what was sealed", async () => {
    const [holder] = held;
    if (holder === undefined) throw new Error("nobody there");
    const input = { attempt: other, request: made.set.half, toPublicKey: by.seal.publicKey, by: holder, at };
    const { statement, sealed } = await passShare(made.set, 1, await open(1), input);
    expect(readStatement(statement)).toEqual({
      recovery: made.set.recovery,
      attempt: other,
      place: 1,
      request: made.set.half,
      sealed: await sealedDigest(sealed),
      at: at.toISOString(),
      by: holder.person,
    });
    await expect(passShare(made.set, 2, await open(1), input)).rejects.toMatchObject({ code: "recovery-share-wrong", data: { place: 2 } });
    expect([made.set.at, made.set.by, made.set.holders.map(({ place }) => place)]).toEqual([at.toISOString(), by.person, [1, 2, 3]]);
  });
  it("on paper give the same keys however the code is typed, one to seal to and another to sign with", async () => {
    const code = generatePaperShare();
    const [keys, again] = [await paperShareKeys(code), await paperShareKeys(code.toLowerCase().replaceAll("-", " "))];
    expect([again.seal.publicKey, again.sign.publicKey]).toEqual([keys.seal.publicKey, keys.sign.publicKey]);
    expect(code).toMatch(/^(?:[0-9A-Z]{4}-){7}[0-9A-Z]{4}$/);
    const data = code.replaceAll("-", "").slice(0, 28);
    const seed = (label: string) => new Uint8Array(hkdfSync("sha256", data, "", `rugdekking.nl/paper-share/1 ${label}`, 32));
    expect([keys.seal.publicKey, keys.sign.publicKey]).toEqual([(await sealKeyPair(seed("seal"))).publicKey, (await signKeyPair(seed("sign"))).publicKey]);
    await expect(paperShareKeys(generateSheetCode())).rejects.toMatchObject({ code: "sheet-malformed" });
  });
});

describe("streams", () => {
  const flowing = (pieces: readonly Uint8Array[], end: "close" | Error = "close") => {
    let cancelled = false;
    const left = [...pieces];
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = left.shift();
        if (piece !== undefined) controller.enqueue(piece);
        else if (end === "close") controller.close();
        else controller.error(end);
      },
      cancel: () => void (cancelled = true),
    });
    return { stream, cancelled: () => cancelled };
  };
  const all = async (stream: ReadableStream<Uint8Array>) => new Uint8Array(await new Response(stream).arrayBuffer());
  const drained = async (stream: ReadableStream<Uint8Array>) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of stream) pieces.push(piece);
    return concat(...pieces);
  };
  const sealedOf = async (content: Uint8Array) => {
    const { stream, size } = await sealStream(flowing([content]).stream, content.length, key, place);
    const sealed = await all(stream);
    expect(sealed).toHaveLength(size);
    return sealed;
  };
  it("are cut to their length only when the rest is exactly the padding", async () => {
    const cut = async (pieces: readonly Uint8Array[], length: number) => drained(flowing(pieces).stream.pipeThrough(cutTo(length)));
    const content = new Uint8Array(1000).fill(1);
    const padded = concat(content, new Uint8Array(24));
    expect(await cut([padded], 1000)).toEqual(content);
    expect(await cut([padded.subarray(0, 999), padded.subarray(999, 1000), padded.subarray(1000)], 1000)).toEqual(content);
    for (const wrong of [padded.subarray(0, 1023), concat(padded, new Uint8Array(1)), padded.with(1000, 1), padded.with(1023, 1)])
      await expect(cut([wrong], 1000)).rejects.toMatchObject({ code: "length-mismatch" });
    expect(await cut([], 0)).toHaveLength(0);
    await expect(cut([], 1)).rejects.toMatchObject({ code: "length-mismatch" });
    expect(() => cutTo(-1)).toThrow(coded("length-mismatch"));
  });
  it("that end in their header, or begin as something else, are malformed, and their source is let go", async () => {
    const sealed = await sealedOf(new Uint8Array(100).fill(1));
    for (const pieces of [[], [sealed.subarray(0, 50)], [sealed.subarray(0, 10), sealed.subarray(10, 120)]])
      await expect(openStream(flowing(pieces).stream, key, place)).rejects.toMatchObject({ code: "item-malformed" });
    const other = flowing([utf8("PK-zip"), new Uint8Array(100)]);
    await expect(openStream(other.stream, key, place)).rejects.toMatchObject({ code: "item-malformed" });
    expect(other.cancelled()).toBe(true);
    const foreign = flowing([sealed, ...Array.from({ length: 20 }, () => new Uint8Array(10))]);
    await expect(openStream(foreign.stream, new Uint8Array(32), place)).rejects.toMatchObject({ code: "item-refused" });
    expect(foreign.cancelled()).toBe(true);
  });
  it("of single bytes, and of empty pieces, open as they were sealed", async () => {
    const content = new Uint8Array(40).fill(3);
    const sealed = await sealedOf(content);
    const bytes = [...sealed].flatMap((byte) => [Uint8Array.of(byte), new Uint8Array(0)]);
    expect(await drained((await openStream(flowing(bytes).stream, key, place)).pipeThrough(cutTo(40)))).toEqual(content);
    const { stream } = await sealStream(flowing([...content].flatMap((byte) => [new Uint8Array(0), Uint8Array.of(byte)])).stream, 40, key, place);
    expect(await openItem(await drained(stream), key, place, 40)).toEqual(content);
  });
  it("whose source fails halfway tell what failed, and neither a broken seal nor a short content", async () => {
    const sealed = await sealedOf(new Uint8Array(200_000).fill(1));
    const gone = new Error("the line went dead");
    await expect(drained(await openStream(flowing([sealed.subarray(0, 70_000)], gone).stream, key, place))).rejects.toBe(gone);
    const { stream } = await sealStream(flowing([new Uint8Array(100)], gone).stream, 200, key, place);
    await expect(drained(stream)).rejects.toBe(gone);
  });
  it("that are given up let their source go", async () => {
    const source = flowing(Array.from({ length: 40 }, () => new Uint8Array(65_536)));
    const { stream } = await sealStream(source.stream, 40 * 65_536, key, place);
    const reader = stream.getReader();
    await reader.read();
    await reader.cancel();
    await vi.waitFor(() => expect(source.cancelled()).toBe(true));
    const sealed = await sealedOf(new Uint8Array(300_000));
    const cut = Array.from({ length: 30 }, (_, at) => sealed.subarray(at * 10_000, (at + 1) * 10_000));
    const opened = flowing(cut);
    const opening = (await openStream(opened.stream, key, place)).getReader();
    await opening.read();
    await opening.cancel();
    await vi.waitFor(() => expect(opened.cancelled()).toBe(true));
  });
});
