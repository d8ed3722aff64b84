/** The take-away bundle on a small scan road made by the real engines: verifies, opens with the real `age`, and every tampering is named first. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateNoteKey } from "@rugdekking/ledger";
import { type Person, signKeyPair, signStatement } from "@rugdekking/seal";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TrustAnchor } from "#services/directory/contract/index.ts";
import { type EntryHeader, type EntryView, statementTypes } from "#services/dossier/contract/index.ts";
import { v7 as uuidv7 } from "uuid";
import { type BundleSource, buildBundle } from "./build.ts";
import { memoryBundle } from "./container.ts";
import { INDEX } from "./format.ts";
import { collect, decode, encode, flipped, makeSource, makeWorld, person, relisted, type Step, type World } from "./testing.ts";
import { verifyBundle } from "./verify.ts";
import { zipReader, zipWriter } from "./zip.ts";

const road = (world: World): readonly Step[] => [
  {
    kind: "request",
    action: null,
    by: world.owner,
    role: "office-holder",
    desk: null,
    body: { text: "Demonstratie: aanvraag" },
    files: [
      { name: "../foto van het huis?.png", bytes: crypto.getRandomValues(new Uint8Array(60_000)) },
      { name: "leeg.txt", bytes: new Uint8Array(0) },
    ],
  },
  { kind: "advice", action: "draft", by: world.expert, role: "expert", desk: world.desks.expert.id, body: { text: "Demonstratie: advies met een slot" } },
  {
    kind: "adoption",
    action: "adopt",
    by: world.authority,
    role: "authority",
    desk: world.desks.authority.id,
    body: { text: "vastgesteld" },
    decidesLast: "advice",
  },
];

let world: World;
let whole: Map<string, Uint8Array>;
const folder = mkdtempSync(join(tmpdir(), "rugdekking-bundle-"));
afterAll(() => rmSync(folder, { recursive: true }));

const makeFiles = async (steps: readonly Step[], passphrase: string | null = null): Promise<Map<string, Uint8Array>> => {
  const bundle = memoryBundle();
  await buildBundle(await makeSource(world, steps), bundle, { passphrase });
  return bundle.files;
};
const verify = (files: ReadonlyMap<string, Uint8Array>, more: { pin?: TrustAnchor | null; passphrase?: string } = {}) =>
  verifyBundle(async () => memoryBundle(new Map(files)), { pin: more.pin === undefined ? world.trust : more.pin, passphrase: more.passphrase ?? null });

const nameOf = (files: ReadonlyMap<string, Uint8Array>, test: (name: string) => boolean): string => [...files.keys()].find(test) ?? "none";
beforeAll(async () => {
  world = await makeWorld();
  whole = await makeFiles(road(world));
});

describe("take-away bundle", () => {
  test("a whole road verifies against the pinned keys, every check made", async () => {
    const verdict = await verify(whole);
    expect(verdict.first).toBeNull();
    expect(verdict.ok).toBe(true);
    expect(verdict.checks.map(({ outcome }) => outcome)).toEqual(Array(15).fill("passed"));
  });

  test("originals have safe names and the bytes the person had", () => {
    expect([...whole.keys()].filter((name) => name.startsWith("originals/"))).toEqual([
      "originals/0001-request.json",
      "originals/0001-_foto van het huis_.png",
      "originals/0001-leeg.txt",
      "originals/0002-advice.json",
      "originals/0003-adoption.json",
    ]);
    expect(whole.get("originals/0001-leeg.txt")?.length).toBe(0);
  });

  test("without a pin the verdict says that the bundle's own keys were believed", async () => {
    const verdict = await verify(whole, { pin: null });
    expect(verdict.ok).toBe(true);
    expect(verdict.checks.find(({ id }) => id === "pin")?.outcome).toBe("not-checked");
  });

  test("another log or registrar than the pinned one is the first complaint", async () => {
    const other = await makeWorldKeys();
    expect((await verify(whole, { pin: { ...world.trust, log: other.log } })).first).toMatchObject({ check: "pin", file: INDEX });
    expect((await verify(whole, { pin: { ...world.trust, registrar: other.registrar } })).first).toMatchObject({ check: "pin", file: INDEX });
  });

  test("an item opens with the real age binary and key.txt", () => {
    const item = nameOf(whole, (name) => name.startsWith("items/"));
    writeFileSync(join(folder, "key.txt"), whole.get("key.txt") ?? "");
    writeFileSync(join(folder, "item.age"), whole.get(item) ?? "");
    const opened = execFileSync("age", ["-d", "-i", join(folder, "key.txt"), join(folder, "item.age")]);
    expect(JSON.parse(opened.toString())).toMatchObject({ version: 1, text: "Demonstratie: aanvraag" });
  });

  test("a passphrase puts the key in key.txt.age: opened by it, left closed without it, refused with another", async () => {
    const files = await makeFiles(road(world), "vier losse woorden hier");
    expect(files.has("key.txt")).toBe(false);
    expect(decode(files.get("key.txt.age") ?? new Uint8Array(0))).toMatch(/^age-encryption.org\/v1\n-> scrypt /);
    expect((await verify(files, { passphrase: "vier losse woorden hier" })).checks.map(({ outcome }) => outcome)).toEqual(Array(15).fill("passed"));
    const closed = await verify(files);
    expect(closed.ok).toBe(true);
    expect(closed.checks.filter(({ outcome }) => outcome === "not-checked").map(({ id }) => id)).toEqual([
      "key",
      "opens",
      "originals",
      "captures",
      "timestamps",
      "page",
    ]);
    expect((await verify(files, { passphrase: "iets anders dan dat" })).first).toMatchObject({ check: "key", file: "key.txt.age" });
  });
});

async function makeWorldKeys(): Promise<TrustAnchor> {
  const note = await generateNoteKey("other.example.nl/ledger");
  return { log: note.verifierKey, registrar: (await signKeyPair(crypto.getRandomValues(new Uint8Array(32)))).publicKey, demonstration: true };
}

describe("tampering: the first wrong thing is named", () => {
  test("each file changed, one by one, is named by its own name", async () => {
    for (const [name, bytes] of whole) {
      if (name === INDEX || bytes.length === 0) continue;
      expect((await verify(new Map(whole).set(name, flipped(bytes)))).first, name).toMatchObject({ check: "files", file: name });
    }
  });

  test("each file left out, one by one, is named", async () => {
    for (const name of whole.keys()) {
      const files = new Map(whole);
      files.delete(name);
      expect((await verify(files)).first, name).toMatchObject({ check: name === INDEX ? "index" : "files", file: name });
    }
  });

  test("a file put beside the others, a shortened one, a broken bundle.json", async () => {
    expect((await verify(new Map(whole).set("originals/extra.txt", encode("x")))).first).toMatchObject({
      check: "files",
      file: "originals/extra.txt",
      found: "not listed",
    });
    expect((await verify(new Map(whole).set("key.txt", encode("")))).first).toMatchObject({ check: "files", file: "key.txt" });
    expect((await verify(new Map(whole).set(INDEX, encode("{")))).first).toMatchObject({ check: "index", file: INDEX });
    expect((await verify(new Map(whole).set(INDEX, encode("{}")))).first).toMatchObject({ check: "index", file: INDEX });
  });

  const forgeries: readonly (readonly [string, (name: string) => boolean, (bytes: Uint8Array) => Uint8Array, string])[] = [
    ["a header", (name) => name.startsWith("headers/"), (bytes) => flipped(bytes), "sealed"],
    ["a payload", (name) => name.startsWith("items/"), (bytes) => flipped(bytes, bytes.length - 5), "sealed"],
    ["a receipt", (name) => name === "receipts/0002.tlog-proof", (bytes) => encode(decode(bytes).replace("index 1", "index 0")), "receipts"],
    ["a key", (name) => name === "key.txt", () => encode("AGE-SECRET-KEY-1GQ9778VQXMMJVE8SK7J6VT8UJ4HDQAJUVSFCWCM02D8GEWQ72PVQ2Y5J33\n"), "key"],
    ["a readable attachment", (name) => name.endsWith(".png"), (bytes) => flipped(bytes), "originals"],
    ["a readable body", (name) => name.endsWith("advice.json"), (bytes) => encode(decode(bytes).replace("met een slot", "zonder slot")), "originals"],
    [
      "a signature",
      (name) => name === "statements/0004.json",
      (bytes) => encode(decode(bytes).replace(/"sig": "(.)/, (_, c: string) => `"sig": "${c === "A" ? "B" : "A"}`)),
      "signatures",
    ],
    [
      "a roster",
      (name) => name === "statements/0003.json",
      (bytes) => encode(decode(bytes).replace(/"sig": "(.)/, (_, c: string) => `"sig": "${c === "A" ? "B" : "A"}`)),
      "signatures",
    ],
    [
      "a person card",
      (name) => name === "statements/0001.json",
      (bytes) => encode(decode(bytes).replace(/"sig": "(.)/, (_, c: string) => `"sig": "${c === "A" ? "B" : "A"}`)),
      "signatures",
    ],
  ];
  for (const [what, which, change, check] of forgeries) {
    test(`${what}, with bundle.json made to fit: ${check}`, async () => {
      const name = nameOf(whole, which);
      const forged = await verify(relisted(new Map(whole).set(name, change(whole.get(name) ?? new Uint8Array(0)))));
      // A header and its payload are signed as one, so the complaint names the item of the pair.
      expect(forged.first).toMatchObject({ check, file: name.replace(/^headers\/(.*)\.age-header$/, "items/$1.age") });
      expect(forged.ok).toBe(false);
    });
  }

  test("an entry dropped or two exchanged, with bundle.json made to fit: chain", async () => {
    const dropped = new Map(whole);
    dropped.delete("statements/0005.json");
    expect((await verify(relisted(dropped))).first).toMatchObject({ check: "chain", expected: "entry 2", found: "entry 3" });
    const [a, b] = [whole.get("statements/0004.json"), whole.get("statements/0005.json")];
    const exchanged = new Map(whole).set("statements/0004.json", b ?? new Uint8Array(0)).set("statements/0005.json", a ?? new Uint8Array(0));
    expect((await verify(relisted(exchanged))).first).toMatchObject({ check: "chain", file: "statements/0004.json" });
  });

  test("a receipt of another entry: receipts", async () => {
    const files = new Map(whole).set("receipts/0001.tlog-proof", whole.get("receipts/0003.tlog-proof") ?? new Uint8Array(0));
    expect((await verify(relisted(files))).first).toMatchObject({ check: "receipts", file: "receipts/0001.tlog-proof" });
  });
});

describe("stated times", () => {
  const minutes = (count: number): string => new Date(Date.now() + count * 60_000).toISOString();
  const stating = (at: string) => (header: EntryHeader) => ({ ...header, at });
  const message = (at: string): Step => ({
    kind: "message",
    action: null,
    by: world.owner,
    role: "office-holder",
    desk: null,
    body: { text: "x" },
    spoil: stating(at),
  });

  test("an entry dated back past one before it is named, also in small steps", async () => {
    expect((await verify(await makeFiles([...road(world), message(minutes(-4))]))).ok).toBe(true);
    const back = { check: "chain", what: "the entry states a time before that of an entry before it" };
    expect((await verify(await makeFiles([...road(world), message(minutes(-6))]))).first).toMatchObject(back);
    expect((await verify(await makeFiles([...road(world), message(minutes(-4)), message(minutes(-8))]))).first).toMatchObject(back);
  });
});

describe("hand-overs", () => {
  test("one by someone in no desk is named, though their own card is in the bundle: a card is proof of who, not of an office", async () => {
    const [source, stranger] = [await makeSource(world, road(world)), await person()];
    const payload = {
      grant: uuidv7(),
      dossier: source.dossier.id,
      role: "expert-desk",
      to: { desk: world.desks.expert.id, epoch: 1 },
      by: stranger.person,
      keys: { scope: "dossier", digest: "A".repeat(43) },
      consent: null,
      until: null,
      at: new Date().toISOString(),
    };
    const made = async (by: Person) => {
      const statement = await signStatement(statementTypes.grant, { ...payload, by: by.person }, by.sign);
      const bundle = memoryBundle();
      await buildBundle({ ...source, handOvers: [...source.handOvers, statement], cards: [world.owner.card, by.card] }, bundle);
      return verify(bundle.files);
    };
    expect((await made(world.expert)).ok).toBe(true);
    expect((await made(stranger)).first).toMatchObject({ check: "signatures", what: "it is signed by a key that is not of the person it names" });
  });
});

/** Headers of the entries in a bundle, as they stand in its statements. */
const makeSourceOf = async (files: ReadonlyMap<string, Uint8Array>): Promise<readonly { readonly header: EntryHeader }[]> =>
  [...files].flatMap(([name, bytes]) => {
    if (!name.startsWith("statements/")) return [];
    const { what, envelope }: { what: string; envelope: { payload: string } } = JSON.parse(decode(bytes));
    return what === "entry" ? [{ header: JSON.parse(Buffer.from(envelope.payload, "base64url").toString()) as EntryHeader }] : [];
  });

