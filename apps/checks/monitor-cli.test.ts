/** A wave by command line as a research desk runs it: frame, opening (cut off and taken up again), fieldwork, reminders, answers. Real HTTP, real database; everybody invented. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { invitationProof, toBase64Url } from "@rugdekking/seal";
import { parseCsv } from "@rugdekking/survey";
import { loadQuestionnaire } from "#registers/questionnaires/index.ts";
import { main } from "#apps/cli/rugdekking.ts";
import { createDesk } from "#services/directory/client/index.ts";
import { giveAnswer, readWave, respondentConnection, type Wave } from "#services/monitor/client/index.ts";
import { keyOf } from "#services/monitor/client/waves.ts";
import type { AnswerRecord } from "#services/monitor/contract/answer-record.ts";
import { TokenAnswer } from "#services/monitor/contract/index.ts";
import { recordOf, roadOf, type Answers, type Asking } from "#services/monitor/questionnaire/index.ts";
import { quickRequest } from "./quick-blinding.ts";
import { openStage, type TestStage } from "./stage.ts";

const folder = mkdtempSync(join(tmpdir(), "rugdekking-monitor-"));
const at = (name: string): string => join(folder, name);
const day = 86_400_000;
const passphrase = "anker bloem citroen dorp emmer fakkel";
let stage: TestStage;
let offset = 0;
let shownFrame = "";

interface Ran {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}
async function run(...line: string[]): Promise<Ran> {
  let [out, err] = ["", ""];
  const there = line.includes("--as") ? ["--server", stage.house.url, "--home", at("home")] : [];
  const exit = await main([...line, ...there], {
    out: (text) => (out += text),
    err: (text) => (err += text),
    bar: false,
  });
  return { exit, out, err };
}
const signed = ["--as", "onderzoek@demostad.example.nl", "--passphrase-file", at("wachtzin.txt")];
const days = (n: number): string => new Date(Date.now() + n * day).toISOString();

/** Invented: councillors who are a crowd, and aldermen and mayors who are one only together. Telephone numbers keep their zero. */
const people = [
  ...Array.from({ length: 30 }, (_, n) => ["Raadslid", `Demo ${n}`]),
  ...Array.from({ length: 7 }, (_, n) => ["Wethouder", `Demo ${30 + n}`]),
  ...Array.from({ length: 5 }, (_, n) => ["Burgemeester", `Demo ${37 + n}`]),
];
const frame = `Naam;Telefoon;Functie;Organisatietype;Provincie;Grootteklasse\n${people.map(([office, name], n) => `${name};060000${String(1000 + n)};${office};Gemeente;Utrecht;20-50`).join("\n")}\n`;

const opening = (): string[] => [
  ...`monitor open ${at("kader.csv")} --wave 2026-proef --questionnaire monitor@1 --opens ${opens} --closes ${closes} --ends ${ends}`.split(" "),
  ...`--out ${at("uitnodigingen.csv")} --site https://monitor.example.nl/`.split(" "),
  ...signed,
];
const [opens, closes, ends] = [days(-0.001), days(7), days(9)];

interface Invitation {
  readonly code: string;
  readonly stratum: string;
  readonly name: string;
}
function invitations(path: string): Invitation[] {
  const read = parseCsv(readFileSync(path, "utf8"), { verbatim: true });
  const text = (column: string, row: number): string => {
    const found = read.columns.get(column);
    return found?.kind === "category" ? (found.levels[found.codes[row] ?? -1] ?? "") : "";
  };
  return Array.from({ length: read.rows }, (_, row) => ({ code: text("code", row), stratum: text("stratum", row), name: text("Naam", row) }));
}

async function record(): Promise<AnswerRecord> {
  const questionnaire = await loadQuestionnaire("monitor", 1);
  if (questionnaire === null) throw new Error("no questionnaire");
  const asking: Asking = { questionnaire, recallMonths: 12, details: false };
  let answers: Answers = {};
  for (let open = roadOf(asking, answers).questions; open.some(({ id }) => answers[id] === undefined); open = roadOf(asking, answers).questions)
    answers = { ...answers, ...Object.fromEntries(open.map(({ id }) => [id, answers[id] ?? "skipped"])) };
  return recordOf(asking, answers);
}

