/**
 * Fills a database with the world of scale.ts: so many entries in dossiers of four hundred desks over five years, in the ratio a real house has, by set-based INSERTs. Used by scale.ts only.
 *
 * [Note: Grown from a real dossier] One report is really filed, taken up, worked on and closed over HTTP by the client functions; its rows are the mould. Every other dossier has statements, cards and sealed keys
 * of that one (a server that cannot read them only carries them), bodies of random bytes in the lengths of its bodies, and ids, hashes, times and leaves of its own. The log is whole: every entry, hand-over and card has
 * its leaf, and the tiles and the signed checkpoint are made by the engine from those leaves, so that proofs verify.
 */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Client } from "pg";
import pg from "pg";
import { append, leafBytes, parseSignerKey, signCheckpoint } from "@rugdekking/ledger";
import { readSecrets } from "#apps/server/secrets.ts";
import { readState } from "#services/ledger/store/batch.ts";
import { MAIN_LOG, type LedgerTables } from "#services/ledger/store/tables.ts";
import { writeTiles } from "#services/ledger/store/tile-rows.ts";
import { launchCluster, stopOrphan } from "#services/storage/cluster.ts";
import { openDatabase, type Database } from "#services/storage/index.ts";
import { tell } from "./table.ts";

/** Entries of a dossier on average: 6 to 18, by its number. */
export const entriesPerDossier = 12;
/** Desks, the measured one among them; each is of an organisation of the registers, and there are no more. */
const desks = 399;
/** One dossier in so many is the measured desk's: no real desk has a fifth of a country. */
const share = 5;
/** Dossiers the measured desk works on at once, and how many of those are late: people do not grow with the archive. */
const open = 120;
const late = 40;
const dossiersPerRound = 20_000;
/** Rounds that go in side by side. */
const side = 2;
const entriesOf = (n: number): number => 6 + ((n * 7) % 13);
const leavesPerRound = 65_536;
/** Entries of the one long dossier whose last pages are read. */
export const longDossier = 2_000;

/** The measured desk, as far as rows need it. */
export interface MeasuredDesk {
  readonly id: string;
  readonly organisation: string;
}

/** What a fill left. */
export interface Filled {
  readonly entries: number;
  readonly dossiers: number;
  readonly leaves: number;
  readonly seconds: number;
  readonly bytes: number;
  /** Bytes by table, with its indexes and what lies beside it. */
  readonly tables: readonly { readonly table: string; readonly bytes: number; readonly indexes: number; readonly rows: number }[];
}

/** An id as the program makes them (UUIDv7): its time, then chance that is the same for the same `salt`. SQL text. */
const id7 = (at: string, salt: string): string =>
  `(lpad(to_hex((extract(epoch FROM ${at}) * 1000)::bigint), 12, '0') || '7' || substr(md5(${salt}), 1, 3) || '8' || substr(md5(${salt}), 4, 15))::uuid`;
/** A hash as the program writes them: SHA-256 of `salt`, base64url. SQL text. */
const hash = (salt: string): string => `rtrim(translate(encode(sha256((${salt})::bytea), 'base64'), '+/', '-_'), '=')`;

const settings = ["SET synchronous_commit = off", "SET work_mem = '256MB'", "SET maintenance_work_mem = '1GB'", "SET max_parallel_maintenance_workers = 0"];

