/** Design section 4, "Cover": thousands open in workers, are searchable here, and are cached sealed. */
import { generateDossierKey, generateSeed, newUuid, sealKeyPair, signKeyPair, type SealKeyPair } from "@rugdekking/seal";
import { beforeAll, describe, expect, test } from "vitest";
import type { WorklistLine } from "#services/dossier/contract/index.ts";
import { serveCovers, workerCoverPool } from "./covers-worker.ts";
import { CoverIndex } from "./cover-index.ts";
import { coversInThread, openCovers } from "./covers.ts";
import { isSealedHead, openIndex, sealIndex } from "./sealed-index.ts";
import { grantDossier } from "./sharing.ts";
import { sealCover } from "./write.ts";

const desk = newUuid();
let epochKey: SealKeyPair;
let person: { person: string; seal: SealKeyPair; sign: Awaited<ReturnType<typeof signKeyPair>> };
let lines: WorklistLine[];

async function lineOf(index: number): Promise<WorklistLine> {
  const dossier = newUuid();
  const key = generateDossierKey();
  const signer = { person: { ...person, card: { payloadType: "", payload: "", signatures: [] } } };
  const grant = await grantDossier(
    signer,
    { dossier, role: "safety-desk", to: { desk: { id: desk, epoch: 3, epochPublicKey: epochKey.publicKey } as never }, consent: null, until: null },
    key,
  );
  const cover = await sealCover({ version: 1, title: `Melding ${index} DEMO`, reporterName: index % 2 === 0 ? "Renée Démo" : "Demo Jansen" }, key, dossier);
  return {
    id: dossier,
    kind: "report",
    phase: "filed",
    opened: "2026-11-24T00:00:00Z",
    changed: `2026-11-24T00:00:${String(10 + index)}Z`,
    term: null,
    guest: false,
    cover,
    grant,
  };
}

beforeAll(async () => {
  epochKey = await sealKeyPair(generateSeed());
  person = { person: newUuid(), seal: await sealKeyPair(generateSeed()), sign: await signKeyPair(generateSeed()) };
  lines = await Promise.all(Array.from({ length: 12 }, (_, index) => lineOf(index)));
});
const keys = (): ReadonlyMap<number, SealKeyPair> => new Map([[3, epochKey]]);

