/** The house as an operator meets it: first and second start, what it refuses, what it keeps secret, what its description promises; on its own embedded PostgreSQL. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Validator } from "@seriousme/openapi-schema-validator";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateSeed, generateSheetCode, newPerson, sealUnlock, sheetSecret, signKeyPair } from "@rugdekking/seal";
import Type from "typebox";
import { Connection } from "#services/directory/client/index.ts";
import { Uuid } from "#services/directory/contract/index.ts";
import { checkPortable } from "#services/storage/index.ts";
import { openTestDatabase, type TestDatabase } from "#services/storage/testing.ts";
import { designRules } from "#tools/api/design-rules.ts";
import { houseMigrations, openHouse, type House } from "./house.ts";
import { readSettings } from "./settings.ts";

const folder = (): string => mkdtempSync(join(tmpdir(), "rugdekking-house-"));
const settingsFor = (data: string, more: object = {}) => readSettings({ data, port: 0, ...more }, {});

describe("every migration of the house", () => {
  it("stays in the portable subset (tech B15), and bears an id of its own", () => {
    expect(houseMigrations.length).toBeGreaterThan(25);
    expect(checkPortable(houseMigrations)).toEqual([]);
    expect(new Set(houseMigrations.map(({ id }) => id)).size).toBe(houseMigrations.length);
  });
});

describe("embedded: a first and a second start", () => {
  const data = folder();
  afterAll(() => rmSync(data, { recursive: true, force: true }));

  it("keeps keys, anchor and people; the second start takes under five seconds", async () => {
    const registrar = await signKeyPair(generateSeed());
    const first = await openHouse(settingsFor(data), { registrar: registrar.publicKey, jobs: false });
    const { anchor } = first;
    expect(anchor).toMatchObject({ registrar: registrar.publicKey, demonstration: false });
    const person = await newPerson();
    const unlocks = await Promise.all([1, 2].map(async () => sealUnlock("recovery-sheet", "Blad", {}, await sheetSecret(generateSheetCode()), person)));
    const registered = await new Connection({ base: first.url, cookies: "own" }).post(
      "/api/v1/persons",
      { card: person.card, handle: "demo@example.nl", mail: null, unlocks },
      Type.Object({ person: Uuid }),
    );
    await expect(openHouse(settingsFor(data))).rejects.toMatchObject({ code: "unavailable" });
    await first.stop();
    await first.stop();

    const began = performance.now();
    const second = await openHouse(settingsFor(data), { jobs: false });
    expect(performance.now() - began).toBeLessThan(5000);
    expect(second.anchor).toEqual(anchor);
    expect((await fetch(`${second.url}/api/v1/persons/${registered.person}/card`)).status).toBe(200);
    expect((await fetch(`${second.url}/ledger/checkpoint`)).status).toBe(200);
    await second.stop();
  });

  it("keeps its secrets readable to itself alone", async () => {
    for (const name of await readdir(join(data, "keys"))) expect(statSync(join(data, "keys", name)).mode & 0o077).toBe(0);
    expect(statSync(join(data, "postgres-password")).mode & 0o077).toBe(0);
    expect(readFileSync(join(data, "keys", "log-signer"), "utf8")).toMatch(/^PRIVATE\+KEY\+/);
  });

  it("refuses another registrar, and to become a demonstration with people in it", async () => {
    const other = await signKeyPair(generateSeed());
    await expect(openHouse(settingsFor(data), { registrar: other.publicKey })).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("registrar"),
    });
    await expect(openHouse(settingsFor(data, { demonstration: true }))).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("never becomes a demonstration"),
    });
  });

  it("refuses to go on with a log whose key is lost", async () => {
    rmSync(join(data, "keys", "log-signer"));
    await expect(openHouse(settingsFor(data))).rejects.toMatchObject({ name: "LedgerError" });
  });
});

describe("production", () => {
  let test: TestDatabase;
  const data = folder();
  beforeAll(async () => {
    test = await openTestDatabase(houseMigrations);
  });
  afterAll(async () => {
    await test.close();
    rmSync(data, { recursive: true, force: true });
  });

  it("refuses the demonstration, whether asked for or found", async () => {
    expect(() => settingsFor(data, { production: true, demonstration: true, origin: "https://demo.example.nl" })).toThrow(/never part of production/);
    const house = await openHouse(settingsFor(data, { database: test.url, demonstration: true }), {
      registrar: (await signKeyPair(generateSeed())).publicKey,
      jobs: false,
    });
    expect(house.anchor.demonstration).toBe(true);
    await house.stop();
    await expect(openHouse(settingsFor(data, { database: test.url, production: true, origin: "https://demo.example.nl" }))).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("demonstration"),
    });
    await expect(openHouse(settingsFor(data, { database: test.url }))).rejects.toMatchObject({ code: "unavailable" });
  });

  it("needs an https origin", () => {
    expect(() => settingsFor(data, { production: true })).toThrow(/https/);
  });
});

describe("the key of pointers", () => {
  let test: TestDatabase;
  const data = folder();
  const integrations = join(data, "integrations.json");
  const keyFile = join(data, "keys", "pointer");
  beforeAll(async () => {
    test = await openTestDatabase(houseMigrations);
    writeFileSync(join(data, "hook-secret"), `whsec_${Buffer.alloc(32, 9).toString("base64")}\n`, { mode: 0o600 });
    writeFileSync(
      integrations,
      JSON.stringify({ webhooks: [{ name: "demo", organisation: "gm0363", url: "https://hook.example.nl/nieuws", secretFile: "hook-secret" }] }),
    );
  });
  afterAll(async () => {
    await test.close();
    rmSync(data, { recursive: true, force: true });
  });

  it("belongs to this database and is whole, or nothing is told outside; a house that tells nobody does without", async () => {
    const telling = settingsFor(data, { database: test.url, integrations });
    await (await openHouse(telling, { registrar: (await signKeyPair(generateSeed())).publicKey, jobs: false })).stop();
    const own = readFileSync(keyFile, "utf8");
    await (await openHouse(telling, { jobs: false })).stop();
    for (const [key, why] of [
      [Buffer.alloc(32, 5).toString("base64url"), "is not the key"],
      [own.slice(0, 20), "32 bytes"],
      ["", "32 bytes"],
      [Buffer.alloc(33, 5).toString("base64url"), "32 bytes"],
    ] as const) {
      writeFileSync(keyFile, key);
      await expect(openHouse(telling), why).rejects.toMatchObject({ code: "unavailable", message: expect.stringContaining(why) });
    }
    // Lost, and made anew without a word.
    rmSync(keyFile);
    await expect(openHouse(telling)).rejects.toMatchObject({ message: expect.stringContaining("is not the key") });
    await (await openHouse(settingsFor(data, { database: test.url }), { jobs: false })).stop();
    writeFileSync(keyFile, own);
    await (await openHouse(telling, { jobs: false })).stop();
  });
});

describe("settings", () => {
  it.each([
    [{ port: 70_000 }, /port/],
    [{ database: "mysql://x" }, /postgres/],
    [{ origin: "https://a.example.nl/path" }, /origin/],
    [{ mail: "http://x" }, /smtp/],
  ])("%j is refused with the setting's name", (given, why) => {
    expect(() => readSettings(given, {})).toThrow(why);
  });
});

describe("on a database elsewhere", () => {
  let test: TestDatabase;
  let house: House;
  const data = folder();
  beforeAll(async () => {
    test = await openTestDatabase(houseMigrations);
    house = await openHouse(settingsFor(data, { database: test.url }), { registrar: (await signKeyPair(generateSeed())).publicKey, jobs: false });
  });
  afterAll(async () => {
    await house.stop();
    await test.close();
    rmSync(data, { recursive: true, force: true });
  });

  it("loads the registers: 342 gemeenten, 12 provincies, 21 waterschappen", async () => {
    const { rows } = await sql<{ kind: string; n: number }>`SELECT kind, count(*) AS n FROM organisation GROUP BY kind`.execute(house.db);
    expect(Object.fromEntries(rows.map(({ kind, n }) => [kind, n]))).toMatchObject({ municipality: 342, province: 12, "water-authority": 21 });
    expect(await (await fetch(`${house.url}/api/v1/organisations?query=hertogenbosch`)).json()).toMatchObject({ organisations: [{ id: "gm0796" }] });
  });

  it("describes itself in valid OpenAPI 3.1 under the API Design Rules, the same at both addresses", async () => {
    const [one, two] = await Promise.all(["/api/openapi.json", "/api/v1/openapi.json"].map(async (path) => (await fetch(`${house.url}${path}`)).text()));
    expect(one).toBe(two);
    const document = JSON.parse(one ?? "") as Record<string, unknown>;
    expect((await new Validator().validate(structuredClone(document))).errors ?? []).toEqual([]);
    expect(designRules.flatMap(({ id, breaches }) => breaches(document).map((where) => `${id}: ${where}`))).toEqual([]);
  });

  it("answers strange input with a problem document, never with 5xx", async () => {
    const strange = [
      "/api/v1/organisations?query=%00",
      "/api/v1/organisations?query=%F0%9F%92%A3",
      "/api/v1/desks/x",
      "/api/v1/organisations/%2e%2e",
      "/api/v1/invitations/look-ups",
      "/api/v1/persons/018f0000-0000-7000-8000-000000000000/card",
      "/api/v1/desks?function=castle",
      "/%E0%A4%A",
      "/api/v1/organisations?query=a&query=b",
    ];
    for (const path of strange) {
      const answer = await fetch(`${house.url}${path}`);
      expect([path, answer.status < 500]).toEqual([path, true]);
      if (answer.status >= 400) expect(answer.headers.get("content-type")).toContain("application/problem+json");
    }
  });
});