describe("decisions", () => {
  const changed = (place: number, change: Partial<Step>): readonly Step[] => road(world).map((step, at) => (at === place ? { ...step, ...change } : step));

  test("one that stands is told with adopter, office, desk, day and the digest of exactly that advice, with the key file closed too", async () => {
    const files = await makeFiles(road(world), "wachtzin");
    const advice = (await makeSourceOf(files)).find(({ header }) => header.kind === "advice");
    const expected = {
      kind: "adoption",
      entry: 3,
      by: { person: world.authority.person, name: "D. Demo", office: "demonstratie" },
      desk: { id: world.desks.authority.id, name: "Demo authority" },
      advice: { entry: 2, item: advice?.header.body.item, digest: advice?.header.body.digest },
    };
    const verdict = await verify(files);
    expect(verdict.decisions).toEqual([expect.objectContaining(expected)]);
    expect(verdict.checks.find(({ id }) => id === "opens")?.outcome).toBe("not-checked");
  });

  test("nothing is told as decided when the advice was changed, the signer is another, or the bundle comes from elsewhere", async () => {
    const item = (await makeSourceOf(whole)).find(({ header }) => header.kind === "advice")?.header.body.item ?? "";
    const name = nameOf(whole, (one) => one.startsWith("items/") && one.includes(item));
    const sealed = relisted(new Map(whole).set(name, flipped(whole.get(name) ?? new Uint8Array(0))));
    expect(await verify(sealed)).toMatchObject({ ok: false, decisions: [], first: { check: "sealed" } });
    expect(await verify(await makeFiles(changed(2, { by: world.owner })))).toMatchObject({ ok: false, decisions: [] });
    expect(await verify(await makeFiles(changed(2, { by: world.expert })))).toMatchObject({ ok: false, decisions: [] });
    const elsewhere = await signKeyPair(crypto.getRandomValues(new Uint8Array(32)));
    expect(await verify(whole, { pin: { ...world.trust, registrar: elsewhere.publicKey } })).toMatchObject({
      ok: false,
      decisions: [],
      first: { check: "pin" },
    });
  });

  test("law 4: an adoption by the author of the advice is named, even from inside the authority's desk", async () => {
    expect((await verify(await makeFiles(changed(2, { by: world.expert })))).first).toMatchObject({
      check: "decisions",
      what: "the person who decided wrote the advice",
    });
  });

  test("an adoption by someone outside the authority's roster is named", async () => {
    expect((await verify(await makeFiles(changed(2, { by: world.owner })))).first).toMatchObject({
      check: "signatures",
      what: "it is signed by a key that is not of the person it names",
    });
  });

  test("an adoption signed for a desk of another function is named", async () => {
    expect((await verify(await makeFiles(changed(2, { by: world.expert, desk: world.desks.expert.id })))).first).toMatchObject({ check: "signatures" });
  });

  test.each([
    ["the person whose dossier it is, for their desk", "office-holder", true],
    ["another desk, for their own", "safety-desk", true],
    ["a desk, for none", "expert-desk", false],
  ] as const)("an entry of a desk's member who signs as %s, with their own card in the bundle, is named", async (_, role, forDesk) => {
    const message: Step = { kind: "message", action: null, by: world.expert, role, desk: forDesk ? world.desks.expert.id : null, body: { text: "x" } };
    const bundle = memoryBundle();
    await buildBundle({ ...(await makeSource(world, [...road(world), message])), cards: [world.owner.card, world.expert.card] }, bundle);
    expect((await verify(bundle.files)).first).toMatchObject({ check: "signatures" });
  });

  test("an adoption of another text than the newest advice is named", async () => {
    const steps = [
      ...road(world).slice(0, 2),
      { ...road(world)[1], body: { text: "tweede advies" } } as Step,
      { ...road(world)[2], spoil: (header: EntryHeader) => ({ ...header, decides: { item: uuidv7(), digest: header.body.digest, size: 1 } }) } as Step,
    ];
    expect((await verify(await makeFiles(steps))).first).toMatchObject({ check: "decisions", what: "it decides on something else than the newest advice" });
  });

  test("an entry as the office-holder by someone else is named", async () => {
    const message: Step = { kind: "message", action: null, by: world.expert, role: "office-holder", desk: null, body: { text: "x" } };
    const source = await makeSource(world, [...road(world), message]);
    const bundle = memoryBundle();
    await buildBundle({ ...source, cards: [world.owner.card, world.expert.card] }, bundle);
    expect((await verify(bundle.files)).first).toMatchObject({
      check: "chain",
      what: "the entry is signed as the person whose dossier it is, by someone else",
    });
  });
});

