/** The borders of every form the ledger writes and reads: what is one too many, one too few, or not spelled to the letter is refused with the code the contract names. */
import { describe, expect, test } from "vitest";
import {
  decodeBundle,
  encodeBundle,
  formatCheckpoint,
  formatProof,
  generateNoteKey,
  leafText,
  LedgerError,
  openTree,
  parseCheckpoint,
  parseLeafText,
  parseNote,
  parseProof,
  parseSignerKey,
  parseTilePath,
  parseVerifierKey,
  signNote,
  Tile,
  verifyConsistency,
  verifyInclusion,
  verifyNote,
  type Checkpoint,
  type LogProof,
} from "./index.ts";
import { MemoryLog, testLeaves } from "./testing.ts";

const code = (call: () => unknown): string => {
  try {
    call();
    return "taken";
  } catch (error) {
    if (error instanceof LedgerError) return error.code;
    throw error;
  }
};
const later = (call: () => Promise<unknown>): Promise<string> =>
  call().then(
    () => "taken",
    (error: unknown) => {
      if (error instanceof LedgerError) return error.code;
      throw error;
    },
  );
const hash = (of: number): Uint8Array => new Uint8Array(32).fill(of);
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

describe("notes", async () => {
  const { signerKey, verifierKey } = await generateNoteKey("demo.example.nl");
  const signer = await parseSignerKey(signerKey);
  const verifier = parseVerifierKey(verifierKey);
  const good = await signNote("words\n", signer);
  const line = good.split("\n").at(-2) ?? "";

  test("are signed only when their text ends in a newline and holds nothing unseen", async () => {
    expect(await later(() => signNote("words", signer))).toBe("note-malformed");
    expect(await later(() => signNote("", signer))).toBe("note-malformed");
    expect(await later(() => signNote("wor\u0007ds\n", signer))).toBe("note-malformed");
    expect(await later(() => signNote("\n", signer))).toBe("taken");
  });
  test.each<[string, string]>([
    ["no empty line", good.replace("\n\n", "\n")],
    ["no newline at the end", good.slice(0, -1)],
    ["only signatures", line],
    ["another dash", good.replace("—", "-")],
    ["two spaces", good.replace("— ", "—  ")],
    ["a fourth part", good.replace(/\n$/u, " more\n")],
    ["no name", `words\n\n—  ${base64(new Uint8Array(68))}\n`],
    ["no base64", `words\n\n— demo.example.nl %%%%\n`],
    ["a key id without signature", `words\n\n— demo.example.nl ${base64(new Uint8Array(4))}\n`],
    ["a name alone", "words\n\n— demo.example.nl\n"],
  ])("are refused with %s", (_, note) => expect(code(() => parseNote(note))).toBe("note-malformed"));
  test("are read up to their bounds and no further", () => {
    expect(parseNote(`words\n\n— demo.example.nl ${base64(new Uint8Array(5))}\n`).signatures[0]?.signature.length).toBe(1);
    const signed = (count: number) => `words\n\n${`${line}\n`.repeat(count)}`;
    expect(code(() => parseNote(signed(100)))).toBe("taken");
    expect(code(() => parseNote(signed(101)))).toBe("note-malformed");
    const long = (length: number) => `${"x".repeat(length - good.length + "words".length)}${good.slice("words".length)}`;
    expect(long(1_000_000)).toHaveLength(1_000_000);
    expect(code(() => parseNote(long(1_000_000)))).toBe("taken");
    expect(code(() => parseNote(long(1_000_001)))).toBe("note-malformed");
    expect(parseNote("\n\n— demo.example.nl AAAAAAA=\n").text).toBe("\n");
  });
  test("of another name, or another key of the same name, are not this key's; a shorter signature is forged", async () => {
    const other = await generateNoteKey("demo.example.nl");
    expect(await verifyNote(await signNote("words\n", await parseSignerKey(other.signerKey)), verifier)).toBeNull();
    expect(await verifyNote(good.replace("— demo", "— dem0"), verifier)).toBeNull();
    const id = new Uint8Array(4);
    new DataView(id.buffer).setUint32(0, verifier.keyId);
    expect(await later(() => verifyNote(`words\n\n— demo.example.nl ${base64(Buffer.concat([id, new Uint8Array(63)]))}\n`, verifier))).toBe(
      "signature-invalid",
    );
    expect(await later(() => verifyNote(good.replace("words", "w0rds"), verifier))).toBe("signature-invalid");
    expect((await verifyNote(good, verifier))?.text).toBe("words\n");
  });
});

