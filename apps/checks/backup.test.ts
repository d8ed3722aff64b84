/** A backup is taken while people write, put back into an empty place, and everything that was acknowledged opens again; what was tampered with is named; an older schema is brought forward with its content unchanged. */
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { generateIdentity, identityToRecipient } from "age-encryption";
import pg from "pg";
import Type from "typebox";
import { Parse } from "typebox/value";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { generateSeed, generateSheetCode, newPerson, sealUnlock, sheetSecret, signKeyPair } from "@rugdekking/seal";
import { checkHouse, type HouseCheck } from "#apps/cli/backup/house-check.ts";
import type { Finding } from "#apps/cli/finding.ts";
import { Manifest, readManifest, tablePath } from "#apps/cli/backup/manifest.ts";
import { checkBackup, putBack } from "#apps/cli/backup/put-back.ts";
import { readTable, speakPlainly } from "#apps/cli/backup/tables.ts";
import { takeBackup } from "#apps/cli/backup/take.ts";
import { main } from "#apps/cli/rugdekking.ts";
import { houseMigrations, openHouse, type House } from "#apps/server/house.ts";
import { readSettings } from "#apps/server/settings.ts";
import { Connection, createDesk, memoryTrustStore, signInWithSheet, Trust, type Session } from "#services/directory/client/index.ts";
import { Uuid } from "#services/directory/contract/index.ts";
import { directoryBlobs } from "#services/dossier/store/index.ts";
import { fileReport, openReport, readReport, type FiledReport } from "#services/reporting/client/index.ts";
import { storageMigrations } from "#services/storage/index.ts";
import { openTestDatabase, type TestDatabase } from "#services/storage/testing.ts";
import { reportDraft } from "./road.ts";

let folder = "";
let source: TestDatabase;
let house: House;
const others: string[] = [];
const handle = "veiligheid@demostad.example.nl";
const code = generateSheetCode();
let desk = "";
let filed: FiledReport;
const evidence = "bewijs dat terug moet komen (demonstratie)";

const connect = (to: House): { connection: Connection; trust: Trust } => {
  const connection = new Connection({ base: to.url, cookies: "own" });
  return { connection, trust: new Trust(connection, memoryTrustStore()) };
};
const signIn = async (to: House): Promise<Session> => {
  const { connection, trust } = connect(to);
  return await signInWithSheet(connection, { trust, device: "test", handle, code });
};
async function file(number: number): Promise<FiledReport> {
  const { connection, trust } = connect(house);
  return await fileReport(connection, {
    as: { guest: true },
    trust,
    desk,
    report: reportDraft((field) => `${field} ${number}`),
    attachments: [{ name: "a.txt", mediaType: "text/plain", bytes: new Blob([evidence]), capturedAt: null, note: "" }],
    backOff: [],
  });
}
const admin = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: source.url });
  await client.connect();
  return await work(client).finally(() => client.end());
};
/** A database with nothing in it. */
async function emptyDatabase(): Promise<string> {
  const name = `restored_${createHash("sha256").update(`${process.pid} ${others.length} ${Date.now()}`).digest("hex").slice(0, 16)}`;
  await admin((client) => client.query(`create database ${name}`));
  others.push(name);
  const url = new URL(source.url);
  url.pathname = `/${name}`;
  return url.href;
}
const place = (name: string): string => join(folder, name);
const backUp = async (name: string, database = source.url, blobs = "blobs", recipient: string | null = null) =>
  await takeBackup({
    database,
    blobs: await directoryBlobs(place(blobs)),
    target: place(name),
    program: "0.1.0",
    keys: recipient === null ? null : { folder: place("keys"), recipient },
    progress: () => undefined,
  });
