/** Attachments over HTTP: resumed after a cut, refused with gaps, bounded for guests, swept after a day; and the mail that says only "er is nieuws". */
import { readdir } from "node:fs/promises";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import nodemailer from "nodemailer";
import { SMTPServer } from "smtp-server";
import { newUuid, type Person } from "@rugdekking/seal";
import { digestOf } from "@rugdekking/seal/verify";
import type { UploadTicket } from "#services/dossier/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import { inTransaction } from "#services/storage/index.ts";
import { startNewsMail, sweep } from "./index.ts";
import { drive, open, openWorld, submit, type Desk, type World } from "./testing.ts";

let world: World;
let full = false;
let owner: Person, officer: Person;
let safety: Desk;

beforeAll(async () => {
  const room = async (): Promise<void> => {
    if (full) throw new Problem("storage-full", "There is no room", "Later.");
  };
  world = await openWorld({ limits: { perUpload: 5_000_000, together: 8_000_000, perPerson: 70_000_000, room } });
  [owner, officer] = await Promise.all([world.person(), world.person()]);
  safety = await world.desk("safety-desk", "gm0000", [officer]);
});
afterAll(async () => {
  await world.close();
});

const begin = async (as: Person | null, dossier: string, size: number, item = newUuid()) => ({
  item,
  ...(await world.call<UploadTicket>(as, "POST", "/api/v1/uploads", { item, dossier, size })),
});
const patch = (ticket: UploadTicket, offset: number, bytes: Uint8Array<ArrayBuffer>, token = ticket.token): Promise<Response> =>
  fetch(`${world.base}/api/v1/uploads/${ticket.upload}`, {
    method: "PATCH",
    headers: { "content-type": "application/offset+octet-stream", "upload-offset": String(offset), "upload-token": token },
    body: bytes,
  });
const ask = (ticket: UploadTicket, token = ticket.token): Promise<Response> =>
  fetch(`${world.base}/api/v1/uploads/${ticket.upload}`, { method: "HEAD", headers: { "upload-token": token } });
const offsetOf = async (ticket: UploadTicket): Promise<number> => Number((await ask(ticket)).headers.get("upload-offset"));
const codeOf = async (response: Response): Promise<string> => ((await response.json()) as { code: string }).code;
const bytesOf = (size: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, Math.min(size, at + 65_536)));
  return bytes;
};

