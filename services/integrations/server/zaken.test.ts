/** Zaken API 1.5 (VNG Realisatie): the outgoing minimal zaak against a server that judges every request by the published description; once per dossier, whatever happens to the job. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sql } from "kysely";
import { newUuid, signStatement } from "@rugdekking/seal";
import { statementTypes } from "#services/dossier/contract/index.ts";
import { submit, view, type Drive } from "#services/dossier/server/testing.ts";
import { dutchDay } from "#services/dossier/workflow/terms.ts";
import { deliveryStatus, deliverRound, mostAttempts, tryAnew, type Deliveries } from "./deliver.ts";
import { pointerOf } from "./pointer.ts";
import { Contract } from "./testing-contract.ts";
import { pointerKey, zakenAt } from "./testing-settings.ts";
import { listenForZaken, type Mood, type ZakenServer } from "./testing-zaken.ts";
import { openTold, type ToldWorld } from "./testing.ts";

let server: ZakenServer;
let world: ToldWorld;
beforeAll(async () => {
  server = await listenForZaken();
  world = await openTold([zakenAt(server.api)]);
});
afterAll(async () => {
  await world.close();
  await server.close();
});
beforeEach(async () => {
  server.mood = () => "answer";
  server.forget();
  await world.clear();
});
afterEach(() => {
  expect(server.complaints).toEqual([]);
  expect(world.surprises).toEqual([]);
});

const nameOf = (dossier: Drive): string => pointerOf(pointerKey, "gm0000", dossier.id);
const zakenOf = (dossier: Drive): ZakenServer["zaken"] => server.zaken.filter(({ identificatie }) => identificatie === nameOf(dossier));
const statusesOf = (dossier: Drive): string[] =>
  server.statuses.filter(({ zaak }) => zaak === zakenOf(dossier)[0]?.url).map(({ statustype }) => statustype.split("/").at(-1) ?? "");
const resultsOf = (dossier: Drive): number => server.results.filter(({ zaak }) => zaak === zakenOf(dossier)[0]?.url).length;
const round = async (deliveries: Deliveries = world.deliveries): Promise<{ delivered: number; failed: number }> => await deliverRound(deliveries);
const withdrawn = async (dossier: Drive): Promise<void> => {
  const answer = await submit(world, dossier, world.owner, { kind: "withdrawal", role: "office-holder", action: "withdraw" });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
};
const takeBack = async (dossier: Drive, consent: string): Promise<void> => {
  const said = { consent, dossier: dossier.id, by: world.owner.person, at: new Date().toISOString() };
  const statement = await signStatement(statementTypes.consentWithdrawal, said, world.owner.sign);
  const answer = await world.call(world.owner, "POST", `/api/v1/dossiers/${dossier.id}/consent-withdrawals`, { statement });
  expect(answer.status, JSON.stringify(answer.body)).toBe(204);
};

describe("the description as a judge", () => {
  const contract = new Contract(join(import.meta.dirname, "vectors", "zaken-openapi.yaml"));
  const headers = { "accept-crs": "EPSG:4326", "content-crs": "EPSG:4326", "content-type": "application/json", authorization: "Bearer a.b.c" };
  const zaak = { bronorganisatie: "123456782", verantwoordelijkeOrganisatie: "111222333", startdatum: "2026-01-02", zaaktype: "https://a.example.nl/z" };
  const judge = (extra: object, other: Partial<Record<keyof typeof headers, undefined>> = {}, path = "/zaken"): string[] =>
    contract.judge({ method: "POST", path, headers: { ...headers, ...other }, body: JSON.stringify({ ...zaak, ...extra }) }).complaints;

  it("takes a right zaak", () => {
    expect(judge({})).toEqual([]);
  });

  it.each([
    ["a value outside the list", () => judge({ vertrouwelijkheidaanduiding: "supergeheim" })],
    ["a field that is read-only", () => judge({ uuid: newUuid() })],
    ["a field it does not name", () => judge({ naam: "Demo" })],
    ["a name that is too long", () => judge({ identificatie: "x".repeat(41) })],
    ["a day that is none", () => judge({ startdatum: "2 januari" })],
    ["a missing field", () => judge({ zaaktype: undefined })],
    ["a missing Accept-Crs", () => judge({}, { "accept-crs": undefined })],
    ["a missing Content-Crs", () => judge({}, { "content-crs": undefined })],
    ["a missing token", () => judge({}, { authorization: undefined })],
    ["a path it does not name", () => judge({}, {}, "/zaak")],
  ])("refuses %s", (_what, complain) => {
    expect(complain()).not.toEqual([]);
  });
});

describe("a zaak", () => {
  it("holds a pointer and constants: no field tells who, where, what or how bad", async () => {
    const dossier = await world.raise(true);
    expect(await round()).toEqual({ delivered: 1, failed: 0 });
    const [zaak] = zakenOf(dossier);
    expect(zaak).toEqual({
      url: expect.any(String),
      uuid: expect.any(String),
      identificatie: nameOf(dossier),
      bronorganisatie: "123456782",
      omschrijving: "Signaal (inhoud elders)",
      zaaktype: "https://catalogi.example.nl/catalogi/api/v1/zaaktypen/signaal",
      registratiedatum: dutchDay(new Date()),
      verantwoordelijkeOrganisatie: "111222333",
      startdatum: dutchDay(new Date()),
      vertrouwelijkheidaanduiding: "zeer_geheim",
    });
    expect(nameOf(dossier)).toMatch(/^RD(-[A-Z2-7]{4}){6}$/);
    const sent = server.requests.join("\n");
    for (const secret of [dossier.id, world.owner.person, world.police.desk.id, "politie", "raised", "received"]) expect(sent).not.toContain(secret);
  });

  it("is found on the desk's page under the same name, by whoever reads the dossier", async () => {
    const dossier = await world.raise(true);
    for (const reader of [world.safety.member, world.owner]) expect((await view(world, dossier, reader)).body.outside).toEqual([nameOf(dossier)]);
    expect((await view(world, dossier, world.police.member)).body.outside).toBeUndefined();
  });

  it("is not made for a signal that no desk of the municipality was handed, is made when one is, and hears nothing after the consent was withdrawn", async () => {
    const dossier = await world.raise(false);
    await submit(world, dossier, world.police.member, { kind: "receipt", role: "police", desk: world.police.desk, action: "receive" });
    expect(await round()).toEqual({ delivered: 0, failed: 0 });
    expect((await view(world, dossier, world.owner)).body.outside).toBeUndefined();
    const consent = await world.share(dossier);
    expect(await round()).toEqual({ delivered: 1, failed: 0 });
    expect(zakenOf(dossier)).toHaveLength(1);
    // Still waiting at that moment: not sent any more.
    await submit(world, dossier, world.owner, { kind: "message", role: "office-holder" });
    const asked = server.requests.length;
    await takeBack(dossier, consent);
    await withdrawn(dossier);
    expect(await round()).toEqual({ delivered: 0, failed: 0 });
    expect(server.requests).toHaveLength(asked);
    expect(statusesOf(dossier)).toEqual(["open"]);
  });

  it("stays open through every phase in which someone owes something, and is closed with a resultaat when nobody does", async () => {
    const dossier = await world.raise(true);
    const { member, desk } = world.police;
    await submit(world, dossier, member, { kind: "receipt", role: "police", desk, action: "receive" });
    await submit(world, dossier, member, { kind: "weighing", role: "police", desk, action: "weigh-basic" });
    expect(await round()).toEqual({ delivered: 3, failed: 0 });
    expect(statusesOf(dossier)).toEqual(["open"]);
    await submit(world, dossier, member, { kind: "feedback", role: "police", desk, action: "feedback" });
    await submit(world, dossier, world.owner, { kind: "outcome", role: "office-holder", action: "close" });
    expect(await round()).toEqual({ delivered: 2, failed: 0 });
    expect(statusesOf(dossier)).toEqual(["open", "afgerond"]);
    await submit(world, dossier, world.owner, { kind: "message", role: "office-holder", action: "reopen" });
    await round();
    expect(statusesOf(dossier)).toEqual(["open", "afgerond", "open"]);
    expect([zakenOf(dossier).length, resultsOf(dossier)]).toEqual([1, 1]);
  });

  it("says a phase only where the operator wrote a statustype for it", async () => {
    const catalogue = "https://catalogi.example.nl/catalogi/api/v1/statustypen";
    const dossier = await world.raise(true);
    await submit(world, dossier, world.police.member, { kind: "receipt", role: "police", desk: world.police.desk, action: "receive" });
    await round({ ...world.deliveries, destinations: [zakenAt(server.api, { phases: { signal: { received: `${catalogue}/ontvangen` } } })] });
    expect(statusesOf(dossier)).toEqual(["open", "ontvangen"]);
  });
});

describe("once, whatever happens", () => {
  it.each<[string, Mood]>([
    ["the answer is lost", "hang-up"],
    ["the API is away", 503],
    ["it points elsewhere, which is not followed", 301],
  ])("each of zaak, resultaat and status when %s", async (_what, mood) => {
    const dossier = await world.raise(true);
    await withdrawn(dossier);
    for (const step of ["zaak_create", "status_create", "resultaat_create", "status_create"]) {
      server.mood = ({ id }) => (id === step ? mood : "answer");
      expect((await round()).failed).toBe(1);
      // Nothing behind it was tried: what waits is the same.
      expect((await deliveryStatus(world.deliveries)).destinations[0]).toMatchObject({
        dead: 0,
        problem: mood === "hang-up" ? "unreachable" : expect.stringContaining(String(mood)),
      });
      await world.due();
    }
    server.mood = () => "answer";
    await round();
    expect([zakenOf(dossier).length, resultsOf(dossier), statusesOf(dossier)]).toEqual([1, 1, ["open", "afgerond"]]);
    expect((await deliveryStatus(world.deliveries)).destinations[0]).toMatchObject({ waiting: 0, dead: 0 });
  });

  it("when two servers run the job at once", async () => {
    const dossiers = await Promise.all(Array.from({ length: 6 }, async () => await world.raise(true)));
    await Promise.all([round(), round(), round()]);
    await round();
    for (const dossier of dossiers) expect([zakenOf(dossier).length, statusesOf(dossier)]).toEqual([1, ["open"]]);
  });

  it("when the job is killed after it made the zaak and before it heard so, and again after the resultaat", { timeout: 60_000 }, async () => {
    const dossier = await world.raise(true);
    await withdrawn(dossier);
    for (const [step, done] of [
      ["zaak_create", () => zakenOf(dossier).length === 1],
      ["resultaat_create", () => resultsOf(dossier) === 1],
    ] as const) {
      server.mood = ({ id }) => (id === step ? "silence" : "answer");
      await killedWhen(done);
      await world.due();
    }
    server.mood = () => "answer";
    await round();
    expect([zakenOf(dossier).length, resultsOf(dossier), statusesOf(dossier)]).toEqual([1, 1, ["open", "afgerond"]]);
  });

  /** Runs the job in a process of its own and kills it (SIGKILL) at the moment. */
  async function killedWhen(moment: () => boolean): Promise<void> {
    const program = `
      import { openDatabase } from "#services/storage/index.ts";
      import { deliverRound } from "#services/integrations/server/deliver.ts";
      import { pointerKey, zakenAt } from "#services/integrations/server/testing-settings.ts";
      import { signal } from "#services/signalling/workflow/index.ts";
      const workflows = { signal };
      const db = openDatabase(process.env.DATABASE, { connections: 2 });
      await deliverRound({ db, destinations: [zakenAt(process.env.API)], workflows, clock: () => new Date(), key: pointerKey, origin: "https://rugdekking.example.nl", onError: console.error });`;
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "--input-type=module-typescript", "--eval", program], {
      env: { ...process.env, DATABASE: world.url, API: server.api },
      stdio: ["ignore", "inherit", "inherit"],
    });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    for (let waits = 0; !moment() && child.exitCode === null && waits < 1_500; waits += 1) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(child.exitCode).toBeNull();
    child.kill("SIGKILL");
    await ended;
  }
});