const restore = async (name: string, database: string, blobs: string, keys: { folder: string; identity: string | null } | null = null) =>
  await putBack({
    folder: place(name),
    manifest: await readManifest(place(name)),
    database,
    blobs: await directoryBlobs(place(blobs)),
    keys,
    checkpoint: null,
    progress: () => undefined,
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rugdekking-backup-"));
  source = await openTestDatabase(houseMigrations);
  const registrar = await signKeyPair(generateSeed());
  house = await openHouse(readSettings({ data: folder, database: source.url, port: 0 }, {}), { registrar: registrar.publicKey, jobs: false });
  const secrets = await newPerson();
  const unlocks = await Promise.all(
    [code, generateSheetCode()].map(async (one) => await sealUnlock("recovery-sheet", "Blad", {}, await sheetSecret(one), secrets)),
  );
  const { person } = await connect(house).connection.post(
    "/api/v1/persons",
    { card: secrets.card, handle, mail: null, unlocks },
    Type.Object({ person: Uuid }),
  );
  desk = (
    await createDesk(connect(house).trust, {
      registrar,
      organisation: "gm0344",
      name: "Demo",
      function: "safety-desk",
      members: [{ person, name: "Demo", office: "Demo", lead: true }],
    })
  ).id;
  filed = await file(0);
}, 120_000);
afterAll(async () => {
  await house.stop();
  for (const name of others) await admin((client) => client.query(`drop database if exists ${name} with (force)`));
  await source.close();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

test("taken while reports come in, put back with its keys, opened again: every report of before it is whole, with its file; the same content gives the same backup", async () => {
  const identity = await generateIdentity();
  const writing = Promise.all([1, 2, 3].map(file));
  const { manifest, faults } = await backUp("first", source.url, "blobs", await identityToRecipient(identity));
  await writing;
  expect(faults).toEqual([]);
  expect(manifest.keys?.form).toBe("age");
  expect(manifest.tables.map(({ name }) => name)).not.toContain("person_session");
  const all = Buffer.concat(
    await Promise.all(
      (await readdir(place("first"), { recursive: true, withFileTypes: true }))
        .filter((one) => one.isFile())
        .map(async (one) => await readFile(join(one.parentPath, one.name))),
    ),
  );
  expect(all.includes(readFileSync(join(place("keys"), "log-signer")).subarray(0, 40))).toBe(false);
  expect(await checkBackup(place("first"), manifest)).toEqual([]);

  const database = await emptyDatabase();
  await expect(restore("first", database, "blobs-b", { folder: place("keys-b"), identity: await generateIdentity() })).rejects.toThrow(
    /does not open the keys/u,
  );
  const second = await emptyDatabase();
  await rm(place("blobs-b"), { recursive: true });
  const restored = await restore("first", second, "blobs-b", { folder: place("keys-b"), identity });
  expect(restored).toMatchObject({ migrated: [] });
  expect(restored.keys).toContain("log-signer");
  const again = await openHouse(readSettings({ data: place("b"), keys: place("keys-b"), blobs: place("blobs-b"), database: second, port: 0 }, {}), {
    jobs: false,
  });
  try {
    expect(again.anchor.log).toBe(house.anchor.log);
    const session = await signIn(again);
    const handle = await openReport(session, filed.dossier);
    const [first] = handle.entries;
    if (first === undefined) throw new Error("the dossier came back empty");
    const content = await readReport(handle, first);
    const attachment = content.kind === "report" ? content.body.attachments[0] : undefined;
    if (attachment === undefined) throw new Error("the report came back without its file");
    expect(await new Response(await handle.readAttachment(first, attachment)).text()).toBe(evidence);
  } finally {
    await again.stop();
  }
  const once = await backUp("second", second, "blobs-b");
  const settled = ({ tables }: Manifest) => tables.map(({ name, rows, content }) => ({ name, rows, content }));
  expect(settled(once.manifest)).toEqual(settled(manifest));
}, 120_000);

test("nothing is put over what is there", async () => {
  await backUp("taken");
  await expect(backUp("taken")).rejects.toThrow(/is there already/u);
  await expect(restore("taken", source.url, "blobs-c")).rejects.toThrow(/the database is not empty/u);
  await expect(restore("taken", await emptyDatabase(), "blobs")).rejects.toThrow(/store of sealed files is not empty/u);
});

test("a backup of an older schema is put back by its own steps and brought forward; the content is the same", async () => {
  const steps = new Set(storageMigrations.map(({ id }) => id));
  const older = await openTestDatabase(houseMigrations.filter(({ id }) => !steps.has(id)));
  try {
    const { manifest } = await backUp("now");
    const client = new pg.Client({ connectionString: older.url });
    await client.connect();
    for (const table of manifest.tables) {
      await client.query("BEGIN");
      await speakPlainly(client);
      await readTable(client, table, tablePath(place("now"), table.name));
      await client.query("COMMIT");
    }
    await client.end();
    const old = await backUp("old", older.url);
    expect(old.manifest.schema.length).toBe(houseMigrations.length - steps.size);
    const database = await emptyDatabase();
    const restored = await restore("old", database, "blobs-old");
    expect(restored.migrated).toEqual([...steps]);
    const after = await backUp("forward", database, "blobs-old");
    expect(after.manifest.schema.length).toBe(houseMigrations.length);
    const content = ({ tables }: Manifest) => tables.map(({ name, content: hash }) => `${name} ${hash}`);
    expect(content(after.manifest)).toEqual(content(old.manifest));
    const strange = { ...manifest, schema: [...manifest.schema, { id: "later-001-thing", hash: "0".repeat(64) }] };
    await expect(
      putBack({
        folder: place("now"),
        manifest: strange,
        database: await emptyDatabase(),
        blobs: await directoryBlobs(place("blobs-strange")),
        keys: null,
        checkpoint: null,
        progress: () => undefined,
      }),
    ).rejects.toThrow(/later-001-thing .* not known/u);
  } finally {
    await older.close();
  }
}, 60_000);

test("what was changed in a backup is named: a table, a sealed file, one that is gone; and also where the manifest was made to fit", async () => {
  await backUp("whole");
  const copy = async (name: string): Promise<string> => {
    await cp(place("whole"), place(name), { recursive: true });
    return place(name);
  };
  const flip = async (path: string): Promise<void> => {
    const bytes = await readFile(path);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    await writeFile(path, bytes);
  };
  const manifest = await readManifest(place("whole"));
  const broken = await copy("broken");
  await flip(tablePath(broken, "person"));
  const [shelf = ""] = await readdir(join(broken, "blobs"));
  const [blob = ""] = await readdir(join(broken, "blobs", shelf));
  await flip(join(broken, "blobs", shelf, blob));
  await rm(tablePath(broken, "term_event"));
  expect(await checkBackup(broken, manifest)).toEqual([
    expect.stringMatching(/^tables\/person\.copy\.gz was changed/u),
    "tables/term_event.copy.gz is missing",
    expect.stringMatching(new RegExp(`^blobs/${shelf}/${blob.slice(0, 20)}.* was changed`, "u")),
  ]);

  // Somebody rewrites an entry and makes the hashes fit.
  const forged = await copy("forged");
  const path = tablePath(forged, "dossier_entry");
  const text = gunzipSync(await readFile(path)).toString("utf8");
  const changed = text.replace(/\\\\x([0-9a-f]{40})/u, (_whole, hex: string) => `\\\\x${hex.startsWith("0") ? "1" : "0"}${hex.slice(1)}`);
  expect(changed).not.toBe(text);
  const packed = gzipSync(changed);
  await writeFile(path, packed);
  const hash = (bytes: Buffer | string): string => createHash("sha256").update(bytes).digest("hex");
  const fitted = {
    ...manifest,
    tables: manifest.tables.map((table) => (table.name === "dossier_entry" ? { ...table, content: hash(changed), file: hash(packed) } : table)),
  };
  writeFileSync(join(forged, "manifest.json"), JSON.stringify(fitted));
  expect(await checkBackup(forged, Parse(Manifest, fitted))).toEqual([]);
  const database = await emptyDatabase();
  await expect(restore("forged", database, "blobs-forged")).rejects.toThrow(/dossier [0-9a-f-]+ entry \d+: The sealed body is not the one that was signed/u);
  await mkdir(place("d"), { recursive: true });
  await expect(
    openHouse(readSettings({ data: place("d"), keys: place("keys"), blobs: place("blobs-forged"), database, port: 0 }, {}), { jobs: false }),
  ).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("restore into this database was not finished"),
  });
}, 60_000);

