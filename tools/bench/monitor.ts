/**
 * Bench: answers of the Monitor accepted over HTTP, each with a real token that is verified and spent, beside what a bare server does with the same bytes in the same PostgreSQL.
 * `node tools/bench/monitor.ts [--seconds 10] [--profile]`. Blinding, finishing and sealing happen on respondents' devices and are done beforehand.
 */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Parse } from "typebox/value";
import { generateInvitationCode, invitationProof, toBase64Url } from "@rugdekking/seal";
import { quickRequest } from "#apps/checks/quick-blinding.ts";
import { addInvitations, stateWave, type Wave } from "#services/monitor/client/index.ts";
import { sealAnswer } from "#services/monitor/client/seal-answer.ts";
import { keyOf } from "#services/monitor/client/waves.ts";
import { stratumName, TokenAnswer, type SealedAnswer, type StratumKey } from "#services/monitor/contract/index.ts";
import { tendMonitor } from "#services/monitor/server/index.ts";
import { openDatabase } from "#services/storage/index.ts";
import { closedLoop, Lines, openLoop, rate, type Prepared, type Run } from "./load.ts";
import { makeDesk } from "./people.ts";
import { describeShares, sharesOf } from "./profile.ts";
import { end, processorTimes, runNode, startServer, type BenchServer } from "./server.ts";
import { percentile, percentiles, table, tell, type Row } from "./table.ts";

const clients = 8;
const openRate = 50;
const targetRate = 300;
const targetLatency = 50;
const strata = ["raadslid", "wethouder", "statenlid", "burgemeester"].map((office): StratumKey => ({
  function: office,
  organisationType: "gemeente",
  province: "alle",
  sizeClass: "alle",
}));

const asPost = (path: string, body: unknown): Prepared => ({ method: "POST", path, mediaType: "application/json", body: Buffer.from(JSON.stringify(body)) });

/** Someone who is invited: what their device sends to collect a token, and how it makes one of what comes back. */
interface Person {
  readonly collect: Prepared;
  readonly finish: (signature: Uint8Array) => string;
}

/** An invented wave with room for `count` answers. */
async function openWave(server: BenchServer, count: number): Promise<{ readonly wave: Wave; readonly people: readonly Person[] }> {
  const desk = await makeDesk(server, "bzk", "research");
  const session = await desk.signIn();
  const each = Math.ceil(count / strata.length);
  const day = 86_400_000;
  const at = (days: number): string => new Date(Date.now() + days * day).toISOString();
  const title = { nl: "Proefmeting", en: "Trial", fy: "Proefmjitting" };
  const wave = await stateWave(session, {
    desk: desk.desk.id,
    wave: "bench",
    title,
    questionnaire: { set: "monitor", version: 1, digest: "A".repeat(43) },
    recallMonths: 12,
    labels: {},
    opens: at(-0.001),
    closes: at(1),
    ends: at(3),
    strata: strata.map((key) => ({ key, population: each, invited: each })),
  });
  const invitations = strata.flatMap((key) => Array.from({ length: each }, () => ({ code: generateInvitationCode(), stratum: stratumName(key) })));
  await addInvitations(session, wave.wave, invitations);
  const keys = new Map(await Promise.all(strata.map(async (key) => [stratumName(key), await keyOf(wave, stratumName(key))] as const)));
  const people = invitations.map(({ code, stratum }): Person => {
    const key = keys.get(stratum);
    if (key === undefined) throw new Error("a stratum has no key");
    const { blinded, finish } = quickRequest(key);
    const proof = toBase64Url(invitationProof(code, wave.wave));
    return { collect: asPost(`/api/v1/monitor/waves/${wave.wave}/tokens`, { proof, blinded: blinded.toString("base64url") }), finish };
  });
  // In the order of nothing, as people come.
  return { wave, people: people.toSorted(() => Math.random() - 0.5) };
}

const wrong = (what: Prepared, status: number, text: string): Error => new Error(`${what.path}: ${status} ${text.slice(0, 300)}`);

async function collect(lines: Lines, { collect: asked, finish }: Person): Promise<string> {
  const { status, text } = await lines.send(asked);
  if (status !== 200) throw wrong(asked, status, text);
  return finish(Buffer.from(Parse(TokenAnswer, JSON.parse(text)).signature, "base64url"));
}

const answerOf = (token: string, sealed: SealedAnswer): Prepared =>
  asPost("/api/v1/monitor/answers", { token, answer: { ...sealed, id: crypto.randomUUID() } });

async function give(lines: Lines, prepared: Prepared): Promise<void> {
  const { status, text } = await lines.send(prepared);
  if (status !== 204) throw wrong(prepared, status, text);
}

/** Takes from a stock, once each. */
function taking<T>(stock: readonly T[], work: (one: T) => Promise<void>): () => Promise<boolean> {
  let next = 0;
  return async () => {
    const one = stock[next];
    next += 1;
    if (one === undefined) return false;
    await work(one);
    return true;
  };
}

/** The same bytes, one POST and one INSERT each, to a bare Fastify on the same PostgreSQL. */
async function bareServer(server: BenchServer, sample: Prepared, seconds: number): Promise<Run> {
  const child = runNode(["tools/bench/bare-server.ts"], { env: { BENCH_DATABASE: server.database } });
  child.stderr?.pipe(process.stderr);
  try {
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout?.once("data", (piece: Buffer) => resolve(piece.toString().trim()));
      child.once("exit", () => reject(new Error("the bare server ended")));
    });
    const lines = new Lines(url, clients);
    const work = async (): Promise<boolean> => {
      const { status } = await lines.send({ method: "POST", path: "/take", mediaType: "application/octet-stream", body: sample.body });
      if (status !== 201) throw new Error(`bare server: ${status}`);
      return true;
    };
    await closedLoop(clients, 1, work);
    const run = await closedLoop(clients, seconds, work);
    lines.close();
    return run;
  } finally {
    await end(child);
  }
}

