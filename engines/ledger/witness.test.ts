/** C2SP tlog-cosignature and tlog-witness: vectors from the specifications and from a public log, and what a hostile log or server may try. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addCosignatures,
  checkQuorum,
  cosign,
  formatAddCheckpoint,
  generateNoteKey,
  generateWitnessKey,
  judgeCheckpoint,
  openTree,
  parseAddCheckpoint,
  parseNote,
  parseSignerKey,
  parseVerifierKey,
  parseWitnessKey,
  parseWitnessSigner,
  readCosignatures,
  signCheckpoint,
  type NoteSigner,
  type TreeHead,
} from "./index.ts";
import { MemoryLog, testLeaf, testLeaves } from "./testing.ts";

/** A checkpoint of the public staging log arche2025h1, cosigned on 2026-05-23 by witnesses of the transparency.dev network, as its tests and Python verifiers keep it. */
const arche = {
  note: [
    "arche2025h1.staging.ct.transparency.dev\n1432088532\nU7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=\n",
    "— arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=",
    "— arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=",
    "— transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==",
    "— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==\n",
  ].join("\n"),
  log: "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f",
  witness: "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
};

/** The request of the tlog-witness specification. */
const specification = `old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
`;

describe("tlog-cosignature", () => {
  test("a cosignature of a public witness verifies, with its time", async () => {
    const found = await readCosignatures(arche.note, [parseWitnessKey(arche.witness)]);
    expect(found.map(({ witness, seconds }) => [witness, seconds])).toEqual([["remora.n621.de", 0x6a122120]]);
    expect(arche.note).toContain(found[0]?.line);
  });
  test("over another size, another root or another time it does not", async () => {
    const witness = parseWitnessKey(arche.witness);
    for (const altered of [
      arche.note.replace("1432088532", "1432088531"),
      arche.note.replace("U7WM", "U7WN"),
      arche.note.replace("2net5wAAAABqEiEg", "2net5wAAAABqEiEh"),
    ])
      expect(await readCosignatures(altered, [witness])).toEqual([]);
  });
  test("a log's key is no witness's, and the other way round", () => {
    expect(() => parseWitnessKey(arche.log)).toThrow(expect.objectContaining({ code: "key-malformed" }));
    expect(() => parseVerifierKey(arche.witness)).toThrow(expect.objectContaining({ code: "key-malformed" }));
  });
  test("a quorum holds, is missing, and never counts one key twice", async () => {
    const remora = parseWitnessKey(arche.witness);
    const other = parseWitnessKey((await generateWitnessKey("other.example.nl")).verifierKey);
    expect(await checkQuorum(arche.note, { witnesses: [remora, other], quorum: 1 })).toHaveLength(1);
    expect(await checkQuorum(arche.note, { witnesses: [other], quorum: 0 })).toEqual([]);
    await expect(checkQuorum(arche.note, { witnesses: [remora, other], quorum: 2 })).rejects.toMatchObject({ code: "quorum-missing" });
    await expect(checkQuorum(arche.note, { witnesses: [remora, { ...remora, name: "another.name" }], quorum: 1 })).rejects.toMatchObject({
      code: "key-malformed",
    });
    for (const quorum of [-1, 3, 1.5])
      await expect(checkQuorum(arche.note, { witnesses: [remora, other], quorum })).rejects.toMatchObject({ code: "key-malformed" });
  });
});