test("the doctor looks from within: all is well; then a file is gone, a key is another, a backup is old, a neighbour is away", async () => {
  await mkdir(place("backups"), { recursive: true });
  await backUp("backups/today");
  const look = async (more: Partial<HouseCheck> = {}): Promise<readonly Finding[]> =>
    await checkHouse({
      data: folder,
      database: source.url,
      url: source.url,
      keys: place("keys"),
      blobs: place("blobs"),
      whole: true,
      backups: place("backups"),
      mail: null,
      timestampAuthority: null,
      ...more,
    });
  const wrong = (findings: readonly Finding[]): string[] => findings.filter(({ ok }) => !ok).map(({ what, detail }) => `${what}: ${detail}`);
  const well = await look();
  // Jobs were not started on this house, so their tables are not there: the doctor says so.
  expect(wrong(well)).toEqual(["jobs: their tables are not there"]);
  expect(well.map(({ what }) => what)).toEqual(
    expect.arrayContaining(["database", "schema", "clock", "keys", "servers", "sealed files", "files nothing refers to", "log", "deliveries", "backups"]),
  );

  const spoiled = place("spoiled");
  await cp(place("blobs"), join(spoiled, "blobs"), { recursive: true });
  await cp(place("keys"), join(spoiled, "keys"), { recursive: true });
  const [shelf = ""] = (await readdir(join(spoiled, "blobs"))).filter((name) => /^[0-9a-f]{2}$/u.test(name));
  await rm(join(spoiled, "blobs", shelf), { recursive: true });
  await writeFile(join(spoiled, "keys", "figures"), Buffer.alloc(32, 5).toString("base64url"), { mode: 0o600 });
  await chmod(join(spoiled, "keys", "decoy"), 0o644);
  const old = await readManifest(place("backups/today"));
  await mkdir(join(spoiled, "backups", "old"), { recursive: true });
  await writeFile(join(spoiled, "backups", "old", "manifest.json"), JSON.stringify({ ...old, made: "2026-01-01T00:00:00.000Z" }));
  const found = wrong(
    await look({ keys: join(spoiled, "keys"), blobs: join(spoiled, "blobs"), backups: join(spoiled, "backups"), mail: "smtp://127.0.0.1:1" }),
  );
  for (const expected of [
    /^keys: figures is another/u,
    /^keys: decoy can be read by others/u,
    /^sealed files: .* missing/u,
    /^backups: 1; the newest is \d+/u,
    /^mail server: 127\.0\.0\.1:1 does not answer/u,
  ])
    expect(found).toContainEqual(expect.stringMatching(expected));
}, 60_000);

