/** Design section 4, "Cover": thousands open in workers, are searchable here, and are cached sealed. */
import { generateDossierKey, generateSeed, newUuid, sealKeyPair, signKeyPair, type SealKeyPair } from "@rugdekking/seal";
import { beforeAll, describe, expect, test } from "vitest";
import type { WorklistLine } from "#services/dossier/contract/index.ts";
import { serveCovers, workerCoverPool } from "./covers-worker.ts";
import { CoverIndex, coversInThread, isSealedIndex, openCovers } from "./covers.ts";
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
    const sealed = await index.sealIndex(person);
    expect(isSealedIndex(structuredClone(sealed))).toBe(true);
    expect(Buffer.from(sealed.bytes).includes("Melding")).toBe(false);
    expect((await CoverIndex.openIndex(desk, sealed, person)).lines()).toEqual(index.lines());
    await expect(CoverIndex.openIndex(desk, sealed, { ...person, person: newUuid() })).rejects.toThrow();
    const altered = { ...sealed, bytes: sealed.bytes.with(sealed.bytes.length - 1, 0) };
    await expect(CoverIndex.openIndex(desk, altered, person)).rejects.toThrow();
  });

  test("keys travel to workers as unreadable CryptoKeys, and batches come back in order", async () => {
    const [near, far] = [new MessageChannel(), new MessageChannel()];
    for (const port of [near.port2, far.port2]) serveCovers(port);
    for (const { port1, port2 } of [near, far]) {
      port1.start();
      port2.start();
    }
    const index = new CoverIndex(desk);
    const seen: number[] = [];
    await index.update(lines, keys(), workerCoverPool([near.port1, far.port1]), (done) => seen.push(done));
    expect(index.search("melding")).toHaveLength(12);
    expect(seen).toEqual([12]);
    for (const { port1 } of [near, far]) port1.close();
  });
});