describe("resumable uploads", () => {
  it("goes on after a cut where the server left off, and the entry takes the file", async () => {
    const dossier = drive("report", owner);
    const bytes = bytesOf(3_000_000);
    const { item, body: ticket, status } = await begin(owner, dossier.id, bytes.length);
    expect(status).toBe(201);
    expect((await patch(ticket, 0, bytes.subarray(0, 1_000_000))).headers.get("upload-offset")).toBe("1000000");
    // A line that is cut in the middle of a piece: what came in counts.
    const cut = new AbortController();
    const slow = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(bytes.subarray(1_000_000, 1_400_000));
        setTimeout(() => cut.abort(), 300);
      },
    });
    await expect(
      fetch(`${world.base}/api/v1/uploads/${ticket.upload}`, {
        method: "PATCH",
        signal: cut.signal,
        duplex: "half",
        headers: { "content-type": "application/offset+octet-stream", "upload-offset": "1000000", "upload-token": ticket.token },
        body: slow,
      } as RequestInit),
    ).rejects.toThrow();
    let offset = await offsetOf(ticket);
    for (let tries = 0; offset < 1_400_000 && tries < 40; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      offset = await offsetOf(ticket);
    }
    expect(offset).toBe(1_400_000);
    const early = await open(world, dossier, [{ role: "safety-desk", desk: safety }], {
      attachments: [{ item, digest: await digestOf(bytes), size: bytes.length }],
    });
    expect(early.body.code).toBe("upload-incomplete");
    expect(await codeOf(await patch(ticket, 2_000_000, bytes.subarray(2_000_000)))).toBe("upload-offset");
    expect(await codeOf(await patch(ticket, 1_400_000, bytes.subarray(1_400_000), "wrong"))).toBe("not-found");
    expect(await codeOf(await patch(ticket, 1_400_000, bytes.subarray(0)))).toBe("input-too-large");
    expect((await patch(ticket, 1_400_000, bytes.subarray(1_400_000))).headers.get("upload-offset")).toBe("3000000");
    const opened = await open(world, dossier, [{ role: "safety-desk", desk: safety }], {
      attachments: [{ item, digest: await digestOf(bytes), size: bytes.length }],
    });
    expect(opened.status, JSON.stringify(opened.body)).toBe(201);
    const file = await fetch(`${world.base}/api/v1/dossiers/${dossier.id}/items/${item}`, { headers: { "x-demo-person": officer.person } });
    expect(await digestOf(new Uint8Array(await file.arrayBuffer()))).toBe(await digestOf(bytes));
    expect((await ask(ticket)).status).toBe(404);
  });

  it("refuses bytes that a file does not have, with a problem that says how many there are (RFC 9110 section 15.5.17)", async () => {
    const dossier = drive("report", owner);
    const bytes = bytesOf(1000);
    const { item, body: ticket } = await begin(owner, dossier.id, bytes.length);
    await patch(ticket, 0, bytes);
    await open(world, dossier, [{ role: "safety-desk", desk: safety }], { attachments: [{ item, digest: await digestOf(bytes), size: bytes.length }] });
    const part = (range: string): Promise<Response> =>
      fetch(`${world.base}/api/v1/dossiers/${dossier.id}/items/${item}`, { headers: { "x-demo-person": owner.person, range } });
    for (const range of ["bytes=1000-", "bytes=5000-6000", "bytes=9-3", "bytes=-0"]) {
      const answer = await part(range);
      expect([answer.status, answer.headers.get("content-type"), answer.headers.get("content-range")], range).toEqual([
        416,
        "application/problem+json; charset=utf-8",
        "bytes */1000",
      ]);
      expect(await codeOf(answer)).toBe("range-unsatisfiable");
    }
    expect([(await part("bytes=0-9")).status, (await part("bytes=990-5000")).headers.get("content-range")]).toEqual([206, "bytes 990-999/1000"]);
  });

  it("tells nothing to, and is not broken off by, someone who knows an upload's id but not its token", async () => {
    const { body: ticket } = await begin(owner, newUuid(), 2_000_000);
    let push: (bytes: Uint8Array) => void = () => undefined;
    let end: () => void = () => undefined;
    const slow = new ReadableStream<Uint8Array>({
      start: (controller) => {
        push = (bytes) => controller.enqueue(bytes);
        end = () => controller.close();
      },
    });
    const sending = fetch(`${world.base}/api/v1/uploads/${ticket.upload}`, {
      method: "PATCH",
      duplex: "half",
      headers: { "content-type": "application/offset+octet-stream", "upload-offset": "0", "upload-token": ticket.token },
      body: slow,
    } as RequestInit);
    push(bytesOf(1_000_000));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const stranger = await ask(ticket, "wrong");
    expect([stranger.status, stranger.headers.get("upload-offset")]).toEqual([404, null]);
    expect((await patch(ticket, 0, bytesOf(10), "wrong")).status).toBe(404);
    push(bytesOf(1_000_000));
    end();
    const answer = await sending;
    expect([answer.status, answer.headers.get("upload-offset")]).toEqual([204, "2000000"]);
  });

  it("bounds what guests may leave behind, one by one and together", async () => {
    expect((await begin(null, newUuid(), 6_000_000)).body).toMatchObject({ code: "input-too-large" });
    const [first, second] = [await begin(null, newUuid(), 5_000_000), await begin(null, newUuid(), 5_000_000)];
    // What is only announced takes no room: whoever announces and sends nothing keeps nobody out.
    for (let empty = 0; empty < 10; empty += 1) expect((await begin(null, newUuid(), 5_000_000)).status).toBe(201);
    expect((await patch(first.body, 0, bytesOf(5_000_000))).status).toBe(204);
    expect(await codeOf(await patch(second.body, 0, bytesOf(5_000_000)))).toBe("storage-full");
    expect((await begin(owner, newUuid(), 50_000_000)).status).toBe(201);
  });

  it("forgets within two hours what a guest announced and never sent", async () => {
    const { body: ticket } = await begin(null, newUuid(), 1000);
    const later = new Date(Date.now() + 2 * 3_600_000);
    await sweep({ db: world.db, blobs: world.blobs, clock: () => later, inTransaction: (work) => inTransaction(world.db, work) });
    expect((await ask(ticket)).status).toBe(404);
  });

  it("bounds what one account may leave behind: anyone can make one", async () => {
    const stranger = await world.person();
    expect((await begin(stranger, newUuid(), 65_000_000)).status).toBe(201);
    expect((await begin(stranger, newUuid(), 31_000_000)).body).toMatchObject({ code: "quota-reached" });
    const one = await fetch(`${world.base}/api/v1/uploads/${newUuid()}?dossier=${newUuid()}&size=8000000`, {
      method: "PUT",
      headers: { "content-type": "application/octet-stream", "x-demo-person": stranger.person },
      body: bytesOf(8_000_000),
    });
    expect(await codeOf(one)).toBe("quota-reached");
    expect((await begin(owner, newUuid(), 10_000_000)).status).toBe(201);
  });

  it("keeps the last room on the disk for desks", async () => {
    full = true;
    expect((await begin(null, newUuid(), 1000)).body).toMatchObject({ code: "storage-full" });
    expect((await begin(owner, newUuid(), 1000)).body).toMatchObject({ code: "storage-full" });
    full = false;
    expect((await begin(null, newUuid(), 1000)).status).toBe(201);
  });

  it("refuses a one-piece upload of another length than announced", async () => {
    const put = (size: number, bytes: Uint8Array<ArrayBuffer>): Promise<Response> =>
      fetch(`${world.base}/api/v1/uploads/${newUuid()}?dossier=${newUuid()}&size=${size}`, {
        method: "PUT",
        headers: { "content-type": "application/octet-stream", "x-demo-person": owner.person },
        body: bytes,
      });
    expect(await codeOf(await put(10, bytesOf(9)))).toBe("upload-incomplete");
    expect(await codeOf(await put(10, bytesOf(11)))).toBe("input-too-large");
    expect(await codeOf(await put(9_000_000, bytesOf(10)))).toBe("input-too-large");
  });

  it("sweeps what nobody took within a day, and nothing that a dossier holds", async () => {
    const dossier = drive("report", owner);
    const kept = bytesOf(1000);
    const item = newUuid();
    const put = async (id: string): Promise<void> => {
      expect(
        (
          await fetch(`${world.base}/api/v1/uploads/${id}?dossier=${dossier.id}&size=1000`, {
            method: "PUT",
            headers: { "content-type": "application/octet-stream", "x-demo-person": owner.person },
            body: kept,
          })
        ).status,
      ).toBe(201);
    };
    await put(item);
    await put(newUuid());
    await open(world, dossier, [{ role: "safety-desk", desk: safety }], { attachments: [{ item, digest: await digestOf(kept), size: 1000 }] });
    const tomorrow = new Date(Date.now() + 25 * 3_600_000);
    const cleared = await sweep({ db: world.db, blobs: world.blobs, clock: () => tomorrow, inTransaction: (work) => inTransaction(world.db, work) });
    expect(cleared.uploads).toBeGreaterThan(0);
    expect(await readdir(`${world.blobRoot}/incoming`)).toEqual([]);
    const file = await fetch(`${world.base}/api/v1/dossiers/${dossier.id}/items/${item}`, { headers: { "x-demo-person": owner.person } });
    expect((await file.arrayBuffer()).byteLength).toBe(1000);
  });
});

