/** C2SP tlog-tiles: paths, bundles, partial tiles and appends of any batch size. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  LedgerError,
  Tile,
  append,
  decodeBundle,
  edgePlaces,
  emptyLog,
  encodeBundle,
  hashLeaf,
  openTree,
  parseTilePath,
  tilePath,
  tileWidth,
  verifyInclusion,
} from "./index.ts";
import { MemoryLog, testLeaves } from "./testing.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

describe("paths", () => {
  test.each([
    [{ level: 0, index: 0, width: 256 }, "tile/0/000"],
    [{ level: 3, index: 1_234_067, width: 256 }, "tile/3/x001/x234/067"],
    [{ level: 1, index: 5, width: 17 }, "tile/1/005.p/17"],
    [{ level: "entries", index: 1000, width: 255 }, "tile/entries/x001/000.p/255"],
  ] as const)("%o is %s", (place, path) => {
    expect(tilePath(place)).toBe(path);
    expect(parseTilePath(path)).toEqual(place);
  });

  test.each([
    "tile/0/0",
    "tile/00/000",
    "tile/64/000",
    "tile/0/x000/000",
    "tile/0/001/000",
    "tile/0/000.p/0",
    "tile/0/000.p/256",
    "tile/0/000.p/01",
    "tile/0/000/",
    "tile/-1/000",
    "tile/0/../000",
    "tile/0/x999/x999/x999/x999/x999/999",
    "checkpoint",
  ])("%s is no tile", (path) => {
    expect(parseTilePath(path)).toBeNull();
  });
});

describe("bundles", () => {
  test("carry a big-endian uint16 length before each entry", () => {
    const bytes = encodeBundle([new Uint8Array([1, 2]), new Uint8Array(0), new Uint8Array(258)]);
    expect(hex(bytes.subarray(0, 8))).toBe("0002010200000102");
    expect(decodeBundle(bytes, 3).map((entry) => entry.length)).toEqual([2, 0, 258]);
  });

  test("come back as they went in; cut anywhere, they are refused", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 20 }), fc.nat(), (entries, cut) => {
        const bytes = encodeBundle(entries);
        expect(decodeBundle(bytes, entries.length).map(hex)).toEqual(entries.map(hex));
        expect(() => decodeBundle(bytes.subarray(0, cut % bytes.length), entries.length)).toThrow(LedgerError);
      }),
      { numRuns: 100 },
    );
  });

  test("refuse an entry above 65,535 bytes", () => {
    expect(() => encodeBundle([new Uint8Array(65_536)])).toThrow(/65535/);
    expect(() => append(emptyLog, [new Uint8Array(65_536)])).toThrow(/65535/);
  });
});

describe("a tree of 70,000 leaves (the specification's example)", () => {
  const log = new MemoryLog();
  log.grow(testLeaves(0, 70_000));
  const at = (level: number) => [...log.tiles.values()].filter((tile) => tile.level === level).map((tile) => tile.width);

  test("has 273 full and one partial tile of 112 at level 0, 1 and 17 at level 1, 1 at level 2", () => {
    expect(at(0)).toEqual([...Array<number>(273).fill(256), 112]);
    expect(at(1)).toEqual([256, 17]);
    expect(at(2)).toEqual([1]);
    expect(at(3)).toEqual([]);
  });

  test("proves any leaf from at most five tiles", async () => {
    for (const index of [0, 255, 256, 65_535, 65_536, 69_887, 69_888, 69_999]) {
      log.reads = 0;
      const proof = await openTree(log.state.size, log).inclusionProof(index);
      verifyInclusion(log.leafHashes[index] ?? new Uint8Array(0), index, { size: 70_000, root: log.roots[70_000] ?? new Uint8Array(0) }, proof);
      expect(log.reads).toBeLessThanOrEqual(5);
    }
  });

  test("of 256 leaves: one full tile and a partial one of width 1 above it", () => {
    const appended = append(emptyLog, testLeaves(0, 256));
    expect(appended.tiles.map(tilePath)).toEqual(["tile/0/000", "tile/1/000.p/1"]);
    expect(appended.edge.map(tilePath)).toEqual(["tile/1/000.p/1"]);
    expect(edgePlaces(256)).toEqual([{ level: 1, index: 0, width: 1 }]);
  });
});

describe("appends", () => {
  test("in batches of any sizes give the same log as one by one, also after re-reading the edge", async () => {
    const whole = new MemoryLog();
    whole.grow(testLeaves(0, 1200));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 6 }), async (batches) => {
        const log = new MemoryLog();
        for (const batch of batches) {
          const to = Math.min(1200, log.state.size + batch);
          // What a restart does: the edge comes back as bytes from storage.
          const edge = await Promise.all(
            edgePlaces(log.state.size).map(
              async ({ level, index, width }) => new Tile({ level, index }, (await log.tile(level, index, width)) ?? new Uint8Array(0)),
            ),
          );
          log.state = { size: log.state.size, edge };
          log.grow(testLeaves(log.state.size, to));
        }
        const { size } = log.state;
        expect(hex(log.roots[size] ?? new Uint8Array(0))).toBe(hex(await openTree(size, whole).root()));
        for (const tile of log.tiles.values()) expect(hex((await whole.tile(tile.level, tile.index, tile.width)) ?? new Uint8Array(0))).toBe(hex(tile.bytes));
      }),
      { numRuns: 50 },
    );
  });

  test("bundle pieces cover the new entries and only those", () => {
    const first = append(emptyLog, testLeaves(0, 200));
    const { bundles } = append(first, testLeaves(200, 600));
    expect(bundles.map((b) => [b.index, b.from, b.width, b.entries.length])).toEqual([
      [0, 200, 256, 56],
      [1, 0, 256, 256],
      [2, 0, 88, 88],
    ]);
  });

  test("refuse an edge of another size", () => {
    const grown = append(emptyLog, testLeaves(0, 5));
    expect(() => append({ size: 6, edge: grown.edge }, testLeaves(6, 7))).toThrow(LedgerError);
    expect(() => append({ size: 5, edge: [] }, testLeaves(5, 6))).toThrow(LedgerError);
  });
});

describe("reading tiles", () => {
  test("a missing, short or crooked tile is named, not guessed", async () => {
    const give = (bytes: Uint8Array | null) => openTree(5, { tile: async () => bytes }).root();
    await expect(give(null)).rejects.toMatchObject({ code: "tile-missing" });
    await expect(give(new Uint8Array(4 * 32))).rejects.toMatchObject({ code: "tile-malformed" });
    await expect(give(new Uint8Array(5 * 32 + 1))).rejects.toMatchObject({ code: "tile-malformed" });
  });

  test("a tile altered by its server fails verification", async () => {
    const log = new MemoryLog();
    log.grow(testLeaves(0, 300));
    const lying = {
      tile: async (level: number, index: number, width: number) =>
        (await log.tile(level, index, width))?.map((byte, i) => (i === 64 && level === 0 ? byte ^ 1 : byte)) ?? null,
    };
    const proof = await openTree(300, lying).inclusionProof(3);
    expect(() =>
      verifyInclusion(hashLeaf(testLeaves(3, 4)[0] ?? new Uint8Array(0)), 3, { size: 300, root: log.roots[300] ?? new Uint8Array(0) }, proof),
    ).toThrow(LedgerError);
  });

  test("widths follow the size", () => {
    expect([tileWidth(0, 0, 300), tileWidth(0, 1, 300), tileWidth(0, 2, 300), tileWidth(1, 0, 300), tileWidth(2, 0, 300)]).toEqual([256, 44, 0, 1, 0]);
  });
});
