/**
 * The disk is full: once that of the sealed files, once that of the database, each a small file system of its own. Whoever sends is told so, nothing half-written shows, what was acknowledged stays, and once there is
 * room again the house goes on without anybody touching it. Needs the right to mount; skipped without.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { newUuid } from "@rugdekking/seal";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inspectHouse } from "#apps/server/inspect.ts";
import { readWorklist } from "#services/dossier/client/index.ts";
import { Problem } from "#services/problem/index.ts";
import { fileReport, openReport, type FiledReport } from "#services/reporting/client/index.ts";
import { runningEmbedded } from "#services/storage/embedded.ts";
import { openDatabase } from "#services/storage/index.ts";
import { reportDraft } from "./road.ts";
import {
  freePort,
  makeServedDesk,
  newRegistrar,
  serve,
  unforeseenAnswers,
  watchAnswers,
  type Answers,
  type ServedDesk,
  type ServedHouse,
} from "./served-house.ts";

/** Mounts a file system in memory. @returns null where that is not allowed. */
function mount(path: string, size: string): boolean {
  mkdirSync(path, { recursive: true });
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size},mode=0711`, "tmpfs", path], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
const resize = (path: string, size: string): void => void execFileSync("mount", ["-o", `remount,size=${size}`, path], { stdio: "ignore" });
const unmount = (path: string): void => void execFileSync("umount", ["-l", path], { stdio: "ignore" });

const folder = mkdtempSync(join(tmpdir(), "rugdekking-full-"));
chmodSync(folder, 0o711);
const may = ((): boolean => {
  const probe = join(folder, "probe");
  const mounted = mount(probe, "1m");
  if (mounted) unmount(probe);
  else process.stdout.write("disk full: skipped, nothing may be mounted here\n");
  return mounted;
})();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Stage {
  readonly base: string;
  readonly house: ServedHouse;
  readonly office: ServedDesk;
  readonly answers: Answers;
}
async function open(data: string, args: readonly string[]): Promise<Stage> {
  const port = await freePort();
  const key = await newRegistrar();
  const answers = watchAnswers();
  const house = await serve({ port, data, registrar: key.publicKey, args });
  const base = `http://127.0.0.1:${port}`;
  return { base, house, answers, office: await makeServedDesk(base, key, answers.fetch) };
}
const told = (error: unknown): boolean => error instanceof Problem && ["storage-full", "unavailable"].includes(error.code);

describe.skipIf(!may)("the disk of the sealed files", () => {
  const files = join(folder, "files");
  let stage: Stage;
  beforeAll(async () => {
    mount(files, "3g");
    stage = await open(join(folder, "data-a"), ["--blobs", files]);
  }, 180_000);
  afterAll(async () => {
    await stage.house.stop();
    unmount(files);
  }, 120_000);

  test("a guest is put off before it is full, a desk is told when it is, and both go on once there is room", async () => {
    const { base, office, answers, house } = stage;
    const session = await office.signIn();
    const report = async (): Promise<FiledReport> => {
      const { connection, trust } = office.connect();
      return await fileReport(connection, { as: { guest: true }, trust, desk: office.desk, report: reportDraft((field) => field), backOff: [] });
    };
    await report();
    // Announced while there was room: later not even that is taken.
    const cookie = { "X-Rugdekking": "1", Cookie: `__Host-session=${session.connection.cookie ?? ""}` };
    const size = 40_000_000;
    const begun = await answers.fetch(`${base}/api/v1/uploads`, {
      method: "POST",
      headers: { ...cookie, "Content-Type": "application/json" },
      body: JSON.stringify({ dossier: newUuid(), item: newUuid(), size }),
    });
    const { upload, token } = (await begun.json()) as { upload: string; token: string };
    resize(files, "24m");
    await pause(1_200);
    await expect(report()).rejects.toMatchObject({ code: "storage-full", mend: expect.stringContaining("Nothing was stored") });

    // What the desk may still add, until the last byte.
    const address = `${base}/api/v1/uploads/${upload}`;
    const offset = async (): Promise<number> =>
      Number((await answers.fetch(address, { method: "HEAD", headers: { ...cookie, "Upload-Token": token } })).headers.get("upload-offset"));
    const send = async (from: number): Promise<Response> =>
      await answers.fetch(address, {
        method: "PATCH",
        headers: { ...cookie, "Upload-Token": token, "Upload-Offset": String(from), "Content-Type": "application/offset+octet-stream" },
        body: Buffer.alloc(Math.min(8_000_000, size - from), 5),
      });
    let refused: Response | null = null;
    for (let from = 0; from < size && refused === null; from = await offset()) {
      const answer = await send(from);
      if (!answer.ok) refused = answer;
    }
    expect(refused?.status).toBe(507);
    expect(refused?.headers.get("retry-after")).toBe("60");
    expect(await refused?.json()).toMatchObject({ code: "storage-full" });
    expect(readdirSync(files).filter((name) => name !== "incoming")).toEqual([]);
    // Everyone who only reads goes on.
    for await (const page of readWorklist(session, office.desk)) expect(page.lines).toHaveLength(1);

    resize(files, "3g");
    await pause(1_200);
    for (let from = await offset(); from < size; from = await offset()) expect((await send(from)).status).toBe(204);
    await report();
    expect(house.lives()).toBe(true);
    expect(answers.bad).toEqual([]);
    expect(unforeseenAnswers(house.said())).toEqual([]);
  }, 180_000);
});

