/**
 * Makes the load of a soak, in a process of its own: pieces of work begin at moments planned beforehand, whatever became of those before (an open model), and each is timed from its planned moment. Only soak.ts starts it.
 * Reading is done with addresses that the real client asked for; reports, files and follow-ups are made by the client's own functions.
 */
import { setTimeout as pause } from "node:timers/promises";
import { TILE_WIDTH, tilePath } from "@rugdekking/ledger";
import { Parse } from "typebox/value";
import { Connection, memoryTrustStore, signInAsGuest, signInWithSheet, Trust, type Fetch, type Session } from "#services/directory/client/index.ts";
import { readWorklist } from "#services/dossier/client/index.ts";
import { followLog } from "#services/ledger/client/index.ts";
import { fileReport, openReport, sendMessage } from "#services/reporting/client/index.ts";
import { reportNumber } from "./people.ts";
import { kinds, mix, Order, type Kind, type Told } from "./soak-mix.ts";

const order = Parse(Order, JSON.parse(process.argv[2] ?? "{}"));
/** Reports that are there before the clock starts, so that pages and dossiers are not empty. */
const beforehand = 60;
/** Guests whose code is kept, to come back with. */
const guestsKept = 400;
const smallFile = 40_000;
const largeFile = 9 * 1024 * 1024;
/** More open work than this: the server does not keep up, and the generator's own memory would be what is measured. */
const mostOpen = 3_000;

let requests = 0;
const counted: Fetch = async (input, init) => {
  const answer = await fetch(input, init);
  requests += 1;
  return answer;
};
const pins = memoryTrustStore();
const connect = (under: Fetch = counted): { connection: Connection; trust: Trust } => {
  const connection = new Connection({ base: order.url, cookies: "own", fetch: under });
  return { connection, trust: new Trust(connection, pins) };
};

const guests: { readonly code: string; readonly dossier: string }[] = [];
const dossiers: string[] = [];
const statements: string[] = [];
let number = 0;
/** A guest that reports again makes a new connection, as a new visitor's browser does; the desk's roster was verified before. */
async function report(bytes: number): Promise<void> {
  const { connection, trust } = connect();
  number += 1;
  const file = new Blob([crypto.getRandomValues(new Uint8Array(Math.min(bytes, 65_536))), new Uint8Array(Math.max(0, bytes - 65_536))]);
  const filed = await fileReport(connection, {
    as: { guest: true },
    trust,
    desk: order.desk,
    report: reportNumber(number),
    attachments: [{ name: "schermafbeelding.png", mediaType: "image/png", bytes: file, capturedAt: null, note: "" }],
    backOff: [],
  });
  // A ring: the generator's own memory must not grow either.
  const place = number % guestsKept;
  guests[place] = { code: filed.receiptCode ?? "", dossier: filed.dossier };
  dossiers[place] = filed.dossier;
  statements[place] = filed.receipt.entry;
}

async function followUp(): Promise<void> {
  const guest = pick(guests);
  const { connection, trust } = connect();
  const session = await signInAsGuest(connection, { trust, device: "soak", receiptCode: guest.code });
  await sendMessage(await openReport(session, guest.dossier), "Demonstratie: er is iets bij gekomen.");
}

function pick<T>(from: readonly T[]): T {
  const kept = from.filter((one) => one !== undefined);
  const one = kept[Math.floor(Math.random() * kept.length)];
  if (one === undefined) throw new Error("nothing to choose from");
  return one;
}

/** Asks one address and reads the answer to its end. */
async function read(connection: Connection, path: string): Promise<void> {
  const answer = await connection.request("GET", path, { headers: { Accept: "*/*" } });
  await answer.arrayBuffer();
}

/** The addresses the client reads to show a page of the worklist and one dossier; `{dossier}` stands for its id. */
async function addressesOf(): Promise<{ readonly session: Session; readonly pages: readonly string[]; readonly opening: readonly string[] }> {
  let asked: string[] = [];
  const { connection, trust } = connect(async (input, init) => {
    if (init.method === "GET") asked.push(input.slice(order.url.length));
    return await counted(input, init);
  });
  const session = await signInWithSheet(connection, { trust, device: "soak", handle: order.handle, code: order.code });
  asked = [];
  let seen = 0;
  for await (const page of readWorklist(session, order.desk)) {
    seen += page.lines.length;
    if (seen >= 100) break;
  }
  const pages = asked;
  asked = [];
  const dossier = pick(dossiers);
  await openReport(session, dossier);
  const opening = asked.filter((path) => path.includes(dossier)).map((path) => path.replace(dossier, "{dossier}"));
  if (pages.length === 0 || opening.length === 0) throw new Error("the client asked for no page or no dossier");
  return { session, pages, opening };
}

