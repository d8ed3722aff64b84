/** The demonstration world on a real server and database: it is built over HTTP within its time, goes on where it was cut off, and can be walked with the command line. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer as createSocket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateNoteKey } from "@rugdekking/ledger";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { main } from "#apps/cli/rugdekking.ts";
import { createServer } from "#apps/server/create-server.ts";
import { Connection, memoryTrustStore, Trust } from "#services/directory/client/index.ts";
import { testAdmission } from "#services/admission/server/testing.ts";
import { admissionMigrations } from "#services/admission/store/index.ts";
import { directoryRoutes } from "#services/directory/server/index.ts";
import { directoryMigrations, saveOrganisations } from "#services/directory/store/index.ts";
import { dossierRoutes, dossierServices, type DossierOptions } from "#services/dossier/server/index.ts";
import { directoryBlobs, dossierMigrations } from "#services/dossier/store/index.ts";
import { ledgerRoutes } from "#services/ledger/server/index.ts";
import { migrations as ledgerMigrations, openSequencer, type Sequencer } from "#services/ledger/store/index.ts";
import { readWaves } from "#services/monitor/client/index.ts";
import { monitorRoutes } from "#services/monitor/server/index.ts";
import { figureRoutes } from "#services/figures/server/index.ts";
import { figureMigrations } from "#services/figures/store/index.ts";
import { monitorMigrations } from "#services/monitor/store/index.ts";
import { questionSet } from "#services/parliament/workflow/index.ts";
import { report } from "#services/reporting/workflow/index.ts";
import { scan } from "#services/scanning/workflow/index.ts";
import { evaluationKey, fingerprintRoutes } from "#services/signalling/server/index.ts";
import { signallingMigrations } from "#services/signalling/store/index.ts";
import { signal } from "#services/signalling/workflow/index.ts";
import { help } from "#services/support/workflow/index.ts";
import { storageMigrations } from "#services/storage/index.ts";
import { openTestDatabase, type TestDatabase } from "#services/storage/testing.ts";
import { buildDemonstration, prepareDemonstration } from "./build.ts";
import { demonstrationOrganisations, players } from "./cast.ts";
import { demonstrationRoutes } from "./routes.ts";
import { type DemonstrationFile, demonstrationPath, readDemonstration, writeDemonstration } from "./store.ts";

const folder = mkdtempSync(join(tmpdir(), "rugdekking-demonstration-"));
const path = demonstrationPath(folder);
let database: TestDatabase;
let sequencer: Sequencer;
let server: FastifyInstance;
let origin = "";
let world: DemonstrationFile;
let seconds = 0;

const freePort = (): Promise<number> =>
  new Promise((found) => {
    const socket = createSocket().listen(0, "127.0.0.1", () => {
      const address = socket.address();
      socket.close(() => found(typeof address === "object" && address !== null ? address.port : 0));
    });
  });

beforeAll(async () => {
  const registrar = await prepareDemonstration(path);
  database = await openTestDatabase([
    ...ledgerMigrations,
    ...directoryMigrations,
    ...dossierMigrations,
    ...signallingMigrations,
    ...monitorMigrations,
    ...figureMigrations,
    ...storageMigrations,
    ...admissionMigrations,
  ]);
  await saveOrganisations(database.db, demonstrationOrganisations);
  const { signerKey, verifierKey } = await generateNoteKey("demo.example.nl/log");
  sequencer = await openSequencer(database.db, { signerKey });
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  const clock = (): Date => new Date();
  const key = evaluationKey(new Uint8Array(32).fill(7));
  const admission = testAdmission(database.db);
  const dossiers: DossierOptions = {
    db: database.db,
    admission,
    sequencer,
    blobs: await directoryBlobs(join(folder, "blobs")),
    workflows: { report, scan, signal, help, "question-set": questionSet },
    notify: () => undefined,
    clock,
  };
  server = await createServer({
    origin,
    webRoot: folder,
    plugins: [
      admission.routes,
      directoryRoutes({
        db: database.db,
        admission,
        sequencer,
        origin,
        anchor: { log: verifierKey, registrar, demonstration: true, fingerprints: Buffer.from(key.publicKey).toString("base64url") },
        decoySecret: new Uint8Array(32),
        clock,
      }),
      async (app) => {
        await app.register(dossierRoutes, {
          ...dossiers,
          erasure: { coolingDays: 7, retention: [], origin: "http://demo.example.nl", elsewhere: async () => undefined },
        });
      },
      fingerprintRoutes({ db: database.db, sequencer, key, clock }),
      monitorRoutes({ db: database.db, sequencer, houseKey: new Uint8Array(32).fill(9), clock }),
      figureRoutes({ db: database.db, sequencer, houseKey: new Uint8Array(32).fill(5), dossiers: dossierServices(dossiers), clock }),
      ledgerRoutes(database.db),
      demonstrationRoutes({ path, production: false }),
    ],
  });
  await server.listen({ port, host: "127.0.0.1" });
  const begun = performance.now();
  world = await buildDemonstration(origin, path);
  seconds = (performance.now() - begun) / 1000;
}, 120_000);
afterAll(async () => {
  await server?.close();
  await sequencer?.stop();
  await database?.close();
  rmSync(folder, { recursive: true, force: true });
});

const guestTrust = (): Trust => new Trust(new Connection({ base: origin, cookies: "own" }), memoryTrustStore());

async function cli(...line: string[]): Promise<{ exit: number; out: string; err: string }> {
  let [out, err] = ["", ""];
  const exit = await main([...line, "--server", origin, "--home", join(folder, "home")], {
    out: (text) => (out += text),
    err: (text) => (err += text),
    bar: false,
  });
  return { exit, out, err };
}
function as(key: string): string[] {
  const player = world.persons.find((one) => one.key === key);
  writeFileSync(join(folder, `${key}.txt`), `${player?.passphrase}\n`);
  return ["--as", player?.handle ?? "", "--passphrase-file", join(folder, `${key}.txt`)];
}

describe("demonstration world", () => {
  test("is complete, small and invented; its file is for its owner alone", () => {
    console.log(`demonstration built in ${seconds.toFixed(1)} s`);
    expect(world.complete).toBe(true);
    expect(Object.keys(world.dossiers)).toEqual([
      "acute-report",
      "report-in-hand",
      "guest-report",
      "scan-visited",
      "scan-submitted",
      "scan-adopted",
      "help-in-contact",
      "signal-raised",
      "signal-fed-back",
      "question-set",
    ]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    for (const { name, organisation } of world.persons) expect(`${name} ${organisation}`).toMatch(/Demo .*demo-|Demo demo-/);
  });

  test("building again changes nothing; a start that was cut off goes on", async () => {
    expect(await buildDemonstration(origin, path)).toEqual(world);
    const cutOff: DemonstrationFile = {
      ...world,
      complete: false,
      persons: world.persons.map((one) => (one.key === "om" ? { ...one, person: null } : one)),
      desks: Object.fromEntries(Object.entries(world.desks).filter(([key]) => key !== "om" && key !== "research")),
    };
    await writeDemonstration(path, cutOff);
    await buildDemonstration(origin, path);
    expect(await readDemonstration(path)).toMatchObject({ complete: true, desks: world.desks });
  });

  test("once its wave gives out no more tokens the next start states another, with codes of its own, and that one stays", async () => {
    const monitor = (await readDemonstration(path))?.monitor;
    const wave = (await readWaves(guestTrust())).find((one) => one.wave === monitor?.wave);
    if (monitor === undefined || monitor === null || wave === undefined) throw new Error("the demonstration has no wave");
    const closes = Date.parse(wave.closes);
    const inDays = async (days: number) => (await buildDemonstration(origin, path, () => undefined, closes + days * 86_400_000)).monitor;
    expect(await inDays(-1 / 24)).toEqual(monitor);
    const later = await inDays(1);
    expect(later?.wave).toBe(`${monitor.wave}-2`);
    expect(later?.invitations).toHaveLength(monitor.invitations.length);
    const before = new Set(monitor.invitations.map(({ code }) => code));
    expect(later?.invitations.filter(({ code }) => before.has(code))).toEqual([]);
    const next = (await readWaves(guestTrust())).find((one) => one.wave === later?.wave);
    expect(Date.parse(next?.closes ?? "")).toBeGreaterThan(closes + 30 * 86_400_000);
    expect(await inDays(2)).toEqual(later);
    // The rest of this file walks the world as it was built.
    await writeDemonstration(path, { ...world });
  });

  test("GET /api/v1/demonstration gives passphrases, never sheets or the registrar; production has no such route", async () => {
    const answer = await fetch(`${origin}/api/v1/demonstration`);
    const text = await answer.text();
    expect(answer.status, text).toBe(200);
    expect(JSON.parse(text).persons).toHaveLength(players.length);
    // Four of each of two strata; the others stay people who did not answer.
    expect(JSON.parse(text).monitorCodes).toHaveLength(8);
    expect(world.monitor?.invitations).toHaveLength(52);
    expect(text).not.toContain(world.registrar.seed);
    expect(text).not.toContain(world.persons[0]?.sheetCode);
    expect(() => demonstrationRoutes({ path, production: true })).toThrow();
  });

  test("start --production refuses a data directory with a demonstration, and the two flags together", async () => {
    expect(
      await main(["start", "--production", "--demonstration", "--data", join(folder, "leeg")], { out: () => undefined, err: () => undefined, bar: false }),
    ).toBe(1);
    let err = "";
    expect(await main(["start", "--production", "--data", folder], { out: () => undefined, err: (text) => (err += text), bar: false })).toBe(1);
    expect(err).toContain("holds a demonstration world");
  });

  test("the command line lists desks and a worklist, shows phases, exports the adopted scan and a signal; they verify and open with age", async () => {
    expect((await cli("desk", "list", "--organisation", "demo-gemeente")).out).toContain("Veiligheidsdesk Demostad");
    const work = await cli("work", "list", ...as("veiligheid"), "--json");
    expect(work.err).toBe("");
    expect(JSON.parse(work.out).lines).toHaveLength(4);
    const scanId = world.dossiers["scan-adopted"] ?? "";
    const shown = await cli("dossier", "show", scanId, ...as("wethouder"), "--json");
    expect(shown.err).toBe("");
    expect(JSON.parse(shown.out).phase).toBe("adopted");
    expect((await cli("ledger", "pin", "--out", join(folder, "pin.json"))).exit).toBe(0);
    for (const [key, name, dossier] of [
      ["wethouder", "scan", scanId],
      ["werkgever", "deel.zip", scanId],
      // Police, OM and chief prosecutor signed in it: their offices are told from the rosters like those of any other desk.
      ["wethouder", "signaal.zip", world.dossiers["signal-fed-back"] ?? ""],
      // Opened by a member for the ministry's desk, and with an answer of the police under a key of its own.
      ["beleid", "kamervragen.zip", world.dossiers["question-set"] ?? ""],
    ] as const) {
      const exported = await cli("export", dossier, "--out", join(folder, name), ...as(key));
      expect(exported.err).toBe("");
      const verified = await cli("verify", join(folder, name), "--pin", join(folder, "pin.json"), "--json");
      expect(verified.err).toBe("");
      expect(JSON.parse(verified.out).ok).toBe(true);
    }
    const item = readdirSync(join(folder, "scan", "items"))[0] ?? "";
    expect(JSON.parse(execFileSync("age", ["-d", "-i", join(folder, "scan", "key.txt"), join(folder, "scan", "items", item)]).toString())).toMatchObject({
      version: 1,
    });
  }, 60_000);

  test("the set of questions is shown with what is missing, and who was asked for facts sees that alone", async () => {
    const set = world.dossiers["question-set"] ?? "";
    const shown = await cli("question", "show", set, ...as("beleid-tweede"));
    expect(shown.err).toBe("");
    expect(shown.out).toContain("coordination; 2026Z99960");
    expect(shown.out).toContain("the recesses of these days are not in the register");
    expect(shown.out).toContain("before end-coordination: objection (questions 3) (Demorecht (demonstratie))");
    expect(shown.out).toContain("“38” verwijst naar geen bron");
    const asked = await cli("question", "asked", set, ...as("politie"));
    expect(asked.out).toContain("meldingen van doxing");
    expect(asked.out).not.toContain("adres aan");
    const ccv = await cli("question", "answer", set, "--words", "Demonstratie. Uit een eigen budget.", ...as("planner"));
    expect(ccv.err).toBe("");
    expect(ccv.out).toContain("Answered");
    expect((await cli("question", "agree", set, ...as("minister"))).exit).toBe(1);
  }, 60_000);

  test("a guest comes back with the receipt code; the employer does not see the home", async () => {
    writeFileSync(join(folder, "boncode.txt"), `${world.guestReceipt}\n`);
    const guest = await cli("dossier", "show", world.dossiers["guest-report"] ?? "", "--receipt-file", join(folder, "boncode.txt"));
    expect(guest.err).toBe("");
    expect(guest.out).toContain("Mijn partner");
    const employer = await cli("dossier", "show", world.dossiers["scan-adopted"] ?? "", ...as("werkgever"));
    expect(employer.out).toContain("Slot op de achterdeur");
    expect(employer.out).not.toContain("oud slot");
  });

  test("one actor, many victims, by command: agree, start, add, check, list, take back", async () => {
    const dossier = world.dossiers["report-in-hand"] ?? "";
    const desk = as("veiligheid");
    expect((await cli("same-actor", "add", dossier, "--phone", "06-12345678", ...desk)).err).toMatch(
      /has not agreed to this, or took it back \(consent-missing\)/,
    );
    expect((await cli("same-actor", "agree", dossier, "--words", "Dit mag.", ...as("raadslid"))).err).toBe("");
    expect((await cli("same-actor", "start", ...desk)).out).toContain("Version 1");
    writeFileSync(join(folder, "bericht.txt"), "Demonstratie: dit bericht is verzonnen en telt meer dan tien verschillende woorden.\n");
    const added = await cli(
      "same-actor",
      "add",
      dossier,
      "--account",
      "x:@Boze_Demo",
      "--phone",
      "06-12345678",
      "--text-file",
      join(folder, "bericht.txt"),
      ...desk,
    );
    expect(added.err).toBe("");
    expect(added.out).toContain("x:boze_demo: found at no other desk");
    expect(added.out).toContain("+31612345678: found at no other desk");
    expect((await cli("same-actor", "check", "--account", "boze_demo", ...desk)).err).toMatch(/--account is PLATFORM:NAME/);
    expect((await cli("same-actor", "check", "--phone", "12", ...desk)).err).toMatch(/not a whole telephone number \(input-malformed\)/);
    const list = JSON.parse((await cli("same-actor", "list", ...desk, "--json")).out) as { contributions: { id: string; others: string }[] };
    expect(list.contributions.map(({ others }) => others)).toEqual(["none", "none", "none"]);
    expect((await cli("same-actor", "withdraw", list.contributions[0]?.id ?? "", ...desk)).out).toContain("counts for nobody");
    expect((await cli("same-actor", "list", ...desk)).out.trim().split("\n")).toEqual([
      expect.anything(),
      expect.anything(),
      expect.stringMatching(/same-actor tidy$/),
    ]);
    expect((await cli("same-actor", "tidy", ...desk)).out).toContain("0 taken back");
    expect((await cli("same-actor", "start", ...desk)).err).toMatch(/there is a network key already \(version 1\)/);
    expect((await cli("same-actor", "start", "--next", ...desk)).out).toContain("Version 2");
    expect((await cli("same-actor", "renew", ...desk)).out).toContain("2 made anew");
    expect((await cli("same-actor", "list", ...as("politie"))).err).toMatch(/you are in no safety desk/);
  }, 60_000);

  test("help by command: a guest asks, the team takes it up and proposes a date, the guest sets it; what is taken along verifies", async () => {
    const codeFile = join(folder, "hulpcode.txt");
    const asked = await cli(
      "support",
      "ask",
      "--words",
      "Demonstratie: ik wil iemand spreken",
      "--who",
      "councillor",
      "--guest",
      "--receipt-code-file",
      codeFile,
      "--json",
    );
    expect(asked.err).toBe("");
    const { dossier }: { readonly dossier: string } = JSON.parse(asked.out);
    const back = ["--receipt-file", codeFile];
    const team = as("ondersteuning");
    expect(JSON.parse((await cli("work", "list", ...team, "--json")).out).lines.map(({ id }: { readonly id: string }) => id)).toContain(dossier);
    for (const line of [
      ["support", "take-up", dossier, "--words", "Demonstratie: wij bellen u.", ...team],
      ["support", "offer", dossier, "--by", "peer", "--name", "Anna Demo", "--how", "Anna belt morgen", ...team],
      ["support", "aftercare", dossier, "--on", "2099-01-05", "--words", "Terugkijken", ...team],
    ])
      expect((await cli(...line)).err, line.join(" ")).toBe("");
    const plan = async (): Promise<{
      readonly dates: readonly { readonly id: string; readonly on: string }[];
      readonly proposed: readonly { readonly id: string }[];
    }> => JSON.parse((await cli("support", "aftercare", dossier, ...back, "--json")).out);
    const { dates, proposed } = await plan();
    expect([dates, proposed]).toMatchObject([[], [{ on: "2099-01-05" }]]);
    expect((await cli("support", "aftercare", dossier, "--on", "2099-02-01", "--words", "Even bellen", "--remove", proposed[0]?.id ?? "", ...back)).err).toBe(
      "",
    );
    expect(await plan()).toMatchObject({ dates: [{ on: "2099-02-01" }], proposed: [] });
    expect((await cli("support", "close", dossier, "--outcome", "helped", "--words", "Demonstratie: tot ziens.", ...team)).err).toBe("");
    expect((await cli("support", "reopen", dossier, "--words", "Demonstratie: toch nog iets.", ...back)).err).toBe("");
    expect((await cli("export", dossier, "--out", join(folder, "hulp.zip"), ...back)).err).toBe("");
    expect((await cli("ledger", "pin", "--out", join(folder, "hulp-pin.json"))).exit).toBe(0);
    const verified = await cli("verify", join(folder, "hulp.zip"), "--pin", join(folder, "hulp-pin.json"), "--json");
    expect(JSON.parse(verified.out)).toMatchObject({ ok: true });
  }, 60_000);

  test("the wrong passphrase is one line that does not say which of the two was wrong", async () => {
    writeFileSync(join(folder, "fout.txt"), "iets heel anders dan de wachtzin\n");
    const { exit, err } = await cli("dossier", "list", "--as", world.persons[0]?.handle ?? "", "--passphrase-file", join(folder, "fout.txt"));
    expect(exit).toBe(1);
    expect(err).toMatch(/^rugdekking: This name and this secret do not belong together \(not-found\); .*\n$/);
    expect(readFileSync(join(folder, "fout.txt"), "utf8")).toContain("anders");
  });
});