describe("a reader who holds part of the keys", () => {
  test("gets what it may read, and the bundle says that it is a part", async () => {
    const source = await makeSource(world, road(world));
    const bundle = memoryBundle();
    const part: BundleSource = { ...source, entries: source.entries.slice(2).map((entry): EntryView => ({ ...entry, body: null })) };
    const index = await buildBundle(part, bundle);
    expect(index.view).toBe("part");
    const verdict = await verify(bundle.files);
    expect(verdict.first).toBeNull();
    expect(verdict.checks.find(({ id }) => id === "chain")?.detail).toBe("1 of 3 entries: this reader may not see the others");
  });
});

describe("ZIP (APPNOTE 6.3.10, stored)", () => {
  const zipped = async (): Promise<Uint8Array> => {
    const parts: Uint8Array[] = [];
    const zip = zipWriter(async (bytes) => void parts.push(bytes.slice()));
    await buildBundle(await makeSource(world, road(world)), zip);
    return new Uint8Array(Buffer.concat(parts));
  };
  const access = (bytes: Uint8Array) => ({ size: bytes.length, read: async (offset: number, length: number) => bytes.subarray(offset, offset + length) });

  test("a bundle in a ZIP verifies, and unzip finds nothing wrong with it", async () => {
    const bytes = await zipped();
    expect((await verifyBundle(() => zipReader(access(bytes)), { pin: world.trust })).first).toBeNull();
    writeFileSync(join(folder, "bundle.zip"), bytes);
    expect(execFileSync("unzip", ["-t", join(folder, "bundle.zip")]).toString()).toContain("No errors detected");
  });

  test("cut anywhere, it is refused as a container or named by its file, never thrown", async () => {
    const bytes = await zipped();
    for (const part of [0, 10, 0.3, 0.6, 0.9, 0.999]) {
      const verdict = await verifyBundle(() => zipReader(access(bytes.subarray(0, part > 1 ? part : Math.floor(bytes.length * part)))), { pin: world.trust });
      expect(verdict.first?.check).toBe("container");
    }
  });

  test("names that would leave the folder, and members that come twice, are refused", async () => {
    const parts: Uint8Array[] = [];
    const zip = zipWriter(async (bytes) => void parts.push(bytes.slice()));
    await expect(zip.put("../uit.txt", encode("x"))).rejects.toMatchObject({ code: "name-refused" });
    await zip.put("aa.txt", encode("1"));
    await zip.put("bb.txt", encode("2"));
    await zip.close();
    const bytes = new Uint8Array(Buffer.concat(parts));
    const twice = new Uint8Array(Buffer.from(Buffer.from(bytes).toString("latin1").replaceAll("bb.txt", "aa.txt"), "latin1"));
    await expect(zipReader(access(twice))).rejects.toMatchObject({ code: "container-broken" });
    const out = new Uint8Array(Buffer.from(Buffer.from(bytes).toString("latin1").replaceAll("bb.txt", "../txt"), "latin1"));
    await expect(zipReader(access(out))).rejects.toMatchObject({ code: "name-refused" });
  });

  test("a stream that is not as long as announced is refused", async () => {
    const zip = zipWriter(async () => {});
    await expect(zip.put("a", { stream: new Blob(["abc"]).stream(), size: 4 })).rejects.toMatchObject({ code: "size-wrong" });
  });

  test("ZIP64 fields (4.3.14, 4.3.15, 4.5.3) are written, read back, and understood by unzip", async () => {
    const parts: Uint8Array[] = [];
    const zip = zipWriter(async (bytes) => void parts.push(bytes.slice()), 1);
    await zip.put("groot.txt", { size: 5, stream: new Blob(["groot"]).stream() });
    await zip.put("klein.txt", encode("na het grote"));
    await zip.close();
    const bytes = new Uint8Array(Buffer.concat(parts));
    const reader = await zipReader(access(bytes));
    expect(decode(await collect(await reader.open("groot.txt")))).toBe("groot");
    expect(decode(await collect(await reader.open("klein.txt")))).toBe("na het grote");
    writeFileSync(join(folder, "zip64.zip"), bytes);
    expect(execFileSync("unzip", ["-p", join(folder, "zip64.zip"), "klein.txt"]).toString()).toBe("na het grote");
    expect(
      execFileSync("python3", [
        "-c",
        "import sys,zipfile;z=zipfile.ZipFile(sys.argv[1]);assert z.testzip() is None;print(z.read('groot.txt').decode())",
        join(folder, "zip64.zip"),
      ])
        .toString()
        .trim(),
    ).toBe("groot");
  });
});