/** Moulds out of the rows of the one real dossier. */
async function prepare(client: Client, desk: MeasuredDesk): Promise<void> {
  const run = async (text: string, values: unknown[] = []): Promise<unknown> => await client.query(text, values);
  for (const text of settings) await run(text);
  // Random bytes that bodies, covers and keys are cut from: nothing of it compresses, as nothing sealed does.
  await run("CREATE TABLE bench_chance (bytes bytea NOT NULL)");
  await run("ALTER TABLE bench_chance ALTER bytes SET STORAGE EXTERNAL");
  await run("INSERT INTO bench_chance VALUES ($1)", [randomBytes(1_000_000)]);
  const mould = `(SELECT organisation, dossier FROM dossier_entry GROUP BY 1, 2 ORDER BY count(*) DESC LIMIT 1)`;
  await run(`CREATE TABLE bench_entry AS SELECT row_number() OVER (ORDER BY e.seq) - 1 AS k, count(*) OVER () AS of, e.kind, e.action, e.author_role, e.sign_public_key, e.body_size, e.statement
    FROM dossier_entry e JOIN ${mould} m USING (organisation, dossier)`);
  await run(`CREATE TABLE bench_grant AS SELECT row_number() OVER (ORDER BY g.desk_id NULLS FIRST) AS k, g.role, g.desk_id IS NOT NULL AS to_desk, g.scope, g.statement, g.sealed
    FROM dossier_grant g JOIN ${mould} m USING (organisation, dossier)`);
  await run("CREATE TABLE bench_card AS SELECT card, sign_public_key, seal_public_key FROM person LIMIT 1");
  await run(
    "CREATE TABLE bench_unlock AS SELECT kind, label, parameters, sign_public_key, seal_public_key, sealed_bundle, endorsement FROM person_unlock LIMIT 1",
  );
  await run("CREATE TABLE bench_cover AS SELECT octet_length(cover) AS size FROM desk_dossier WHERE cover IS NOT NULL LIMIT 1");
  await run(
    `CREATE TABLE bench_place AS SELECT 0 AS k, '${desk.organisation}' AS organisation, '${desk.id}'::uuid AS desk
      UNION ALL SELECT n, organisation, ${id7("timestamptz '2026-01-01 00:00:00Z'", "'desk' || n")}
      FROM (SELECT row_number() OVER (ORDER BY organisation) AS n, organisation FROM organisation WHERE organisation <> '${desk.organisation}') AS numbered WHERE n < ${desks}`,
  );
  await run(`INSERT INTO desk_place (desk, organisation) SELECT desk, organisation FROM bench_place WHERE k > 0`);
  await run(`INSERT INTO desk (organisation, desk, name, function, epoch, roster_hash) SELECT p.organisation, p.desk, d.name, d.function, d.epoch, ${hash("'roster' || p.k")}
    FROM bench_place p, desk d WHERE p.k > 0 AND d.desk = '${desk.id}'`);
  await run(`INSERT INTO desk_roster (organisation, desk, epoch, hash, statement, received) SELECT p.organisation, p.desk, r.epoch, ${hash("'roster' || p.k")}, r.statement, r.received
    FROM bench_place p, desk_roster r WHERE p.k > 0 AND r.desk = '${desk.id}'`);
  await run(
    `INSERT INTO desk_member (person, desk, lead) SELECT ${id7("timestamptz '2026-01-01 00:00:00Z'", "p.k || 'member' || m")}, p.desk, m = 1 FROM bench_place p, generate_series(1, 5) AS m WHERE p.k > 0`,
  );
}

/** Facts of dossiers `from` to `until` in one table that the statements of a round read. */
const makeDossiers = (total: number, from: number, until: number): string => `CREATE TEMP TABLE made AS
  WITH numbered AS (
    SELECT n, timestamptz '2026-11-01 00:00:00Z' - (${total} - n) * (interval '5 years' / ${total}) AS opened, n >= ${total - open * share} AS is_open,
      6 + (n * 7) % 13 AS entries, CASE WHEN n % ${share} = 0 THEN 0 ELSE 1 + (n * 31) % ${desks - 1} END AS k, n % 10 < 7 AS guest
    FROM generate_series(${from}::bigint, ${until}::bigint) AS n)
  SELECT n.*, 1 + (n.k + n.n) % ${desks - 2} + CASE WHEN 1 + (n.k + n.n) % ${desks - 2} = n.k THEN 1 ELSE 0 END AS consulted, ${id7("n.opened", "'dossier' || n.n")} AS dossier, p.organisation, p.desk,
    CASE WHEN n.guest THEN ${id7("n.opened", "'guest' || n.n")} ELSE ${id7("timestamptz '2021-11-01 00:00:00Z'", "'holder' || (n.n / 4)")} END AS owner,
    ${id7("timestamptz '2021-11-01 00:00:00Z'", "p.k || 'worker' || (n.n / 500)")} AS worker,
    CASE WHEN n.is_open THEN timestamptz '2026-11-01 00:00:00Z' - (${total} - n.n) * interval '1 minute' ELSE n.opened + interval '40 days' END AS changed,
    -- The oldest of those that are open are late.
    CASE WHEN n.is_open THEN CASE WHEN n.n < ${total - (open - late) * share} THEN timestamptz '2026-11-02 00:00:00Z' ELSE timestamptz '2027-11-01 00:00:00Z' END + n.n % 1000 * interval '1 minute'
      ELSE timestamptz '9999-12-31 00:00:00Z' END AS due,
    CASE WHEN n.n % 10 < 8 THEN 'report' WHEN n.n % 10 = 8 THEN 'signal' ELSE 'help' END AS kind,
    CASE WHEN n.is_open THEN 'in-hand' ELSE 'closed' END AS phase, ${hash("n.n || 'entry' || n.entries")} AS last
  FROM numbered n JOIN bench_place p ON p.k = n.k`;

