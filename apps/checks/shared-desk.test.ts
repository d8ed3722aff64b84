/** One team that serves two municipalities: what a person of one hands over never shows, and never opens, under the other; and leaving one leaves the other as it was. Real server, real keys. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateSeed } from "@rugdekking/seal";
import { toBase64Url } from "@rugdekking/seal/verify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { main } from "#apps/cli/rugdekking.ts";
import { createDesk, rotateDesk, shareDesk, type Session } from "#services/directory/client/index.ts";
import { readWorklist } from "#services/dossier/client/index.ts";
import { protectWithPassphrase } from "#services/dossier/bundle/index.ts";
import { fileReport, openReport, readReport } from "#services/reporting/client/index.ts";
import { reportDraft } from "./road.ts";
import { openStage, testMunicipality, type TestStage } from "./stage.ts";

const neighbour = { ...testMunicipality, id: "demo-buur", name: "Gemeente Demobuur (demonstratie)" };
const third = { ...testMunicipality, id: "demo-derde", name: "Gemeente Demoderde (demonstratie)" };
const registrarSeed = generateSeed();
let stage: TestStage;
/** The lead is in both desks; the other is in the first alone. */
let lead: Session;
let other: Session;
let desks: { readonly own: string; readonly shared: string };
let dossiers: { readonly own: string; readonly shared: string };

async function listed(session: Session, desk: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const { lines } of readWorklist(session, desk)) ids.push(...lines.map(({ id }) => id));
  return ids;
}
const refused = async (doing: Promise<unknown>): Promise<unknown> =>
  await doing.then(
    () => "it opened",
    (error: unknown) => (typeof error === "object" && error !== null && "code" in error ? error.code : error),
  );
const report = async (desk: string, story: string): Promise<string> => {
  const { connection, trust } = stage.connect();
  return (await fileReport(connection, { as: { guest: true }, trust, desk, report: { ...reportDraft((field) => field), inOwnWords: story } })).dossier;
};

beforeAll(async () => {
  stage = await openStage({ registrarSeed, extras: { organisations: [testMunicipality, neighbour, third] } });
  const { trust } = stage.connect();
  const [asLead, asOther] = await Promise.all([stage.enrol("gedeeld@demostad.example.nl"), stage.enrol("alleen@demostad.example.nl")]);
  const [first, second] = await Promise.all([asLead(), asOther()]);
  // A desk of the first municipality with two people; the second of them is taken out of the shared one again.
  const own = await createDesk(trust, {
    registrar: stage.registrar,
    organisation: testMunicipality.id,
    name: "Veiligheidsdesk van twee",
    function: "safety-desk",
    members: [
      { person: first.person.person, name: "Demo Een", office: "coördinator", lead: true },
      { person: second.person.person, name: "Demo Twee", office: "medewerker", lead: false },
    ],
  });
  const shared = await shareDesk(trust, {
    registrar: stage.registrar,
    desk: own.id,
    epoch: own.epoch,
    organisation: neighbour.id,
    name: "Veiligheidsdesk Demobuur",
  });
  desks = { own: own.id, shared: shared.id };
  [lead, other] = await Promise.all([asLead(), asOther()]);
  dossiers = { own: await report(own.id, "van de eigen gemeente"), shared: await report(shared.id, "van de buurgemeente") };
}, 120_000);
afterAll(async () => {
  await stage.close();
});

