/**
 * How desks come to be and are kept: an organisation that asks to take part and the two authorities who verify it; offices, absence and stand-ins; who may not leave. A whole house over HTTP, the real client,
 * and everything an attacker, a hurried colleague or a lying server would try.
 */
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { newDesk, newUuid, signStatement } from "@rugdekking/seal";
import {
  arrangeDesk,
  checkJoining,
  createDesk,
  createJoinedDesk,
  endAbsence,
  handOverLeadership,
  listJoining,
  listOwnJoining,
  readArrangement,
  readDeskOrigin,
  readJoining,
  requestJoining,
  rotateDesk,
  ruleOnJoining,
  setAbsence,
  setOffices,
  type CheckedJoining,
  type JoiningWish,
  type Session,
} from "#services/directory/client/index.ts";
import { dayOf, DESK_ARRANGEMENT, vacancies } from "#services/directory/contract/arrangement.ts";
import { JOINING_REQUEST, JOINING_VERDICT, joiningDays, verifyingFunctions } from "#services/directory/contract/joining.ts";
import { mailAddressesOf, sweepJoining } from "#services/directory/store/index.ts";
import { directoryQuestions } from "#services/dossier/server/directory.ts";
import { Problem } from "#services/problem/index.ts";
import { openStage, testMunicipality, type TestStage } from "./stage.ts";

let stage: TestStage;
let shift = 0;
beforeAll(async () => {
  stage = await openStage({ extras: { clock: () => new Date(Date.now() + shift) } });
}, 120_000);
afterAll(async () => await stage.close());
beforeEach(async () => {
  shift = 0;
  await sql`DELETE FROM joining_verdict`.execute(stage.database.db);
  await sql`DELETE FROM joining_request`.execute(stage.database.db);
});

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => "done",
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  );
let count = 0;
const someone = async (): Promise<Session> => await stage.join(`nieuw${(count += 1)}@demostad.example.nl`);
const wish = (organisation: string): JoiningWish => ({
  organisation,
  function: "safety-desk",
  deskName: "Veiligheidsdesk Proef",
  name: "Demo Griffier",
  office: "griffier",
});
const digits = ({ fingerprint }: CheckedJoining) => ({ verdict: "verified" as const, fingerprint });
const day = (days: number): string => dayOf(new Date(Date.now() + days * 86_400_000));

