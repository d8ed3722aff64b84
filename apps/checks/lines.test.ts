/** Lines that break: cut anywhere in a request or in its answer, half open, or given up for good. Real sockets to the real server; whoever comes back finds what stands, once, and what nobody comes back for is swept. */
import { readdir, stat } from "node:fs/promises";
import { connect as connectSocket, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { generateReceiptCode, newUuid } from "@rugdekking/seal";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInAsGuest, Trust, Connection, memoryTrustStore, type Fetch } from "#services/directory/client/index.ts";
import { prepareDossier, readWorklist } from "#services/dossier/client/index.ts";
import { Problem } from "#services/problem/index.ts";
import { fileReport, openReport, readReport, sendMessage, type FiledReport } from "#services/reporting/client/index.ts";
import { reportDraft } from "./road.ts";
import { openStage, type TestStage } from "./stage.ts";

let stage: TestStage;
let shift = 0;
let line: Server;
let linePort = 0;
/** Bytes that pass before the next line breaks, in each direction; null breaks none. */
let cutAfter: (() => number) | null = null;
let cuts = 0;

/** A small generator of chance, so that a failure can be seen again. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

beforeAll(async () => {
  stage = await openStage({ extras: { clock: () => new Date(Date.now() + shift) } });
  const target = Number(new URL(stage.house.url).port);
  line = createServer((from) => {
    const to = connectSocket(target, "127.0.0.1");
    const left = cutAfter === null ? null : { up: cutAfter(), down: cutAfter() };
    const end = (): void => {
      from.destroy();
      to.destroy();
    };
    const pass = (source: Socket, sink: Socket, direction: "up" | "down"): void => {
      source.on("data", (piece: Buffer) => {
        if (left === null || piece.length < left[direction]) {
          if (left !== null) left[direction] -= piece.length;
          sink.write(piece);
          return;
        }
        cuts += 1;
        sink.write(piece.subarray(0, left[direction]), end);
        left[direction] = Infinity;
      });
      source.on("close", end).on("error", end);
    };
    pass(from, to, "up");
    pass(to, from, "down");
  });
  await new Promise<void>((resolve) => line.listen(0, "127.0.0.1", resolve));
  const address = line.address();
  linePort = typeof address === "object" && address !== null ? address.port : 0;
}, 120_000);
afterAll(async () => {
  await new Promise<void>((resolve) => line.close(() => resolve()));
  await stage.close();
});

const overTheLine: Fetch = async (input, init) => {
  const { pathname, search } = new URL(input);
  // A line of its own for each request: one that broke is used for nothing else.
  return await fetch(`http://127.0.0.1:${linePort}${pathname}${search}`, { ...init, headers: { ...init.headers, Connection: "close" } });
};

/** As a person does: again, with the same, until it is said to be there. */
async function insist<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== "unavailable" || tries > 60) throw error;
    }
  }
}

test("cut anywhere in a request or its answer: the same again finds what stands, and nothing stands twice", async () => {
  const random = chance(20261126);
  cutAfter = () => (random() < 0.4 ? Math.floor(random() ** 2 * 60_000) : Infinity);
  const { desks, safety } = stage.company;
  const connect = (): { connection: Connection; trust: Trust } => {
    const connection = new Connection({ base: stage.house.url, cookies: "own", fetch: overTheLine });
    return { connection, trust: new Trust(connection, memoryTrustStore()) };
  };
  const filed: FiledReport[] = [];
  for (let number = 0; number < 8; number += 1) {
    const [receiptCode, prepared] = [generateReceiptCode(), prepareDossier()];
    const { connection, trust } = connect();
    filed.push(
      await insist(
        async () =>
          await fileReport(connection, {
            as: { guest: true, receiptCode },
            trust,
            desk: desks.safety,
            report: reportDraft((field) => `${field} ${number}`),
            attachments: [
              { name: "a.bin", mediaType: "application/octet-stream", bytes: new Blob([new Uint8Array(30_000).fill(number)]), capturedAt: null, note: "" },
            ],
            prepared,
            backOff: [0, 0, 0, 0, 0, 0],
          }),
      ),
    );
  }
  const [first] = filed;
  if (first?.receiptCode === null || first === undefined) throw new Error("nothing was filed");
  const { receiptCode } = first;
  const guest = await insist(async () => {
    const { connection, trust } = connect();
    return await signInAsGuest(connection, { trust, device: "test", receiptCode });
  });
  const handle = await insist(async () => await openReport(guest, first.dossier));
  await sendMessage(handle, "demo: er is meer").catch((error: unknown) => {
    // All tries of one message may be cut; whether it arrived is then looked up below.
    if (!(error instanceof Problem) || error.code !== "unavailable") throw error;
  });
  cutAfter = null;
  expect(cuts).toBeGreaterThan(8);

  const listed: string[] = [];
  for await (const page of readWorklist(safety, desks.safety)) listed.push(...page.lines.map(({ id }) => id));
  expect(listed.toSorted()).toEqual(filed.map(({ dossier }) => dossier).toSorted());
  for (const { dossier } of filed) {
    const { entries } = await openReport(safety, dossier);
    expect(entries.filter(({ header: { kind } }) => kind === "report")).toHaveLength(1);
    expect(entries.filter(({ header: { kind } }) => kind === "message").length).toBeLessThanOrEqual(dossier === first.dossier ? 1 : 0);
  }
  const opened = await openReport(safety, filed[3]?.dossier ?? "");
  const [entry] = opened.entries;
  if (entry === undefined) throw new Error("an acknowledged report is empty");
  const content = await readReport(opened, entry);
  const [note] = content.kind === "report" ? content.body.attachments : [];
  if (note === undefined) throw new Error("the file is gone");
  expect(await new Response(await opened.readAttachment(entry, note)).bytes()).toEqual(new Uint8Array(30_000).fill(3));
}, 120_000);