describe("what is given up", () => {
  it("is given up after the last try, counted, keeps no other dossier waiting, and is tried anew at the next start", async () => {
    const [stuck, other] = [await world.raise(true), await world.raise(true)];
    const wrong = { ...world.deliveries, destinations: [zakenAt(server.api, { api: `${server.api}/weg` })] };
    await sql`UPDATE dossier_outgoing SET attempts = ${mostAttempts - 1} WHERE dossier = ${stuck.id}`.execute(world.db);
    // A wrong address is a no, not an absence: the round goes on to the next dossier.
    expect(await round(wrong)).toEqual({ delivered: 0, failed: 2 });
    expect(server.complaints).not.toEqual([]);
    server.forget();
    const status = await deliveryStatus(wrong);
    expect(status.destinations).toEqual([{ name: "zaaksysteem", configured: true, waiting: 1, dead: 1, oldest: expect.any(String), problem: "refused (400)" }]);
    await world.due();
    expect(await round()).toEqual({ delivered: 1, failed: 0 });
    expect([zakenOf(stuck).length, zakenOf(other).length]).toEqual([0, 1]);
    expect(await tryAnew(world.deliveries)).toBe(1);
    expect(await round()).toEqual({ delivered: 1, failed: 0 });
    expect(zakenOf(stuck)).toHaveLength(1);
  });

  it("is covered by a later change of the same dossier that does arrive", async () => {
    const dossier = await world.raise(true);
    await sql`UPDATE dossier_outgoing SET dead = TRUE`.execute(world.db);
    await withdrawn(dossier);
    expect(await round()).toEqual({ delivered: 1, failed: 0 });
    expect(statusesOf(dossier)).toEqual(["afgerond"]);
    expect((await deliveryStatus(world.deliveries)).destinations[0]).toMatchObject({ waiting: 0, dead: 0 });
  });
});