/** Collects a token, and answers with it unless told not to. */
async function takePart(wave: Wave, { code, stratum }: Invitation, answer: AnswerRecord | null): Promise<void> {
  const connection = respondentConnection(stage.house.url);
  const { blinded, finish } = quickRequest(await keyOf(wave, stratum));
  const proof = toBase64Url(invitationProof(code, wave.wave));
  const { signature } = await connection.post(
    `/api/v1/monitor/waves/${wave.wave}/tokens`,
    { proof, blinded: toBase64Url(Uint8Array.from(blinded)) },
    TokenAnswer,
  );
  if (answer !== null) await giveAnswer(connection, wave, finish(Buffer.from(signature, "base64url")), answer);
}

beforeAll(async () => {
  chmodSync(folder, 0o711);
  stage = await openStage({ extras: { clock: () => new Date(Date.now() + offset) } });
  writeFileSync(at("wachtzin.txt"), `${passphrase}\n`);
  writeFileSync(at("kader.csv"), frame);
  const person = await stage.enrolWithPassphrase("onderzoek@demostad.example.nl", passphrase);
  await createDesk(stage.connect().trust, {
    registrar: stage.registrar,
    organisation: "bzk",
    name: "Demo onderzoek",
    function: "research",
    members: [{ person, name: "Demo Onderzoeker", office: "onderzoek", lead: true }],
  });
}, 120_000);
afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("rugdekking monitor", { timeout: 120_000 }, () => {
  it("shows the strata of a frame without a server, and says where a frame is wrong", async () => {
    const shown = await main(["monitor", "frame", at("kader.csv"), "--sample", "20", "--json"], {
      out: (text) => (shownFrame += text),
      err: () => undefined,
      bar: false,
    });
    expect(shown).toBe(0);
    expect(JSON.parse(shownFrame)).toMatchObject({
      people: 42,
      invited: 24,
      strata: [
        { stratum: "overig/gemeente/utrecht/20-50", population: 12, invited: 10, joined: 2 },
        { stratum: "raadslid/gemeente/utrecht/20-50", population: 30, invited: 14, joined: 1 },
      ],
    });
    writeFileSync(at("stuk.csv"), frame.replace("Demo 3;0600001003;Raadslid", "Demo 3;0600001003;"));
    const { exit, err } = await run("monitor", "frame", at("stuk.csv"));
    expect([exit, err]).toEqual([1, expect.stringContaining('stuk.csv: line 5, column "Functie": nothing stands here')]);
  });

  it("opens a wave; cut off after the file was written it goes on with the same codes", async () => {
    for (const [option, value, message] of [
      ["--questionnaire", "monitor@9", /there is no questionnaire "monitor@9"/u],
      ["--ends", closes, /--ends is less than 24 hours after --closes/u],
      ["--opens", "morgen", /--opens "morgen" is no day and no moment/u],
    ] as const) {
      const line = opening();
      line[line.indexOf(option) + 1] = value;
      expect(await run(...line)).toMatchObject({ exit: 1, err: expect.stringMatching(message) });
    }
    expect(existsSync(at("uitnodigingen.csv"))).toBe(false);
    // The database refuses invitations: the wave stands, the file is there, and nothing is lost.
    const { db } = stage.database;
    await db.schema.alterTable("monitor_invitation").renameTo("monitor_away").execute();
    expect((await run(...opening())).exit).toBe(2);
    await db.schema.alterTable("monitor_away").renameTo("monitor_invitation").execute();
    const before = invitations(at("uitnodigingen.csv"));
    const opened = await run(...opening());
    expect(opened).toMatchObject({ exit: 0, err: "", out: expect.stringContaining("2 strata, 42 invitations") });
    expect(invitations(at("uitnodigingen.csv"))).toEqual(before);
    expect(before.map(({ name }) => name)).toEqual(people.map(([, name]) => name));
    expect(new Set(before.map(({ code }) => code)).size).toBe(42);
    expect(statSync(at("uitnodigingen.csv")).mode & 0o777).toBe(0o600);
    expect(readFileSync(at("uitnodigingen.csv"), "utf8").split("\r\n")[1]).toMatch(
      /^Demo 0;0600001000;Raadslid;Gemeente;Utrecht;20-50;2026-proef;raadslid\/gemeente\/utrecht\/20-50;([A-Z0-9-]+);https:\/\/monitor\.example\.nl\/monitor#\1$/u,
    );
    // With another frame, or without the file, it does not go on as if it were the same.
    writeFileSync(at("ander.csv"), `${frame}Demo 99;;Raadslid;Gemeente;Utrecht;20-50\n`);
    expect((await run(...opening().map((word) => (word === at("kader.csv") ? at("ander.csv") : word)))).err).toMatch(
      /has 30 invitations in stratum .* and this frame gives 31/u,
    );
    expect((await run(...opening().map((word) => (word === at("uitnodigingen.csv") ? at("weg.csv") : word)))).err).toMatch(
      /was stated already, and .*weg\.csv/u,
    );
  });

  it("shows the fieldwork with margins, tells no number under five, and reminds who has no token", async () => {
    const wave = await readWave(stage.connect().trust, "2026-proef");
    const list = invitations(at("uitnodigingen.csv"));
    const answer = await record();
    for (const [place, invitation] of list.slice(0, 13).entries()) await takePart(wave, invitation, place < 12 ? answer : null);
    for (const invitation of list.slice(-3)) await takePart(wave, invitation, answer);
    const shown = await run("monitor", "fieldwork", "2026-proef", ...signed);
    expect(shown.err).toBe("");
    expect(shown.out).toMatch(/^raadslid\/gemeente\/utrecht\/20-50 +30 +30 +13 +12 +40\.0 % \(24\.6 to 57\.7\) +± 22\.3$/mu);
    expect(shown.out).toMatch(/^overig\/gemeente\/utrecht\/20-50 +12 +12 +3 +under 5$/mu);
    expect(shown.out).toMatch(/^all +42 +42 +16 +at least 12 /mu);
    expect(shown.out).toContain("Too thin to publish by themselves: overig/gemeente/utrecht/20-50.");
    const reminded = await run("monitor", "remind", "2026-proef", at("uitnodigingen.csv"), "--out", at("herinnering.csv"), ...signed);
    expect(reminded).toMatchObject({ exit: 0, err: "", out: expect.stringContaining("26 of 42 invitations") });
    expect(invitations(at("herinnering.csv"))).toEqual(list.slice(13, -3));
    const whole = ["--all", "--stratum", "overig/gemeente/utrecht/20-50", "--out", at("allen.csv")];
    expect((await run("monitor", "remind", "2026-proef", at("uitnodigingen.csv"), ...whole, ...signed)).exit).toBe(0);
    expect(invitations(at("allen.csv"))).toEqual(list.slice(-12));
    expect((await run("monitor", "remind", "2026-proef", at("herinnering.csv"), "--out", at("herinnering.csv"), ...signed)).err).toMatch(/exists already/u);
  });

  it("opens the answers after the end and not before, and counts those that do not open or do not fit", async () => {
    const answers = async (): Promise<Ran> => await run("monitor", "answers", "2026-proef", "--out", at("antwoorden.json"), "--json", ...signed);
    expect(await answers()).toMatchObject({ exit: 1, out: expect.stringContaining("phase-forbidden") });
    expect(existsSync(at("antwoorden.json"))).toBe(false);
    const wave = await readWave(stage.connect().trust, "2026-proef");
    const list = invitations(at("uitnodigingen.csv"));
    const strange = { questionnaire: { set: "monitor", version: 1 }, recallMonths: 12 as const, details: false, answers: { "no-such-question": "yes" } };
    await takePart(wave, list[14] ?? { code: "", stratum: "", name: "" }, strange);
    // A byte of one sealed answer is altered, as a bad disk or a bad operator would.
    await sql`UPDATE monitor_inbox SET sealed = set_byte(sealed, 4000, (get_byte(sealed, 4000) + 1) % 256)
      WHERE id = (SELECT min(id::text)::uuid FROM monitor_inbox WHERE stratum LIKE 'overig%')`.execute(stage.database.db);
    offset = 10 * day;
    const opened = await answers();
    expect(opened.err).toBe("");
    expect(JSON.parse(opened.out)).toMatchObject({ answers: 16, usable: 14, unopened: 1, misfit: 1 });
    expect(statSync(at("antwoorden.json")).mode & 0o777).toBe(0o600);
    const file: { readonly strata: readonly unknown[]; readonly answers: readonly { readonly stratum: string; readonly record: unknown }[] } = JSON.parse(
      readFileSync(at("antwoorden.json"), "utf8"),
    );
    expect(file).toMatchObject({ version: 1, wave: "2026-proef", opens, ends, invented: false });
    expect(file.strata).toHaveLength(2);
    expect(file.answers.filter(({ record: one }) => one === null)).toHaveLength(2);
    expect(file.answers[0]?.stratum).toBe("overig/gemeente/utrecht/20-50");
    // A second look needs another name: nothing is overwritten.
    expect((await answers()).exit).toBe(1);
    const after = await run("monitor", "fieldwork", "2026-proef", ...signed);
    expect(after.out).toMatch(/^all +42 +42 +17 +16 /mu);
  });
});