const cut = (length: string, turn: string): string => `substr(c.bytes, (1 + (${turn}) % (octet_length(c.bytes) - 100000))::int, ${length}::int)`;

/** The statements of a round, in the order of the arrows. */
const statements: readonly string[] = [
  `INSERT INTO dossier_place (dossier, organisation, owner_id) SELECT dossier, organisation, owner FROM made`,
  `INSERT INTO dossier (organisation, id, kind, owner_id, phase, urgency, opened, changed, last_seq, last_hash, cover, term_name, term_waits_for, term_due, stated)
    SELECT m.organisation, m.dossier, m.kind, m.owner, m.phase, 'normal', m.opened, m.changed, m.entries, m.last, ${cut("v.size", "m.n * 7919")},
      CASE WHEN is_open THEN 'take-up' END, CASE WHEN is_open THEN 'safety-desk' END, CASE WHEN is_open THEN m.due END, m.changed
    FROM made m, bench_cover v, bench_chance c`,
  `INSERT INTO dossier_entry (organisation, dossier, seq, hash, kind, action, author_id, author_role, sign_public_key, body_item, body_digest, body_size, body, statement, received)
    SELECT m.organisation, m.dossier, s, ${hash("m.n || 'entry' || s")}, h.kind, h.action, CASE WHEN h.author_role = 'reporter' THEN m.owner ELSE m.worker END, h.author_role, h.sign_public_key,
      uuidv7(), m.last, h.body_size, ${cut("h.body_size", "m.n * 7919 + s * 104729")}, h.statement, m.opened + s * interval '1 day'
    FROM made m CROSS JOIN LATERAL generate_series(1, m.entries) AS s
      JOIN bench_entry h ON h.k = CASE WHEN s = 1 THEN 0 WHEN s = m.entries AND NOT m.is_open THEN h.of - 1 ELSE 1 + (s + m.n) % (h.of - 2) END, bench_chance c`,
  // The body of each entry, and an attachment with one in four.
  `INSERT INTO dossier_entry_item (organisation, dossier, item_id, seq, digest, size, blob)
    SELECT m.organisation, m.dossier, uuidv7(), s, m.last, 1024, NULL FROM made m CROSS JOIN LATERAL generate_series(1, m.entries) AS s
    UNION ALL SELECT m.organisation, m.dossier, uuidv7(), s, m.last, 400000, encode(sha256((m.n || 'attachment' || s)::bytea), 'hex') || '.' || gen_random_uuid() FROM made m CROSS JOIN LATERAL generate_series(1, m.entries, 4) AS s`,
  // The owner in person, the desk; with three in ten a desk that is consulted about two items.
  `INSERT INTO dossier_participant (organisation, dossier, id, role, person_id, desk_id, desk_organisation, scope, channel, items, consent, since, until)
    SELECT organisation, dossier, owner, 'reporter', owner, NULL::uuid, NULL::text, 'dossier', NULL::text, NULL::jsonb, NULL::text, opened, NULL::timestamptz FROM made
    UNION ALL SELECT organisation, dossier, ${id7("opened", "n || 'grant2'")}, 'safety-desk', NULL, desk, organisation, 'dossier', NULL, NULL, NULL, opened, NULL FROM made
    UNION ALL SELECT m.organisation, m.dossier, ${id7("m.opened + interval '3 days'", "m.n || 'grant3'")}, 'consulted', NULL, p.desk, p.organisation, 'items', NULL, jsonb_build_array(gen_random_uuid(), gen_random_uuid()),
      ${hash("m.n || 'consent'")}, m.opened + interval '3 days', m.opened + interval '200 days' FROM made m JOIN bench_place p ON p.k = m.consulted WHERE m.n % 10 < 3`,
  `INSERT INTO dossier_grant (organisation, dossier, id, hash, role, person_id, desk_id, epoch, scope, consent, until, statement, sealed)
    SELECT m.organisation, m.dossier, ${id7("m.opened", "m.n || 'grant' || g.k")}, ${hash("m.n || 'grant' || g.k")}, g.role, CASE WHEN NOT g.to_desk THEN m.owner END, CASE WHEN g.to_desk THEN m.desk END,
      CASE WHEN g.to_desk THEN 1 END, g.scope, NULL::text, NULL::timestamptz, g.statement, g.sealed FROM made m, bench_grant g
    UNION ALL SELECT m.organisation, m.dossier, ${id7("m.opened + interval '3 days'", "m.n || 'grant3'")}, ${hash("m.n || 'grant3'")}, 'consulted', NULL, p.desk, 1, 'items', ${hash("m.n || 'consent'")},
      m.opened + interval '200 days', g.statement, g.sealed FROM made m JOIN bench_place p ON p.k = m.consulted, bench_grant g WHERE m.n % 10 < 3 AND g.to_desk`,
  `INSERT INTO dossier_consent (organisation, dossier, hash, desk_id, role, until, statement)
    SELECT m.organisation, m.dossier, ${hash("m.n || 'consent'")}, m.desk, 'consulted', m.opened + interval '200 days', g.statement FROM made m, bench_grant g WHERE m.n % 10 < 3 AND g.to_desk`,
  // Of the desks that were consulted those that still may read have a line; the others were swept.
  `INSERT INTO desk_dossier (organisation, desk_id, dossier, kind, phase, opened, changed, due, term_name, term_waits_for, until, scope, cover, grant_id, grant_statement, grant_sealed)
    SELECT m.organisation, m.desk, m.dossier, m.kind, m.phase, m.opened, m.changed, m.due, CASE WHEN m.is_open THEN 'take-up' END, CASE WHEN m.is_open THEN 'safety-desk' END,
      timestamptz '9999-12-31 00:00:00Z', 'dossier', ${cut("v.size", "m.n * 7919")}, ${id7("m.opened", "m.n || 'grant2'")}, g.statement, g.sealed FROM made m, bench_grant g, bench_cover v, bench_chance c WHERE g.to_desk
    UNION ALL SELECT p.organisation, p.desk, m.dossier, m.kind, m.phase, m.opened, m.changed, timestamptz '9999-12-31 00:00:00Z', NULL, NULL, timestamptz '2027-06-01 00:00:00Z', 'items', NULL,
      ${id7("m.opened + interval '3 days'", "m.n || 'grant3'")}, g.statement, g.sealed FROM made m JOIN bench_place p ON p.k = m.consulted, bench_grant g
      WHERE m.n % 10 < 3 AND m.opened > timestamptz '2026-11-01 00:00:00Z' - interval '200 days' AND g.to_desk`,
  `INSERT INTO running_term (organisation, dossier, seq, name, urgency, waits_desk, waits_person, owner_id, since, due, stage, next)
    SELECT organisation, dossier, entries, 'take-up', 'normal', desk, NULL, owner, changed, due, 2, timestamptz '9999-12-31 00:00:00Z' FROM made WHERE is_open`,
  `INSERT INTO term_event (organisation, dossier, seq, stage, what, name, person_id, at) SELECT organisation, dossier, 1, 0, 'reminded', 'take-up', NULL, opened + interval '1 day' FROM made WHERE n % 2 = 0`,
  `INSERT INTO figures_given (dossier, kind, quarter, blinded) SELECT dossier, 'report-filed', '2026-Q' || 1 + n % 4, ${hash("n || 'blinded'")} FROM made`,
  `INSERT INTO person (person, kind, card, card_hash, sign_public_key, seal_public_key, mail, registered)
    SELECT DISTINCT ON (m.owner) m.owner, CASE WHEN m.guest THEN 'guest' ELSE 'person' END, k.card, ${hash("'card' || m.owner")}, k.sign_public_key, k.seal_public_key, CASE WHEN NOT m.guest THEN m.n || '@demo.example.nl' END, m.opened
    FROM made m, bench_card k ON CONFLICT DO NOTHING`,
  `INSERT INTO guest_key (receipt, person) SELECT ${hash("n || 'receipt'")}, owner FROM made WHERE guest`,
  `INSERT INTO person_handle (handle, person) SELECT DISTINCT n / 4 || 'holder@demo.example.nl', owner FROM made WHERE NOT guest ON CONFLICT DO NOTHING`,
  `INSERT INTO person_unlock (person, id, kind, label, parameters, sign_public_key, seal_public_key, sealed_bundle, endorsement, added)
    SELECT DISTINCT ON (m.owner, u) m.owner, ${id7("m.opened", "m.owner || 'unlock' || u")}, k.kind, k.label, k.parameters, k.sign_public_key, k.seal_public_key, k.sealed_bundle, k.endorsement, m.opened
    FROM made m, bench_unlock k, generate_series(1, 2) AS u WHERE NOT m.guest ON CONFLICT DO NOTHING`,
  // Who is signed in: one in twenty of those who came in the last weeks, as many as people come at once.
  `INSERT INTO person_session (session, id, person, label, since, last_seen, expires)
    SELECT ${hash("n || 'session'")}, gen_random_uuid(), owner, 'bench', now(), now(), now() + interval '12 hours' FROM made WHERE is_open AND n % 3 = 0`,
  `INSERT INTO ledger_leaf (log, hash, what, leaf_index, queued)
    SELECT 'main', hash, what, (SELECT base FROM base) + row_number() OVER (ORDER BY n, turn) - 1, uuidv7() FROM (
      SELECT m.n, 0 AS turn, m.opened, ${hash("m.n || 'card'")} AS hash, 'person-card' AS what FROM made m WHERE m.guest OR m.n % 4 = 0
      UNION ALL SELECT m.n, g.k, m.opened, ${hash("m.n || 'grant' || g.k")}, 'grant' FROM made m, bench_grant g
      UNION ALL SELECT m.n, 3, m.opened, ${hash("m.n || 'grant3'")}, 'grant' FROM made m WHERE m.n % 10 < 3
      UNION ALL SELECT m.n, 4, m.opened, ${hash("m.n || 'consent'")}, 'consent' FROM made m WHERE m.n % 10 < 3
      UNION ALL SELECT m.n, 10 + s, m.opened + s * interval '1 day', ${hash("m.n || 'entry' || s")}, 'entry' FROM made m CROSS JOIN LATERAL generate_series(1, m.entries) AS s) AS leaf`,
];

