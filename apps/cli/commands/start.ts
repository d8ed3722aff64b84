/** `rugdekking start`: runs the house and prints its one address. With --demonstration it also builds the invented world, over HTTP like anyone else. */
import { resolve } from "node:path";
import { type Call, type Command, CommandError, DEFAULT_PORT, type ExitCode } from "#apps/cli/command.ts";
import { untilStopped } from "#apps/cli/stopping.ts";
import { demonstrationPath, readDemonstration } from "#apps/demonstration/store.ts";
import type * as builder from "#apps/demonstration/build.ts";
import type { GivenSettings } from "#apps/server/settings.ts";
import { databaseOf } from "./migrate.ts";

/** A running house. */
export interface RunningHouse {
  /** The one address people use. */
  readonly address: string;
  close(): Promise<void>;
}
/** Opens and listens; `commands/server.ts` hands in the real one. */
export type HouseOpener = (settings: GivenSettings, world: World) => Promise<RunningHouse>;

/** What a start brings besides settings. */
export interface World {
  /** Registrar's public key; null keeps the one the database follows. */
  readonly registrar: string | null;
  /** Path of demonstration.json; null without a demonstration. */
  readonly demonstration: string | null;
}

/** The builder seals as a client does, so it is loaded for a demonstration alone. See [Note: The server process]. */
const demonstrationBuilder = async (): Promise<Pick<typeof builder, "buildDemonstration" | "prepareDemonstration">> => import("#apps/demonstration/build.ts");

/** Checks what was asked together and makes the demonstration's secrets. @returns the registrar this server follows, or null for the one it knows already. */
async function prepare(call: Call, data: string): Promise<string | null> {
  const [production, demonstration, registrar] = [call.flag("production"), call.flag("demonstration"), call.text("registrar")];
  if (production && demonstration)
    throw new CommandError("a demonstration world is never part of production", "leave --demonstration out, or start without --production");
  const path = demonstrationPath(data);
  if (production && (await readDemonstration(path)) !== null)
    throw new CommandError(`${data} holds a demonstration world`, "production needs a data directory of its own: give another --data DIR");
  if (demonstration && registrar !== null)
    throw new CommandError("--registrar was given with --demonstration", "a demonstration makes a registrar of its own; leave one of the two out");
  if (registrar !== null && !/^[A-Za-z0-9_-]{43}$/.test(registrar))
    throw new CommandError("--registrar is not an Ed25519 public key", "give the 43 characters that rugdekking registrar init showed");
  return demonstration ? (await demonstrationBuilder()).prepareDemonstration(path) : registrar;
}

const portOf = (call: Call): number => {
  const text = call.text("port");
  if (text === null) return Number(process.env["RUGDEKKING_PORT"] ?? DEFAULT_PORT);
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new CommandError(`--port ${JSON.stringify(text)} is not a port`, "give a number from 0 (any free one) to 65535");
};

/** The time-stamp authority and the term lengths, where they were named by hand; else the environment may. */
function filesOf(call: Call): GivenSettings {
  const witnesses = call.text("witnesses");
  const [timestampAuthority, timestampRoots, terms] = [call.text("timestamp-authority"), call.text("timestamp-roots"), call.text("terms")];
  return {
    ...(timestampAuthority === null ? {} : { timestampAuthority }),
    ...(timestampRoots === null ? {} : { timestampRoots: resolve(timestampRoots) }),
    ...(witnesses === null ? {} : { witnesses: resolve(witnesses) }),
    ...(terms === null ? {} : { terms: resolve(terms) }),
  };
}

/** What several servers share and what an operator sees, where it was named by hand; else the environment may. */
function sharedOf(call: Call): GivenSettings {
  const [keys, blobs, publications] = [call.text("keys"), call.text("blobs"), call.text("publications")];
  const [metrics, traces] = [call.text("metrics-port"), call.text("traces")];
  return {
    ...(keys === null ? {} : { keys: resolve(keys) }),
    ...(blobs === null ? {} : { blobs: resolve(blobs) }),
    ...(publications === null ? {} : { publications: resolve(publications) }),
    ...(call.flag("no-migrate") ? { migrate: false } : {}),
    ...(metrics === null ? {} : { metricsPort: Number(metrics) }),
    ...(traces === null ? {} : { traces }),
    newKeys: call.list("new-key"),
  };
}

/** The files with systems outside and with sign-in of organisations, where they were named by hand; else the environment may. */
function integrationsOf(call: Call): GivenSettings {
  const [integrations, organisationSignIn] = [call.text("integrations"), call.text("organisation-sign-in")];
  return {
    ...(integrations === null ? {} : { integrations: resolve(integrations) }),
    ...(organisationSignIn === null ? {} : { organisationSignIn: resolve(organisationSignIn) }),
  };
}