const headers = { "X-Rugdekking": "1" };
interface Begun {
  readonly upload: string;
  readonly token: string;
}
async function beginUpload(size: number): Promise<Begun> {
  const dossier = newUuid();
  const answer = await stage.connect().connection.request("POST", "/api/v1/uploads", {
    body: JSON.stringify({ dossier, item: newUuid(), size }),
    mediaType: "application/json",
    admission: { use: dossier },
  });
  return (await answer.json()) as Begun;
}
const addressOf = ({ upload }: Begun): string => `${stage.house.url}/api/v1/uploads/${upload}`;
/** Sends the head of a piece and some of its bytes, and then nothing, not even an end. */
async function halfPiece({ upload, token }: Begun, size: number, sent: number): Promise<Socket> {
  const { port, host } = new URL(stage.house.url);
  const socket = connectSocket(Number(port), "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write(
    `PATCH /api/v1/uploads/${upload} HTTP/1.1\r\nHost: ${host}\r\nX-Rugdekking: 1\r\nContent-Type: application/offset+octet-stream\r\nUpload-Token: ${token}\r\nUpload-Offset: 0\r\nContent-Length: ${size}\r\n\r\n`,
  );
  socket.write(Buffer.alloc(sent, 7));
  // Until some of it lies on the server's disk.
  const path = join(stage.data, "blobs", "incoming", upload);
  for (const until = performance.now() + 20_000; performance.now() < until; await pause(20)) {
    const found = await stat(path).catch(() => null);
    if (found !== null && found.size > 0) break;
  }
  return socket;
}
const waiting = async (): Promise<readonly string[]> => await readdir(join(stage.data, "blobs", "incoming"));

test("half open: who comes back on a new line goes on where the bytes end, while the old line still hangs", async () => {
  const size = 3_000_000;
  const begun = await beginUpload(size);
  const hanging = await halfPiece(begun, size, 1_000_000);
  const asked = await fetch(addressOf(begun), { method: "HEAD", headers: { ...headers, "Upload-Token": begun.token } });
  const offset = Number(asked.headers.get("upload-offset"));
  expect(offset).toBeGreaterThan(0);
  expect(offset).toBeLessThanOrEqual(1_000_000);
  const rest = await fetch(addressOf(begun), {
    method: "PATCH",
    headers: { ...headers, "Upload-Token": begun.token, "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" },
    body: Buffer.alloc(size - offset, 7),
  });
  expect([rest.status, rest.headers.get("upload-offset")]).toEqual([204, String(size)]);
  hanging.destroy();
}, 60_000);

test("gone for good: the room is given back a day later, and the upload is not there any more", async () => {
  const begun = await beginUpload(2_000_000);
  (await halfPiece(begun, 2_000_000, 500_000)).resetAndDestroy();
  await pause(500);
  expect(await waiting()).toContain(begun.upload);
  shift = 26 * 3_600_000;
  await stage.house.sweep();
  shift = 0;
  expect(await waiting()).not.toContain(begun.upload);
  expect((await fetch(addressOf(begun), { method: "HEAD", headers: { ...headers, "Upload-Token": begun.token } })).status).toBe(404);
}, 60_000);