/** Dossiers that go in at once, and the place of their first leaf. */
interface Round {
  readonly from: number;
  readonly until: number;
  readonly leaf: number;
}

/** Rounds know beforehand how many leaves those before them take, so that two can go in side by side. Counts what the last statement of {@link statements} inserts. */
function roundsOf(total: number, leaves: number, grants: number): Round[] {
  const rounds: Round[] = [];
  let leaf = leaves;
  for (let from = 0; from < total; from += dossiersPerRound) {
    const until = Math.min(total, from + dossiersPerRound);
    rounds.push({ from, until, leaf });
    for (let n = from; n < until; n += 1) leaf += entriesOf(n) + grants + (n % 10 < 7 || n % 4 === 0 ? 1 : 0) + (n % 10 < 3 ? 2 : 0);
  }
  return rounds;
}

async function insertRound(client: Client, total: number, { from, until, leaf }: Round): Promise<void> {
  await client.query("BEGIN");
  await client.query(makeDossiers(total, from, until - 1));
  await client.query(`CREATE TEMP TABLE base AS SELECT ${leaf}::bigint AS base`);
  await client.query("ANALYZE made");
  for (const text of statements) await client.query(text);
  await client.query("DROP TABLE made, base");
  await client.query("COMMIT");
}

/** One dossier of the measured desk with very many entries. @returns its id. */
async function insertLong(client: Client, desk: MeasuredDesk): Promise<string> {
  const dossier = "01900000-0000-7000-8000-00000000abcd";
  await client.query(`INSERT INTO dossier_place (dossier, organisation, owner_id) VALUES ('${dossier}', '${desk.organisation}', gen_random_uuid())`);
  await client.query(`INSERT INTO dossier SELECT organisation, '${dossier}', kind, owner_id, phase, urgency, opened, changed, ${longDossier}, last_hash, cover, NULL, NULL, NULL, stated FROM dossier
    WHERE organisation = '${desk.organisation}' AND kind = 'report' LIMIT 1`);
  await client.query(`INSERT INTO dossier_participant (organisation, dossier, id, role, person_id, desk_id, desk_organisation, scope, since)
    VALUES ('${desk.organisation}', '${dossier}', gen_random_uuid(), 'safety-desk', NULL, '${desk.id}', '${desk.organisation}', 'dossier', now())`);
  await client.query(`INSERT INTO dossier_entry (organisation, dossier, seq, hash, kind, action, author_id, author_role, sign_public_key, body_item, body_digest, body_size, body, statement, received)
    SELECT '${desk.organisation}', '${dossier}', s, l.hash, h.kind, NULL, gen_random_uuid(), h.author_role, h.sign_public_key, gen_random_uuid(), ${hash("'long' || s")}, h.body_size, ${cut("h.body_size", "s * 104729")}, h.statement, now()
    FROM (SELECT row_number() OVER () AS s, hash FROM (SELECT hash FROM ledger_leaf WHERE what = 'entry' AND leaf_index IS NOT NULL LIMIT ${longDossier}) AS taken) AS l JOIN bench_entry h ON h.k = 1 + l.s % (h.of - 2), bench_chance c`);
  return dossier;
}