describe("checkpoints", () => {
  const good: Checkpoint = { origin: "demo.example.nl", size: 1, root: hash(1), extensions: [] };
  test.each<[string, Partial<Checkpoint>, string]>([
    ["a size that is none", { size: -1 }, "size-invalid"],
    ["half a leaf", { size: 1.5 }, "size-invalid"],
    ["a short root", { root: new Uint8Array(31) }, "hash-malformed"],
    ["no origin", { origin: "" }, "checkpoint-malformed"],
    ["two lines of origin", { origin: "a\nb" }, "checkpoint-malformed"],
    ["an empty extension", { extensions: ["x", ""] }, "checkpoint-malformed"],
    ["an extension of two lines", { extensions: ["a\nb"] }, "checkpoint-malformed"],
  ])("are not written with %s", (_, change, why) => expect(code(() => formatCheckpoint({ ...good, ...change }))).toBe(why));
  test.each<[string, string]>([
    ["nothing", ""],
    ["a newline", "\n"],
    ["an origin alone", "demo\n"],
    ["no root", "demo\n1\n"],
    ["no newline", `demo\n1\n${base64(hash(1))}`],
    ["an empty line", `demo\n1\n${base64(hash(1))}\n\n`],
    ["a leading zero", `demo\n01\n${base64(hash(1))}\n`],
    ["a short root", `demo\n1\n${base64(new Uint8Array(31))}\n`],
    ["a long root", `demo\n1\n${base64(new Uint8Array(33))}\n`],
    ["no base64", "demo\n1\n%%%%\n"],
  ])("are refused: %s", (_, text) => expect(code(() => parseCheckpoint(text))).toBe("checkpoint-malformed"));
  test("come back as they were written", () => {
    const written = { ...good, size: 2 ** 53 - 1, extensions: ["first", "second"] };
    expect(parseCheckpoint(formatCheckpoint(written))).toEqual(written);
  });
});