describe("a cosignature's own borders", async () => {
  const keys = await generateWitnessKey("witness.example.nl");
  const signer = await parseWitnessSigner(keys.signerKey);
  const witness = parseWitnessKey(keys.verifierKey);
  const log = await parseSignerKey((await generateNoteKey("demo.example.nl")).signerKey);
  const signed = await signCheckpoint({ origin: "demo.example.nl", size: 3, root: new Uint8Array(32).fill(7), extensions: ["more"] }, log);
  const { text } = parseNote(signed);
  const says = async (call: Promise<unknown>): Promise<string> =>
    await call.then(
      () => "taken",
      (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : "?"),
    );
  /** As a witness would that keeps to no bounds: any 64 bits of time. */
  const cosignedAt = async (seconds: bigint): Promise<string> => {
    const bytes = new Uint8Array(72);
    new DataView(bytes.buffer).setBigUint64(0, seconds);
    bytes.set(await signer.sign(`cosignature/v1\ntime ${seconds}\n${text}`), 8);
    const id = Uint8Array.from({ length: 4 }, (_, place) => (signer.keyId >>> (24 - 8 * place)) & 255);
    return `${signed}\u2014 ${signer.name} ${Buffer.concat([id, bytes]).toString("base64")}\n`;
  };

  test("only a checkpoint is cosigned, at a whole second since 1970", async () => {
    expect(await says(cosign("words\n", signer, 5))).toBe("checkpoint-malformed");
    for (const seconds of [-1, 1.5, Number.NaN, 2 ** 53]) expect(await says(cosign(text, signer, seconds))).toBe("size-invalid");
    for (const seconds of [0, 2 ** 53 - 1]) {
      const found = await readCosignatures(`${signed}${await cosign(text, signer, seconds)}`, [witness]);
      expect(found.map((one) => one.seconds)).toEqual([seconds]);
    }
  });
  test("a time that no number holds is passed over, however well it is signed; the largest that one holds is read", async () => {
    expect(await readCosignatures(await cosignedAt(2n ** 53n), [witness])).toEqual([]);
    expect(await readCosignatures(await cosignedAt(2n ** 64n - 1n), [witness])).toEqual([]);
    expect((await readCosignatures(await cosignedAt(2n ** 53n - 1n), [witness])).map(({ seconds }) => seconds)).toEqual([2 ** 53 - 1]);
  });
  test("a wrong signature under one key of a log does not spoil that of another, and alone it lets nothing in", async () => {
    const second = await generateNoteKey("demo.example.nl");
    const elsewhere = await signCheckpoint(
      { origin: "demo.example.nl", size: 4, root: new Uint8Array(32), extensions: [] },
      await parseSignerKey(second.signerKey),
    );
    const forged = elsewhere.split("\n").at(-2) ?? "";
    const own = parseVerifierKey(log.verifierKey);
    const other = parseVerifierKey(second.verifierKey);
    // The log grew from nothing: no proof is asked.
    const status = async (of: readonly (typeof own)[]): Promise<number> =>
      (
        await judgeCheckpoint(
          formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: `${signed}${forged}\n` }),
          new Map([["demo.example.nl", of]]),
          () => null,
        )
      ).status;
    expect([await status([other, own]), await status([own, other]), await status([other])]).toEqual([200, 200, 403]);
  });
});

describe("tlog-witness: the request", () => {
  test("the specification's example is read, and written byte for byte", () => {
    const read = parseAddCheckpoint(specification);
    expect([read.oldSize, read.proof.length]).toEqual([20852014, 4]);
    expect(formatAddCheckpoint(read)).toBe(specification);
  });
  test.each([
    ["leading zero", specification.replace("old 2", "old 02")],
    ["negative", specification.replace("old ", "old -")],
    ["no old line", specification.replace(/^old .*\n/u, "")],
    ["short hash", specification.replace("PlRN", "")],
    ["64 hashes", specification.replace(/\n\n/u, `\n${"PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n".repeat(60)}\n`)],
    ["no checkpoint", "old 0\n"],
    ["nothing", ""],
  ])("%s is refused", (_, body) => {
    expect(() => parseAddCheckpoint(body)).toThrow(expect.objectContaining({ code: "request-malformed" }));
  });
  test("whatever is sent, it is read or refused, never more", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 80 }), fc.constantFrom("old 0\n\n", "old 1\nAA==\n\nx\n")), (body) => {
        try {
          parseAddCheckpoint(body);
        } catch (error) {
          expect(error).toMatchObject({ name: "LedgerError", code: "request-malformed" });
        }
      }),
      { numRuns: 100 },
    );
  });
});