describe("er is nieuws", () => {
  it("mails one line per recipient per 15 minutes and says nothing else", async () => {
    const mails: string[] = [];
    const probe = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => probe.once("listening", resolve));
    const address = probe.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    await new Promise((resolve) => probe.close(resolve));
    const smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      onData: (stream, _session, done) => {
        const pieces: Buffer[] = [];
        stream
          .on("data", (piece: Buffer) => pieces.push(piece))
          .on("end", () => {
            mails.push(Buffer.concat(pieces).toString("utf8"));
            done();
          });
      },
    });
    await new Promise<void>((resolve) => smtp.listen(port, "127.0.0.1", resolve));
    let now = new Date();
    const mail = startNewsMail({
      db: world.db,
      transport: nodemailer.createTransport({ host: "127.0.0.1", port, secure: false }),
      from: "Rugdekking <nieuws@example.nl>",
      site: "https://rugdekking.example.nl/",
      clock: () => now,
      onError: (error) => {
        throw error;
      },
      guestsAt: async () => 0,
      addressesOf: async (_trx, to) => ("desk" in to ? ["demo-desk@example.nl"] : ["demo-owner@example.nl"]),
    });
    try {
      await mail.drain();
      now = new Date(now.getTime() + 16 * 60_000);
      mails.length = 0;
      const dossier = drive("report", owner);
      await open(world, dossier, [{ role: "safety-desk", desk: safety }]);
      await submit(world, dossier, owner, { kind: "message", role: "reporter" });
      expect(await mail.drain()).toBe(1);
      await submit(world, dossier, owner, { kind: "evidence", role: "reporter" });
      expect(await mail.drain()).toBe(0);
      now = new Date(now.getTime() + 16 * 60_000);
      expect(await mail.drain()).toBe(1);
      expect(mails).toHaveLength(2);
      for (const text of mails) {
        expect(text).toContain("Subject: Er is nieuws");
        for (const word of [dossier.id, owner.person, "melding", "report", "filed", "dossier", safety.id])
          expect(text.toLowerCase()).not.toContain(word.toLowerCase());
      }
    } finally {
      await new Promise<void>((resolve) => smtp.close(() => resolve()));
    }
  });
});
