/**
 * Bench: what a page of fifty dossiers costs a server that holds a thousand and one that holds a million, first page and deep in the list, over HTTP.
 * `node tools/bench/pages.ts [--dossiers 1000000] [--rounds 200]`. Two whole servers run side by side and are asked in turn; rows go in by set-based INSERTs.
 */
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import pg from "pg";
import type { CompiledQuery } from "kysely";
import { generateDossierKey, generateReceiptCode, guestFromReceipt, newUuid } from "@rugdekking/seal";
import type { Session } from "#services/directory/client/index.ts";
import { grantDossier, sealCover } from "#services/dossier/client/index.ts";
import { readWorklist } from "#services/dossier/store/worklist.ts";
import { openDatabase } from "#services/storage/index.ts";
import { makeDesk, type Desk } from "./people.ts";
import { startServer, type BenchServer } from "./server.ts";
import { percentile, percentiles, table, tell, type Row } from "./table.ts";

const small = 1_000;
const pageSize = 50;
const targetRatio = 1.3;
const perInsert = 50_000;

/** A server with so many dossiers on one desk's worklist. */
interface Archive {
  readonly server: BenchServer;
  readonly desk: Desk;
  readonly session: Session;
  readonly size: number;
  /** Address of a page that begins half-way. */
  readonly deep: string;
}

/** One line as every line is: a really sealed cover and hand-over. Only their size matters to the server, so all lines share them. */
async function sealedLine(desk: Desk): Promise<{ readonly cover: Buffer; readonly statement: string; readonly sealed: string }> {
  const person = await guestFromReceipt(generateReceiptCode());
  const dossier = newUuid();
  const key = generateDossierKey();
  const delivery = await grantDossier({ person }, { dossier, role: "safety-desk", to: { desk: desk.desk }, consent: null, until: null }, key);
  const cover = await sealCover(
    { version: 1, title: "Demonstratie: dreigbrief", reporterName: "Demo", function: "mayor", urgency: "normal", lastMessage: null },
    key,
    dossier,
  );
  return { cover: Buffer.from(cover, "base64url"), statement: JSON.stringify(delivery.statement), sealed: JSON.stringify(delivery.sealed) };
}

/** Puts `size` lines on the desk's worklist: a minute apart in change, one in three with a term, in no particular order on disk. */
async function fill(client: pg.Client, desk: Desk, size: number): Promise<void> {
  const { cover, statement, sealed } = await sealedLine(desk);
  const place = [desk.desk.organisation, desk.desk.id];
  for (let from = 0; from < size; from += perInsert) {
    if (size > small) tell(`${from} of ${size} lines`);
    await client.query(
      `INSERT INTO desk_dossier (organisation, desk_id, dossier, kind, phase, opened, changed, due, term_name, term_waits_for, until, scope, cover, grant_id, grant_statement, grant_sealed)
       SELECT $1, $2::uuid, gen_random_uuid(), 'report', 'in-hand', moment, moment,
         CASE WHEN n % 3 = 0 THEN moment + interval '3 days' ELSE timestamptz '9999-12-31 00:00:00Z' END,
         CASE WHEN n % 3 = 0 THEN 'take-up' END, CASE WHEN n % 3 = 0 THEN 'safety-desk' END,
         timestamptz '9999-12-31 00:00:00Z', 'dossier', $3::bytea, gen_random_uuid(), $4::jsonb, $5::jsonb
       FROM (SELECT n, timestamptz '2026-01-01 00:00:00Z' - (n * 7919 % $8) * interval '1 minute' AS moment FROM generate_series($6::bigint, $7::bigint) AS n) AS made`,
      [...place, cover, statement, sealed, from, Math.min(size, from + perInsert) - 1, size],
    );
  }
  await client.query(
    "INSERT INTO desk_tally (organisation, desk_id, shard, total) SELECT $1, $2::uuid, shard, $3::bigint / 32 FROM generate_series(0, 31) AS shard",
    [...place, size],
  );
  // What autovacuum would do in time: statistics, and the marks that let an index be read alone.
  await client.query("VACUUM ANALYZE desk_dossier");
}

const pathOf = (desk: Desk, after: string | null): string =>
  `/api/v1/desks/${desk.desk.id}/worklist?limit=${pageSize}${after === null ? "" : `&after=${after}`}`;