/** A log and a witness of it: the log may show whichever tree it likes, the witness keeps one head. */
class Bench {
  readonly signer: NoteSigner;
  readonly witness: NoteSigner;
  head: TreeHead | null = null;

  private constructor(signer: NoteSigner, witness: NoteSigner) {
    this.signer = signer;
    this.witness = witness;
  }

  static async make(): Promise<Bench> {
    const [log, witness] = [await generateNoteKey("log.example.nl"), await generateWitnessKey("getuige.example.nl")];
    return new Bench(await parseSignerKey(log.signerKey), await parseWitnessSigner(witness.signerKey));
  }

  async signed(log: MemoryLog, size: number): Promise<string> {
    return await signCheckpoint({ origin: this.signer.name, size, root: log.roots[size] ?? new Uint8Array(32), extensions: [] }, this.signer);
  }

  async proof(log: MemoryLog, from: number, to: number): Promise<Uint8Array[]> {
    return from === 0 ? [] : [...(await openTree(to, log).consistencyProof(from))];
  }

  /** Status of the answer; 200 moves the head. */
  async send(body: string): Promise<number> {
    const logs = new Map([[this.signer.name, [parseVerifierKey(this.signer.verifierKey)]]]);
    const verdict = await judgeCheckpoint(body, logs, () => this.head);
    if (verdict.status === 200) this.head = verdict.checkpoint;
    return verdict.status;
  }

  async offer(log: MemoryLog, from: number, to: number): Promise<number> {
    return await this.send(formatAddCheckpoint({ oldSize: from, proof: await this.proof(log, from, to), checkpoint: await this.signed(log, to) }));
  }
}

const grown = (...steps: readonly (readonly Uint8Array[])[]): MemoryLog => {
  const log = new MemoryLog();
  for (const step of steps) log.grow(step);
  return log;
};

describe("tlog-witness: what a witness answers", () => {
  const honest = grown(testLeaves(0, 3), testLeaves(3, 7), testLeaves(7, 20));
  /** The same log as another reader would be shown it: one leaf differs. */
  const forked = grown([testLeaf(0), testLeaf(99), testLeaf(2)], testLeaves(3, 7), testLeaves(7, 20));

  test("it follows a log that grows, and signs the same head again", async () => {
    const bench = await Bench.make();
    expect([await bench.offer(honest, 0, 3), await bench.offer(honest, 3, 7), await bench.offer(honest, 7, 7), await bench.offer(honest, 7, 20)]).toEqual([
      200, 200, 200, 200,
    ]);
  });
  test("split view: another tree of the same size is 409, of a larger size 422, and the head stays", async () => {
    const bench = await Bench.make();
    await bench.offer(honest, 0, 7);
    expect(await bench.offer(forked, 7, 7)).toBe(409);
    expect(await bench.offer(forked, 7, 20)).toBe(422);
    expect(await bench.send(formatAddCheckpoint({ oldSize: 7, proof: await bench.proof(honest, 7, 20), checkpoint: await bench.signed(forked, 20) }))).toBe(
      422,
    );
    expect(bench.head?.size).toBe(7);
  });
  test("rollback: an older size is 409 with the size it holds, whatever the log claims", async () => {
    const bench = await Bench.make();
    await bench.offer(honest, 0, 7);
    expect([await bench.offer(honest, 0, 3), await bench.offer(honest, 3, 3), await bench.offer(honest, 0, 20)]).toEqual([409, 409, 409]);
    expect(await bench.send(formatAddCheckpoint({ oldSize: 7, proof: [], checkpoint: await bench.signed(honest, 3) }))).toBe(400);
  });
  test("forged, missing and superfluous proofs are 422", async () => {
    const bench = await Bench.make();
    const checkpoint = await bench.signed(honest, 3);
    expect(await bench.send(formatAddCheckpoint({ oldSize: 0, proof: [new Uint8Array(32)], checkpoint }))).toBe(422);
    await bench.offer(honest, 0, 3);
    const proof = await bench.proof(honest, 3, 20);
    const later = await bench.signed(honest, 20);
    for (const bad of [[], proof.slice(1), [...proof, new Uint8Array(32)], proof.map((hash, i) => (i === 0 ? hash.map((byte) => byte ^ 1) : hash))])
      expect(await bench.send(formatAddCheckpoint({ oldSize: 3, proof: bad, checkpoint: later }))).toBe(422);
    expect(await bench.send(formatAddCheckpoint({ oldSize: 3, proof, checkpoint: later }))).toBe(200);
  });
  test("a first checkpoint of no leaves must have the empty root", async () => {
    const bench = await Bench.make();
    const forged = await signCheckpoint({ origin: bench.signer.name, size: 0, root: new Uint8Array(32), extensions: [] }, bench.signer);
    expect(await bench.send(formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: forged }))).toBe(409);
    expect(await bench.offer(honest, 0, 0)).toBe(200);
  });
  test("an unknown origin is 404, an unknown signer of a known origin 403, a broken body 400", async () => {
    const bench = await Bench.make();
    const other = await parseSignerKey((await generateNoteKey("other.example.nl")).signerKey);
    const double = await parseSignerKey((await generateNoteKey("log.example.nl")).signerKey);
    const head = { size: 3, root: honest.roots[3] ?? new Uint8Array(32), extensions: [] };
    const ask = async (origin: string, signer: NoteSigner): Promise<number> =>
      await bench.send(formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: await signCheckpoint({ ...head, origin }, signer) }));
    expect([await ask("other.example.nl", other), await ask("log.example.nl", other), await ask("log.example.nl", double)]).toEqual([404, 403, 403]);
    expect(await ask("other.example.nl", bench.signer)).toBe(404);
    for (const body of ["", "old 0\n\nx\n", "old 0\n\nlog.example.nl\n1\nAA==\n\n— x AAAA\n"]) expect(await bench.send(body)).toBe(400);
    expect(bench.head).toBeNull();
  });
});

