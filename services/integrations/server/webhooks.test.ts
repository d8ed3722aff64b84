/** CloudEvents 1.0 and Standard Webhooks 1.0: what a receiver gets, checked by code that is not ours; retries under one id, in order, no redirects; nothing said but that there is news. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { sql } from "kysely";
import Type from "typebox";
import { Check } from "typebox/value";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { insertOutgoing } from "#services/dossier/store/outgoing.ts";
import type { Person } from "@rugdekking/seal";
import { submit, view } from "#services/dossier/server/testing.ts";
import { backOff, deliverRound, deliveryStatus, mostAttempts, startDeliveries, tryAnew, type Deliveries } from "./deliver.ts";
import { call } from "./outbound.ts";
import { pointerOf } from "./pointer.ts";
import type { Webhook } from "./settings.ts";
import { pointerKey, webhookAt } from "./testing-settings.ts";
import { openTold, type ToldWorld } from "./testing.ts";
import { signatureOf } from "./webhooks.ts";

interface Received {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

let receiver: Server;
let base = "";
let answer: (path: string) => { status: number; headers?: Record<string, string> } | "silence" = () => ({ status: 204 });
const received: Received[] = [];
let world: ToldWorld;
beforeAll(async () => {
  receiver = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      received.push({
        headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
        body: Buffer.concat(pieces).toString("utf8"),
      });
      const said = answer(request.url ?? "");
      if (said === "silence") response.destroy();
      else response.writeHead(said.status, said.headers ?? {}).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const address = receiver.address();
  if (!Check(Type.Object({ port: Type.Integer() }), address)) throw new Error("no port");
  base = `http://127.0.0.1:${address.port}`;
  world = await openTold([webhookAt(`${base}/nieuws`)]);
});
afterAll(async () => {
  await world.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});
beforeEach(async () => {
  answer = () => ({ status: 204 });
  received.length = 0;
  await world.clear();
});
afterEach(() => {
  expect(world.surprises).toEqual([]);
});

const round = async (extra: Partial<Webhook> = {}): Promise<{ delivered: number; failed: number }> => {
  const deliveries: Deliveries = { ...world.deliveries, destinations: [webhookAt(`${base}/nieuws`, extra)] };
  return await deliverRound(deliveries);
};
const Event = Type.Object(
  {
    specversion: Type.Literal("1.0"),
    id: Type.String({ minLength: 1 }),
    source: Type.String({ minLength: 1 }),
    type: Type.Literal("nl.rugdekking.dossier.changed.v1"),
    subject: Type.String({ pattern: "^RD(-[A-Z2-7]{4}){6}$" }),
    time: Type.String({ pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$" }),
  },
  { additionalProperties: false },
);

describe("an event", () => {
  it("is a structured CloudEvent that says which dossier, under a name only this house can read, and nothing else", async () => {
    const dossier = await world.raise(true);
    expect(await round()).toEqual({ delivered: 1, failed: 0 });
    const [{ headers, body } = { headers: {}, body: "{}" }] = received;
    expect(headers["content-type"]).toBe("application/cloudevents+json; charset=utf-8");
    const event: unknown = JSON.parse(body);
    expect(Check(Event, event)).toBe(true);
    expect(event).toMatchObject({ subject: pointerOf(pointerKey, "gm0000", dossier.id), source: "https://rugdekking.example.nl", id: headers["webhook-id"] });
    expect(`${JSON.stringify(headers)}${body}`).not.toMatch(new RegExp(`${dossier.id}|${world.owner.person}|raised|signal|police|politie|gm0000`));
  });

  it("says open or ended, or the phase, only when the operator asked for it", async () => {
    await world.raise(true);
    await round({ says: "stage" });
    await world.raise(true);
    await round({ says: "phase" });
    expect(received.map(({ body }) => JSON.parse(body).data)).toEqual([{ stage: "open" }, { phase: "raised" }]);
  });

  it("is not sent about a dossier of another kind, nor to an organisation without a desk in it", async () => {
    await world.raise(false);
    expect(await round()).toEqual({ delivered: 0, failed: 0 });
  });
});

describe("the signature", () => {
  it("is the one of the Standard Webhooks specification's own example", () => {
    const key = Buffer.from("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "base64");
    expect(signatureOf([key], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, '{"test": 2432232314}')).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });

  it("holds for WebCrypto, with each key while a secret is being changed, and for no other body", async () => {
    await world.raise(true);
    const keys = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    await round({ secrets: keys });
    const [{ headers, body } = { headers: {} as Record<string, string>, body: "" }] = received;
    const signatures = (headers["webhook-signature"] ?? "").split(" ");
    for (const [place, key] of keys.entries()) {
      const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
      const mac = Buffer.from((signatures[place] ?? "").replace("v1,", ""), "base64");
      const over = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${text}`);
      expect(await crypto.subtle.verify("HMAC", imported, mac, over(body))).toBe(true);
      expect(await crypto.subtle.verify("HMAC", imported, mac, over(`${body} `))).toBe(false);
    }
    expect(Math.abs(Date.now() / 1_000 - Number(headers["webhook-timestamp"]))).toBeLessThan(60);
  });

  const python = spawnSync("python3", ["--version"]).status === 0;
  it.skipIf(!python)(
    "holds for the receiver in docs/integrations.md, as it stands there, which refuses another body, another key and an old time (needs python3)",
    async () => {
      await world.raise(true);
      await round();
      const example = /```python\n([\s\S]*?)```/.exec(readFileSync("docs/integrations.md", "utf8"))?.[1] ?? "";
      expect(example).toContain("def check(");
      const [{ headers, body } = { headers: {} as Record<string, string>, body: "" }] = received;
      const secret = `whsec_${Buffer.alloc(32, 3).toString("base64")}`;
      const late = { ...headers, "webhook-timestamp": String(Number(headers["webhook-timestamp"]) - 600) };
      const tries = [
        [headers, body, secret],
        [headers, `${body} `, secret],
        [headers, body, `whsec_${Buffer.alloc(32, 4).toString("base64")}`],
        [late, body, secret],
      ];
      const program = `${example}\nimport json, sys\nfor headers, body, secret in json.load(sys.stdin):\n    print(check(headers, body.encode(), secret))\n`;
      const ran = spawnSync("python3", ["-c", program], { input: JSON.stringify(tries), encoding: "utf8" });
      expect(ran.stdout.trim().split("\n"), ran.stderr).toEqual(["True", "False", "False", "False"]);
    },
  );
});

describe("a receiver that fails", () => {
  it.each([
    ["hangs up", "silence", "unreachable"],
    ["says 500", { status: 500 }, "refused (500)"],
    ["says 410", { status: 410 }, "refused (410)"],
    ["points elsewhere", { status: 307, headers: { Location: "/elders" } }, "redirected (307)"],
  ] as const)("and %s gets the same event again, under the same id, and nothing at another address", async (_what, said, _problem) => {
    await world.raise(true);
    answer = () => said;
    expect(await round()).toEqual({ delivered: 0, failed: 1 });
    expect(await round()).toEqual({ delivered: 0, failed: 0 });
    answer = () => ({ status: 200 });
    await world.due();
    expect(await round()).toEqual({ delivered: 1, failed: 0 });
    expect(received).toHaveLength(2);
    expect(new Set(received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
  });

  it("hears the changes of one dossier in their order, also when the first one failed", async () => {
    const dossier = await world.raise(true);
    await submit(world, dossier, world.police.member, { kind: "receipt", role: "police", desk: world.police.desk, action: "receive" });
    answer = () => ({ status: 503, headers: { "Retry-After": "1" } });
    await round({ says: "phase" });
    answer = () => ({ status: 200 });
    // The second waits for the first.
    expect(await round({ says: "phase" })).toEqual({ delivered: 0, failed: 0 });
    await world.due();
    expect(await round({ says: "phase" })).toEqual({ delivered: 2, failed: 0 });
    expect(received.map(({ body }) => JSON.parse(body).data.phase)).toEqual(["raised", "raised", "received"]);
  });

  it("is tried some three days, with growing pauses, chance in them, and its own Retry-After within a day", () => {
    const pauses = Array.from({ length: mostAttempts - 1 }, (_, at) => backOff(at + 1, 0.5, null));
    expect(pauses.slice(0, 4)).toEqual([10_000, 20_000, 40_000, 80_000]);
    expect(Math.max(...pauses)).toBe(4 * 3_600_000);
    const days = pauses.reduce((sum, one) => sum + one, 0) / 86_400_000;
    expect(days).toBeGreaterThan(2.5);
    expect(days).toBeLessThan(3.5);
    expect(backOff(1, 0, null)).toBeLessThan(backOff(1, 0.99, null));
    expect(backOff(1, 0.5, 600)).toBe(600_000);
    expect(backOff(1, 0.5, 999_999)).toBe(86_400_000);
  });
});

/** A peer that says what it likes to whoever connects; `said` may hold the socket open for ever. */
async function peer(said: (write: (text: string) => void) => void): Promise<{ readonly url: string; close(): void }> {
  const server = createTcpServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => said((text) => void (socket.writable && socket.write(text))));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (!Check(Type.Object({ port: Type.Integer() }), address)) throw new Error("no port");
  return { url: `http://127.0.0.1:${address.port}/`, close: () => void server.close() };
}