describe("an organisation asks to take part", () => {
  test("two authorities of two organisations verify exactly this request, then the registrar's first roster; anyone can check both", async () => {
    const { authority, expert, support, desks } = stage.company;
    const applicant = await someone();
    const asked = await requestJoining(applicant, wish("gm0344"));
    expect(asked).toMatchObject({ verified: false, view: { state: "open", verdicts: [] } });
    expect((await listOwnJoining(applicant)).map(({ hash }) => hash)).toEqual([asked.hash]);
    expect((await listJoining(authority)).map(({ hash }) => hash)).toEqual([asked.hash]);
    // The registrar cannot make it yet, by the client's own check or by the server's.
    expect(await codeOf(createJoinedDesk(authority.trust, { registrar: stage.registrar, request: asked.view.request }))).toBe("requirement-missing");
    const first = await ruleOnJoining(authority, desks.authority, asked, digits(asked));
    expect(first).toMatchObject({ verified: false, view: { state: "open" } });
    const second = await ruleOnJoining(expert, desks.expert, first, digits(asked));
    expect(second).toMatchObject({ verified: true, view: { state: "verified" } });
    expect(await codeOf(ruleOnJoining(support, desks.support, second, digits(asked)))).toBe("phase-forbidden");
    const { trust, connection } = stage.connect();
    const desk = await createJoinedDesk(trust, { registrar: stage.registrar, request: asked.view.request });
    expect(desk.roster.members).toMatchObject([{ person: applicant.person.person, name: "Demo Griffier", lead: true }]);
    const origin = await readDeskOrigin(connection, trust, desk);
    expect(origin?.verdicts.map((one) => one.desk.id)).toEqual([desks.authority, desks.expert]);
    expect(await readDeskOrigin(connection, trust, await trust.desk(desks.safety))).toBeNull();
    // One request, one desk; and both statements and the request are in the log.
    expect(await codeOf(createJoinedDesk(trust, { registrar: stage.registrar, request: asked.view.request }))).toBe("already-there");
    const { rows } = await sql<{ what: string }>`SELECT what FROM ledger_leaf WHERE what LIKE 'joining-%'`.execute(stage.database.db);
    expect(rows.map(({ what }) => what).toSorted()).toEqual(["joining-request", "joining-verdict", "joining-verdict"]);
    // After thirty days nothing of it is forgotten: it is where the desk comes from.
    await sweepJoining(stage.database.db, new Date(Date.now() + (joiningDays + 1) * 86_400_000));
    expect(await readDeskOrigin(connection, trust, desk)).not.toBeNull();
  });

  test("who may not verify, cannot: the applicant, another function, another's desk, the same organisation twice", async () => {
    const { authority, safety, expert, planner, desks } = stage.company;
    const applicant = await someone();
    const asked = await requestJoining(applicant, wish("gm0345"));
    expect(await codeOf(ruleOnJoining(safety, desks.safety, asked, digits(asked)))).toBe("role-forbidden");
    expect(await codeOf(ruleOnJoining(applicant, desks.authority, asked, digits(asked)))).toBe("role-forbidden");
    expect(await codeOf(listJoining(safety))).toBe("role-forbidden");
    await ruleOnJoining(expert, desks.expert, asked, digits(asked));
    expect(await codeOf(ruleOnJoining(planner, desks.expert, asked, digits(asked)))).toBe("own-work");
    // A second desk of the same organisation is no second authority.
    const other = await stage.enrol(`ander${(count += 1)}@demostad.example.nl`);
    const { person } = (await other()).person;
    const twin = await createDesk(stage.connect().trust, {
      registrar: stage.registrar,
      organisation: "ccv",
      name: "Tweede desk",
      function: "support",
      members: [{ person, name: "Demo", office: "o", lead: true }],
    });
    expect(await codeOf(ruleOnJoining(await other(), twin.id, asked, digits(asked)))).toBe("own-work");
    expect((await readJoining(authority.trust, asked.view.request).catch(() => null))?.verified ?? false).toBe(false);
    // A verifier who asks for an organisation of their own does not verify themself.
    const own = await requestJoining(authority, wish("gm0147"));
    expect(await codeOf(ruleOnJoining(authority, desks.authority, own, digits(own)))).toBe("own-work");
  });

  test("a verdict names the digits that were read out, and is about exactly one request", async () => {
    const { authority, desks } = stage.company;
    const [one, other] = [await requestJoining(await someone(), wish("gm0148")), await requestJoining(await someone(), wish("gm0150"))];
    expect(await codeOf(ruleOnJoining(authority, desks.authority, one, digits(other)))).toBe("statement-mismatch");
    const payload = {
      version: 1,
      request: other.hash,
      organisation: "gm0150",
      verdict: "verified",
      fingerprint: "1".repeat(25),
      reason: null,
      by: authority.person.person,
      desk: desks.authority,
      at: new Date().toISOString(),
    };
    const send = async (change: object, path = one.view.request): Promise<string> =>
      await codeOf(
        authority.connection.command("POST", `/api/v1/joining-requests/${path}/verdicts`, {
          statement: await signStatement(JOINING_VERDICT, { ...payload, ...change }, authority.person.sign),
        }),
      );
    expect(await send({})).toBe("statement-mismatch");
    expect(await send({ request: one.hash })).toBe("statement-mismatch");
    expect(await send({ by: one.asked.person }, other.view.request)).toBe("statement-mismatch");
    expect(await send({ fingerprint: null }, other.view.request)).toBe("input-malformed");
    expect(await send({ at: "2020-01-01T00:00:00Z" }, other.view.request)).toBe("clock-off");
    // A server that takes wrong digits all the same is found out by whoever reads.
    expect(await send({}, other.view.request)).toBe("done");
    expect(await codeOf(readJoining(authority.trust, other.view.request))).toBe("signature-invalid");
  });

  test("a refusal has a reason, which the applicant reads, and ends it", async () => {
    const { authority, expert, desks } = stage.company;
    const applicant = await someone();
    const asked = await requestJoining(applicant, wish("gm0153"));
    await ruleOnJoining(authority, desks.authority, asked, { verdict: "refused", reason: "De griffie kent deze aanvraag niet." });
    const [told] = await listOwnJoining(applicant);
    expect(told).toMatchObject({ verified: false, view: { state: "refused" }, verdicts: [{ payload: { reason: "De griffie kent deze aanvraag niet." } }] });
    expect(await codeOf(ruleOnJoining(expert, desks.expert, asked, digits(asked)))).toBe("phase-forbidden");
    expect(await codeOf(createJoinedDesk(authority.trust, { registrar: stage.registrar, request: asked.view.request }))).toBe("requirement-missing");
    expect((await listJoining(expert)).map(({ hash }) => hash)).not.toContain(asked.hash);
  });

  test("quota, expiry, and nothing left after it", async () => {
    const applicant = await someone();
    const asked = await requestJoining(applicant, wish("gm0158"));
    expect(await codeOf(requestJoining(applicant, wish("gm0351")))).toBe("quota-reached");
    for (let more = 0; more < 2; more += 1) await requestJoining(await someone(), wish("gm0158"));
    expect(await codeOf(requestJoining(await someone(), wish("gm0158")))).toBe("quota-reached");
    // Whoever took every place keeps the organisation itself out for a day: then there is one more.
    await sql`UPDATE joining_request SET received = received - interval '25 hours' WHERE organisation = 'gm0158'`.execute(stage.database.db);
    await expect(requestJoining(await someone(), wish("gm0158"))).resolves.toBeDefined();
    expect(await codeOf(requestJoining(await someone(), wish("gm0158")))).toBe("quota-reached");
    expect(await codeOf(requestJoining(await someone(), wish(testMunicipality.id)))).toBe("already-there");
    expect(await codeOf(requestJoining(await someone(), wish("bzk")))).toBe("role-forbidden");
    expect(await codeOf(requestJoining(await someone(), wish("gm0000-onbekend")))).toBe("not-found");
    await sweepJoining(stage.database.db, new Date(Date.now() + (joiningDays + 1) * 86_400_000));
    expect((await sql`SELECT 1 FROM joining_request`.execute(stage.database.db)).rows).toEqual([]);
    expect(asked.view.expires.slice(0, 10)).toBe(new Date(Date.now() + joiningDays * 86_400_000).toISOString().slice(0, 10));
  });

  test("a request is of its signer, with the keys of their card, for this site; others do not see it", async () => {
    const [applicant, stranger] = [await someone(), await someone()];
    const asked = await requestJoining(applicant, wish("gm0352"));
    const send = async (change: object, signer = stranger): Promise<string> =>
      await codeOf(
        stranger.connection.command("POST", "/api/v1/joining-requests", {
          statement: await signStatement(
            JOINING_REQUEST,
            {
              ...asked.asked,
              request: newUuid(),
              person: stranger.person.person,
              signPublicKey: stranger.person.sign.publicKey,
              sealPublicKey: stranger.person.seal.publicKey,
              at: new Date().toISOString(),
              ...change,
            },
            signer.person.sign,
          ),
        }),
      );
    expect(await send({}, applicant)).toBe("signature-invalid");
    expect(await send({ person: applicant.person.person })).toBe("statement-mismatch");
    expect(await send({ audience: "https://ander.example.nl" })).toBe("statement-mismatch");
    expect(await send({ signPublicKey: applicant.person.sign.publicKey })).toBe("statement-mismatch");
    expect(await send({ name: "Demo\u202Enaam" })).toBe("input-malformed");
    expect(await send({ extra: 1 })).toBe("input-malformed");
    expect(await codeOf(readJoining(stranger.trust, asked.view.request))).toBe("not-found");
    expect(await codeOf(stage.connect().connection.request("GET", `/api/v1/joining-requests/${asked.view.request}`))).toBe("not-found");
  });

  test("what a lying server makes of it is refused by the client", async () => {
    const { authority, expert, safety, desks } = stage.company;
    const asked = await requestJoining(await someone(), wish("gm0353"));
    const one = await ruleOnJoining(authority, desks.authority, asked, digits(asked));
    const { trust } = stage.connect();
    const [statement] = one.view.verdicts;
    if (statement === undefined) throw new Error("there is no verdict");
    // The same verdict twice is one; the word "verified" is nothing.
    expect((await checkJoining(trust, { ...one.view, state: "verified", verdicts: [statement, statement] })).verified).toBe(false);
    // A verdict of a desk that may not, and one in someone's name.
    const payload = {
      version: 1,
      request: asked.hash,
      organisation: "gm0353",
      verdict: "verified",
      fingerprint: asked.fingerprint.replaceAll(" ", ""),
      reason: null,
      by: safety.person.person,
      desk: desks.safety,
      at: new Date().toISOString(),
    };
    const forged = await signStatement(JOINING_VERDICT, payload, safety.person.sign);
    expect(await codeOf(checkJoining(trust, { ...one.view, verdicts: [statement, forged] }))).toBe("signature-invalid");
    const inName = await signStatement(JOINING_VERDICT, { ...payload, by: expert.person.person, desk: desks.expert }, safety.person.sign);
    expect(await codeOf(checkJoining(trust, { ...one.view, verdicts: [statement, inName] }))).toBe("signature-invalid");
    // The registrar's first roster is of exactly what was asked for.
    await ruleOnJoining(expert, desks.expert, asked, digits(asked));
    const stranger = await someone();
    const { rotation } = await newDesk({
      desk: newUuid(),
      organisation: "gm0353",
      name: asked.asked.deskName,
      function: "safety-desk",
      members: [
        {
          person: stranger.person.person,
          name: "Demo Griffier",
          office: "griffier",
          lead: true,
          sealPublicKey: stranger.person.seal.publicKey,
          signPublicKey: stranger.person.sign.publicKey,
        },
      ],
      registrar: stage.registrar,
    });
    expect(await codeOf(stranger.connection.command("POST", `/api/v1/joining-requests/${asked.view.request}/desk`, rotation))).toBe("roster-mismatch");
  });

  test("who may verify is a table with a reason for each", () => {
    expect(verifyingFunctions.map((one) => one.function)).toEqual(["authority", "expert-desk", "support"]);
    for (const { note } of verifyingFunctions) expect(note.length).toBeGreaterThan(40);
  });
});

