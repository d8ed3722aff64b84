/** `rugdekking witness …`: run by somebody else than a house, to cosign what its log shows (c2sp.org/tlog-witness). Loaded by itself: it needs nothing of dossiers. */
import { resolve } from "node:path";
import { LedgerError } from "@rugdekking/ledger";
import { type Call, type Command, CommandError, type ExitCode } from "#apps/cli/command.ts";
import { fileTrouble } from "#apps/cli/files.ts";
import { untilStopped } from "#apps/cli/stopping.ts";
import { headsFolder, holdFolder, makeWitness, readWatchedLogs, readWitnessSigner } from "#apps/witness/folder.ts";
import { openMemory } from "#apps/witness/memory.ts";
import { witnessServer } from "#apps/witness/watch.ts";

/** Where a witness listens unless told otherwise. */
const WITNESS_PORT = 7430;

const folderOf = (call: Call): string => resolve(call.need("data"));

async function readable<T>(folder: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof LedgerError) throw new CommandError(error.message, `look in ${folder}; rugdekking witness init makes a witness`);
    throw fileTrouble(folder, error);
  }
}

async function init(call: Call): Promise<ExitCode> {
  const folder = folderOf(call);
  const logs = call.list("log");
  if (logs.length === 0) throw new CommandError("witness init names no log to watch", `for example: ${call.command.example}`);
  const key = await readable(folder, async () => await makeWitness(folder, call.need("name"), logs));
  call.screen.answer(
    { key, folder, logs: logs.length },
    `${key}\nGive this key to the houses whose logs you watch, and to everyone who checks them, by a road that does not lead through those houses.\nThe secret half and what was cosigned are in ${folder}: back it up as a whole, and never run it in two places.`,
  );
  return 0;
}

async function key(call: Call): Promise<ExitCode> {
  const folder = folderOf(call);
  const { verifierKey } = await readable(folder, async () => await readWitnessSigner(folder));
  call.screen.answer({ key: verifierKey }, verifierKey);
  return 0;
}

async function run(call: Call): Promise<ExitCode> {
  const folder = folderOf(call);
  const port = Number(call.text("port") ?? WITNESS_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new CommandError("--port is not a port", "give a number from 0 (any free one) to 65535");
  const host = call.text("host") ?? "127.0.0.1";
  const signer = await readable(folder, async () => await readWitnessSigner(folder));
  const logs = await readable(folder, async () => await readWatchedLogs(folder));
  if (!(await readable(folder, async () => await holdFolder(folder))))
    throw new CommandError(`another witness runs on ${folder}`, "stop that one; if its machine is gone for good, remove the file running in that folder", 2);
  const memory = await readable(folder, async () => await openMemory(headsFolder(folder)));
  const server = witnessServer({ signer, logs, memory, log: ({ status, why }) => call.screen.note(`${status} ${why}`) });
  const stopped = untilStopped();
  await new Promise<void>((listening, refuse) => server.once("error", refuse).listen(port, host, () => listening())).catch((error: unknown) => {
    throw new CommandError(
      `the witness cannot listen on ${host} port ${port} (${error instanceof Error && "code" in error ? String(error.code) : "unknown"})`,
      "stop what uses it, or give another --port",
      2,
    );
  });
  const at = server.address();
  const address = `http://${host}:${typeof at === "object" && at !== null ? at.port : port}`;
  call.screen.answer(
    { address, key: signer.verifierKey, logs: [...logs.keys()] },
    `${address}/add-checkpoint as ${signer.name}, watching ${[...logs.keys()].join(", ")}`,
  );
  await stopped;
  await new Promise<void>((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
  return 0;
}

const data = { value: "DIR", about: "folder of the witness: key, logs and what it cosigned" } as const;

/** Commands of a witness. */
export const witnessCommands: readonly Command[] = [
  {
    name: "witness init",
    about: "make a witness: somebody outside a house who cosigns what its log shows",
    takes: "",
    options: {
      data,
      name: { value: "NAME", about: "who you are, as a URL without https://, such as getuige.example.nl/w1" },
      log: { value: "KEY", about: "verifier key of a log to watch, as rugdekking ledger pin shows it", multiple: true },
    },
    example: "rugdekking witness init --data /srv/getuige --name getuige.example.nl/w1 --log rugdekking.example.nl/log/1a2b3c4d+5e6f7a8b+AZ…",
    run: init,
  },
  {
    name: "witness run",
    about: "run the witness: POST /add-checkpoint, behind a proxy that does TLS",
    takes: "",
    options: {
      data,
      port: { value: "NUMBER", about: `where to listen (${WITNESS_PORT}; 0: any free port)` },
      host: { value: "ADDRESS", about: "on which address (127.0.0.1)" },
    },
    example: "rugdekking witness run --data /srv/getuige --port 7430",
    run,
  },
  {
    name: "witness key",
    about: "show the public key of a witness",
    takes: "",
    options: { data },
    example: "rugdekking witness key --data /srv/getuige",
    run: key,
  },
];
