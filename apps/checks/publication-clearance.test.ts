/** Design law 4 for figures: who made a publication signs that, another member of the research desk clears it, both over every file of it; over a real house with real rosters. Run by vitest only. */
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signStatement } from "@rugdekking/seal";
import { readStatement } from "@rugdekking/seal/verify";
import { manifestOf } from "#apps/cli/publication-folder.ts";
import { main } from "#apps/cli/rugdekking.ts";
import { publicationRules } from "#registers/publications/index.ts";
import { loadQuestionnaire } from "#registers/questionnaires/index.ts";
import { checkClearance, clearPublication, createDesk, signMade, type Session } from "#services/directory/client/index.ts";
import type { Envelope } from "#services/directory/contract/index.ts";
import { monitorStatements } from "#services/monitor/client/index.ts";
import { publicationMadeStatement, publicationStatement } from "#services/monitor/contract/publication.ts";
import { makePublication, nothingEarlier } from "#services/monitor/publication/index.ts";
import { inventedStrata, inventedWave } from "#services/monitor/publication/testing-answers.ts";
import { openStage, type TestStage } from "./stage.ts";

let stage: TestStage;
let [maker, clearer, stranger]: Session[] = [];
let desk: string;
let made: Envelope;
let envelope: Envelope;
const listOf = (publication: string, digest: string): Uint8Array =>
  new TextEncoder().encode(JSON.stringify({ version: 1, publication, wave: "2026", files: [{ name: "publication.json", digest: digest.repeat(43) }] }));
const file = listOf("monitor-2026-1", "A");

const of = (session: Session | undefined): Session => {
  if (session === undefined) throw new Error("no session");
  return session;
};
const order = () => ({ manifest: file, made });
const both = (clearance = envelope) => ({ clearance, made });
/** A statement signed past the rules of this room. */
async function forged(type: string, envelopeOf: Envelope, session: Session, changes: object): Promise<Envelope> {
  const payload = readStatement(envelopeOf);
  return await signStatement(type, { ...(typeof payload === "object" && payload !== null ? payload : {}), ...changes }, session.person.sign);
}

beforeAll(async () => {
  stage = await openStage();
  const enrol = async (name: string): Promise<Session> => await (await stage.enrol(`${name}@demostad.example.nl`))();
  maker = await enrol("maker");
  clearer = await enrol("tweede");
  stranger = await enrol("vreemde");
  const member = (session: Session, name: string, lead: boolean) => ({ person: session.person.person, name, office: "onderzoek", lead });
  ({ id: desk } = await createDesk(stage.connect().trust, {
    registrar: stage.registrar,
    organisation: "bzk",
    name: "Demo onderzoek",
    function: "research",
    members: [member(maker, "Demo Maker", true), member(clearer, "Demo Tweede", false)],
  }));
  made = await signMade(maker, monitorStatements, { manifest: file, desk }, new Date());
  envelope = await clearPublication(clearer, monitorStatements, order(), new Date());
}, 120_000);
afterAll(async () => await stage.close());

describe("a publication", () => {
  it("that another member of the desk cleared checks for anyone, by name of both", async () => {
    const payload = await checkClearance(stage.connect().trust, monitorStatements, both(), file);
    expect(payload).toMatchObject({ publication: "monitor-2026-1", by: of(clearer).person.person, madeBy: of(maker).person.person });
  });
  it("is not cleared by who made it, nor by someone outside the desk", async () => {
    await expect(clearPublication(of(maker), monitorStatements, order(), new Date())).rejects.toMatchObject({ code: "role-forbidden" });
    await expect(clearPublication(of(stranger), monitorStatements, order(), new Date())).rejects.toMatchObject({ code: "role-forbidden" });
    await expect(signMade(of(stranger), monitorStatements, { manifest: file, desk }, new Date())).rejects.toMatchObject({ code: "role-forbidden" });
    const byStranger = await forged(publicationMadeStatement, made, of(stranger), { by: of(stranger).person.person });
    await expect(clearPublication(of(clearer), monitorStatements, { ...order(), made: byStranger }, new Date())).rejects.toMatchObject({
      code: "role-forbidden",
    });
  });
  it("is not cleared by its maker under another's name: who is said to have made it has signed that", async () => {
    const lent = await forged(publicationMadeStatement, made, of(maker), { by: of(clearer).person.person });
    await expect(clearPublication(of(maker), monitorStatements, { ...order(), made: lent }, new Date())).rejects.toMatchObject({ code: "signature-invalid" });
    const cleared = await forged(publicationStatement, envelope, of(maker), { by: of(maker).person.person, madeBy: of(clearer).person.person });
    for (const statement of [made, lent])
      await expect(checkClearance(stage.connect().trust, monitorStatements, { clearance: cleared, made: statement }, file)).rejects.toMatchObject({
        code: "signature-invalid",
      });
  });
  it("of which a file, the name or the wave is another is refused", async () => {
    const { trust } = stage.connect();
    for (const other of [listOf("monitor-2026-1", "B"), listOf("monitor-2026-2", "A")])
      await expect(checkClearance(trust, monitorStatements, both(), other)).rejects.toMatchObject({ code: "signature-invalid" });
    for (const changes of [{ publication: "monitor-2026-2" }, { wave: "2028" }]) {
      const other = await forged(publicationStatement, envelope, of(clearer), changes);
      await expect(checkClearance(trust, monitorStatements, both(other), file)).rejects.toMatchObject({ code: "signature-invalid" });
    }
  });
  it("of which one byte is another is refused", async () => {
    const changed = Uint8Array.from(file, (byte, at) => (at === 8 ? byte ^ 1 : byte));
    await expect(checkClearance(stage.connect().trust, monitorStatements, both(), changed)).rejects.toMatchObject({ code: "signature-invalid" });
  });
  it("that was signed past these rules is refused by whoever checks", async () => {
    const { trust } = stage.connect();
    for (const wrong of [
      await forged(publicationStatement, envelope, of(maker), { by: of(maker).person.person }),
      await forged(publicationStatement, envelope, of(stranger), { by: of(stranger).person.person }),
      await forged(publicationStatement, envelope, of(stranger), {}),
    ])
      await expect(checkClearance(trust, monitorStatements, both(wrong), file)).rejects.toMatchObject({ code: "signature-invalid" });
  });
});