describe("covers", () => {
  test("open with the epoch they were handed to; a missing key, a swapped cover or another dossier's hand-over gives null, not an error", async () => {
    const [one, two] = lines;
    if (one === undefined || two === undefined) throw new Error("no lines");
    expect(await openCovers([one], keys())).toMatchObject([{ title: "Melding 0 DEMO" }]);
    expect(await openCovers([one], new Map([[2, epochKey]]))).toEqual([null]);
    expect(
      await openCovers(
        [
          { ...one, cover: two.cover },
          { ...one, grant: two.grant },
          { ...one, cover: null },
        ],
        keys(),
      ),
    ).toEqual([null, null, null]);
  });

  test("an index opens only what is new or changed, finds words without case or accents, and forgets what is gone", async () => {
    const index = new CoverIndex(desk);
    expect(await index.update(lines, keys(), coversInThread())).toBe(12);
    expect(await index.update(lines, keys(), coversInThread())).toBe(0);
    expect(index.search("renee")).toHaveLength(6);
    expect(index.search("RENÉE melding 4")).toHaveLength(1);
    expect(index.search("")).toHaveLength(12);
    expect(index.changedSince).toBe("2026-11-24T00:00:21Z");
    index.keepOnly(new Set(lines.slice(0, 5).map(({ id }) => id)));
    expect(index.search("jansen")).toHaveLength(2);
    expect(index.size).toBe(5);
  });

  test("the stored index shows nothing, opens for its person only, and not when altered", async () => {
    const index = new CoverIndex(desk);
    await index.update(lines, keys(), coversInThread());
    const sealed = await sealIndex(index, person);
    expect(isSealedHead(structuredClone(sealed))).toBe(true);
    expect(Buffer.from(sealed.head.bytes).includes("Melding")).toBe(false);
    expect((await openIndex(desk, sealed, sealed.rest, person)).lines()).toEqual(index.lines());
    await expect(openIndex(desk, sealed, sealed.rest, { ...person, person: newUuid() })).rejects.toMatchObject({ code: "hand-over-refused" });
    await expect(openIndex(newUuid(), sealed, sealed.rest, person)).rejects.toMatchObject({ code: "hand-over-refused" });
    const last = sealed.head.bytes.length - 1;
    const altered = { ...sealed, head: { ...sealed.head, bytes: sealed.head.bytes.with(last, (sealed.head.bytes[last] ?? 0) ^ 1) } };
    await expect(openIndex(desk, altered, sealed.rest, person)).rejects.toMatchObject({ code: "item-refused" });
  });

  test("a long stored index gives its first lines before the rest is there, and is refused when a part is altered, missing, exchanged or of another day", async () => {
    const index = new CoverIndex(desk);
    const many = Array.from({ length: 2100 }, (_, place) => ({
      id: newUuid(),
      kind: "report" as const,
      phase: "filed",
      opened: "2026-11-24T00:00:00Z",
      changed: "2026-11-24T00:00:00Z",
      term: { name: "take-up", due: new Date(Date.UTC(2026, 10, 25) + place * 1000).toISOString(), waitsFor: "safety-desk" as const, overdue: false },
      guest: false,
      cover: { title: `Melding ${place} DEMO` },
    }));
    index.restore(many.toReversed());
    const sealed = await sealIndex(index, person);
    const [one, two, three] = sealed.rest;
    if (one === undefined || two === undefined || three === undefined) throw new Error("no parts");
    let arrive: (rest: unknown) => void = () => undefined;
    const onTheWay = new Promise((resolve) => (arrive = resolve));
    const seen: string[] = [];
    const opening = openIndex(desk, sealed, onTheWay, person, (part) => {
      seen.push(...part.lines().map(({ id }) => id));
      expect(part.expected).toBe(2100);
      arrive(sealed.rest);
    });
    const opened = await opening;
    expect(seen).toEqual(many.slice(0, 30).map(({ id }) => id));
    expect(opened.expected).toBeNull();
    expect(opened.altered).toBe(false);
    expect(opened.lines()).toEqual(index.lines());
    expect(opened.search("melding 2099")).toHaveLength(1);

    const other = await sealIndex(index, person);
    const cut = { ...two, bytes: two.bytes.slice(0, -1) };
    for (const rest of [[], [one, two], [one, three, two], [one, two, two], [...sealed.rest, three], undefined, "x", [one, {}, three]])
      await expect(openIndex(desk, sealed, rest, person)).rejects.toMatchObject({ code: "input-malformed" });
    for (const part of [cut, { ...two, length: 1 }]) await expect(openIndex(desk, sealed, [one, part, three], person)).rejects.toThrow();
    await expect(openIndex(desk, sealed, other.rest, person)).rejects.toMatchObject({ code: "input-malformed" });
    await expect(openIndex(desk, { ...sealed, head: other.head }, other.rest, person)).rejects.toMatchObject({ code: "item-refused" });
  });

  test("an index of the first version, which was one piece, is not taken for one of now", () => {
    expect(isSealedHead({ key: "h1.x", item: newUuid(), bytes: new Uint8Array(16), length: 16 })).toBe(false);
    for (const value of [null, undefined, [], "x", { key: "h1.x", head: null }, { key: 1, head: { item: "x", bytes: new Uint8Array(1), length: 1 } }])
      expect(isSealedHead(value)).toBe(false);
  });

  test("is worth storing again only when something in it changed", async () => {
    const index = new CoverIndex(desk);
    await index.update(lines, keys(), coversInThread());
    expect(index.altered).toBe(true);
    index.stored();
    await index.update(lines, keys(), coversInThread());
    expect(index.altered).toBe(false);
    const [one, ...others] = lines;
    if (one === undefined) throw new Error("no lines");
    await index.update([{ ...one, phase: "in-hand" }], keys(), coversInThread());
    expect(index.altered).toBe(true);
    expect(index.get(one.id)).toMatchObject({ phase: "in-hand", cover: { title: "Melding 0 DEMO" } });
    index.stored();
    index.keepOnly(new Set(others.map(({ id }) => id)));
    expect(index.altered).toBe(true);
  });

  test("keys travel to workers as unreadable CryptoKeys, and batches come back in order", async () => {
    const [near, far] = [new MessageChannel(), new MessageChannel()];
    for (const port of [near.port2, far.port2]) serveCovers(port);
    for (const { port1, port2 } of [near, far]) {
      port1.start();
      port2.start();
    }
    const index = new CoverIndex(desk);
    expect(await index.update(lines, keys(), workerCoverPool([near.port1, far.port1]))).toBe(12);
    expect(index.search("melding")).toHaveLength(12);
    for (const { port1 } of [near, far]) port1.close();
  });
});