/** Tiles and checkpoint over all leaves, by the engine. @returns how many leaves there are. */
async function growLog(client: Client, database: Database, keys: string): Promise<number> {
  const secrets = await readSecrets(keys, "127.0.0.1");
  const signer = await parseSignerKey(secrets.logSigner);
  const db = database.$extendTables<LedgerTables>();
  const head = await db.selectFrom("ledger_head").select("checkpoint").where("log", "=", MAIN_LOG).executeTakeFirstOrThrow();
  let state: { readonly size: number; readonly edge: Awaited<ReturnType<typeof readState>>["edge"]; readonly root?: Uint8Array } = await readState(
    db,
    head.checkpoint,
    signer.verifierKey,
  );
  for (;;) {
    const { rows } = await client.query<{ what: string; hash: string }>(
      `SELECT what, hash FROM ledger_leaf WHERE log = 'main' AND leaf_index >= ${state.size} AND leaf_index < ${state.size + leavesPerRound} ORDER BY leaf_index`,
    );
    if (rows.length === 0) break;
    const grown = append(
      state,
      rows.map(({ what, hash: leaf }) => leafBytes(what, leaf)),
    );
    const last = grown.edge.find(({ level }) => level === 0);
    for (let from = 0; from < grown.tiles.length; from += 64)
      await writeTiles(
        db,
        MAIN_LOG,
        grown.tiles.slice(from, from + 64).filter((tile) => tile !== last),
      );
    const checkpoint = await signCheckpoint({ origin: signer.name, size: grown.size, root: grown.root, extensions: [] }, signer);
    await db
      .updateTable("ledger_head")
      .set({ checkpoint, edge: Buffer.from(last?.bytes ?? []) })
      .where("log", "=", MAIN_LOG)
      .execute();
    state = grown;
  }
  return state.size;
}