test("by command: a backup is made and checked, a damaged one is named with exit 1, and nothing secret stands on the line or in the answer", async () => {
  const run = async (...line: string[]): Promise<{ exit: number; out: string; err: string }> => {
    let [out, err] = ["", ""];
    const exit = await main(line, { out: (text) => (out += text), err: (text) => (err += text), bar: false });
    return { exit, out, err };
  };
  vi.stubEnv("RUGDEKKING_DATABASE", source.url);
  try {
    const made = await run("backup", place("by-command"), "--data", folder, "--keys-plain", "--json");
    expect(made).toMatchObject({ exit: 0, err: "" });
    expect(JSON.parse(made.out)).toMatchObject({ keys: "plain", faults: [], digest: expect.stringMatching(/^[0-9a-f]{64}$/u) });
    expect(await run("restore", place("by-command"), "--check")).toMatchObject({ exit: 0, out: expect.stringContaining("is whole") });
    const again = await run("restore", place("by-command"), "--data", place("elsewhere"));
    expect(again).toMatchObject({ exit: 1, err: expect.stringContaining("the database is not empty") });
    await writeFile(join(place("by-command"), "keys.json"), "{}");
    const damaged = await run("restore", place("by-command"), "--data", place("elsewhere"));
    expect(damaged).toMatchObject({ exit: 1, err: expect.stringContaining("keys.json was changed") });
    // As one file, which the tar of every system lists.
    expect(await run("backup", place("whole.tar"), "--data", folder)).toMatchObject({ exit: 0 });
    const listed = execFileSync("tar", ["-tf", place("whole.tar")], { encoding: "utf8" })
      .trim()
      .split("\n");
    expect(listed).toEqual(
      expect.arrayContaining(["manifest.json", "tables/dossier_entry.copy.gz", expect.stringMatching(/^blobs\/[0-9a-f]{2}\/[0-9a-f]{62}\.[0-9a-f-]{36}$/u)]),
    );
    expect(await run("restore", place("whole.tar"), "--check")).toMatchObject({ exit: 0, out: expect.stringContaining("is whole") });
    const bytes = await readFile(place("whole.tar"));
    await writeFile(place("cut.tar"), bytes.subarray(0, bytes.length >> 1));
    expect(await run("restore", place("cut.tar"), "--check")).toMatchObject({ exit: 1, err: expect.stringContaining("not a whole tar") });
    expect((await readdir(folder)).filter((name) => /\.(?:folder|partial|unpacked)/u.test(name))).toEqual([]);
    const inside = await run("backup", place("refused"), "--database", source.url);
    expect(inside).toMatchObject({ exit: 1, err: expect.stringContaining("--database holds a password") });
    for (const { out, err } of [made, again, damaged, inside]) expect(`${out}${err}`).not.toContain(new URL(source.url).password);
  } finally {
    vi.unstubAllEnvs();
  }
}, 60_000);