describe("a desk is kept", () => {
  async function team(): Promise<{ lead: Session; member: Session; third: Session; desk: string }> {
    const mail = async (name: string) => await stage.enrol(`${name}${(count += 1)}@demostad.example.nl`);
    const signIns = [await mail("leider"), await mail("lid"), await mail("derde")];
    const sessions = await Promise.all(signIns.map(async (signIn) => await signIn()));
    const { id } = await createDesk(stage.connect().trust, {
      registrar: stage.registrar,
      organisation: "gm0160",
      name: "Veiligheidsdesk Proef",
      function: "safety-desk",
      members: sessions.map(({ person }, place) => ({
        person: person.person,
        name: `Demo ${place}`,
        office: place === 0 ? "griffier" : "adviseur",
        lead: place === 0,
      })),
    });
    for (const { person } of sessions)
      await sql`UPDATE person SET mail = ${`${person.person}@demostad.example.nl`} WHERE person = ${person.person}`.execute(stage.database.db);
    const [lead, member, third] = await Promise.all(signIns.map(async (signIn) => await signIn()));
    if (lead === undefined || member === undefined || third === undefined) throw new Error("someone did not come");
    return { lead, member, third, desk: id };
  }
  const told = async (desk: string, at = day(0)): Promise<string[]> =>
    (await mailAddressesOf(stage.database.db, { desk }, at)).map((address) => address.split("@")[0] ?? "").toSorted();

  test("who is away is not mailed and not told first; who covers takes their place; from the first day to the last", async () => {
    const { lead, member, third, desk } = await team();
    const ids = [lead, member, third].map(({ person }) => person.person);
    const [leadId = "", memberId = "", thirdId = ""] = ids;
    expect(await told(desk)).toEqual(ids.toSorted());
    const open = await lead.openDesk(desk);
    const set = await setAbsence(lead, open, { person: leadId, standIn: thirdId, from: day(0), until: day(3) });
    expect(set).toMatchObject({ number: 1, away: [{ person: leadId, standIn: thirdId }] });
    // Every member sees who covers, whoever set it.
    expect((await readArrangement(member, await member.openDesk(desk))).away).toEqual(set.away);
    expect(await told(desk)).toEqual([memberId, thirdId].toSorted());
    expect(await told(desk, day(3))).not.toContain(leadId);
    expect(await told(desk, day(4))).toContain(leadId);
    const contacts = async (): Promise<readonly string[] | undefined> => (await directoryQuestions().contactsOf(stage.database.db, [desk])).get(desk);
    expect((await contacts())?.[0]).toBe(thirdId);
    expect(await contacts()).not.toContain(leadId);
    // When everyone is away, everyone is told: a message may wait for nobody.
    await arrangeDesk(lead, open, ({ offices }) => ({ offices, absences: ids.map((person) => ({ person, standIn: null, from: day(0), until: day(1) })) }));
    expect(await told(desk)).toEqual(ids.toSorted());
    expect((await contacts())?.[0]).toBe(leadId);
    const [first] = (await readArrangement(lead, open)).absences;
    if (first === undefined) throw new Error("nobody is away");
    expect((await endAbsence(lead, open, first)).absences).toHaveLength(2);
  });

  test("an arrangement is signed by a lead, follows the one before, and cannot say what cannot be", async () => {
    const { lead, member, third, desk } = await team();
    const [leadId, memberId] = [lead.person.person, member.person.person];
    const open = await lead.openDesk(desk);
    const absence = { person: memberId, standIn: null, from: day(0), until: day(1) };
    expect(await codeOf(setAbsence(member, await member.openDesk(desk), absence))).toBe("role-forbidden");
    for (const wrong of [
      { ...absence, until: day(-1) },
      { ...absence, from: day(-9), until: day(-3) },
      { ...absence, until: day(500) },
      { ...absence, standIn: memberId },
      { ...absence, standIn: newUuid() },
      { ...absence, person: newUuid() },
    ])
      expect(await codeOf(setAbsence(lead, open, wrong))).toBe("input-malformed");
    const payload = { version: 1, desk, number: 1, previous: null, offices: [], absences: [absence], by: leadId, at: new Date().toISOString() };
    const send = async (change: object, by = lead, signer = by): Promise<string> =>
      await codeOf(
        by.connection.command("PUT", `/api/v1/desks/${desk}/arrangement`, {
          statement: await signStatement(DESK_ARRANGEMENT, { ...payload, ...change }, signer.person.sign),
        }),
      );
    expect(await send({}, lead, member)).toBe("signature-invalid");
    expect(await send({ by: memberId })).toBe("statement-mismatch");
    expect(await send({ desk: newUuid() })).toBe("statement-mismatch");
    expect(await send({ number: 2 })).toBe("chain-broken");
    expect(await send({ absences: [{ ...absence, until: day(-5), from: day(-6) }] })).toBe("input-malformed");
    expect(await send({ absences: [absence, { ...absence, standIn: leadId }] })).toBe("input-malformed");
    expect(await send({})).toBe("done");
    expect(await send({})).toBe("done");
    expect(await send({ at: "2020-01-01T00:00:00Z" })).toBe("chain-broken");
    // Only members read it.
    expect(await codeOf(stage.company.safety.connection.request("GET", `/api/v1/desks/${desk}/arrangement`))).toBe("role-forbidden");
    // A server that shows none, or an older one, is caught by a device that saw more.
    await readArrangement(third, await third.openDesk(desk));
    await setOffices(lead, open, [{ office: "adviseur", holders: 1 }]);
    await readArrangement(third, await third.openDesk(desk));
    await sql`DELETE FROM desk_arrangement WHERE desk = ${desk}`.execute(stage.database.db);
    expect(await codeOf(readArrangement(third, await third.openDesk(desk)))).toBe("signature-invalid");
  });

  test("an office without a holder is a vacancy, and leads are reminded once a week", async () => {
    const { lead, desk } = await team();
    const open = await lead.openDesk(desk);
    const set = await setOffices(lead, open, [
      { office: "Griffier", holders: 1 },
      { office: "adviseur", holders: 3 },
      { office: "secretaris", holders: 1 },
    ]);
    expect(set.vacant).toEqual([
      { office: "adviseur", holders: 3, missing: 1 },
      { office: "secretaris", holders: 1, missing: 1 },
    ]);
    const news = async (): Promise<unknown[]> =>
      (await sql`SELECT 1 FROM dossier_news WHERE person_id = ${lead.person.person}`.execute(stage.database.db)).rows;
    await stage.house.terms();
    expect(await news()).toHaveLength(1);
    await stage.house.terms();
    expect(await news()).toHaveLength(1);
    shift = 7 * 86_400_000;
    await stage.house.terms();
    expect(await news()).toHaveLength(2);
    expect(vacancies([{ office: "raadslid", holders: 1 }], [{ office: " Raadslid " }])).toEqual([]);
  });

  test("the last lead and the last member stay; leadership is handed over in one step", async () => {
    const { lead, member, third, desk } = await team();
    expect(await codeOf(rotateDesk(lead, desk, { remove: [lead.person.person] }))).toBe("requirement-missing");
    expect(await codeOf(rotateDesk(lead, desk, { remove: [lead, member, third].map(({ person }) => person.person) }))).toBe("requirement-missing");
    expect(await codeOf(handOverLeadership(lead, await lead.openDesk(desk), newUuid()))).toBe("not-found");
    expect(await codeOf(handOverLeadership(member, await member.openDesk(desk), third.person.person))).toBe("role-forbidden");
    const after = await handOverLeadership(lead, await lead.openDesk(desk), member.person.person);
    expect(after.roster.members.filter((one) => one.lead).map(({ person }) => person)).toEqual([member.person.person]);
    expect(after.roster.members).toHaveLength(3);
    expect(await codeOf(rotateDesk(lead, desk, { remove: [third.person.person] }))).toBe("role-forbidden");
    expect(await codeOf(rotateDesk(member, desk, { remove: [lead.person.person] }))).toBe("done");
  });
});
