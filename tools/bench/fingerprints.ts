/**
 * What fingerprints cost: evaluations a second on the server and finished fingerprints a second on a device, beside bare scalar multiplications of the same library in the same run; and the list and the
 * count among many contributions, in a real PostgreSQL. `node tools/bench/fingerprints.ts [--seconds 5] [--contributions 200000]`.
 */
import { randomBytes, randomUUID } from "node:crypto";
import { loadavg } from "node:os";
import { mkdtemp, rm, chmod } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ristretto255 } from "@noble/curves/ed25519.js";
import { sql } from "kysely";
import { evaluateBatch, evaluationKey } from "#services/signalling/server/oblivious.ts";
import { countOthers, readContributions, signallingMigrations } from "#services/signalling/store/index.ts";
import { blind, inputOf, unblind } from "#services/signalling/client/oblivious.ts";
import { migrations as ledgerMigrations } from "#services/ledger/store/index.ts";
import { migrate, openDatabase } from "#services/storage/index.ts";
import { startEmbedded } from "#services/storage/embedded.ts";
import { percentile, percentiles, table, tell, type Row } from "./table.ts";

const { values } = parseArgs({ options: { seconds: { type: "string", default: "5" }, contributions: { type: "string", default: "200000" } } });
const seconds = Number(values.seconds);
const contributions = Number(values.contributions);
const batch = 20;

/** Runs work until the time is up. @returns units a second */
function rate(units: number, work: () => void): number {
  work();
  const start = performance.now();
  let done = 0;
  while (performance.now() - start < seconds * 1000) {
    work();
    done += units;
  }
  return (done * 1000) / (performance.now() - start);
}

const spelled = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

function cryptography(): Row[] {
  const key = evaluationKey(randomBytes(32));
  const publicKey = spelled(key.publicKey);
  const sent = Array.from({ length: batch }, (_, one) => blind(inputOf("phone", `+316${String(10_000_000 + one)}`)));
  const points = sent.map(({ blinded }) => blinded);
  tell("bare scalar multiplications");
  const { Point } = ristretto255;
  const scalar = Point.Fn.fromBytes(key.secretKey);
  const decoded = points.map((point) => Point.fromBytes(point));
  const bare = rate(batch, () => {
    for (const point of decoded) point.multiply(scalar).toBytes();
  });
  tell("evaluations on the server");
  const evaluated = rate(batch, () => void evaluateBatch(key, points));
  const single = rate(1, () => void evaluateBatch(key, points.slice(0, 1)));
  tell("blinding and finishing on a device");
  const made = evaluateBatch(key, points);
  const answer = { evaluated: made.evaluated.map(spelled), proof: spelled(made.proof) };
  const device = rate(batch, () => {
    for (const { input } of sent) blind(input);
    unblind(sent, answer, publicKey);
  });
  const row = (what: string, ours: number): Row => ({
    what,
    ours: `${ours.toFixed(0)} /s`,
    baseline: `${bare.toFixed(0)} bare multiplications /s`,
    ratio: `${(bare / ours).toFixed(1)} multiplications each`,
  });
  return [
    row(`evaluated with proof, ${batch} in a request`, evaluated),
    row("evaluated with proof, one in a request", single),
    row(`blinded, proof checked, unblinded, ${batch} at a time`, device),
  ];
}

async function database(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "rugdekking-bench-"));
  await chmod(folder, 0o711);
  const embedded = await startEmbedded({ directory: folder });
  const db = openDatabase(embedded.url, { connections: 4 });
  try {
    await migrate(db, [...ledgerMigrations, ...signallingMigrations]);
    const desks = Array.from({ length: 375 }, () => randomUUID());
    tell(`${contributions} contributions of ${desks.length} desks`);
    const label = `h1.${"A".repeat(1857)}`;
    const some: string[] = [];
    for (let done = 0; done < contributions; done += 1000) {
      const rows = Array.from({ length: 1000 }, (_, one) => {
        // One in ten is the same as that of another desk.
        const fingerprint = one % 10 === 0 && some.length > 0 ? (some[(done + one) % some.length] ?? "") : randomBytes(32).toString("base64url");
        if (one % 10 === 1) some.push(fingerprint);
        return { fingerprint, desk: desks[(done + one) % desks.length] ?? "", id: randomUUID() };
      });
      await sql`INSERT INTO fingerprint_contribution (fingerprint, desk, id, network, month, epoch, label)
        SELECT f, d, i, 'n', '2026-11', 1, ${label} FROM unnest(${rows.map((row) => row.fingerprint)}::text[], ${rows.map((row) => row.desk)}::uuid[], ${rows.map((row) => row.id)}::uuid[]) AS t (f, d, i)`.execute(
        db,
      );
    }
    await sql`VACUUM ANALYZE fingerprint_contribution`.execute(db);
    const timed = async (work: () => Promise<unknown>): Promise<number[]> => {
      const times: number[] = [];
      for (let round = 0; round < 200; round += 1) {
        const start = performance.now();
        await work();
        times.push(performance.now() - start);
      }
      return times;
    };
    const [bare, list, count] = [
      await timed(async () => await sql`SELECT 1`.execute(db)),
      await timed(async () => await readContributions(db, desks[Math.floor(Math.random() * desks.length)] ?? "", null, 201)),
      await timed(
        async () =>
          await countOthers(
            db,
            desks[0] ?? "",
            Array.from({ length: batch }, () => some[Math.floor(Math.random() * some.length)] ?? ""),
          ),
      ),
    ];
    const row = (what: string, times: readonly number[]): Row => ({
      what,
      ours: percentiles(times),
      baseline: `${percentiles(bare)} for SELECT 1`,
      ratio: `${(percentile(times, 0.5) / percentile(bare, 0.5)).toFixed(1)} times`,
    });
    return [row(`first page of a desk's own list, with counts, among ${contributions}`, list), row(`counts for ${batch} fingerprints`, count)];
  } finally {
    await db.destroy();
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const loadBefore = loadavg();
process.stdout.write(
  table("Fingerprints: one actor, many victims", [...cryptography(), ...(await database())], loadBefore, [
    "One thread. A desk may have 240 values evaluated at once and 120 a day after that, so all 375 safety desks together ask for 0.5 a second.",
  ]),
);
