/**
 * Bench: what the hot endpoints cost a server that holds ten thousand entries, a hundred thousand, a million (and ten million with `--largest`), over HTTP, all servers up side by side and asked in turn.
 * `node tools/bench/scale.ts [--sizes 10000,100000,1000000] [--largest] [--requests 100] [--rounds 4] [--keep FILE]`. Exit 1 when an endpoint grows by more than 1.3 per tenfold, by the line through all sizes.
 * With `--keep` the filled houses stay, and a later run with the same file measures those again; `--fill-only` only fills them. Remove their folders yourself.
 * The world is that of scale-world.ts; the measured desk has a fifth of it.
 */
import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import pg from "pg";
import { Parse } from "typebox/value";
import { generateReceiptCode } from "@rugdekking/seal";
import { Connection, memoryTrustStore, signInAsGuest, signInWithSheet, Trust, type Fetch, type Session } from "#services/directory/client/index.ts";
import { checkReceipt, type DossierHandle } from "#services/dossier/client/index.ts";
import { Receipt } from "#services/dossier/contract/index.ts";
import { closeReport, fileReport, openReport, recordAction, recordNormTest, recordSeriousness, sendMessage, takeUp } from "#services/reporting/client/index.ts";
import { Lines, type Prepared } from "./load.ts";
import { makeDesk, reportNumber, type Desk } from "./people.ts";
import { descendantsOf, end, memoryOf, processorTime, runNode, startServer, type BenchServer } from "./server.ts";
import { fillWorld, longDossier, type Filled } from "./scale-world.ts";
import { machine, mebibytes, percentile, slopeOf, tell } from "./table.ts";

const clients = 4;
const targetRatio = 1.3;
/** Reports that messages are sent in, and dossiers that are read, different ones each time. */
const writable = 16;
const sampled = 400;

/** One house of one size, up and warm. */
interface Site {
  readonly size: number;
  readonly server: BenchServer;
  readonly desk: Kept["desk"] & { signIn(): Promise<Session> };
  readonly filled: Filled & { readonly long: string };
  readonly member: Lines;
  /** Guests who each have one report. */
  readonly owners: readonly Lines[];
  readonly anyone: Lines;
  readonly dossiers: readonly string[];
  readonly hashes: readonly string[];
  /** Entry bundles that are whole, spread over the log. */
  readonly bundles: readonly number[];
  readonly paths: { readonly next: string; readonly since: string };
  readonly handles: readonly DossierHandle[];
}

/** A connection that remembers how long each request took: sealing happens on other people's devices and does not count. */
function timedConnection(url: string): { readonly connection: Connection; readonly took: { path: string; milliseconds: number }[] } {
  const took: { path: string; milliseconds: number }[] = [];
  const timed: Fetch = async (input, init) => {
    const began = performance.now();
    const answer = await fetch(input, init);
    const text = await answer.arrayBuffer();
    took.push({ path: `${init.method ?? "GET"} ${input.slice(url.length)}`, milliseconds: performance.now() - began });
    return new Response(answer.status === 204 ? null : text, { status: answer.status, headers: answer.headers });
  };
  return { connection: new Connection({ base: url, cookies: "own", fetch: timed }), took };
}

/** A whole real report: filed, taken up, worked on, closed. The mould of all others. */
async function workOnReport(server: BenchServer, desk: Desk): Promise<void> {
  const { connection, trust } = desk.connect();
  const picture = new Blob([crypto.getRandomValues(new Uint8Array(40_000))], { type: "image/png" });
  const filed = await fileReport(connection, {
    as: { guest: true },
    trust,
    desk: desk.desk.id,
    report: reportNumber(1),
    attachments: [{ name: "schermafbeelding.png", mediaType: "image/png", bytes: picture, capturedAt: null, note: "" }],
  });
  const reporter = desk.connect();
  const guest = await openReport(
    await signInAsGuest(reporter.connection, { trust: reporter.trust, device: "bench", receiptCode: filed.receiptCode ?? "" }),
    filed.dossier,
  );
  const work = await openReport(await desk.signIn(), filed.dossier);
  const words = "Demonstratie: wij hebben dit met u besproken en opgeschreven wat er nu gebeurt. ".repeat(4);
  await takeUp(work, words);
  await recordNormTest(work, { outcome: "crossing-the-line", norm: "Demonstratie", explanation: words });
  await recordSeriousness(work, { level: "high", grounds: words, advised: words });
  await guest.refresh();
  await sendMessage(guest, words);
  await work.refresh();
  await sendMessage(work, words);
  await recordAction(work, { type: "conversation", with: "Demonstratie", on: "2026-11-01", note: words });
  await closeReport(work, { outcome: "stopped", feedback: words, aftercare: words });
}