describe("a receiver that never comes to an end", () => {
  it("and goes over to another protocol has answered nothing that can be read", async () => {
    const other = await peer((write) => write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: verzonnen\r\n\r\n"));
    await expect(call({ method: "POST", url: other.url, headers: {}, body: "{}" })).rejects.toMatchObject({ code: "answer-unreadable", status: 101 });
    other.close();
  });

  it.each([
    ["says again and again that it is busy", "HTTP/1.1 102 Processing\r\n\r\n"],
    ["lets its answer drip", "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"],
  ])("and %s is broken off in time", async (_what, said) => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const other = await peer((write) => {
      write(said);
      timer = setInterval(() => write(said.startsWith("HTTP/1.1 1") ? said : "x"), 20);
    });
    const began = performance.now();
    await expect(call({ method: "GET", url: other.url, headers: {} }, 300)).rejects.toMatchObject({ code: "timed-out" });
    expect(performance.now() - began).toBeLessThan(3_000);
    clearInterval(timer);
    other.close();
  });

  it("keeps no other waiting, round after round", async () => {
    const silent = await peer(() => undefined);
    const news = { organisation: "gm0000", kind: "signal", phase: "raised", since: new Date(), seq: 1 } as const;
    const add = async (destination: string): Promise<void> =>
      await insertOutgoing(world.db, [{ ...news, destination, dossier: crypto.randomUUID(), at: new Date() }]);
    await add("traag");
    const job = startDeliveries(
      { ...world.deliveries, destinations: [webhookAt(silent.url, { name: "traag" }), webhookAt(`${base}/nieuws`)] },
      async () => undefined,
      0.05,
    );
    for (const count of [1, 2, 3]) {
      await add("meldkamer");
      await vi.waitFor(() => expect(received).toHaveLength(count), 3_000);
    }
    await job.stop();
    silent.close();
  });
});