describe("receipts", () => {
  const good: LogProof = { index: 0, hashes: [], checkpoint: "checkpoint\n", extra: null };
  const hashes = (count: number) => Array.from({ length: count }, (_, at) => hash(at));
  test.each<[string, Partial<LogProof>, string]>([
    ["a negative index", { index: -1 }, "index-invalid"],
    ["half an index", { index: 0.5 }, "index-invalid"],
    ["an index beyond what a number holds", { index: 2 ** 53 }, "index-invalid"],
    ["more hashes than any tree needs", { hashes: hashes(65) }, "proof-malformed"],
    ["a short hash", { hashes: [new Uint8Array(31)] }, "hash-malformed"],
  ])("are not written with %s", (_, change, why) => expect(code(() => formatProof({ ...good, ...change }))).toBe(why));
  test.each<[string, string]>([
    ["no empty line", "c2sp.org/tlog-proof@v1\nindex 0"],
    ["only an empty line", "\n\n"],
    ["no index", "c2sp.org/tlog-proof@v1\n\ncheckpoint\n"],
    ["another word for it", "c2sp.org/tlog-proof@v1\nplace 0\n\ncheckpoint\n"],
    ["an index of letters", "c2sp.org/tlog-proof@v1\nindex x\n\ncheckpoint\n"],
    ["a bare number", "c2sp.org/tlog-proof@v1\n0\n\ncheckpoint\n"],
    ["a short hash", `c2sp.org/tlog-proof@v1\nindex 0\n${base64(new Uint8Array(31))}\n\ncheckpoint\n`],
    ["extra that is no base64", "c2sp.org/tlog-proof@v1\nextra %\nindex 0\n\ncheckpoint\n"],
    ["65 hashes", `c2sp.org/tlog-proof@v1\nindex 0\n${`${base64(hash(1))}\n`.repeat(65)}\ncheckpoint\n`],
  ])("are refused: %s", (_, text) => expect(code(() => parseProof(text))).toBe("proof-malformed"));
  test("of 64 hashes and with extra data come back as they were written", () => {
    const whole = { ...good, index: 2 ** 53 - 1, hashes: hashes(64), extra: Uint8Array.of(1, 2) };
    expect(parseProof(formatProof(whole))).toEqual(whole);
    expect(parseProof(formatProof(good))).toEqual(good);
  });
  test("leaves of another log are nobody's", () => {
    const name = "A".repeat(43);
    expect(parseLeafText(leafText("entry", name))).toEqual({ what: "entry", hash: name });
    for (const text of ["", "entry", `rugdekking entry ${name}`, `x rugdekking entry ${name}\n`, `rugdekking entry ${name}\n\n`, `rugdekking  ${name}\n`])
      expect(parseLeafText(text)).toBeNull();
  });
});

describe("tiles and bundles", () => {
  test.each([
    "",
    "tile",
    "tile/0/00",
    "tile/64/000",
    "tile/99/000",
    "tile/0/000.p/256",
    "tile/0/000.p/0",
    "tile/0/000.p/999",
    "tile/00/000",
    "tile/0/x000/000",
    "tile/0/x999/x999/x999/x999/x999/999",
  ])("%j is no place", (path) => expect(parseTilePath(path)).toBeNull());
  test("the highest level and the widest partial tile are places", () => {
    expect(parseTilePath("tile/63/000.p/255")).toEqual({ level: 63, index: 0, width: 255 });
    expect(parseTilePath("tile/entries/000")).toEqual({ level: "entries", index: 0, width: 256 });
  });
  test("a tile is 1 to 256 whole hashes, and holds no subtree beyond its width", () => {
    const tile = (bytes: number) => code(() => new Tile({ level: 0, index: 0 }, new Uint8Array(bytes)));
    expect([0, 31, 33, 257 * 32].map(tile)).toEqual(Array.from({ length: 4 }, () => "tile-malformed"));
    expect([32, 256 * 32].map(tile)).toEqual(["taken", "taken"]);
    const three = new Tile({ level: 0, index: 0 }, new Uint8Array(96));
    expect([code(() => three.node(0, 2)), code(() => three.node(0, 3)), code(() => three.node(1, 0)), code(() => three.node(1, 1))]).toEqual([
      "taken",
      "tile-malformed",
      "taken",
      "tile-malformed",
    ]);
  });
  test("a bundle holds 256 entries of 65,535 bytes at most, and exactly as many as are asked for", () => {
    const some = (count: number) => Array.from({ length: count }, () => Uint8Array.of(1));
    expect([code(() => encodeBundle(some(256))), code(() => encodeBundle(some(257)))]).toEqual(["taken", "bundle-malformed"]);
    expect([code(() => encodeBundle([new Uint8Array(65_535)])), code(() => encodeBundle([new Uint8Array(65_536)]))]).toEqual(["taken", "entry-too-large"]);
    const two = encodeBundle(some(2));
    expect(decodeBundle(two, 2)).toEqual(some(2));
    expect([code(() => decodeBundle(two, 1)), code(() => decodeBundle(two, 3)), code(() => decodeBundle(two.slice(0, -1), 2))]).toEqual([
      "bundle-malformed",
      "bundle-malformed",
      "bundle-malformed",
    ]);
  });
});

