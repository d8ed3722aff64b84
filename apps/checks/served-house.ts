/** The real command `rugdekking start` as a process of its own that may be killed, and a fetch that remembers how it answered when things went wrong. For the tests of faults in this folder. */
import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import Type from "typebox";
import { generateSeed, generateSheetCode, newPerson, sealUnlock, sheetSecret, signKeyPair, type SignKeyPair } from "@rugdekking/seal";
import { Connection, createDesk, memoryTrustStore, signInWithSheet, Trust, type Fetch, type Session } from "#services/directory/client/index.ts";
import { Uuid } from "#services/directory/contract/index.ts";

/** A port nobody listens on now. */
export const freePort = async (): Promise<number> =>
  await new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });

/** How the command is started. */
export interface ServeOptions {
  readonly port: number;
  readonly data: string;
  readonly registrar: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

/** One life of the command. */
export interface ServedHouse {
  readonly child: ChildProcess;
  /** Everything it wrote to its standard error. */
  said(): string;
  /** Whether its process still runs. */
  lives(): boolean;
  /** SIGKILL to this process alone; its PostgreSQL is left behind in the middle of its work. */
  kill(): Promise<void>;
  /** SIGTERM, and until it is gone. @returns its exit code; null when it had to be killed after two minutes. */
  stop(): Promise<number | null>;
}

/** Starts the command and waits until it answers. @throws when it ends first. */
export async function serve(options: ServeOptions): Promise<ServedHouse> {
  const child = spawn(
    process.execPath,
    [
      "--disable-warning=ExperimentalWarning",
      "apps/cli/rugdekking.ts",
      "start",
      "--port",
      String(options.port),
      "--data",
      options.data,
      `--registrar=${options.registrar}`,
      ...(options.args ?? []),
    ],
    { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, ...options.env } },
  );
  let printed = "";
  child.stderr.on("data", (piece: Buffer) => (printed += piece.toString()));
  const lives = (): boolean => child.exitCode === null && child.signalCode === null;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (!lives()) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await Promise.race([gone, pause(120_000, undefined, { ref: false })]);
    if (lives()) child.kill("SIGKILL");
    await gone;
  };
  const house: ServedHouse = {
    child,
    said: () => printed,
    lives,
    kill: async () => await end("SIGKILL"),
    stop: async () => {
      await end("SIGTERM");
      return child.exitCode;
    },
  };
  // A minute is long; a machine that does much else at the same time may need more.
  for (const until = performance.now() + 240_000; performance.now() < until; await pause(25)) {
    const healthy = await fetch(`http://127.0.0.1:${options.port}/api/v1/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (healthy) return house;
    if (!lives()) break;
  }
  await house.kill();
  throw new Error(`the server does not answer: ${printed}`);
}

/** Process of the PostgreSQL that runs in a data directory. */
export const postmasterOf = (data: string): number => Number(readFileSync(join(data, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);

/** Errors nobody foresaw that a house wrote while it answered requests: a 500 each. Jobs that could not run and a PostgreSQL that ended are told there too and are no 500. */
export const unforeseenAnswers = (said: string): string[] => said.split("\n").filter((line) => line.includes('"route":"/'));

/** How often a house said that it cannot now, and whatever it said that it may not say. */
export interface Answers {
  /** A client's own fetch, watched. */
  readonly fetch: Fetch;
  /** Answers 503 or 507 as promised: a problem document that says when to come again. */
  puttingOff(): number;
  /** Any other answer over 499, or one without its problem document; empty when all is well. */
  readonly bad: readonly string[];
}

/** Watches the answers of one or more clients. */
export function watchAnswers(under: Fetch = fetch): Answers {
  let off = 0;
  const bad: string[] = [];
  return {
    bad,
    puttingOff: () => off,
    fetch: async (input, init) => {
      const answer = await under(input, init);
      if (answer.status < 500) return answer;
      const path = new URL(input).pathname;
      const kind = answer.headers.get("content-type") ?? "";
      if ((answer.status === 503 || answer.status === 507) && kind.startsWith("application/problem+json") && answer.headers.has("retry-after")) off += 1;
      else bad.push(`${init.method ?? "GET"} ${path}: ${answer.status} ${kind}`);
      return answer;
    },
  };
}

/** The invented desk that receives the reports of a test, and its one member. */
export interface ServedDesk {
  readonly desk: string;
  connect(): { readonly connection: Connection; readonly trust: Trust };
  signIn(): Promise<Session>;
}

/** A registrar's key for a test. */
export const newRegistrar = async (): Promise<SignKeyPair> => await signKeyPair(generateSeed());

/** Registers one person and makes a safety desk with them in it. */
export async function makeServedDesk(base: string, registrar: SignKeyPair, watched: Fetch = fetch): Promise<ServedDesk> {
  const pins = memoryTrustStore();
  const connect = (): ReturnType<ServedDesk["connect"]> => {
    const connection = new Connection({ base, cookies: "own", fetch: watched });
    return { connection, trust: new Trust(connection, pins) };
  };
  const secrets = await newPerson();
  const code = generateSheetCode();
  const handle = "veiligheid@demostad.example.nl";
  const unlocks = [
    await sealUnlock("recovery-sheet", "a", {}, await sheetSecret(code), secrets),
    await sealUnlock("recovery-sheet", "b", {}, await sheetSecret(generateSheetCode()), secrets),
  ];
  const { person } = await connect().connection.post("/api/v1/persons", { card: secrets.card, handle, mail: null, unlocks }, Type.Object({ person: Uuid }));
  const made = await createDesk(connect().trust, {
    registrar,
    organisation: "gm0344",
    name: "Demo",
    function: "safety-desk",
    members: [{ person, name: "Demo", office: "Demo", lead: true }],
  });
  return {
    desk: made.id,
    connect,
    signIn: async () => {
      const { connection, trust } = connect();
      return await signInWithSheet(connection, { trust, device: "test", handle, code });
    },
  };
}
