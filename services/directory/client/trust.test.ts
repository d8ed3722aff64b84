/** Design section 4: a client never seals to a key that only the server vouches for, and never goes back. And the door itself: parsing, problems, the session cookie in Node. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateSeed, newDesk, newPerson, newUuid, nextEpoch, openPerson, signKeyPair, type Person, type SignKeyPair } from "@rugdekking/seal";
import type { RosterMember } from "@rugdekking/seal/verify";
import Type from "typebox";
import { beforeAll, describe, expect, test } from "vitest";
import type { DeskView, TrustAnchor } from "#services/directory/contract/index.ts";
import { Connection } from "./connection.ts";
import { fileTrustStore } from "./trust-file.ts";
import { memoryTrustStore, Trust } from "./trust.ts";

let registrar: SignKeyPair;
let anchor: TrustAnchor;
let lead: Person;
let first: DeskView;
let second: DeskView;
let fork: DeskView;

const memberOf = (person: Person): RosterMember => ({
  person: person.person,
  name: "Demo",
  office: "demo",
  lead: true,
  sealPublicKey: person.seal.publicKey,
  signPublicKey: person.sign.publicKey,
});
const base = "https://demo.example.nl";

/** A connection whose server answers from a table of paths. */
const serving = (answers: () => Record<string, unknown>): Connection =>
  new Connection({
    base,
    cookies: "own",
    fetch: async (input) => {
      const { pathname, search } = new URL(input);
      const found = answers()[pathname + search] ?? answers()[pathname];
      return found === undefined ? new Response("", { status: 404 }) : found instanceof Response ? found.clone() : Response.json(found);
    },
  });

beforeAll(async () => {
  registrar = await signKeyPair(generateSeed());
  anchor = { log: "demo.example.nl/ledger+00000000+AAAA", registrar: registrar.publicKey, demonstration: true };
  const secrets = await newPerson();
  lead = await openPerson(secrets, secrets.card);
  const desk = newUuid();
  const { rotation, epochSeed } = await newDesk({ desk, organisation: "gm0000", name: "Demo", function: "safety-desk", members: [memberOf(lead)], registrar });
  first = { id: desk, organisation: "gm0000", name: "Demo", function: "safety-desk", epoch: 1, rosters: [rotation.roster] };
  const next = async (): Promise<DeskView> => {
    const rotated = await nextEpoch({ rosters: [rotation.roster], registrarPublicKey: registrar.publicKey, epochSeed, changes: {}, by: lead });
    return { ...first, epoch: 2, rosters: [rotation.roster, rotated.rotation.roster] };
  };
  second = await next();
  fork = await next();
});