describe("what waits", () => {
  it("is said once more when many rounds end while it is being said, and not once for each", async () => {
    let said = 0;
    const first = Promise.withResolvers<void>();
    const job = startDeliveries(
      { ...world.deliveries, destinations: [] },
      async () => {
        said += 1;
        await first.promise;
      },
      0,
    );
    const rounds = [job.round()];
    await vi.waitFor(() => expect(said).toBe(1));
    rounds.push(...Array.from({ length: 8 }, async () => await job.round()));
    await new Promise((resolve) => setTimeout(resolve, 100));
    first.resolve();
    await Promise.all(rounds);
    await job.stop();
    expect(said).toBe(2);
  });
});

describe("a name that the settings give to another organisation, or to other kinds", () => {
  it("gets nothing of what waited under it, also when that was given up; it is shown as nobody's", async () => {
    await world.raise(true);
    const others = { ...world.deliveries, destinations: [webhookAt(`${base}/nieuws`, { organisation: "gm0001" })] };
    expect(await deliverRound(others)).toEqual({ delivered: 0, failed: 0 });
    expect(await round({ kinds: ["report"] })).toEqual({ delivered: 0, failed: 0 });
    expect((await deliveryStatus(others)).destinations).toMatchObject([
      { name: "meldkamer", configured: true, waiting: 0 },
      { name: "meldkamer", configured: false, waiting: 1 },
    ]);
    await sql`UPDATE dossier_outgoing SET dead = TRUE`.execute(world.db);
    expect(await tryAnew(others)).toBe(0);
    expect(await tryAnew(world.deliveries)).toBe(1);
    expect(received).toEqual([]);
    expect(await round()).toEqual({ delivered: 1, failed: 0 });
  });
});

describe("a dossier in two organisations", () => {
  it("has another name in each: a desk sees its own, whose dossier it is sees both", async () => {
    const two = await openTold([webhookAt(`${base}/nieuws`), webhookAt(`${base}/nieuws`, { name: "politie", organisation: "politie-test" })]);
    const dossier = await two.raise(true);
    const names = ["gm0000", "politie-test"].map((organisation) => pointerOf(pointerKey, organisation, dossier.id));
    expect(new Set(names).size).toBe(2);
    const seen = async (reader: Person): Promise<string[]> => ((await view(two, dossier, reader)).body.outside ?? []).toSorted();
    expect(await seen(two.safety.member)).toEqual([names[0]]);
    expect(await seen(two.police.member)).toEqual([names[1]]);
    expect(await seen(two.owner)).toEqual(names.toSorted());
    expect(await deliverRound(two.deliveries)).toEqual({ delivered: 2, failed: 0 });
    expect(new Set(received.map(({ body }) => JSON.parse(body).subject))).toEqual(new Set(names));
    await two.close();
  });
});
