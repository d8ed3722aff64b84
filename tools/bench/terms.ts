/**
 * Bench: a million running terms that all have passed, and the late list of a desk with 100,000 open signals. `node tools/bench/terms.ts [--terms 1000000] [--signals 100000]`.
 * Rows go in by one statement each; the job and the list are those of the server. Baselines in the same run: the bare UPDATE of as many rows, and the count alone.
 */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { sql } from "kysely";
import { newUuid } from "@rugdekking/seal";
import { readWorklist } from "#services/dossier/store/worklist.ts";
import { countLate } from "#services/dossier/store/terms.ts";
import { runTerms } from "#services/dossier/server/index.ts";
import { startEmbedded } from "#services/storage/embedded.ts";
import { inTransaction, migrate, openDatabase, type Transaction } from "#services/storage/index.ts";
import { houseMigrations } from "#apps/server/house.ts";
import { table, tell, type Row } from "./table.ts";

const { values } = parseArgs({ options: { terms: { type: "string", default: "1000000" }, signals: { type: "string", default: "100000" } } });
const [terms, signals] = [Number(values.terms), Number(values.signals)];
const before = loadavg();
// A database without a server: its own job would take half of the work.
const folder = await mkdtemp(join(tmpdir(), "rugdekking-bench-"));
await chmod(folder, 0o711);
const embedded = await startEmbedded({ directory: join(folder, "data") });
const db = openDatabase(embedded.url, { connections: 4 });
await migrate(db, houseMigrations);
const desks = Array.from({ length: 500 }, () => newUuid());
const at = new Date();
const due = new Date(at.getTime() - 3_600_000);
const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1_000;
};
const count = async (what: string): Promise<number> => Number((await sql<{ n: string }>`SELECT count(*) AS n FROM ${sql.raw(what)}`.execute(db)).rows[0]?.n);

tell(`writing ${terms} terms of ${desks.length} desks`);
await sql`INSERT INTO running_term (organisation, dossier, seq, name, urgency, waits_desk, waits_person, owner_id, since, due, stage, next)
  SELECT 'gm' || (n % 342), gen_random_uuid(), 1, 'signal-weigh', 'normal', (${desks}::uuid[])[1 + n % ${desks.length}], NULL, gen_random_uuid(), ${new Date(due.getTime() - 86_400_000)}, ${due}, 1, ${due}
  FROM generate_series(1, ${terms}::int) n`.execute(db);
await sql`ANALYZE running_term`.execute(db);
tell("the job");
const clock = (): Date => at;
const job = {
  db,
  clock,
  inTransaction: async <T>(work: (trx: Transaction) => Promise<T>): Promise<T> => await inTransaction(db, work),
  directory: { contactsOf: async (): Promise<ReadonlyMap<string, readonly string[]>> => new Map() },
};
const cpuBefore = process.cpuUsage();
const whole = await seconds(async () => await runTerms(job));
const cpu = process.cpuUsage(cpuBefore);
tell(`of that in this process ${((cpu.user + cpu.system) / 1e6).toFixed(1)} s of processor time`);
const done = await count("term_event");
const again = await seconds(async () => await runTerms(job));
tell("the bare update");
const bare = await seconds(async () => await sql`UPDATE running_term SET stage = stage + 1, next = next + interval '1 day'`.execute(db));

tell(`writing ${signals} signals of one desk`);
const desk = newUuid();
await sql`INSERT INTO desk_dossier (organisation, desk_id, dossier, kind, phase, opened, changed, due, term_name, term_waits_for, until, scope, cover, grant_id, grant_statement, grant_sealed)
  SELECT 'politie-den-haag', ${desk}::uuid, gen_random_uuid(), 'signal', (ARRAY['raised','received','basic-policing'])[1 + n % 3], ${at}::timestamptz - n * interval '1 minute', ${at}::timestamptz - n * interval '1 minute',
    ${at}::timestamptz + (n - ${signals}::int / 2) * interval '1 minute', (ARRAY['signal-receive','signal-weigh','signal-feedback'])[1 + n % 3], 'police', '9999-12-31', 'dossier', decode(repeat('ab', 400), 'hex'),
    gen_random_uuid(), '{"payload":"x"}'::jsonb, '{"dossier":"x"}'::jsonb FROM generate_series(1, ${signals}::int) n`.execute(db);
await sql`ANALYZE desk_dossier`.execute(db);
const place = { desk, organisation: "politie-den-haag" };
const median = async (work: () => Promise<unknown>): Promise<number> => {
  const times: number[] = [];
  for (let turn = 0; turn < 11; turn += 1) times.push(1_000 * (await seconds(work)));
  return times.toSorted((a, b) => a - b)[5] ?? 0;
};
const list = await median(async () => await Promise.all([readWorklist(db, place, null, null, 51, at), countLate(db, place, at)]));
const bareCount = await median(
  async () => await sql`SELECT count(*) FROM desk_dossier WHERE organisation = ${place.organisation} AND desk_id = ${desk} AND due < ${at}`.execute(db),
);

const rows: Row[] = [
  {
    what: `term job over ${terms.toLocaleString("en")} passed terms`,
    ours: `${whole.toFixed(1)} s`,
    baseline: `${bare.toFixed(1)} s (bare UPDATE)`,
    ratio: `${(whole / bare).toFixed(1)} x`,
    target: "< 60 s",
    met: whole < 60,
  },
  {
    what: "events written, and by a second run",
    ours: `${done.toLocaleString("en")} + ${((await count("term_event")) - done).toLocaleString("en")} in ${again.toFixed(2)} s`,
    baseline: "",
    ratio: "",
    target: "each once",
    met: done === terms,
  },
  {
    what: `late list of ${signals.toLocaleString("en")} open signals: groups and first page, median of 11`,
    ours: `${list.toFixed(0)} ms`,
    baseline: `${bareCount.toFixed(0)} ms (count alone)`,
    ratio: `${(list / bareCount).toFixed(1)} x`,
    target: "< 200 ms",
    met: list < 200,
  },
];
process.stdout.write(table("Terms", rows, before));
await db.destroy();
await embedded.stop();
await rm(folder, { recursive: true, force: true });