describe("a folder with a publication of real answers", () => {
  let folder: string;
  const at = (name: string): string => join(folder, name);
  const run = async (...line: string[]) => {
    let [out, err] = ["", ""];
    const there = ["--server", stage.house.url, "--home", at("home")];
    const exit = await main([...line, ...there], { out: (text) => void (out += text), err: (text) => void (err += text), bar: false });
    return { exit, out, err };
  };
  /** Every command that is only for what was cleared, one after the other. */
  const each = async () => [
    await run("monitor", "check", at("pub")),
    await run("monitor", "place", at("pub"), "--data", at("data")),
    await run("monitor", "cite", at("pub/publication.json"), "monitor-2026-1/any_aggression/alle"),
  ];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "rugdekking-cleared-"));
    const questionnaire = await loadQuestionnaire("monitor", 1);
    const [rules] = publicationRules;
    if (questionnaire === null || rules === undefined) throw new Error("no questionnaire");
    const few = { ...rules, tables: [{ indicators: [], by: [] }] };
    const strata = inventedStrata().filter(({ key }) => key.function === "raadslid" && key.province === "utrecht");
    const wave = { ...inventedWave(questionnaire, 3, undefined, strata), invented: false };
    const { publication } = makePublication({ answers: wave, questionnaire, rules: few, earlier: nothingEarlier, edition: 1, on: "2026-12-17" });
    const text = (name: string, content: string) => ({ name, bytes: new TextEncoder().encode(content) });
    const files = [text("publication.json", JSON.stringify(publication)), text("tabel-alle.csv", "figure\r\n")];
    const manifest = await manifestOf(publication, files);
    await mkdir(at("pub"));
    for (const { name, bytes } of [...files, { name: "inhoud.json", bytes: manifest }]) await writeFile(at(`pub/${name}`), bytes);
    made = await signMade(of(maker), monitorStatements, { manifest, desk }, new Date());
    envelope = await clearPublication(of(clearer), monitorStatements, { manifest, made }, new Date());
  });
  afterAll(async () => await rm(folder, { recursive: true, force: true }));

  it("is neither laid out nor cited without both statements, nor with one that only looks like it", async () => {
    const nowhere = async () => expect(await readdir(at("data/publications")).catch(() => [])).toEqual([]);
    for (const { exit, err } of await each()) expect([exit, err]).toEqual([1, expect.stringContaining("gemaakt.json is not there")]);
    await writeFile(at("pub/gemaakt.json"), JSON.stringify(made));
    for (const { exit, err } of await each()) expect([exit, err]).toEqual([1, expect.stringContaining("vrijgave.json is not there")]);
    const own = await forged(publicationStatement, envelope, of(maker), { by: of(clearer).person.person });
    const bare = { ...envelope, signatures: envelope.signatures.map((one) => ({ ...one, sig: made.signatures[0]?.sig ?? "" })) };
    for (const wrong of [own, bare]) {
      await writeFile(at("pub/vrijgave.json"), JSON.stringify(wrong));
      for (const { exit, err } of await each()) expect([exit, err]).toEqual([1, expect.stringContaining("does not verify")]);
    }
    await nowhere();
  });
  it("is checked, laid out and cited once both hold, and no more when a table was changed after", async () => {
    await writeFile(at("pub/vrijgave.json"), JSON.stringify(envelope));
    expect((await each()).map(({ exit }) => exit)).toEqual([0, 0, 0]);
    expect((await readdir(at("data/publications/monitor-2026-1"))).toSorted()).toEqual([
      "gemaakt.json",
      "inhoud.json",
      "publication.json",
      "tabel-alle.csv",
      "vrijgave.json",
    ]);
    await writeFile(at("pub/tabel-alle.csv"), "figure\r\nx\r\n");
    for (const { exit, err } of await each()) expect([exit, err]).toEqual([1, expect.stringContaining("tabel-alle.csv is another file")]);
  });
});