async function listen(open: HouseOpener, settings: GivenSettings, world: World): Promise<RunningHouse> {
  try {
    return await open(settings, world);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE")
      throw new CommandError(`port ${settings.port} is in use`, "stop what uses it, or give --port with another number", 2);
    throw error;
  }
}

/** The command, around the house it opens. */
export function startCommand(open: HouseOpener): Command {
  const run = async (call: Call): Promise<ExitCode> => {
    const data = resolve(call.text("data") ?? process.env["RUGDEKKING_DATA"] ?? "data");
    const port = portOf(call);
    const database = databaseOf(call);
    const registrar = await prepare(call, data);
    const demonstration = call.flag("demonstration");
    const stopped = untilStopped();
    const house = await listen(
      open,
      {
        data,
        database,
        port,
        production: call.flag("production"),
        demonstration,
        ...filesOf(call),
        ...integrationsOf(call),
        ...sharedOf(call),
      },
      { registrar, demonstration: demonstration ? demonstrationPath(data) : null },
    );
    try {
      if (demonstration) {
        const { buildDemonstration } = await demonstrationBuilder();
        const built = buildDemonstration(house.address, demonstrationPath(data), (line) => call.screen.note(`demonstration: ${line}`));
        // Whoever stops it half-way is heard at once; the next start goes on where this one was.
        await Promise.race([built, stopped]);
      }
      if (call.flag("production") && (call.text("timestamp-authority") ?? process.env["RUGDEKKING_TIMESTAMP_AUTHORITY"] ?? null) === null)
        call.screen.note("no time-stamp authority: evidence is hashed and logged, but no outsider vouches for its time (see --timestamp-authority)");
      call.screen.answer(
        { address: house.address, data, demonstration },
        `${house.address}${demonstration ? "   (demonstration: every person and message is invented)" : ""}`,
      );
      await stopped;
    } finally {
      await house.close();
    }
    return 0;
  };
  return {
    name: "start",
    about: "run the server and print its one address",
    takes: "",
    options: {
      port: { value: "NUMBER", about: `where to listen (${DEFAULT_PORT}; 0: any free port)` },
      data: { value: "DIR", about: "data directory: keys, embedded PostgreSQL, sealed files (or RUGDEKKING_DATA; default ./data)" },
      database: { value: "URL", about: "a PostgreSQL server instead of the embedded one; with a password, use RUGDEKKING_DATABASE" },
      keys: { value: "DIR", about: "folder of the house's secrets, the same on every server; may be read-only (or RUGDEKKING_KEYS; default DATA/keys)" },
      blobs: {
        value: "DIR|FILE",
        about: "shared folder of sealed files, or a JSON file that names an S3-compatible store (or RUGDEKKING_BLOBS; default DATA/blobs)",
      },
      publications: { value: "DIR", about: "folder of publications (or RUGDEKKING_PUBLICATIONS; default DATA/publications)" },
      "no-migrate": { value: null, about: "leave the schema alone and refuse an older one: rugdekking migrate brings it up to date (or RUGDEKKING_MIGRATE=0)" },
      "new-key": { value: "NAME", about: "this key was lost for good, the one in the folder counts from now on", multiple: true },
      "metrics-port": {
        value: "NUMBER",
        about: "answer Prometheus at this port, on loopback (off unless given; or RUGDEKKING_METRICS_PORT, RUGDEKKING_METRICS_HOST)",
      },
      traces: {
        value: "URL",
        about: "send spans to this OpenTelemetry collector; they hold no id, address or content (off unless given; or RUGDEKKING_TRACES)",
      },
      "timestamp-authority": {
        value: "URL",
        about:
          "ask this RFC 3161 authority for time stamps over evidence; it learns a salted hash and nothing else (off unless given; or RUGDEKKING_TIMESTAMP_AUTHORITY)",
      },
      "timestamp-roots": { value: "FILE", about: "PEM file with that authority's root certificates, which clients pin (or RUGDEKKING_TIMESTAMP_ROOTS)" },
      terms: { value: "FILE", about: "this house's own term lengths (JSON); default: those of the tables" },
      witnesses: { value: "FILE", about: "ask these witnesses to cosign the log (docs/witness.md; or RUGDEKKING_WITNESSES)" },
      integrations: {
        value: "FILE",
        about: "tell systems outside that there is news, without content: a minimal zaak, webhooks (docs/integrations.md; or RUGDEKKING_INTEGRATIONS)",
      },
      "organisation-sign-in": {
        value: "FILE",
        about:
          "organisations whose people confirm at their own sign-in that they still work there (docs/organisation-sign-in.md; or RUGDEKKING_ORGANISATION_SIGN_IN)",
      },
      production: { value: null, about: "refuse everything that belongs to a demonstration" },
      demonstration: { value: null, about: "build a small invented world at the first start" },
      registrar: { value: "PUBLICKEY", about: "the registrar whose rosters this server follows" },
    },
    example: "rugdekking start --port 7420 --data /srv/rugdekking --production",
    run,
  };
}