/** How many leaves the log has now. */
async function leaves(): Promise<number> {
  const { connection, trust } = connect();
  const { log } = await trust.anchor();
  return (await followLog(connection.origin, log, null)).checkpoint.size;
}

const root = "/api/v1/open-data";
const figurePaths = ["/cijfers", `${root}/publications`, `${root}/publications/landelijk-2026-k3`, `${root}/figures/landelijk-2026-k3/reports/alle`];

async function run(): Promise<void> {
  for (let made = 0; made < beforehand; made += 1) await report(smallFile);
  const { session, pages, opening } = await addressesOf();
  const tile = tilePath({ level: 0, index: 0, width: Math.min(TILE_WIDTH, await leaves()) });
  const ledgerPaths = (): string => pick(["/ledger/checkpoint", `/ledger/${tile}`, `/api/v1/receipts/${pick(statements)}`]);
  const work: Readonly<Record<Kind, () => Promise<void>>> = {
    worklist: async () => await read(session.connection, pick(pages)),
    dossier: async () => await read(session.connection, pick(opening).replace("{dossier}", pick(dossiers))),
    figures: async () => await read(session.connection, pick(figurePaths)),
    ledger: async () => await read(session.connection, ledgerPaths()),
    report: async () => await report(smallFile),
    followUp,
    upload: async () => await report(largeFile),
  };
  // How many requests a piece of work makes, so that the rate is one of requests.
  const cost: Record<Kind, number> = { worklist: 1, dossier: 1, figures: 1, ledger: 1, report: 1, followUp: 1, upload: 1 };
  for (const kind of kinds) {
    const before = requests;
    await work[kind]();
    cost[kind] = Math.max(1, requests - before);
  }
  process.send?.({ what: "begun" });

  // The same thousand arrivals again and again, in a shuffled order.
  const arrivals = kinds.flatMap((kind) => Array.from({ length: mix[kind] }, () => kind));
  for (let at = arrivals.length - 1; at > 0; at -= 1) {
    const other = Math.floor(Math.random() * (at + 1));
    [arrivals[at], arrivals[other]] = [arrivals[other] ?? "worklist", arrivals[at] ?? "worklist"];
  }

  let told: Told = fresh();
  requests = 0;
  let open = 0;
  const tell = (): void => {
    process.send?.({ ...told, requests, open });
    requests = 0;
    told = fresh();
  };
  const telling = setInterval(tell, 1_000);
  const begin = (kind: Kind, planned: number): void => {
    open += 1;
    told.late = Math.max(told.late, performance.now() - planned);
    work[kind]()
      .then(() => (told.took[kind] ??= []).push(performance.now() - planned))
      .catch((error: unknown) => {
        told.failed += 1;
        if (told.errors.length < 5) told.errors.push(`${kind}: ${error instanceof Error ? `${error.name} ${error.message}`.slice(0, 200) : "?"}`);
      })
      .finally(() => (open -= 1));
  };
  const began = performance.now();
  let planned = began;
  for (let arrival = 0; planned - began < order.seconds * 1_000; arrival += 1) {
    const kind = arrivals[arrival % arrivals.length] ?? "worklist";
    const wait = planned - performance.now();
    if (wait > 0) await pause(wait);
    if (open > mostOpen) {
      told.failed += 1;
      told.errors.push(`${open} pieces of work are on their way: the server does not keep up, and the load was ended`);
      break;
    }
    begin(kind, planned);
    planned += (1_000 / order.rate) * cost[kind];
  }
  for (const until = performance.now() + 60_000; open > 0 && performance.now() < until; await pause(50));
  clearInterval(telling);
  tell();
  process.send?.({ what: "done" });
}

function fresh(): Told {
  return { what: "told", requests: 0, took: {}, errors: [], failed: 0, open: 0, late: 0 };
}

await run();
process.disconnect?.();
