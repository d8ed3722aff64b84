/** Items: age v1 files in their place, padded, shared one by one, and exported to the real `age` command. */
import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { bech32 } from "@scure/base";
import { describe, expect, it } from "vitest";
import { concat, fromBase64Url, toBase64Url, utf8 } from "./bytes.ts";
import {
  channelKey,
  digestOf,
  generateDossierKey,
  type ItemPlace,
  itemFileKey,
  newUuid,
  openItem,
  openItemWithFileKey,
  openJson,
  openJsonWithFileKey,
  readAgeHeader,
  reheader,
  sealItem,
  sealJson,
} from "./index.ts";
import { placeIdentity, placeRecipient } from "./stanza.ts";
import vector from "./vectors/item.json" with { type: "json" };

const key = generateDossierKey();
const place: ItemPlace = { dossier: newUuid(), item: newUuid(), channel: "main" };
const random = (length: number) => Uint8Array.from(randomBytes(length));
const headerOf = (sealed: Uint8Array) => readAgeHeader(sealed) ?? expect.fail("no header");

describe("items", () => {
  it("open as when the vectors were made", async () => {
    const { dossier, item } = vector;
    const dossierKey = fromBase64Url(vector.dossierKey, "key");
    const channel = await channelKey(dossierKey, dossier, "provision");
    expect(toBase64Url(channel)).toBe(vector.channelKey);
    expect(await openJson(fromBase64Url(vector.json.sealed, "item"), channel, { dossier, item, channel: "provision" })).toEqual(vector.json.value);
    const sealed = fromBase64Url(vector.binary.sealed, "item");
    const content = await openItem(sealed, dossierKey, { dossier, item, channel: "main" }, vector.binary.length);
    expect(await digestOf(content)).toBe(vector.binary.digest);
    expect(toBase64Url(await itemFileKey(headerOf(sealed), dossierKey, { dossier, item, channel: "main" }))).toBe(vector.binary.fileKey);
  });
  it("open with the one file key that was handed over, and with no other", async () => {
    const sealed = await sealItem(utf8("demonstratie"), key, place);
    const fileKey = await itemFileKey(headerOf(sealed), key, place);
    expect(await openItemWithFileKey(sealed, fileKey, 12)).toEqual(utf8("demonstratie"));
    await expect(openItemWithFileKey(sealed, random(16))).rejects.toMatchObject({ code: "item-refused" });
    const other = await sealJson({ n: 2 }, key, { ...place, item: newUuid() });
    await expect(openJsonWithFileKey(other, fileKey)).rejects.toMatchObject({ code: "item-refused" });
  });
  it("are refused in any other place and under any other key", async () => {
    const sealed = await sealJson({ n: 1 }, key, place);
    for (const other of [
      { ...place, dossier: newUuid() },
      { ...place, item: newUuid() },
      { ...place, channel: "provision" },
    ]) {
      await expect(openJson(sealed, key, other)).rejects.toMatchObject({ code: "item-refused" });
    }
    await expect(openJson(sealed, generateDossierKey(), place)).rejects.toMatchObject({ code: "item-refused" });
    await expect(openJson(sealed, await channelKey(key, place.dossier, "provision"), place)).rejects.toMatchObject({ code: "item-refused" });
  });
  it("are refused when cut off anywhere", async () => {
    const sealed = await sealJson({ n: 1 }, key, place);
    for (let length = 0; length < sealed.length; length += 7) {
      await expect(openJson(sealed.subarray(0, length), key, place)).rejects.toMatchObject({ name: "SealError", code: expect.stringMatching(/^item-/) });
    }
  });
  it("are refused with any one bit of header or content changed", async () => {
    const sealed = await sealJson({ n: 1 }, key, place);
    for (let at = 0; at < sealed.length; at++) {
      const altered = sealed.slice();
      altered[at] = (altered[at] ?? 0) ^ (1 << (at % 8));
      await expect(openJson(altered, key, place), `byte ${at}`).rejects.toMatchObject({ name: "SealError" });
    }
  });
  it("are refused with another's stanza, a second stanza, or a standard recipient's", async () => {
    const [mine, theirs] = [await sealJson({ n: 1 }, key, place), await sealJson({ n: 2 }, key, place)];
    const text = (sealed: Uint8Array) => new TextDecoder("latin1").decode(headerOf(sealed)).split("\n");
    const build = (lines: string[]) => concat(utf8(lines.join("\n")), mine.subarray(headerOf(mine).length));
    const [version = "", type = "", body = "", mac = ""] = text(mine);
    const [, otherType = "", otherBody = ""] = text(theirs);
    await expect(openJson(build([version, otherType, otherBody, mac, ""]), key, place)).rejects.toMatchObject({ code: "item-refused" });
    await expect(openJson(build([version, type, body, otherType, otherBody, mac, ""]), key, place)).rejects.toMatchObject({ code: "item-malformed" });
    await expect(openJson(build([version, `${type} x`, body, mac, ""]), key, place)).rejects.toMatchObject({ code: "item-malformed" });
    await expect(openJson(build([version, "-> X25519 AAAA", body, mac, ""]), key, place)).rejects.toMatchObject({ code: "item-malformed" });
    await expect(openJson(build(["age-encryption.org/v2", type, body, mac, ""]), key, place)).rejects.toMatchObject({ code: "item-malformed" });
  });
  it("remember keys by content, not by array alone", async () => {
    const reused = generateDossierKey();
    const sealed = await sealJson({ n: 1 }, reused, place);
    reused.set(generateDossierKey());
    await expect(openJson(sealed, reused, place)).rejects.toMatchObject({ code: "item-refused" });
  });
  it("of different short JSON have one size", async () => {
    const sizes = await Promise.all([{}, "ja", "nee", { seriousness: "crossing-the-line" }].map(async (value) => (await sealJson(value, key, place)).length));
    expect(new Set(sizes).size).toBe(1);
  });
  it("give back exactly the length that is named, or refuse", async () => {
    const content = random(1000);
    const sealed = await sealItem(content, key, place);
    expect(await openItem(sealed, key, place, 1000)).toEqual(content);
    expect((await openItem(sealed, key, place)).length).toBe(1024);
    for (const length of [-1, 1.5, 900, 993, 1025]) await expect(openItem(sealed, key, place, length)).rejects.toMatchObject({ code: "length-mismatch" });
    expect(await openItem(await sealItem(new Uint8Array(0), key, place), key, place, 0)).toEqual(new Uint8Array(0));
  });
  it("open as age-encryption opens them, at every length where a chunk ends, and are refused when a chunk is left out, swapped or doubled", async () => {
    const chunk = 64 * 1024;
    for (const length of [0, 1, 255, chunk - 1, chunk, chunk + 1, 2 * chunk, 3 * chunk + 5]) {
      const content = random(length);
      const encrypter = new Encrypter();
      encrypter.addRecipient(placeRecipient(key, place));
      const sealed = await encrypter.encrypt(content);
      expect(await openItem(sealed, key, place)).toEqual(content);
      const decrypter = new Decrypter();
      decrypter.addIdentity(placeIdentity(key, place));
      expect(await openItem(sealed, key, place)).toEqual(await decrypter.decrypt(sealed));
    }
    const sealed = await sealItem(random(3 * chunk), key, place);
    const header = headerOf(sealed).length + 16;
    const pieces = [0, 1, 2].map((at) => sealed.subarray(header + at * (chunk + 16), header + (at + 1) * (chunk + 16)));
    for (const order of [[0, 1], [0, 2], [1, 0, 2], [0, 0, 1, 2], [0, 1, 2, 2], []]) {
      const altered = concat(sealed.subarray(0, header), ...order.map((at) => pieces[at] ?? expect.fail("no chunk")));
      await expect(openItem(altered, key, place), order.join()).rejects.toMatchObject({ code: "item-refused" });
    }
    const emptyEnd = concat(sealed, new Uint8Array(16));
    await expect(openItem(emptyEnd, key, place)).rejects.toMatchObject({ code: "item-refused" });
  });
});

