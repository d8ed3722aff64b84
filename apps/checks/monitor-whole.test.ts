/**
 * The Monitor in one piece: codes, blind tokens and sealed answers through the real API, opened by the desk's own command, published by the next one from that very file, cleared by a second member. What comes out is
 * held against numbers that are counted here from the answers as they were given. Everybody invented.
 * RUGDEKKING_WAVE_ANSWERS sets how many answer (200 by day, of fewer strata; 4,500 of 12,000 invited in 40 strata at night).
 */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Parse } from "typebox/value";
import { afterAll, beforeAll, expect, it } from "vitest";
import { generateInvitationCode, invitationProof, toBase64Url } from "@rugdekking/seal";
import { main } from "#apps/cli/rugdekking.ts";
import { publicationRules } from "#registers/publications/index.ts";
import { loadQuestionnaire } from "#registers/questionnaires/index.ts";
import { questionnaireDigest } from "#apps/cli/questionnaire-file.ts";
import { createDesk } from "#services/directory/client/index.ts";
import { addInvitations, giveAnswer, respondentConnection, stateWave } from "#services/monitor/client/index.ts";
import { keyOf } from "#services/monitor/client/waves.ts";
import { AnswerRecord } from "#services/monitor/contract/answer-record.ts";
import { stratumName, TokenAnswer } from "#services/monitor/contract/index.ts";
import { Publication } from "#services/monitor/contract/publication.ts";
import { inventedStrata, inventedWave } from "#services/monitor/publication/testing-answers.ts";
import { quickRequest } from "./quick-blinding.ts";
import { openStage, type TestStage } from "./stage.ts";

const answering = Number(process.env["RUGDEKKING_WAVE_ANSWERS"] ?? (process.env["RUGDEKKING_NIGHTLY"] === "1" ? 4_500 : 200));
const whole = answering >= 4_500;
const day = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), "rugdekking-whole-"));
const at = (name: string): string => join(folder, name);
const passphrase = "anker bloem citroen dorp emmer fakkel";
let stage: TestStage;
let offset = 0;

/** By day five strata of which one has too few answers to be shown. */
function strataToday(): ReturnType<typeof inventedStrata> {
  if (whole) return inventedStrata();
  const some = inventedStrata().filter(
    ({ key }) => (key.function === "raadslid" && key.province === "utrecht") || ["burgemeester", "statenlid", "gedeputeerde"].includes(key.function),
  );
  const all = some.reduce((sum, one) => sum + one.answering, 0);
  return some.map((one) => ({
    ...one,
    answering: one.key.function === "gedeputeerde" ? 8 : Math.round((one.answering * answering) / all),
    invited: Math.max(10, Math.round((one.invited * answering) / all)),
    population: Math.max(12, Math.round((one.population * answering) / all)),
  }));
}

const run = async (...line: string[]): Promise<{ readonly exit: number; readonly out: string; readonly err: string }> => {
  let [out, err] = ["", ""];
  const there = line.includes("--as") ? ["--server", stage.house.url, "--home", at("home"), "--passphrase-file", at("wachtzin.txt")] : [];
  const exit = await main([...line, ...there], { out: (text) => void (out += text), err: (text) => void (err += text), bar: false });
  return { exit, out, err };
};

/** Someone of the desk who can sign in by command. */
const member = async (handle: string): Promise<string> => await stage.enrolWithPassphrase(handle, passphrase);

/** Whether someone met with a form of aggression, as the questionnaire puts it; counted here without the program's own rules. */
const met = ({ answers }: AnswerRecord): boolean =>
  ["verbal", "threat", "physical", "discrimination", "sexual", "doxing"].some((form) => ["once", "few", "monthly", "weekly"].includes(String(answers[form])));

beforeAll(async () => {
  chmodSync(folder, 0o711);
  writeFileSync(at("wachtzin.txt"), `${passphrase}\n`);
  stage = await openStage({ extras: { clock: () => new Date(Date.now() + offset) } });
}, 120_000);
afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true, force: true });
});