describe("trees", () => {
  const log = new MemoryLog();
  log.grow(testLeaves(0, 300));
  const root = (size: number) => openTree(size, log).root();
  const head = async (size: number) => ({ size, root: await root(size) });

  test("answer for leaves they have and sizes they had", async () => {
    const tree = openTree(300, log);
    expect(await tree.leafHash(299)).toEqual(log.leafHashes[299]);
    expect(await tree.leafHash(0)).toEqual(log.leafHashes[0]);
    for (const index of [-1, 300, 0.5]) {
      expect(await later(() => tree.leafHash(index))).toBe("index-invalid");
      expect(await later(() => tree.inclusionProof(index))).toBe("index-invalid");
    }
    for (const earlier of [-1, 0.5, 301]) expect(await later(() => tree.consistencyProof(earlier))).toBe("size-invalid");
    expect(await tree.consistencyProof(300)).toEqual([]);
    expect([code(() => openTree(-1, log)), code(() => openTree(1.5, log))]).toEqual(["size-invalid", "size-invalid"]);
  });
  test("ask nobody for tiles that are at hand and wide enough, and for those that are not", async () => {
    const at = log.reads;
    expect(await openTree(300, log, log.state.edge).root()).toEqual(await root(300));
    const withEdge = log.reads - at;
    const narrow = new MemoryLog();
    narrow.grow(testLeaves(0, 299));
    expect(await openTree(300, log, narrow.state.edge).root()).toEqual(await root(300));
    // Two tiles lie on the edge of 300 leaves: the level above, and the forty-four on the right.
    expect(withEdge).toBeLessThan(2 + 2);
  });
  test("a proof is neither too long nor too short, and of whole hashes", async () => {
    const tree = openTree(300, log);
    const leaf = await tree.leafHash(7);
    const proof = await tree.inclusionProof(7);
    const whole = await head(300);
    const check = (path: readonly Uint8Array[], under = whole, of = leaf) => code(() => verifyInclusion(of, 7, under, path));
    expect(check(proof)).toBe("taken");
    expect(check([...proof, hash(1)])).toBe("inclusion-invalid");
    expect(check(proof.slice(0, -1))).toBe("inclusion-invalid");
    expect(check(proof, { ...whole, root: new Uint8Array(31) })).toBe("hash-malformed");
    expect(check(proof, whole, new Uint8Array(33))).toBe("hash-malformed");
    // One leaf, one hash too many that happens to end in the root.
    expect(code(() => verifyInclusion(leaf, 0, { size: 1, root: leaf }, [leaf]))).toBe("inclusion-invalid");
  });
  test("a continuation is proven by exactly its proof", async () => {
    const proof = await openTree(300, log).consistencyProof(130);
    const [before, after] = [await head(130), await head(300)];
    const check = (path: readonly Uint8Array[], from = before, to = after) => code(() => verifyConsistency(from, to, path));
    expect(check(proof)).toBe("taken");
    expect(check([...proof, hash(1)])).toBe("consistency-invalid");
    expect(check(proof.slice(0, -1))).toBe("consistency-invalid");
    expect(check([])).toBe("consistency-invalid");
    expect(check([hash(1)], after, after)).toBe("consistency-invalid");
    expect(check([], after, after)).toBe("taken");
    expect(check([new Uint8Array(31), ...proof.slice(1)])).toBe("hash-malformed");
    expect(check(proof, { ...before, size: -1 })).toBe("size-invalid");
    expect(check(proof, before, { ...after, size: 300.5 })).toBe("size-invalid");
    expect(check(proof, { ...before, root: new Uint8Array(31) })).toBe("hash-malformed");
    expect(check(proof, before, { ...after, root: new Uint8Array(31) })).toBe("hash-malformed");
    expect(check(proof, after, before)).toBe("size-invalid");
  });
});