describe("the age header", () => {
  it("is found as soon as all of it is there, and never beyond 4096 bytes", async () => {
    const sealed = await sealJson({ n: 1 }, key, place);
    const header = headerOf(sealed);
    for (let length = 0; length < header.length; length++) expect(readAgeHeader(sealed.subarray(0, length))).toBeNull();
    expect(readAgeHeader(sealed.subarray(0, header.length))).toEqual(header);
    expect(() => readAgeHeader(concat(utf8("age-encryption.org/v1\n"), new Uint8Array(5000).fill(65)))).toThrow(
      expect.objectContaining({ code: "item-malformed" }),
    );
  });
  it("is rewritten only for who has the file key, and only to an age recipient", async () => {
    const header = headerOf(await sealJson({ n: 1 }, key, place));
    const recipient = await identityToRecipient(await generateX25519Identity());
    await expect(reheader(header, random(16), recipient)).rejects.toMatchObject({ code: "item-refused" });
    const fileKey = await itemFileKey(header, key, place);
    for (const wrong of ["age1", "age1pq1qqqq", recipient.toUpperCase(), `${recipient.slice(0, -1)}${recipient.endsWith("q") ? "p" : "q"}`, ""]) {
      await expect(reheader(header, fileKey, wrong)).rejects.toMatchObject({ code: "recipient-malformed" });
    }
  });
  it("rewritten, opens with another implementation of age, by the identity it was rewritten for and no other", async () => {
    const identity = await generateX25519Identity();
    const sealed = await sealItem(utf8("demonstratie"), key, place);
    const header = headerOf(sealed);
    const rewritten = await reheader(header, await itemFileKey(header, key, place), await identityToRecipient(identity));
    const file = concat(rewritten, sealed.subarray(header.length));
    const opened = async (by: string): Promise<Uint8Array> => {
      const decrypter = new Decrypter();
      decrypter.addIdentity(by);
      return await decrypter.decrypt(file);
    };
    expect((await opened(identity)).subarray(0, 12)).toEqual(utf8("demonstratie"));
    await expect(opened(await generateX25519Identity())).rejects.toThrow();
    expect(new TextDecoder().decode(rewritten)).toMatch(/^age-encryption\.org\/v1\n-> X25519 [A-Za-z0-9+/]{43}\n[A-Za-z0-9+/]{43}\n--- [A-Za-z0-9+/]{43}\n$/u);
  });
  it("is not rewritten for a key on the curve's smallest orders, of another length, or of another kind", async () => {
    const header = headerOf(await sealItem(utf8("demonstratie"), key, place));
    const fileKey = await itemFileKey(header, key, place);
    const spelled = (prefix: string, bytes: Uint8Array): string => bech32.encodeFromBytes(prefix, bytes);
    // RFC 7748 section 6.1: what both sides agree on with these is all zeros.
    for (const point of [new Uint8Array(32), new Uint8Array(32).with(0, 1)])
      await expect(reheader(header, fileKey, spelled("age", point))).rejects.toMatchObject({ code: "recipient-malformed" });
    const good = random(32);
    for (const wrong of [
      spelled("age", good.subarray(1)),
      spelled("age", concat(good, good.subarray(0, 1))),
      spelled("agf", good),
      spelled("age", good).toUpperCase(),
    ])
      await expect(reheader(header, fileKey, wrong)).rejects.toMatchObject({ code: "recipient-malformed" });
    await expect(reheader(header, fileKey, spelled("age", good))).resolves.toBeInstanceOf(Uint8Array);
  });
  const age = spawnSync("age", ["--version"]);
  it.skipIf(age.error !== undefined)("rewritten, opens with the real age command (skipped where age is not installed)", async () => {
    const folder = mkdtempSync(join(tmpdir(), "seal-age-"));
    try {
      const identity = await generateX25519Identity();
      writeFileSync(join(folder, "key"), `${identity}\n`, { mode: 0o600 });
      for (const size of [0, 1, 65_536, 200_001]) {
        const content = random(size);
        const sealed = await sealItem(content, key, place);
        const header = headerOf(sealed);
        const rewritten = await reheader(header, await itemFileKey(header, key, place), await identityToRecipient(identity));
        writeFileSync(join(folder, "item.age"), concat(rewritten, sealed.subarray(header.length)));
        const opened = execFileSync("age", ["-d", "-i", join(folder, "key"), join(folder, "item.age")], { maxBuffer: 1 << 24 });
        expect(Uint8Array.from(opened.subarray(0, size))).toEqual(content);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