it("comes from answers on respondents' devices to cleared figures that are right and tell nothing of few", { timeout: 1_800_000 }, async () => {
  const questionnaire = await loadQuestionnaire("monitor", 1);
  const [rules] = publicationRules;
  if (questionnaire === null || rules === undefined) throw new Error("no questionnaire");
  const lead = await stage.enrol("lead@demostad.example.nl");
  const stater = await lead();
  const [maker, clearer] = [await member("maker@demostad.example.nl"), await member("tweede@demostad.example.nl")];
  const of = (person: string, name: string, leads: boolean) => ({ person, name, office: "onderzoek", lead: leads });
  const { id: desk } = await createDesk(stage.connect().trust, {
    registrar: stage.registrar,
    organisation: "bzk",
    name: "Demo onderzoek",
    function: "research",
    members: [of(stater.person.person, "Demo Lead", true), of(maker, "Demo Maker", false), of(clearer, "Demo Tweede", false)],
  });
  const strata = strataToday();
  const moment = (days: number): string => new Date(Date.now() + days * day).toISOString();
  const title = { nl: "Proefmeting", en: "Trial", fy: "Proefmjitting" };
  const wave = await stateWave(await lead(), {
    desk,
    wave: "2026",
    title,
    questionnaire: { set: "monitor", version: 1, digest: await questionnaireDigest("monitor", 1) },
    recallMonths: 12,
    labels: {},
    opens: moment(-0.0001),
    closes: moment(7),
    ends: moment(9),
    strata: strata.map(({ key, population, invited }) => ({ key, population, invited })),
  });
  const codes = strata.flatMap(({ key, invited }) => Array.from({ length: invited }, () => ({ code: generateInvitationCode(), stratum: stratumName(key) })));
  await addInvitations(await lead(), wave.wave, codes);

  // What people answer is invented; from here on nothing of it reaches the desk but through their devices.
  const given = inventedWave(questionnaire, 7, undefined, strata).answers.map(({ stratum, record }) => ({ stratum, record: Parse(AnswerRecord, record) }));
  const unused = Map.groupBy(codes, ({ stratum }) => stratum);
  const connection = respondentConnection(stage.house.url);
  for (const [place, { stratum, record }] of given.entries()) {
    const code = unused.get(stratum)?.pop()?.code ?? "";
    const { blinded, finish } = quickRequest(await keyOf(wave, stratum));
    const proof = toBase64Url(invitationProof(code, wave.wave));
    const { signature } = await connection.post(
      `/api/v1/monitor/waves/${wave.wave}/tokens`,
      { proof, blinded: toBase64Url(Uint8Array.from(blinded)) },
      TokenAnswer,
    );
    expect(await giveAnswer(connection, wave, finish(Buffer.from(signature, "base64url")), record)).toBe("accepted");
    if (place % 200 === 199) await stage.house.sweep();
  }

  offset = 10 * day;
  const [asMaker, asClearer] = [
    ["--as", "maker@demostad.example.nl"],
    ["--as", "tweede@demostad.example.nl"],
  ] as const;
  expect(await run("monitor", "answers", "2026", "--out", at("antwoorden.json"), ...asMaker)).toMatchObject({ exit: 0, err: "" });
  const file: { readonly answers: readonly { readonly stratum: string; readonly record: unknown }[] } = JSON.parse(readFileSync(at("antwoorden.json"), "utf8"));
  const lines = (list: readonly { readonly stratum: string; readonly record: unknown }[]): string[] =>
    list.map(({ stratum, record }) => JSON.stringify([stratum, Parse(AnswerRecord, record).answers], (_, value: unknown) => value)).toSorted();
  expect(lines(file.answers)).toEqual(lines(given));

  const publish = {
    out: at("pub"),
    earlier: at("eerder.json"),
    on: "2026-12-17",
    publisher: "Onderzoeksteam",
    "publisher-id": "https://example.nl/id",
    contact: "onderzoek@example.nl",
    site: "https://example.nl/m/",
  };
  const options = Object.entries(publish).flatMap(([name, value]) => [`--${name}`, value]);
  const published = await run("monitor", "publish", at("antwoorden.json"), "--first", ...options);
  expect([published.exit, published.err]).toEqual([0, ""]);
  const text = readFileSync(at("pub/publication.json"), "utf8");
  const publication = Parse(Publication, JSON.parse(text));
  expect(publication.invented).toBe(false);

  // By hand: in each stratum the share that met with aggression, times who is in office there; for everybody, and for every office that is shown.
  const population = strata.reduce((sum, one) => sum + one.population, 0);
  const counted = (office: string | null): number => {
    const own = strata.filter(({ key }) => office === null || key.function === office);
    const meeting = own.reduce((sum, { key, population: people }) => {
      const answers = given.filter(({ stratum }) => stratum === stratumName(key));
      return sum + (people * answers.filter(({ record }) => met(record)).length) / answers.length;
    }, 0);
    return (100 * meeting) / own.reduce((sum, one) => sum + one.population, 0);
  };
  const held: string[] = [];
  for (const office of [null, ...new Set(strata.map(({ key }) => key.function))]) {
    const figure = publication.figures.find(({ id }) => id === `monitor-2026-1/any_aggression/${office === null ? "alle" : `function=${office}`}`);
    if (figure?.shown === undefined || figure.shown === null) continue;
    held.push(office ?? "alle");
    expect(figure.shown.low).toBeLessThan(counted(office));
    expect(figure.shown.high).toBeGreaterThan(counted(office));
    // Half a percent is the rounding; bringing weights to the margins of the frame moves them by little.
    expect(Math.abs(figure.shown.percent - counted(office)), figure.id).toBeLessThanOrEqual(1);
  }
  expect(held).toEqual(expect.arrayContaining(whole ? ["alle", "raadslid", "wethouder", "burgemeester"] : ["raadslid", "statenlid"]));
  expect(publication.method).toMatchObject({ population, invited: codes.length, unreadable: 0, strata: strata.length });

  // By hand: no office with fewer answers than the minimum is told, in no indicator and no file.
  const offices = Map.groupBy(given, ({ stratum }) => stratum.split("/")[0] ?? "");
  const few = [...offices].filter(([, own]) => own.length < rules.minimum).map(([office]) => office);
  if (!whole) expect(few).toEqual(["gedeputeerde"]);
  const tables = readFileSync(at("pub/tabel-function.csv"), "utf8").split(/\r?\n/u);
  for (const office of few) {
    const own = publication.figures.filter(({ group }) => group["function"] === office);
    expect(own.length).toBeGreaterThan(0);
    for (const figure of own) expect([figure.id, figure.shown]).toEqual([figure.id, null]);
    // A province with that office as the only one of its group would be told by subtraction.
    expect(publication.figures.some(({ shown: told, group }) => told !== null && group["function"] === "provincie")).toBe(false);
    for (const line of tables.filter((one) => one.includes(`function=${office}`))) expect(line).not.toMatch(/,\d+,\d+,\d+/u);
  }
  for (const figure of publication.figures) if (figure.shown !== null) expect(figure.shown.n).toBeGreaterThanOrEqual(rules.minimum);

  const files = readdirSync(at("pub"));
  for (const name of ["rapport.pdf", "tabel-alle.csv", "codeboek.csv", "catalogus.jsonld"]) expect(files).toContain(name);
  expect(files.some((name) => name.startsWith("function-") && name.endsWith(".pdf"))).toBe(true);

  // Nobody lets out what they made, and what nobody let out is not laid where the server hands it out.
  const place = ["monitor", "place", at("pub"), "--data", at("data"), "--server", stage.house.url, "--home", at("home")];
  expect(await run("monitor", "made", at("pub"), "--desk", desk, ...asMaker)).toMatchObject({ exit: 0, err: "" });
  expect((await run("monitor", "clear", at("pub"), ...asMaker)).exit).toBe(1);
  expect(await run(...place)).toMatchObject({ exit: 1 });
  expect(await run("monitor", "clear", at("pub"), ...asClearer)).toMatchObject({ exit: 0, err: "" });
  expect(await run("monitor", "check", at("pub"), "--server", stage.house.url, "--home", at("home"))).toMatchObject({ exit: 0, err: "" });
  expect(await run(...place)).toMatchObject({ exit: 0, err: "" });
  expect(readFileSync(at("data/publications/monitor-2026-1/publication.json"), "utf8")).toBe(text);
});