describe("a team of two municipalities", () => {
  test("a person finds the desk of their own municipality, signed by the registrar, with the names of who reads", async () => {
    const { trust } = stage.connect();
    const found = await trust.desks({ organisation: neighbour.id, function: "safety-desk" });
    expect(found.map(({ id, organisation }) => [id, organisation])).toEqual([[desks.shared, neighbour.id]]);
    expect(found[0]?.roster.members.map(({ name }) => name)).toEqual(["Demo Een", "Demo Twee"]);
    expect((await trust.desk(desks.own)).epochPublicKey).not.toBe(found[0]?.epochPublicKey);
  });
  test("each list shows the dossiers of one municipality and none of the other", async () => {
    expect(await listed(lead, desks.own)).toEqual([dossiers.own]);
    expect(await listed(lead, desks.shared)).toEqual([dossiers.shared]);
    expect((await openReport(lead, dossiers.own)).view.organisation).toBe(testMunicipality.id);
    expect((await openReport(lead, dossiers.shared)).view.organisation).toBe(neighbour.id);
  });
  test("keys of one open nothing of the other: who leaves one desk is shut out of it and not of the other", async () => {
    await rotateDesk(lead, desks.shared, { remove: [other.person.person] });
    expect(await refused(listed(other, desks.shared))).toBe("not-found");
    expect(await refused(openReport(other, dossiers.shared))).toBe("not-found");
    const handle = await openReport(other, dossiers.own);
    const [first] = handle.entries;
    if (first === undefined) throw new Error("the dossier is empty");
    expect((await readReport(handle, first)).body).toMatchObject({ inOwnWords: "van de eigen gemeente" });
  });
  test("a municipality that has a desk gets no second one beside it", async () => {
    const { trust } = stage.connect();
    const again = shareDesk(trust, { registrar: stage.registrar, desk: desks.own, epoch: 1, organisation: neighbour.id, name: "Nog een" });
    expect(await refused(again)).toBe("already-there");
  });
});

describe("rugdekking organisation share", () => {
  let folder = "";
  const share = async (...rest: readonly string[]): Promise<{ exit: number; out: string; err: string }> => {
    let [out, err] = ["", ""];
    const line = ["organisation", "share", "--desk", desks.own, "--organisation", third.id, "--name", "Veiligheidsdesk Demoderde", "--server", stage.house.url];
    const keys = ["--home", folder, "--registrar-key", join(folder, "registrar.key.age"), "--passphrase-file", join(folder, "zin.txt")];
    const exit = await main([...line, ...keys, ...rest], { out: (text) => (out += text), err: (text) => (err += text), bar: false });
    return { exit, out, err };
  };
  const there = async (): Promise<string[]> =>
    (await stage.connect().trust.desks({ organisation: third.id, function: "safety-desk" })).map(({ roster }) =>
      roster.members.map(({ name }) => name).join(", "),
    );

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "rugdekking-share-"));
    const words = "zes losse woorden die niet bij elkaar horen";
    const key = { format: "rugdekking-registrar/1", person: lead.person.person, seed: toBase64Url(registrarSeed), publicKey: stage.registrar.publicKey };
    await writeFile(join(folder, "zin.txt"), `${words}\n`);
    await writeFile(join(folder, "registrar.key.age"), await protectWithPassphrase(JSON.stringify(key), words));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  test("shows who is in the desk, with the key of each, and makes nothing until the epoch is named", async () => {
    const { exit, out } = await share();
    expect(exit).toBe(1);
    for (const { person } of [lead, other]) expect(out).toContain(`${person.person}, key ${person.sign.publicKey}`);
    expect(out).toContain("Demo Een, coördinator, leads");
    expect(out).toContain("add --epoch 1");
    expect(await there()).toEqual([]);
  });
  test("refuses an epoch that is not the present one: its people are others than were looked at", async () => {
    for (const [epoch, why] of [
      ["2", /is at epoch 1/],
      ["een", /--epoch is not a whole number/],
    ] as const) {
      const { exit, err } = await share("--epoch", epoch);
      expect([epoch, exit, why.test(err)]).toEqual([epoch, 1, true]);
    }
    expect(await there()).toEqual([]);
  });
  test("makes the desk of the people who were shown, and names them", async () => {
    const { exit, out } = await share("--epoch", "1", "--json");
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ organisation: third.id, members: [{ name: "Demo Een" }, { name: "Demo Twee" }] });
    expect(await there()).toEqual(["Demo Een, Demo Twee"]);
  });
});