describe("what a server may do with an answer", () => {
  test("a cosignature of another log's checkpoint, replayed, is not taken; the right one is, once, and the latest", async () => {
    const bench = await Bench.make();
    const log = grown(testLeaves(0, 3));
    const other = grown([testLeaf(5), testLeaf(6), testLeaf(7)]);
    const key = parseWitnessKey(bench.witness.verifierKey);
    const signed = await bench.signed(log, 3);
    const replayed = await cosign(parseNote(await bench.signed(other, 3)).text, bench.witness, 1_800_000_000);
    expect((await addCosignatures(signed, replayed, [key])).cosignatures).toEqual([]);
    const [early, late] = [
      await cosign(parseNote(signed).text, bench.witness, 1_800_000_000),
      await cosign(parseNote(signed).text, bench.witness, 1_800_003_600),
    ];
    const once = await addCosignatures(signed, early, [key]);
    const twice = await addCosignatures(once.signed, late + early, [key]);
    expect(twice.signed).toBe(signed + late);
    expect(twice.cosignatures.map(({ seconds }) => seconds)).toEqual([1_800_003_600]);
    await expect(addCosignatures(signed, `text\n\n${early}`, [key])).rejects.toMatchObject({ code: "note-malformed" });
  });
  test("a line in a known witness's name that does not hold is passed over, not counted", async () => {
    const bench = await Bench.make();
    const signed = await bench.signed(grown(testLeaves(0, 3)), 3);
    const line = await cosign(parseNote(signed).text, bench.witness, 1_800_000_000);
    const broken = line.replace(/.{8}=*\n$/u, (end) => (end.startsWith("AAAA") ? end.replace("AAAA", "BBBB") : end.replace(/^..../u, "AAAA")));
    expect(await readCosignatures(signed + broken, [parseWitnessKey(bench.witness.verifierKey)])).toEqual([]);
    expect(await readCosignatures(signed + broken + line, [parseWitnessKey(bench.witness.verifierKey)])).toHaveLength(1);
  });
});