/** A house that was filled and stopped, as it is kept between two runs. */
interface Kept {
  readonly size: number;
  readonly data: string;
  readonly desk: { readonly id: string; readonly organisation: string; readonly handle: string; readonly code: string };
  readonly filled: Filled & { readonly long: string };
}

async function fillHouse(size: number): Promise<Kept> {
  tell(`== ${size.toLocaleString("en")} entries`);
  const first = await startServer();
  try {
    const desk = await makeDesk(first);
    await workOnReport(first, desk);
    await first.stop("keep");
    const { id, organisation } = desk.desk;
    const filled = await fillWorld(first.data, { id, organisation }, size);
    tell(`${number(filled.entries)} entries, ${number(filled.leaves)} leaves, ${mebibytes(filled.bytes)} in ${filled.seconds.toFixed(0)} s`);
    return { size, data: first.data, desk: { id, organisation, handle: desk.handle, code: desk.code }, filled };
  } catch (error) {
    await first.stop();
    throw error;
  }
}

/** Starts a filled house. */
async function openSite(kept: Kept): Promise<Site> {
  // Somebody may have taken the port between looking and listening.
  const server = await startServer({ again: kept }).catch(async () => await startServer({ again: kept }));
  const connect = (): ReturnType<Desk["connect"]> => {
    const connection = new Connection({ base: server.url, cookies: "own" });
    return { connection, trust: new Trust(connection, pinsOf(server)) };
  };
  const signIn = async (): Promise<Session> => {
    const { connection, trust } = connect();
    return await signInWithSheet(connection, { trust, device: "bench", handle: kept.desk.handle, code: kept.desk.code });
  };
  try {
    return await furnish(kept.size, server, { ...kept.desk, signIn }, kept.filled);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function furnish(size: number, server: BenchServer, desk: Site["desk"], filled: Site["filled"]): Promise<Site> {
  const client = new pg.Client({ connectionString: server.database });
  await client.connect();
  try {
    const place = [desk.organisation, desk.id];
    const dossiers = await client.query<{ dossier: string }>(
      `SELECT dossier FROM (SELECT dossier, row_number() OVER () AS n, count(*) OVER () AS of FROM desk_dossier WHERE organisation = $1 AND desk_id = $2 AND phase = 'closed') AS numbered WHERE n % GREATEST(1, of / ${sampled}) = 0 LIMIT ${sampled}`,
      place,
    );
    const hashes = await client.query<{ hash: string }>(
      `SELECT hash FROM ledger_leaf WHERE log = 'main' AND leaf_index = ANY(SELECT (n * $1::bigint / ${sampled})::bigint FROM generate_series(0, ${sampled - 1}) AS n)`,
      [filled.leaves],
    );
    const bundles = await client.query<{ bundle: number }>(
      `SELECT b::int AS bundle FROM (SELECT (n * ($1::bigint / 256) / ${sampled})::bigint AS b FROM generate_series(0, ${sampled - 1}) AS n) AS spread
        WHERE (SELECT count(*) FROM ledger_leaf WHERE log = 'main' AND leaf_index >= b * 256 AND leaf_index < b * 256 + 256) = 256`,
      [filled.leaves],
    );
    // A page among what was closed, and what changed last but ten.
    const half = await client.query<{ due: Date; changed: Date; dossier: string }>(
      "SELECT due, changed, dossier FROM desk_dossier WHERE organisation = $1 AND desk_id = $2 ORDER BY due DESC, changed DESC, dossier DESC OFFSET 60 LIMIT 1",
      place,
    );
    const recent = await client.query<{ changed: Date }>(
      "SELECT changed FROM desk_dossier WHERE organisation = $1 AND desk_id = $2 ORDER BY changed DESC OFFSET 10 LIMIT 1",
      place,
    );
    const [mark] = half.rows;
    const [since] = recent.rows;
    if (mark === undefined || since === undefined) throw new Error("the desk has no dossiers");
    const session = await desk.signIn();
    const cookie = (value: string | null): Record<string, string> => ({ Cookie: `__Host-session=${value ?? ""}` });
    const trust = new Trust(timedConnection(server.url).connection, pinsOf(server));
    const handles: DossierHandle[] = [];
    const owners: Lines[] = [];
    for (let number = 0; number < writable; number += 1) {
      const code = generateReceiptCode();
      const own = timedConnection(server.url);
      const filed = await fileReport(own.connection, { as: { guest: true, receiptCode: code }, trust, desk: desk.id, report: reportNumber(number) });
      const guest = await signInAsGuest(own.connection, { trust: new Trust(own.connection, memoryTrustStore()), device: "bench", receiptCode: code });
      handles.push(await openReport(guest, filed.dossier));
      timings.set(filed.dossier, own.took);
      owners.push(new Lines(server.url, clients, cookie(own.connection.cookie)));
    }
    const cursor = Buffer.from(`${mark.due.getTime()}_${mark.changed.getTime()}_${mark.dossier}`, "latin1").toString("base64url");
    return {
      size,
      server,
      desk,
      filled,
      member: new Lines(server.url, clients, cookie(session.connection.cookie)),
      owners,
      anyone: new Lines(server.url, clients),
      dossiers: dossiers.rows.map(({ dossier }) => dossier),
      hashes: hashes.rows.map(({ hash }) => hash),
      bundles: bundles.rows.map(({ bundle }) => bundle),
      paths: { next: `worklist?limit=50&after=${cursor}`, since: `worklist?limit=50&changedSince=${since.changed.toISOString()}` },
      handles,
    };
  } finally {
    await client.end();
  }
}

/** What the client functions of a report's handle took. */
const timings = new Map<string, { path: string; milliseconds: number }[]>();

/** One kind of request; resolves with the milliseconds that count. */
interface Endpoint {
  readonly name: string;
  /** The path as the documentation has it. */
  readonly path: string;
  /** Paced: each guest asks once in all. */
  readonly once?: true;
  readonly ask: (site: Site, turn: number) => Promise<number>;
}

const get = (path: string): Prepared => ({ method: "GET", path, mediaType: null, body: null });

/** @throws when the answer is not what it should be. */
async function timeRequest(lines: Lines, prepared: Prepared, least: number, status = 200): Promise<number> {
  const began = performance.now();
  const answer = await lines.send(prepared);
  const took = performance.now() - began;
  if (answer.status !== status || answer.text.length < least)
    throw new Error(`${prepared.method} ${prepared.path}: ${answer.status}, ${answer.text.length} characters ${answer.text.slice(0, 200)}`);
  return took;
}

const ownerAt = (owners: readonly Lines[], turn: number): Lines => {
  const owner = owners[turn % owners.length];
  if (owner === undefined) throw new Error("there are no guests");
  return owner;
};

const pick = (list: readonly string[], turn: number): string => list[turn % list.length] ?? "";

const endpoints: readonly Endpoint[] = [
  {
    name: "worklist, first page of 50",
    path: "GET /desks/:desk/worklist",
    ask: async ({ member, desk }) => await timeRequest(member, get(`/api/v1/desks/${desk.id}/worklist?limit=50`), 25_000),
  },
  {
    name: "worklist, a page of what is closed",
    path: "GET /desks/:desk/worklist?after",
    ask: async ({ member, desk, paths }) => await timeRequest(member, get(`/api/v1/desks/${desk.id}/${paths.next}`), 25_000),
  },
  {
    name: "what is new since",
    path: "GET /desks/:desk/worklist?changedSince",
    ask: async ({ member, desk, paths }) => await timeRequest(member, get(`/api/v1/desks/${desk.id}/${paths.since}`), 5_000),
  },
  {
    name: "late list",
    path: "GET /desks/:desk/late",
    ask: async ({ member, desk }) => await timeRequest(member, get(`/api/v1/desks/${desk.id}/late`), 15_000),
  },
  {
    name: "notices of a desk",
    path: "GET /desks/:desk/notices",
    ask: async ({ member, desk }) => await timeRequest(member, get(`/api/v1/desks/${desk.id}/notices`), 2),
  },
  {
    name: "one dossier",
    path: "GET /dossiers/:id",
    ask: async ({ member, dossiers }, turn) => await timeRequest(member, get(`/api/v1/dossiers/${pick(dossiers, turn)}`), 2_000),
  },
  {
    name: "its entries, first page",
    path: "GET /dossiers/:id/entries",
    ask: async ({ member, dossiers }, turn) => await timeRequest(member, get(`/api/v1/dossiers/${pick(dossiers, turn)}/entries`), 5_000),
  },
  {
    name: `entries 1,500 to 1,550 of ${longDossier.toLocaleString("en")}`,
    path: "GET /dossiers/:id/entries?after",
    ask: async ({ member, filled }) => await timeRequest(member, get(`/api/v1/dossiers/${filled.long}/entries?after=1500&limit=50`), 25_000),
  },
  {
    name: "hand-overs of a dossier",
    path: "GET /dossiers/:id/hand-overs",
    ask: async ({ member, dossiers }, turn) => await timeRequest(member, get(`/api/v1/dossiers/${pick(dossiers, turn)}/hand-overs`), 500),
  },
  {
    name: "my own dossiers, a guest",
    path: "GET /dossiers",
    ask: async ({ owners }, turn) => await timeRequest(ownerAt(owners, turn), get("/api/v1/dossiers"), 1_000),
  },
  {
    name: "receipt of an entry (inclusion proof)",
    path: "GET /dossiers/:id/entries/:seq/receipt",
    ask: async ({ member, dossiers }, turn) => await timeRequest(member, get(`/api/v1/dossiers/${pick(dossiers, turn)}/entries/1/receipt`), 300),
  },
  { name: "checkpoint of the log", path: "GET /ledger/checkpoint", ask: async ({ anyone }) => await timeRequest(anyone, get("/ledger/checkpoint"), 50) },
  {
    name: "tile of the log",
    path: "GET /ledger/tile/0/:n",
    ask: async ({ anyone, filled }, turn) => await timeRequest(anyone, get(`/ledger/${tilePathOf("0", (turn * 37) % Math.floor(filled.leaves / 256))}`), 100),
  },
  {
    name: "entry bundle of the log",
    path: "GET /ledger/tile/entries/:n",
    ask: async ({ anyone, bundles }, turn) =>
      await timeRequest(anyone, get(`/ledger/${tilePathOf("entries", bundles[(turn * 37) % bundles.length] ?? 0)}`), 5_000),
  },
  { name: "roster of a desk", path: "GET /desks/:desk", ask: async ({ anyone, desk }) => await timeRequest(anyone, get(`/api/v1/desks/${desk.id}`), 300) },
  {
    name: "desks of an organisation",
    path: "GET /desks?organisation",
    ask: async ({ anyone, desk }) => await timeRequest(anyone, get(`/api/v1/desks?organisation=${desk.organisation}`), 300),
  },
  {
    name: "search for an organisation",
    path: "GET /organisations?query",
    ask: async ({ anyone }) => await timeRequest(anyone, get("/api/v1/organisations?query=haag"), 50),
  },
  { name: "where I am signed in", path: "GET /devices", ask: async ({ member }) => await timeRequest(member, get("/api/v1/devices"), 50) },
  {
    name: "asking to sign in",
    path: "POST /sign-in/challenges",
    ask: async ({ anyone, desk }) =>
      await timeRequest(
        anyone,
        { method: "POST", path: "/api/v1/sign-in/challenges", mediaType: "application/json", body: Buffer.from(JSON.stringify({ handle: desk.handle })) },
        300,
        201,
      ),
  },
  {
    name: "what is kept of me, a guest",
    path: "GET /insight",
    once: true,
    ask: async ({ owners }, turn) => await timeRequest(ownerAt(owners, turn), get("/api/v1/insight"), 500),
  },
  { name: "quarters of figures", path: "GET /figures/quarters", ask: async ({ anyone }) => await timeRequest(anyone, get("/api/v1/figures/quarters"), 2) },
  {
    name: "a message in a dossier",
    path: "POST /dossiers/:id/entries",
    ask: async ({ handles }, turn) => {
      const handle = handles[turn % handles.length];
      if (handle === undefined) throw new Error("nothing to write in");
      await sendMessage(handle, `Demonstratie ${turn}: er is vandaag weer een bericht gekomen.`);
      return lastOf(timings.get(handle.id) ?? [], /^POST .*\/entries$/u);
    },
  },
  {
    name: "a report of a guest",
    path: "POST /dossiers",
    ask: async ({ server, desk }, turn) => {
      const { connection, took } = timedConnection(server.url);
      await fileReport(connection, { as: { guest: true }, trust: new Trust(connection, pinsOf(server)), desk: desk.id, report: reportNumber(turn) });
      return lastOf(took, /^POST .*\/dossiers$/u);
    },
  },
];

const pins = new Map<string, ReturnType<typeof memoryTrustStore>>();
function pinsOf({ url }: BenchServer): ReturnType<typeof memoryTrustStore> {
  const known = pins.get(url) ?? memoryTrustStore();
  pins.set(url, known);
  return known;
}

function lastOf(took: { path: string; milliseconds: number }[], pattern: RegExp): number {
  const found = took.findLast(({ path }) => pattern.test(path));
  if (found === undefined) throw new Error("the client function asked something else");
  took.length = 0;
  return found.milliseconds;
}

/** C2SP path of a full tile. */
function tilePathOf(level: string, index: number): string {
  const pieces =
    index
      .toString()
      .padStart(Math.ceil(index.toString().length / 3) * 3, "0")
      .match(/.{3}/gu) ?? [];
  return `tile/${level}/${pieces.map((piece, at) => (at === pieces.length - 1 ? piece : `x${piece}`)).join("/")}`;
}

/** `requests` by four clients that each ask again when they are answered. A handle is one client's at a time. */
async function load(site: Site, endpoint: Endpoint, requests: number, from: number): Promise<number[]> {
  const took: number[] = [];
  const client = async (which: number): Promise<void> => {
    for (let turn = which; turn < requests; turn += clients) took.push(await endpoint.ask(site, from * requests + turn));
  };
  await Promise.all(Array.from({ length: clients }, async (_, which) => await client(which)));
  return took;
}

/** Best of the rounds: on a machine that others use, what is slower in one round is theirs. */
interface Measured {
  p50: number;
  p95: number;
  /** Processor time of server and database for one request; not moved by what else runs on the machine. */
  processor: number;
}

const nothing = (): Measured => ({ p50: Infinity, p95: Infinity, processor: Infinity });

/** Processor time by process: the server and what answers it in the database. Not those that tidy up there, which come when they please. */
async function processorOf({ server }: Site): Promise<ReadonlyMap<number, number>> {
  const postmaster = Number(readFileSync(join(server.data, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
  const answering = (await descendantsOf(postmaster)).filter(({ command }) => command.includes("rugdekking rugdekking"));
  return new Map([server.pid, ...answering.map(({ pid }) => pid)].map((pid) => [pid, processorTime(pid)]));
}

/** Milliseconds between two readings; a connection that ended in between is left out. */
const spent = (before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): number =>
  [...after].reduce((sum, [pid, time]) => sum + time - (before.get(pid) ?? 0), 0);

/** One round of one endpoint at one house. */
async function measureRound(site: Site, endpoint: Endpoint, best: Measured, requests: number, round: number): Promise<void> {
  const before = await processorOf(site);
  const took = await load(site, endpoint, requests, round);
  best.processor = Math.min(best.processor, spent(before, await processorOf(site)) / took.length);
  best.p50 = Math.min(best.p50, percentile(took, 0.5));
  best.p95 = Math.min(best.p95, percentile(took, 0.95));
}

async function measure(
  sites: readonly Site[],
  bare: Lines,
  requests: number,
  rounds: number,
): Promise<{ readonly of: ReadonlyMap<string, readonly Measured[]>; readonly bare: Measured }> {
  const of = new Map<string, Measured[]>();
  const constant = nothing();
  for (const endpoint of endpoints) {
    const best = sites.map(nothing);
    const [each, many] = endpoint.once === true ? [4, writable / 4] : [requests, rounds];
    if (endpoint.once !== true) for (const site of sites) await load(site, endpoint, 40, 0);
    for (let round = 0; round < many; round += 1) {
      // Every other round the other way about, so that none is always after the largest.
      const order = [...sites.keys()];
      if (round % 2 === 1) order.reverse();
      for (const place of order) {
        const [site, found] = [sites[place], best[place]];
        if (site !== undefined && found !== undefined) await measureRound(site, endpoint, found, each, round);
      }
    }
    of.set(endpoint.name, best);
    const took: number[] = [];
    for (let turn = 0; turn < requests; turn += 1) took.push(await timeRequest(bare, get("/constant"), 1));
    constant.p50 = Math.min(constant.p50, percentile(took, 0.5));
    constant.p95 = Math.min(constant.p95, percentile(took, 0.95));
    tell(`${endpoint.name}: ${best.map(describe).join("  ")}`);
  }
  return { of, bare: constant };
}

const describe = ({ p50, p95, processor }: Measured): string => `${p50.toFixed(1)} / ${p95.toFixed(1)} (${processor.toFixed(1)})`;

/** Start and memory of one house, its database beside it. */
async function houseOf({ server, filled }: Site): Promise<string> {
  const programs = await descendantsOf(server.pid);
  const postgres = programs.filter(({ command }) => command.includes("postgres"));
  const memory = memoryOf(server.pid);
  return `${(server.startup / 1000).toFixed(2)} s | ${mebibytes(memory?.resident ?? 0)} | ${postgres.length} | ${mebibytes(filled.bytes)} | ${filled.seconds.toFixed(0)} s`;
}

/** A receipt of each house is verified as a client would: the log that was filled is a log. */
async function checkProofs(site: Site): Promise<void> {
  const session = await site.desk.signIn();
  const anchor = await session.trust.anchor();
  const answer = await session.connection.request("GET", `/api/v1/dossiers/${pick(site.dossiers, 7)}/entries/1/receipt`, {});
  await checkReceipt(Parse(Receipt, await answer.json()), anchor);
}

/** Growth per tenfold by the straight line (in logarithms of size and of value) through all sizes: one step alone is mostly the scatter of some milliseconds. */
const growthOver = (sizes: readonly number[], values: readonly number[]): number => 10 ** slopeOf(sizes.map(Math.log10), values.map(Math.log10));

/** Growth per tenfold, from each size to the next. */
const growth = (sizes: readonly number[], values: readonly number[]): number[] =>
  values.slice(1).map((value, at) => (value / (values[at] ?? Number.NaN)) ** (1 / Math.log10((sizes[at + 1] ?? 1) / (sizes[at] ?? 1))));
const list = (ratios: readonly number[]): string => ratios.map((ratio) => ratio.toFixed(2)).join(", ");

const number = (value: number): string => value.toLocaleString("en");

/** The houses of these sizes: those that an earlier run kept, and new ones. */
async function filledHouses(sizes: readonly number[], keep: string | null): Promise<Kept[]> {
  const kept: Kept[] =
    keep === null
      ? []
      : await readFile(keep, "utf8").then(
          (text) => JSON.parse(text) as Kept[],
          () => [],
        );
  for (const size of sizes) {
    if (kept.some((house) => house.size === size)) continue;
    kept.push(await fillHouse(size));
    if (keep !== null) await writeFile(keep, JSON.stringify(kept, null, 1));
  }
  return sizes.flatMap((size) => kept.find((house) => house.size === size) ?? []);
}

async function run(sizes: readonly number[], requests: number, rounds: number, keep: string | null): Promise<void> {
  const loadBefore = loadavg();
  const sites: Site[] = [];
  const bare = runNode(["tools/bench/bare-server.ts"], { env: { BENCH_DATABASE: "" } });
  try {
    const bareUrl = await new Promise<string>((resolve, reject) => {
      bare.stdout?.once("data", (piece: Buffer) => resolve(piece.toString().trim()));
      bare.once("exit", () => reject(new Error("the bare server ended")));
    });
    const houses = await filledHouses(sizes, keep);
    for (const house of houses) sites.push(await openSite(house));
    for (const site of sites) await checkProofs(site);
    const found = await measure(sites, new Lines(bareUrl, clients), requests, rounds);
    // What the machine did before: afterwards it is this bench's own clients and servers that are counted.
    const calm = (loadBefore[0] ?? 0) <= availableParallelism();
    let grew = false;
    const lines = endpoints.map(({ name, path }) => {
      const best = found.of.get(name) ?? [];
      const waited = growth(
        sizes,
        best.map(({ p95 }) => p95),
      );
      const worked = growth(
        sizes,
        best.map(({ processor }) => processor),
      );
      // While others use the machine a wait says more about them than about the size.
      const judged = growthOver(
        sizes,
        best.map(({ p95, processor }) => (calm ? p95 : processor)),
      );
      const within = judged <= targetRatio;
      grew ||= !within;
      return `| ${[name, `\`${path}\``, ...best.map(describe), list(waited), list(worked), judged.toFixed(2), within ? "yes" : "**no**"].join(" | ")} |`;
    });
    const starts: string[] = [];
    for (const site of sites)
      starts.push(`| ${number(site.filled.entries)} | ${number(site.filled.dossiers)} | ${number(site.filled.leaves)} | ${await houseOf(site)} |`);
    const largest = sites.at(-1);
    const text = [
      "### Hot endpoints by the size of the house",
      "",
      `p50 / p95 in milliseconds and, in brackets, milliseconds of processor time of server and database for one request; ${clients} clients in a closed loop, ${number(requests * rounds)} requests each, best of ${rounds} rounds. Growth is per tenfold: of p95 and of processor time for each step, and by the line through all sizes; ${calm ? "judged by p95" : "judged by processor time, since others used the machine"}.`,
      "",
      `| what | address | ${sizes.map((size) => `${number(size)} entries`).join(" | ")} | growth of p95, each step | of processor time | over all sizes | <= ${targetRatio} |`,
      `|---|---|${sizes.map(() => "---|").join("")}---|---|---|---|`,
      ...lines,
      "",
      `A bare Fastify that answers a constant, one client, same run: ${found.bare.p50.toFixed(1)} / ${found.bare.p95.toFixed(1)} ms.`,
      "",
      "| entries | dossiers | leaves of the log | start until it answers | memory of the server | its database processes | database | filled in |",
      "|---|---|---|---|---|---|---|---|",
      ...starts,
      "",
      ...(largest === undefined
        ? []
        : [
            `Tables of the largest, bytes an entry (with what lies beside) + indexes: ${largest.filled.tables
              .slice(0, 12)
              .map(({ table, bytes, indexes }) => `${table} ${(bytes / largest.filled.entries).toFixed(0)} + ${(indexes / largest.filled.entries).toFixed(0)}`)
              .join(
                ", ",
              )}; together ${(largest.filled.bytes / largest.filled.entries).toFixed(0)} bytes an entry, ${(largest.filled.bytes / largest.filled.dossiers / 1000).toFixed(1)} kB a dossier, attachments apart.`,
            "",
          ]),
      `Machine: ${machine(loadBefore)}`,
    ];
    process.stdout.write(`${text.join("\n")}\n`);
    if (grew) process.exitCode = 1;
  } finally {
    await end(bare);
    for (const { server } of sites) await server.stop(keep === null ? undefined : "keep");
  }
}

const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "10000,100000,1000000" },
    largest: { type: "boolean", default: false },
    requests: { type: "string", default: "100" },
    rounds: { type: "string", default: "4" },
    keep: { type: "string" },
    "fill-only": { type: "boolean", default: false },
  },
});
const sizes = values.sizes.split(",").map((size) => Math.min(20_000_000, Math.max(5_000, Number(size))));
const all = values.largest ? [...sizes, 10_000_000] : sizes;
if (values["fill-only"]) await filledHouses(all, values.keep ?? null);
else await run(all, Number(values.requests), Number(values.rounds), values.keep ?? null);
