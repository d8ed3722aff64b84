/** AVG article 17(3): a desk that still needs a dossier says so with a signature, by screen's client and by command; the owner reads why, the server does not, and what is slipped in is refused. Everybody invented. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { main } from "#apps/cli/rugdekking.ts";
import { signStatement } from "@rugdekking/seal";
import { readStatement } from "@rugdekking/seal/verify";
import { createDesk, type Session } from "#services/directory/client/index.ts";
import type { Envelope } from "#services/directory/contract/index.ts";
import { endHold, openDossier, placeHold, readHolds } from "#services/dossier/client/index.ts";
import { erasureTypes, longestHold } from "#services/dossier/contract/erasure.ts";
import { Problem } from "#services/problem/index.ts";
import { fileReport } from "#services/reporting/client/index.ts";
import { report } from "#services/reporting/workflow/index.ts";
import { eraseDossier, readErasures } from "#services/rights/client/index.ts";
import { reportDraft } from "./road.ts";
import { openStage, testMunicipality, type TestStage } from "./stage.ts";

const folder = mkdtempSync(join(tmpdir(), "rugdekking-holds-"));
const at = (name: string): string => join(folder, name);
const passphrase = "anker bloem citroen dorp emmer fakkel";
const why = "VERZONNEN-reden: de zaak ligt bij de rechter";
const ahead = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

let stage: TestStage;
let desk: string;
let dossier: string;
let owner: Session;
let lead: Session;
let member: Session;

const must = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error("there is no hold");
  return value;
};
const codeOf = async (attempt: Promise<unknown>): Promise<string> =>
  await attempt.then(
    () => "done",
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  );
const opened = async (session: Session) => await openDossier(session, dossier, { report });

const holdsRaw = async () => (await sql<{ statement: Envelope }>`SELECT statement FROM dossier_hold`.execute(stage.database.db)).rows;

async function run(...line: string[]): Promise<{ readonly exit: number; readonly said: string }> {
  let said = "";
  const there = ["--server", stage.house.url, "--home", at("home"), "--json", "--as", "tweede@demostad.example.nl", "--passphrase-file", at("wachtzin.txt")];
  const exit = await main([...line, ...there], { out: (text) => (said += text), err: (text) => (said += text), bar: false });
  return { exit, said };
}

beforeAll(async () => {
  chmodSync(folder, 0o711);
  writeFileSync(at("wachtzin.txt"), `${passphrase}\n`);
  stage = await openStage();
  const [leads, sits] = [await stage.enrol("leidt@demostad.example.nl"), await stage.enrol("zit@demostad.example.nl")];
  const person = async (signIn: () => Promise<Session>): Promise<string> => (await signIn()).person.person;
  const line = (who: string, name: string, lead: boolean) => ({ person: who, name, office: "adviseur", lead });
  ({ id: desk } = await createDesk(stage.connect().trust, {
    registrar: stage.registrar,
    organisation: testMunicipality.id,
    name: "Demo veiligheidspunt",
    function: "safety-desk",
    members: [
      line(await person(leads), "Demo Leider", true),
      line(await person(sits), "Demo Lid", false),
      line(await stage.enrolWithPassphrase("tweede@demostad.example.nl", passphrase), "Demo Tweede", true),
    ],
  }));
  [lead, member, owner] = [await leads(), await sits(), stage.company.holder];
  ({ dossier } = await fileReport(owner.connection, {
    as: { session: owner },
    trust: owner.trust,
    desk,
    report: reportDraft((field) => `demonstratie ${field}`),
  }));
}, 120_000);
afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true, force: true });
});

it("is signed by a lead for at most a year, and everyone with the dossier reads why; the server does not", async () => {
  const handle = await opened(lead);
  expect(await codeOf(placeHold(await opened(member), { desk, ground: "legal-claim", reason: why, until: ahead(30) }))).toBe("role-forbidden");
  expect(await codeOf(placeHold(handle, { desk, ground: "legal-claim", reason: why, until: ahead(longestHold + 2) }))).toBe("input-malformed");
  await placeHold(handle, { desk, ground: "legal-claim", reason: `  ${why} `, until: ahead(30) });
  for (const session of [owner, lead, member])
    expect(await readHolds(session, dossier, await opened(session))).toMatchObject([
      { desk: { id: desk }, by: { name: "Demo Leider" }, ground: "legal-claim", reason: why, ended: null },
    ]);
  expect(await codeOf(readHolds(stage.company.planner, dossier, null))).toBe("not-found");
  const { rows } = await sql<{ all: string }>`SELECT row_to_json(h)::text AS all FROM dossier_hold h`.execute(stage.database.db);
  expect(rows).toHaveLength(1);
  const plain = Buffer.from(why);
  expect(rows.some((row) => row.all.includes(why) || row.all.includes(plain.toString("hex")) || row.all.includes(plain.toString("base64url")))).toBe(false);
});

it("is refused when who signed did not lead the desk, or another reason is put beside it", async () => {
  await sql`UPDATE dossier_hold SET reason = decode('62', 'hex') || substring(reason from 2)`.execute(stage.database.db);
  expect(await codeOf(readHolds(owner, dossier, await opened(owner)))).toBe("digest-mismatch");
  await sql`UPDATE dossier_hold SET reason = decode('61', 'hex') || substring(reason from 2)`.execute(stage.database.db);
  expect(await readHolds(owner, dossier, await opened(owner))).toHaveLength(1);
  const other = await signStatement(
    erasureTypes.hold,
    { ...(readStatement(must((await holdsRaw())[0]).statement) as object), by: member.person.person },
    member.person.sign,
  );
  await sql`UPDATE dossier_hold SET statement = ${JSON.stringify(other)}::jsonb`.execute(stage.database.db);
  expect(await codeOf(readHolds(owner, dossier, await opened(owner)))).toBe("signature-invalid");
  await sql`DELETE FROM dossier_hold`.execute(stage.database.db);
});

it("is made, listed and ended by command", { timeout: 90_000 }, async () => {
  expect(await run("dossier", "hold", dossier, "--desk", desk, "--ground", "archive", "--until", ahead(10), "--words", why)).toMatchObject({ exit: 0 });
  const { holds } = JSON.parse((await run("dossier", "holds", dossier)).said) as { holds: { id: string; reason: string }[] };
  expect(holds).toMatchObject([{ ground: "archive", reason: why }]);
  expect((await run("dossier", "hold", dossier, "--desk", desk, "--ground", "gewoon", "--until", ahead(10), "--words", why)).exit).toBe(1);
  expect((await run("dossier", "hold", dossier, "--desk", desk, "--ground", "archive", "--until", "morgen", "--words", why)).exit).toBe(1);
  expect(await codeOf(endHold(member, dossier, holds[0]?.id ?? ""))).toBe("role-forbidden");
  expect(await run("dossier", "hold-end", dossier, holds[0]?.id ?? "")).toMatchObject({ exit: 0 });
  expect(await readHolds(owner, dossier, await opened(owner))).toMatchObject([{ ended: expect.any(String) }]);
});

it("shows an owner who asked for erasing that a desk holds on, before it is due", async () => {
  await placeHold(await opened(lead), { desk, ground: "public-task", reason: why, until: ahead(30) });
  await eraseDossier(owner, dossier);
  expect((await readErasures(owner)).pending).toMatchObject([{ dossier, state: "waiting" }]);
  expect((await readHolds(owner, dossier, null)).filter(({ ended }) => ended === null)).toMatchObject([{ ground: "public-task", reason: null }]);
});