async function openArchive(size: number): Promise<Archive> {
  const server = await startServer();
  try {
    const desk = await makeDesk(server);
    const client = new pg.Client({ connectionString: server.database });
    await client.connect();
    try {
      await fill(client, desk, size);
      const half = await client.query<{ due: Date; changed: Date; dossier: string }>(
        "SELECT due, changed, dossier FROM desk_dossier WHERE organisation = $1 AND desk_id = $2 ORDER BY due, changed, dossier OFFSET $3 LIMIT 1",
        [desk.desk.organisation, desk.desk.id, Math.floor(size / 2)],
      );
      const [mark] = half.rows;
      if (mark === undefined) throw new Error("the list has no middle");
      const cursor = Buffer.from(`${mark.due.getTime()}_${mark.changed.getTime()}_${mark.dossier}`, "latin1").toString("base64url");
      return { server, desk, session: await desk.signIn(), size, deep: pathOf(desk, cursor) };
    } finally {
      await client.end();
    }
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Milliseconds of one page over HTTP, from asking to the last byte. */
async function timePage(archive: Archive, path: string): Promise<number> {
  const began = performance.now();
  const answer = await archive.session.connection.request("GET", path, {});
  const text = await answer.text();
  const took = performance.now() - began;
  if (text.length < pageSize * 500) throw new Error(`a page of ${text.length} characters does not hold ${pageSize} lines`);
  return took;
}

/** The very statement the store sends for a page, caught before it is sent, with what PostgreSQL makes of it. */
async function explain(archive: Archive, after: Parameters<typeof readWorklist>[2]): Promise<string> {
  const db = openDatabase(archive.server.database, { connections: 1 });
  const caught: CompiledQuery[] = [];
  const catching = db.getExecutor().withConnectionProvider({
    provideConnection: async (consumer) =>
      await consumer({
        executeQuery: async (query) => {
          caught.push(query);
          return { rows: [] };
        },
        streamQuery: () => {
          throw new Error("a page is not streamed");
        },
      }),
  });
  await readWorklist(
    { getExecutor: () => catching },
    { desk: archive.desk.desk.id, organisation: archive.desk.desk.organisation },
    after,
    null,
    pageSize + 1,
    new Date(),
  );
  await db.destroy();
  const [query] = caught;
  if (query === undefined) throw new Error("the store asked nothing");
  const client = new pg.Client({ connectionString: archive.server.database });
  await client.connect();
  try {
    const { rows } = await client.query<{ "QUERY PLAN": string }>(`EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) ${query.sql}`, [...query.parameters]);
    return rows.map((row) => row["QUERY PLAN"]).join("\n");
  } finally {
    await client.end();
  }
}

async function run(large: number, rounds: number): Promise<void> {
  const loadBefore = loadavg();
  const archives: Archive[] = [];
  try {
    for (const size of [small, large]) archives.push(await openArchive(size));
    const [few, many] = archives;
    if (few === undefined || many === undefined) throw new Error("no archives");
    const first: [number[], number[]] = [[], []];
    const deep: [number[], number[]] = [[], []];
    tell("asking in turn");
    for (let round = -30; round < rounds; round += 1) {
      for (const [place, archive] of [few, many].entries()) {
        const took = [await timePage(archive, pathOf(archive.desk, null)), await timePage(archive, archive.deep)] as const;
        if (round < 0) continue;
        first[place === 0 ? 0 : 1].push(took[0]);
        deep[place === 0 ? 0 : 1].push(took[1]);
      }
    }
    const plan = await explain(many, { due: new Date("2025-06-01T00:00:00Z"), changed: new Date("2025-06-01T00:00:00Z"), dossier: newUuid() });
    if (!/Index (Only )?Scan using desk_dossier_due/.test(plan)) throw new Error(`no index is used:\n${plan}`);
    const rowOf = (what: string, [a, b]: readonly [readonly number[], readonly number[]]): Row => {
      const ratio = percentile(b, 0.5) / percentile(a, 0.5);
      return {
        what: `${what}, p50 / p95 / p99`,
        ours: `${percentiles(b)} (${large.toLocaleString("en")} dossiers)`,
        baseline: `${percentiles(a)} (${small.toLocaleString("en")} dossiers)`,
        ratio: `${ratio.toFixed(2)}x (p50)`,
        target: `<= ${targetRatio}x`,
        met: ratio <= targetRatio,
      };
    };
    const rows = [rowOf(`first page of ${pageSize}`, first), rowOf("a page half-way down the list", deep)];
    const notes = [
      `What PostgreSQL does for the page half-way among ${large.toLocaleString("en")} (EXPLAIN ANALYZE of the store's own statement):`,
      `\`\`\`\n${plan}\n\`\`\``,
    ];
    process.stdout.write(`${table("A page of a worklist, small and large", rows, loadBefore, notes)}\n`);
  } finally {
    for (const { server } of archives) await server.stop();
  }
}

const { values } = parseArgs({ options: { dossiers: { type: "string", default: "1000000" }, rounds: { type: "string", default: "200" } } });
await run(Math.min(2_000_000, Math.max(10_000, Number(values.dossiers))), Math.min(2000, Math.max(10, Number(values.rounds))));
