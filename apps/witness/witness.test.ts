/** The witness as a program of its own, over HTTP: what it remembers survives kill -9, and no two trees ever bear its name. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  append,
  emptyLog,
  formatAddCheckpoint,
  generateNoteKey,
  openTree,
  parseSignerKey,
  parseWitnessKey,
  readCosignatures,
  signCheckpoint,
  type NoteSigner,
  type Tile,
} from "@rugdekking/ledger";
import { makeWitness } from "./folder.ts";
import { openMemory } from "./memory.ts";

const entries = (from: number, to: number, word = "blad"): Uint8Array[] =>
  Array.from({ length: to - from }, (_, i) => new TextEncoder().encode(`${word} ${from + i}\n`));

/** The tree after the first `size` of these leaves, signed; and a proof from an earlier size. */
async function shown(signer: NoteSigner, leaves: readonly Uint8Array[], from: number): Promise<string> {
  const grown = append(emptyLog, leaves);
  const tiles: readonly Tile[] = [...grown.edge, ...grown.tiles];
  const proof = from === 0 || from >= grown.size ? [] : await openTree(grown.size, { tile: async () => null }, tiles).consistencyProof(from);
  const checkpoint = await signCheckpoint({ origin: signer.name, size: grown.size, root: grown.root, extensions: [] }, signer);
  return formatAddCheckpoint({ oldSize: from, proof, checkpoint });
}

let folder: string;
let signer: NoteSigner;
let key: string;
let running: ChildProcess | null = null;
let address: string;

/** Starts the program as an operator does and waits for its address. */
async function start(): Promise<void> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, "..", "cli", "rugdekking.ts"), "witness", "run", "--json", "--port", "0", "--data", folder],
    {
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  running = child;
  address = await new Promise<string>((resolve, reject) => {
    let heard = "";
    child.stdout?.on("data", (piece: Buffer) => {
      heard += piece.toString();
      const found = /"address": "([^"]+)"/u.exec(heard)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once("exit", (code) => reject(new Error(`the witness ended with ${code}`)));
  });
}

async function kill(signal: NodeJS.Signals): Promise<void> {
  const child = running;
  if (child === null) return;
  running = null;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await gone;
}

const ask = async (body: string | Uint8Array<ArrayBuffer>): Promise<Response> => await fetch(`${address}/add-checkpoint`, { method: "POST", body });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rugdekking-witness-"));
  const log = await generateNoteKey("log.example.nl");
  signer = await parseSignerKey(log.signerKey);
  key = await makeWitness(folder, "getuige.example.nl/w1", [log.verifierKey]);
  await start();
}, 30_000);
afterAll(async () => {
  await kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

describe("a witness over HTTP", () => {
  test("cosigns, and the line verifies under the checkpoint that was sent", async () => {
    const body = await shown(signer, entries(0, 5), 0);
    const answer = await ask(body);
    expect(answer.status).toBe(200);
    const note = body.slice(body.indexOf("\n\n") + 2) + (await answer.text());
    expect((await readCosignatures(note, [parseWitnessKey(key)])).map(({ witness }) => witness)).toEqual(["getuige.example.nl/w1"]);
  });
  test("killed with -9 after its answer, it still knows what it signed: another tree is refused, the same log goes on", async () => {
    await kill("SIGKILL");
    await start();
    const split = await ask(await shown(signer, entries(0, 5, "ander"), 5));
    expect([split.status, split.headers.get("content-type"), await split.text()]).toEqual([409, "text/x.tlog.size", "5\n"]);
    expect((await ask(await shown(signer, entries(0, 9, "ander"), 5))).status).toBe(422);
    expect((await ask(await shown(signer, entries(0, 3), 0))).status).toBe(409);
    expect((await ask(await shown(signer, entries(0, 9), 5))).status).toBe(200);
  });
  test("of forty rivals for one place one is signed", async () => {
    const rivals = await Promise.all(Array.from({ length: 40 }, async (_, i) => await shown(signer, [...entries(0, 9), ...entries(9, 12, `rivaal${i}`)], 9)));
    const answers = await Promise.all(rivals.map(async (body) => (await ask(body)).status));
    expect(answers.filter((status) => status === 200)).toHaveLength(1);
    expect(answers.filter((status) => status === 409)).toHaveLength(39);
  });
  test("what is not a request is refused and answered", async () => {
    expect((await ask("hallo")).status).toBe(400);
    expect((await ask(new Uint8Array([0xff, 0xfe]))).status).toBe(400);
    expect((await ask("a".repeat(300_000))).status).toBe(413);
    expect((await fetch(`${address}/add-checkpoint`)).status).toBe(405);
    expect((await fetch(`${address}/elders`)).status).toBe(404);
    expect(await (await fetch(`${address}/key`)).text()).toBe(`${key}\n`);
  });
  test("a second program on the same folder does not start", async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, "..", "cli", "rugdekking.ts"), "witness", "run", "--port", "0", "--data", folder], {
      stdio: "ignore",
    });
    expect(await new Promise((resolve) => child.once("exit", resolve))).toBe(2);
  });
});

test("a damaged head stops the start; a draft that was never renamed does not", async () => {
  const heads = await mkdtemp(join(tmpdir(), "rugdekking-heads-"));
  const memory = await openMemory(heads);
  await memory.keep({ origin: "log.example.nl", size: 1, root: new Uint8Array(32), extensions: [] });
  const [name = ""] = await readdir(heads);
  await writeFile(join(heads, `${name}.new`), "half");
  expect((await openMemory(heads)).latest("log.example.nl")?.size).toBe(1);
  await writeFile(join(heads, name), "log.example.nl\n1\n");
  await expect(openMemory(heads)).rejects.toMatchObject({ code: "checkpoint-malformed" });
  await rm(heads, { recursive: true, force: true });
});