/** Indexes of the leaves: by chance, so that filling them row by row would take longer than anything else. As the migrations make them. */
const leafKeys = {
  drop: ["ALTER TABLE ledger_leaf DROP CONSTRAINT ledger_leaf_pkey", "DROP INDEX ledger_leaf_place"],
  make: ["ALTER TABLE ledger_leaf ADD PRIMARY KEY (log, hash, what)", "CREATE UNIQUE INDEX ledger_leaf_place ON ledger_leaf (log, leaf_index)"],
};

/**
 * Fills the database in `data`, whose server is stopped, with `entries` entries.
 * Durability is off while it fills: what is measured later runs with it on.
 */
export async function fillWorld(data: string, desk: MeasuredDesk, entries: number): Promise<Filled & { readonly long: string }> {
  const began = performance.now();
  const cluster = await launchCluster({ directory: data, durable: false });
  const db = openDatabase(cluster.url, { connections: 2 });
  const client = new pg.Client({ connectionString: cluster.url });
  await client.connect();
  try {
    await prepare(client, desk);
    for (const text of leafKeys.drop) await client.query(text);
    const before = await client.query<{ leaves: string; grants: string }>(
      "SELECT (SELECT count(*) FROM ledger_leaf) AS leaves, (SELECT count(*) FROM bench_grant) AS grants",
    );
    const total = Math.round(entries / entriesPerDossier);
    const rounds = roundsOf(total, Number(before.rows[0]?.leaves), Number(before.rows[0]?.grants));
    const fillers = Array.from({ length: side }, async () => {
      const own = new pg.Client({ connectionString: cluster.url });
      await own.connect();
      try {
        for (const text of settings) await own.query(text);
        for (let round = rounds.shift(); round !== undefined; round = rounds.shift()) {
          await insertRound(own, total, round);
          tell(`${round.until.toLocaleString("en")} of ${total.toLocaleString("en")} dossiers, ${((performance.now() - began) / 1000).toFixed(0)} s`);
        }
      } finally {
        await own.end();
      }
    });
    // Both to their end, so that nothing is still at work when the database stops.
    for (const done of await Promise.allSettled(fillers)) if (done.status === "rejected") throw done.reason;
    await client.query(`INSERT INTO desk_tally (organisation, desk_id, shard, total) SELECT organisation, desk_id, shard, (count + 31) / 32 FROM
      (SELECT organisation, desk_id, count(*) AS count FROM desk_dossier GROUP BY 1, 2) AS counted, generate_series(0, 31) AS shard ON CONFLICT (organisation, desk_id, shard) DO UPDATE SET total = excluded.total`);
    for (const text of leafKeys.make) await client.query(text);
    const leaves = await growLog(client, db, join(data, "keys"));
    const long = await insertLong(client, desk);
    for (const table of ["bench_chance", "bench_entry", "bench_grant", "bench_card", "bench_unlock", "bench_cover", "bench_place"])
      await client.query(`DROP TABLE ${table}`);
    tell("vacuum");
    // What autovacuum would do in time: statistics, and the marks that let an index be read alone.
    await client.query("VACUUM ANALYZE");
    await client.query("CHECKPOINT");
    const { rows } = await client.query<{
      table: string;
      bytes: string;
      indexes: string;
      rows: string;
    }>(`SELECT c.relname AS table, pg_table_size(c.oid) AS bytes, pg_indexes_size(c.oid) AS indexes, c.reltuples::bigint AS rows
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY pg_total_relation_size(c.oid) DESC`);
    const tables = rows.map((row) => ({ table: row.table, bytes: Number(row.bytes), indexes: Number(row.indexes), rows: Number(row.rows) }));
    const count = async (table: string): Promise<number> => Number((await client.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`)).rows[0]?.n ?? 0);
    return {
      long,
      entries: await count("dossier_entry"),
      dossiers: await count("dossier"),
      leaves,
      tables,
      bytes: tables.reduce((sum, one) => sum + one.bytes + one.indexes, 0),
      seconds: (performance.now() - began) / 1000,
    };
  } finally {
    await client.end();
    await db.destroy();
    await stopOrphan(join(data, "postgres"), "fast");
  }
}