describe("trust", () => {
  test("the anchor of the first visit is pinned; another one later is refused", async () => {
    const store = memoryTrustStore();
    let shown = anchor;
    const connection = serving(() => ({ "/api/v1/trust-anchor": shown }));
    expect(await new Trust(connection, store).anchor()).toEqual(anchor);
    shown = { ...anchor, registrar: (await signKeyPair(generateSeed())).publicKey };
    await expect(new Trust(connection, store).anchor()).rejects.toMatchObject({ code: "signature-invalid" });
    await expect(new Trust(connection, memoryTrustStore()).anchor(anchor)).rejects.toMatchObject({ code: "signature-invalid" });
  });

  test("a roster chain is accepted forward, never backward, never beside", async () => {
    const trust = new Trust(
      serving(() => ({ "/api/v1/trust-anchor": anchor })),
      memoryTrustStore(),
    );
    expect((await trust.verify(first)).epoch).toBe(1);
    expect((await trust.verify(second)).roster.epoch).toBe(2);
    await expect(trust.verify(first)).rejects.toThrow(/older epoch/);
    await expect(trust.verify(fork)).rejects.toThrow(/another history/);
  });

  test.each([
    ["another function", (view: DeskView): DeskView => ({ ...view, function: "authority" })],
    ["another organisation", (view: DeskView): DeskView => ({ ...view, organisation: "gm9999" })],
    ["another name", (view: DeskView): DeskView => ({ ...view, name: "Demo 2" })],
    ["a roster left out", (view: DeskView): DeskView => ({ ...view, rosters: view.rosters.slice(1) })],
  ])("a desk described with %s is refused", async (_what, change) => {
    const trust = new Trust(
      serving(() => ({ "/api/v1/trust-anchor": anchor })),
      memoryTrustStore(),
    );
    await expect(trust.verify(change(second))).rejects.toMatchObject({ code: "signature-invalid" });
  });

  test("a desk of another registrar is refused, and so is one that was not asked for", async () => {
    const other = await signKeyPair(generateSeed());
    const { rotation } = await newDesk({
      desk: first.id,
      organisation: "gm0000",
      name: "Demo",
      function: "safety-desk",
      members: [memberOf(lead)],
      registrar: other,
    });
    const connection = serving(() => ({
      "/api/v1/trust-anchor": anchor,
      [`/api/v1/desks/${first.id}`]: { ...first, rosters: [rotation.roster] },
      "/api/v1/desks": { desks: [first] },
    }));
    const trust = new Trust(connection, memoryTrustStore());
    await expect(trust.desk(first.id)).rejects.toMatchObject({ code: "signature-invalid" });
    await expect(trust.desks({ function: "authority" })).rejects.toMatchObject({ code: "signature-invalid" });
    await expect(trust.desks({})).rejects.toMatchObject({ code: "input-malformed" });
    expect(await trust.desks({ organisation: "gm0000" })).toHaveLength(1);
  });

  test("pins survive in a file, and a damaged file is an error, not a fresh start", async () => {
    const folder = await mkdtemp(join(tmpdir(), "rugdekking-pins-"));
    const path = join(folder, "deep", "pins.json");
    const connection = serving(() => ({ "/api/v1/trust-anchor": anchor }));
    await new Trust(connection, fileTrustStore(path)).verify(second);
    await expect(new Trust(connection, fileTrustStore(path)).verify(first)).rejects.toThrow(/older epoch/);
    const far = { length: 2, last: "B".repeat(43) };
    expect(await new Trust(connection, fileTrustStore(path)).chainSeen("demo")).toBeNull();
    await new Trust(connection, fileTrustStore(path)).rememberChain("demo", far);
    await new Trust(connection, fileTrustStore(path)).rememberChain("demo", { length: 1, last: "A".repeat(43) });
    expect(await new Trust(connection, fileTrustStore(path)).chainSeen("demo")).toEqual(far);
    expect(await new Trust(connection, fileTrustStore(path)).chainSeen("other")).toBeNull();
    await writeFile(path, "{");
    await expect(new Trust(connection, fileTrustStore(path)).verify(second)).rejects.toMatchObject({ code: "input-malformed" });
    await rm(folder, { recursive: true });
  });
});

describe("connection", () => {
  const problem = (status: number, body: unknown): Response =>
    new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/problem+json" } });

  test("problem documents become Problems; unknown answers and shapes too", async () => {
    const connection = serving(() => ({
      "/known": problem(409, { code: "epoch-stale", detail: "what", mend: "how" }),
      "/unknown": problem(418, { code: "teapot", detail: "", mend: "" }),
      "/down": new Response("<html>", { status: 502 }),
      "/shape": { a: 1 },
      "/broken": new Response("{"),
    }));
    const shape = Type.Object({ a: Type.String() });
    await expect(connection.get("/known", shape)).rejects.toMatchObject({ code: "epoch-stale", message: "what", mend: "how" });
    await expect(connection.get("/unknown", shape)).rejects.toMatchObject({ code: "input-malformed" });
    await expect(connection.get("/down", shape)).rejects.toMatchObject({ code: "unavailable" });
    await expect(connection.get("/shape", shape)).rejects.toMatchObject({ code: "input-malformed", message: expect.stringContaining("/a") });
    await expect(connection.get("/broken", shape)).rejects.toMatchObject({ code: "unavailable" });
    await expect(connection.get("/none", shape)).rejects.toMatchObject({ code: "not-found" });
  });

  test("no answer is unavailable; an address that is none is refused", async () => {
    const dead = new Connection({ base: "http://127.0.0.1:9", cookies: "own" });
    await expect(dead.get("/api/v1/health", Type.Unknown())).rejects.toMatchObject({ code: "unavailable" });
    expect(() => new Connection({ base: "ftp://demo.example.nl" })).toThrow(/not the address/);
  });

  test("in Node the session cookie is kept, sent, and dropped when the server ends it", async () => {
    const sent: (string | null)[] = [];
    let answer = "__Host-session=abc123; Path=/; HttpOnly; Secure; SameSite=Strict";
    const connection = new Connection({
      base,
      cookies: "own",
      fetch: async (_input, init) => {
        const headers = new Headers(init.headers);
        sent.push(headers.get("Cookie"));
        expect(headers.get("X-Rugdekking")).toBe("1");
        return new Response(null, { status: 204, headers: { "Set-Cookie": answer } });
      },
    });
    await connection.command("POST", "/in");
    await connection.command("POST", "/again");
    answer = "__Host-session=; Path=/; Max-Age=0";
    await connection.command("DELETE", "/out");
    await connection.command("POST", "/after");
    expect(sent).toEqual([null, "__Host-session=abc123", "__Host-session=abc123", null]);
    expect(connection.cookie).toBeNull();
  });
});