describe.skipIf(!may)("the disk of the database", () => {
  const data = join(folder, "data-b");
  let stage: Stage;
  beforeAll(async () => {
    mount(data, "3g");
    stage = await open(data, ["--blobs", join(folder, "blobs-b"), "--keys", join(folder, "keys-b")]);
  }, 180_000);
  afterAll(async () => {
    await stage.house.stop();
    unmount(data);
  }, 120_000);

  test("writing is put off until there is room, and then goes on by itself with everything that was acknowledged", async () => {
    const { office, answers, house } = stage;
    const session = await office.signIn();
    const acknowledged: FiledReport[] = [];
    const words = "demo: vol ".repeat(15_000);
    const report = async (): Promise<void> => {
      // A desk's own member: others are put off long before, while two gigabytes are left.
      const filed = await fileReport(session.connection, {
        as: { session },
        trust: session.trust,
        desk: office.desk,
        report: { ...reportDraft((field) => field), inOwnWords: words },
        backOff: [],
      });
      acknowledged.push(filed);
    };
    await report();
    const { blocks, bfree, bsize } = statfsSync(data);
    resize(data, String((blocks - bfree) * bsize + 8_000_000));
    let refusals = 0;
    for (let tries = 0; tries < 400 && refusals < 3; tries += 1) {
      try {
        await report();
      } catch (error) {
        if (!told(error)) throw error;
        refusals += 1;
      }
    }
    expect(refusals).toBe(3);
    expect(house.lives()).toBe(true);
    const held = acknowledged.length;

    resize(data, "3g");
    for (const until = performance.now() + 60_000; acknowledged.length === held && performance.now() < until; await pause(250)) {
      await report().catch((error: unknown) => {
        if (!told(error)) throw error;
      });
    }
    expect(acknowledged.length).toBeGreaterThan(held);
    const listed = new Set<string>();
    for await (const page of readWorklist(session, office.desk)) for (const line of page.lines) listed.add(line.id);
    expect(acknowledged.filter(({ dossier }) => !listed.has(dossier))).toEqual([]);
    for (const { dossier } of acknowledged.slice(-3)) expect((await openReport(session, dossier)).entries.length).toBeGreaterThan(0);
    const { log } = await session.trust.anchor();
    const db = openDatabase((await runningEmbedded(data)) ?? "", { connections: 2 });
    const inspection = await inspectHouse(db, log).finally(async () => await db.destroy());
    expect(inspection.faults).toEqual([]);
    expect(answers.bad).toEqual([]);
    expect(unforeseenAnswers(house.said())).toEqual([]);
    expect(existsSync(join(data, "postgres", "postmaster.pid"))).toBe(true);
    process.stdout.write(`disk full: ${held} acknowledged before the last byte was gone, ${acknowledged.length} in all, ${answers.puttingOff()} put off\n`);
  }, 300_000);
});