async function run(seconds: number, profile: boolean): Promise<void> {
  const loadBefore = loadavg();
  const folder = profile ? await mkdtemp(join(tmpdir(), "rugdekking-profile-")) : null;
  let recorded = { from: 0, until: Infinity };
  const server = await startServer(folder === null ? {} : { profile: folder });
  const db = openDatabase(server.database);
  try {
    const [warm, most, paced] = [200, seconds * 900, openRate * seconds];
    tell(`inviting and blinding ${warm + most + paced}`);
    const { wave, people } = await openWave(server, warm + most + paced);
    const sealed = await sealAnswer(wave, { questionnaire: { set: "monitor", version: 1 }, recallMonths: 12, details: true, answers: {} });
    const lines = new Lines(server.url, clients);

    tell("tokens");
    const answers: Prepared[] = [];
    const collecting = await closedLoop(
      clients,
      600,
      taking(people.slice(0, warm + most), async (person) => void answers.push(answerOf(await collect(lines, person), sealed))),
    );
    await closedLoop(
      clients,
      60,
      taking(answers.slice(0, warm), async (prepared) => await give(lines, prepared)),
    );

    tell("answers, closed loop");
    const from = { at: process.hrtime.bigint(), times: await processorTimes(server), own: process.cpuUsage() };
    const closed = await closedLoop(
      clients,
      seconds,
      taking(answers.slice(warm), async (prepared) => await give(lines, prepared)),
    );
    const until = { at: process.hrtime.bigint(), times: await processorTimes(server), own: process.cpuUsage(from.own) };
    recorded = { from: Number(from.at / 1000n), until: Number(until.at / 1000n) };
    const each = (milliseconds: number): string => (milliseconds / closed.took.length).toFixed(2);
    lines.close();

    tell("tokens and answers, open loop");
    const openLines = new Lines(server.url, 64);
    const [issued, redeemed]: [number[], number[]] = [[], []];
    await openLoop(
      openRate,
      seconds,
      taking(people.slice(warm + most, warm + most + paced), async (person) => {
        const began = performance.now();
        const { status, text } = await openLines.send(person.collect);
        issued.push(performance.now() - began);
        if (status !== 200) throw wrong(person.collect, status, text);
        const prepared = answerOf(person.finish(Buffer.from(Parse(TokenAnswer, JSON.parse(text)).signature, "base64url")), sealed);
        const again = performance.now();
        await give(openLines, prepared);
        redeemed.push(performance.now() - again);
      }),
    );
    openLines.close();
    const both = issued.map((took, place) => took + (redeemed[place] ?? 0));

    tell("bare server, mixing");
    const [sample] = answers;
    if (sample === undefined) throw new Error("nothing was prepared");
    const bare = await bareServer(server, sample, Math.min(seconds, 6));
    const began = performance.now();
    await tendMonitor({ db, clock: () => new Date() });
    const mixing = performance.now() - began;
    const all = warm + closed.took.length + redeemed.length;

    const rows: Row[] = [
      {
        what: `answers accepted, ${clients} clients closed loop: token verified, spent, answer kept`,
        ours: `${rate(closed).toFixed(0)}/s`,
        baseline: `${rate(bare).toFixed(0)}/s (bare Fastify + one INSERT of the same ${((sample.body?.length ?? 0) / 1000).toFixed(0)} kB)`,
        ratio: `${(rate(closed) / rate(bare)).toFixed(2)}x`,
        target: `>= ${targetRate}/s`,
        met: rate(closed) >= targetRate,
      },
      {
        what: "the same, processor time per answer: server / PostgreSQL / load generator",
        ours: `${each(until.times.server - from.times.server)} / ${each(until.times.database - from.times.database)} / ${each((until.own.user + until.own.system) / 1000)} ms`,
      },
      { what: "the same, latency p50 / p95 / p99", ours: percentiles(closed.took), baseline: percentiles(bare.took) },
      { what: `tokens given out, ${clients} clients closed loop, the device's finishing in the same process`, ours: `${rate(collecting).toFixed(0)}/s` },
      {
        what: `a token collected and spent, ${openRate}/s, both requests together, p50 / p95 / p99`,
        ours: percentiles(both),
        baseline: `collected ${percentiles(issued)}; spent ${percentiles(redeemed)}`,
        target: `p95 < ${targetLatency} ms`,
        met: percentile(both, 0.95) < targetLatency,
      },
      { what: `mixing ${all} answers of ${strata.length} strata, once every few minutes`, ours: `${(mixing / 1000).toFixed(2)} s` },
    ];
    const notes = [
      "Blinding is done beforehand and one sealed answer goes in under many ids: both happen on other people's devices, and the server reads neither. Every token is real, verified and spent once.",
    ];
    process.stdout.write(`${table("Answers of the Monitor accepted", rows, loadBefore, notes)}\n`);
  } finally {
    await db.destroy();
    await server.stop();
  }
  if (folder === null) return;
  for (const name of await readdir(folder)) process.stdout.write(`${describeShares(sharesOf(join(folder, name), recorded))}\n`);
  await rm(folder, { recursive: true, force: true });
}

const { values } = parseArgs({ options: { seconds: { type: "string", default: "10" }, profile: { type: "boolean", default: false } } });
await run(Math.min(60, Math.max(1, Number(values.seconds))), values.profile);
