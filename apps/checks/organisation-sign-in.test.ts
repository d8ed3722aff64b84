/**
 * An organisation that asks its people to confirm at its own sign-in: a whole house, a real provider (oidc-provider) on loopback, the real client. First what it is for, then as an attacker would.
 * Named after OpenID Connect Core 1.0, Back-Channel Logout 1.0 and RFC 9700.
 */
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWTPayload } from "jose";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { signStatement } from "@rugdekking/seal";
import type { House } from "#apps/server/house.ts";
import {
  beginOrganisationSignIn,
  completeOrganisationSignIn,
  Connection,
  dismissRosterProposal,
  linkOrganisationAccount,
  listOrganisationSignIns,
  listRosterProposals,
  memoryTrustStore,
  readOrganisationAttempt,
  rotateDesk,
  signInWithSheet,
  Trust,
  unlinkOrganisationAccount,
  withDesksOfNow,
  type DevicePerson,
  type Session,
} from "#services/directory/client/index.ts";
import { backChannelPath, ORGANISATION_LINK, returnPage } from "#services/directory/contract/organisation-sign-in.ts";
import { Jar, type Tamper, type TestProvider } from "#services/directory/server/testing-provider.ts";
import { Problem } from "#services/problem/index.ts";
import { fileReport } from "#services/reporting/client/index.ts";
import { reportDraft } from "./road.ts";
import { lenient, openProviderStage, strict, type ProviderStage } from "./provider-stage.ts";

let stage: ProviderStage;
let provider: TestProvider;
let house: House;
/** Moves the clock of the house, in milliseconds. */
let shift = 0;
let desks: ProviderStage["desks"];

beforeAll(async () => {
  stage = await openProviderStage({ clock: () => new Date(Date.now() + shift) });
  ({ provider, house, desks } = stage);
}, 120_000);
afterAll(async () => await stage.close());
beforeEach(async () => {
  shift = 0;
  provider.tamper(null);
  provider.groups.clear();
  for (const table of ["organisation_link", "session_confirmation", "organisation_attempt", "roster_proposal"])
    await sql`DELETE FROM ${sql.table(table)}`.execute(stage.stage.database.db);
});

const known = (name: string): DevicePerson => stage.known(name);

async function enter(name: string): Promise<Session> {
  const connection = new Connection({ base: house.url, cookies: "own" });
  const { handle, code } = known(name);
  return await signInWithSheet(connection, { trust: new Trust(connection, memoryTrustStore()), device: "toestel van de test", handle, code });
}

/** What the provider sends the browser back with, after someone signed in there. */
async function answerOf(session: Session, organisation: string, account: string, jar = new Jar()): Promise<{ attempt: string; answer: string }> {
  const { attempt, address } = await beginOrganisationSignIn(session, organisation);
  const back = await jar.signIn(address, account);
  expect(back.origin + back.pathname).toBe(house.url + returnPage(organisation));
  return { attempt, answer: back.search };
}

/** The whole way, with tying the account where it is needed. */
async function confirm(session: Session, organisation: string, account: string, jar = new Jar()): Promise<Session> {
  const { attempt, answer } = await answerOf(session, organisation, account, jar);
  const { outcome, subject } = await completeOrganisationSignIn(session.connection, organisation, answer);
  if (outcome === "link" && subject !== null) await linkOrganisationAccount(session, organisation, attempt, subject);
  return await withDesksOfNow(session);
}

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => "done",
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  );
const confirmations = async (): Promise<number> => (await sql`SELECT 1 FROM session_confirmation`.execute(stage.stage.database.db)).rows.length;
const keysOf = async (session: Session, desk: string): Promise<string> => await codeOf(session.connection.request("GET", `/api/v1/desks/${desk}/keys`));
const workOf = async (session: Session, desk: string): Promise<string> => await codeOf(session.connection.request("GET", `/api/v1/desks/${desk}/worklist`));

describe("what it is for", () => {
  test("a member acts for the desk only after their organisation confirmed the session; their own dossiers stay open all the time", async () => {
    const fresh = await enter("collega");
    expect(fresh.desks).toEqual([]);
    expect(fresh.unconfirmed).toEqual([lenient, strict].toSorted());
    expect(await keysOf(fresh, desks.strict)).toBe("confirmation-missing");
    expect(await workOf(fresh, desks.strict)).toBe("not-found");
    const { safety } = stage.stage.company.desks;
    const { dossier } = await fileReport(fresh.connection, {
      as: { session: fresh },
      trust: fresh.trust,
      desk: safety,
      report: reportDraft((field) => `demonstratie ${field}`),
      attachments: [],
    });
    expect(await codeOf(fresh.connection.request("GET", `/api/v1/dossiers/${dossier}`))).toBe("done");

    const confirmed = await confirm(fresh, strict, "collega-account");
    expect(confirmed.desks).toEqual([desks.strict]);
    expect(confirmed.unconfirmed).toEqual([lenient]);
    expect(await keysOf(confirmed, desks.strict)).toBe("done");
    expect(await workOf(confirmed, desks.strict)).toBe("done");
    // Another organisation's desk stays closed, and so does this one in another session.
    expect(await keysOf(confirmed, desks.lenient)).toBe("confirmation-missing");
    const other = await enter("collega");
    expect(await keysOf(other, desks.strict)).toBe("confirmation-missing");
    // The account is tied once; from then on confirming is enough.
    const { attempt, answer } = await answerOf(other, strict, "collega-account");
    expect(await completeOrganisationSignIn(other.connection, strict, answer)).toEqual({ outcome: "confirmed", subject: null });
    expect(await readOrganisationAttempt(other, attempt)).toEqual({ outcome: "confirmed", subject: null });
    expect(await keysOf(other, desks.strict)).toBe("done");
  });

  test("a lead changes who is in the desk only in a confirmed session", async () => {
    const lead = await enter("leider");
    expect(await codeOf(lead.connection.request("GET", `/api/v1/desks/${desks.strict}/invitations`))).toBe("confirmation-missing");
    expect(await codeOf(rotateDesk(lead, desks.strict, {}))).toBe("confirmation-missing");
    const confirmed = await confirm(lead, strict, "leider-account");
    expect(await codeOf(rotateDesk(confirmed, desks.strict, {}))).toBe("done");
  });

  test("a confirmation counts as long as the organisation says, and no longer", async () => {
    const session = await confirm(await enter("collega"), strict, "collega-account");
    // Half an hour unused would end the session itself.
    for (const minutes of [25, 50]) {
      shift = minutes * 60_000;
      expect(await keysOf(session, desks.strict)).toBe("done");
    }
    shift = 61 * 60_000;
    expect(await keysOf(session, desks.strict)).toBe("confirmation-missing");
    expect((await listOrganisationSignIns(session)).find(({ organisation }) => organisation === strict)).toMatchObject({
      linked: true,
      until: null,
      required: true,
      hours: 1,
    });
  });

  test("untying an account ends what it confirmed", async () => {
    const session = await confirm(await enter("collega"), strict, "collega-account");
    await unlinkOrganisationAccount(session, strict);
    expect(await keysOf(session, desks.strict)).toBe("confirmation-missing");
    expect(await codeOf(unlinkOrganisationAccount(session, strict))).toBe("not-found");
  });

  test("groups only propose: the lead is told who is in none of them, and the roster stays as it was signed", async () => {
    provider.groups.set("collega-account", ["financiën"]);
    provider.groups.set("leider-account", ["veiligheid"]);
    await confirm(await confirm(await enter("collega"), strict, "collega-account"), strict, "collega-account");
    const lead = await confirm(await confirm(await enter("leider"), strict, "leider-account"), strict, "leider-account");
    const { person } = known("collega");
    expect(await listRosterProposals(lead, desks.strict)).toEqual([{ person, since: expect.any(String) }]);
    expect((await lead.trust.desk(desks.strict)).roster.members.map((one) => one.person)).toContain(person);
    expect(await codeOf(listRosterProposals(await confirm(await enter("collega"), strict, "collega-account"), desks.strict))).toBe("role-forbidden");
    await dismissRosterProposal(lead, desks.strict, person);
    expect(await listRosterProposals(lead, desks.strict)).toEqual([]);
    expect(await codeOf(dismissRosterProposal(lead, desks.strict, person))).toBe("not-found");
    // In the group again, and what was said before is taken back.
    await confirm(await enter("collega"), strict, "collega-account");
    provider.groups.set("collega-account", ["veiligheid", "bhv"]);
    await confirm(await enter("collega"), strict, "collega-account");
    expect(await listRosterProposals(lead, desks.strict)).toEqual([]);
  });

  test("Back-Channel Logout: who signs out at the organisation is confirmed no more", async () => {
    const jar = new Jar();
    const session = await confirm(await enter("collega"), strict, "collega-account", jar);
    const elsewhere = await confirm(await enter("collega"), strict, "collega-account");
    await jar.signOut(provider.issuer);
    await expect.poll(() => provider.sent.map(({ status }) => status)).toEqual(["success"]);
    expect(await keysOf(session, desks.strict)).toBe("confirmation-missing");
    // It was one session at the provider that ended, not every session of the account.
    expect(await keysOf(elsewhere, desks.strict)).toBe("done");
  });

  test("a provider that is away says so; other ways in stay, and an earlier confirmation counts as long as the organisation allows", async () => {
    let session = await confirm(await enter("collega"), strict, "collega-account");
    session = await confirm(session, lenient, "collega-account");
    await provider.stop();
    try {
      for (const minutes of [25, 50, 70]) {
        shift = minutes * 60_000;
        await session.connection.request("GET", "/api/v1/session");
      }
      expect(await codeOf(beginOrganisationSignIn(session, strict))).toBe("provider-away");
      expect(await codeOf(beginOrganisationSignIn(session, lenient))).toBe("provider-away");
      expect(await keysOf(session, desks.strict)).toBe("confirmation-missing");
      expect(await keysOf(session, desks.lenient)).toBe("done");
      // Who never confirmed gets in by no outage.
      expect(await keysOf(await enter("leider"), desks.lenient)).toBe("confirmation-missing");
      const fresh = await enter("collega");
      expect(fresh.desks).toEqual([desks.lenient]);
      expect((await listOrganisationSignIns(fresh)).map(({ away }) => away)).toEqual([true, true]);
      shift += 25 * 3_600_000;
      expect(await keysOf(await enter("collega"), desks.lenient)).toBe("confirmation-missing");
    } finally {
      shift = 0;
      await provider.resume();
    }
    expect(await codeOf(confirm(await enter("collega"), strict, "collega-account"))).toBe("done");
  });

  test("neither the database nor the address says who someone is at the organisation", async () => {
    const session = await enter("collega");
    const { address } = await beginOrganisationSignIn(session, strict);
    const { searchParams } = new URL(address);
    await confirm(session, strict, "kanarie-account");
    const tables = ["organisation_link", "session_confirmation", "organisation_attempt", "roster_proposal"];
    const rows = await Promise.all(tables.map(async (table) => (await sql`SELECT * FROM ${sql.table(table)}`.execute(stage.stage.database.db)).rows));
    const text = JSON.stringify(rows);
    expect(text).toContain(known("collega").person);
    for (const secret of ["kanarie-account", provider.issuer, searchParams.get("state") ?? "?", searchParams.get("nonce") ?? "?"])
      expect(text).not.toContain(secret);
    expect(address).not.toContain(known("collega").person);
  });
});

describe("as an attacker would", () => {
  test("RFC 9700 4.7, login CSRF: what one session began is finished in no other", async () => {
    const [attacker, victim] = [await enter("ander"), await enter("collega")];
    expect(await codeOf(beginOrganisationSignIn(attacker, strict))).toBe("role-forbidden");
    const lead = await enter("leider");
    const { attempt, answer } = await answerOf(lead, strict, "aanvaller-account");
    expect(await codeOf(completeOrganisationSignIn(victim.connection, strict, answer))).toBe("challenge-unknown");
    expect(await codeOf(readOrganisationAttempt(victim, attempt))).toBe("challenge-unknown");
    // The victim's answer in the attacker's hands: the same.
    const caught = await answerOf(victim, strict, "collega-account");
    expect(await codeOf(completeOrganisationSignIn(lead.connection, strict, caught.answer))).toBe("challenge-unknown");
    expect(await confirmations()).toBe(0);
  });

  test("a code is taken once, and an attempt ends with the first answer and after ten minutes", async () => {
    const session = await enter("collega");
    const { answer } = await answerOf(session, strict, "collega-account");
    expect(await codeOf(completeOrganisationSignIn(session.connection, strict, answer))).toBe("done");
    expect(await codeOf(completeOrganisationSignIn(session.connection, strict, answer))).toBe("challenge-unknown");
    const [first, second] = [await answerOf(session, strict, "collega-account"), await answerOf(session, strict, "collega-account")];
    // Beginning again ends what was begun before.
    expect(await codeOf(completeOrganisationSignIn(session.connection, strict, first.answer))).toBe("challenge-unknown");
    shift = 11 * 60_000;
    expect(await codeOf(completeOrganisationSignIn(session.connection, strict, second.answer))).toBe("challenge-unknown");
  });

  test("an answer with another state, code or issuer, or of another organisation, confirms nothing", async () => {
    const session = await enter("collega");
    const changed = async (change: (query: URLSearchParams) => void, organisation: string = strict): Promise<string> => {
      const { answer } = await answerOf(session, strict, "collega-account");
      const query = new URLSearchParams(answer);
      change(query);
      return await codeOf(completeOrganisationSignIn(session.connection, organisation, query.toString()));
    };
    expect(await changed((query) => query.set("state", "x".repeat(43)))).toBe("challenge-unknown");
    expect(await changed((query) => query.delete("state"))).toBe("challenge-unknown");
    expect(await changed((query) => query.append("state", "y".repeat(43)))).toBe("provider-refused");
    expect(await changed((query) => query.set("code", "x".repeat(43)))).toBe("provider-refused");
    expect(await changed((query) => query.delete("code"))).toBe("provider-refused");
    // Mix-up (RFC 9700 section 4.4): RFC 9207 names the issuer in the answer, and each organisation has a page of its own to come back to.
    expect(await changed((query) => query.set("iss", "https://ander.example.nl"))).toBe("provider-refused");
    expect(await changed((query) => query.delete("iss"))).toBe("provider-refused");
    expect(await changed(() => undefined, lenient)).toBe("challenge-unknown");
    expect(await changed(() => undefined, "gm0363")).toBe("not-found");
    expect(await changed((query) => query.set("error", "access_denied"))).toBe("provider-refused");
    expect(await confirmations()).toBe(0);
  });

  const signed = async (claims: Readonly<Record<string, unknown>>, key: CryptoKey | Uint8Array, alg = "RS256", kid = "proef"): Promise<string> =>
    await new SignJWT(claims as JWTPayload).setProtectedHeader({ alg, kid }).sign(key);
  const now = (): number => Math.floor(Date.now() / 1_000);
  const wrong: readonly (readonly [string, Tamper])[] = [
    ["for another client (aud)", async (claims, key) => await signed({ ...claims, aud: "ander" }, key)],
    ["for two clients without azp", async (claims, key) => await signed({ ...claims, aud: ["rugdekking", "ander"] }, key)],
    ["of another issuer", async (claims, key) => await signed({ ...claims, iss: "https://ander.example.nl" }, key)],
    ["with another nonce", async (claims, key) => await signed({ ...claims, nonce: "x".repeat(43) }, key)],
    ["without a nonce", async (claims, key) => await signed({ ...claims, nonce: undefined }, key)],
    ["that is over", async (claims, key) => await signed({ ...claims, iat: now() - 7_200, exp: now() - 3_600 }, key)],
    ["without a subject", async (claims, key) => await signed({ ...claims, sub: undefined }, key)],
    ["unsigned (alg none)", async (claims) => new UnsecuredJWT(claims as JWTPayload).encode()],
    ["with its signature cut off", async (claims, key) => `${(await signed(claims, key)).split(".").slice(0, 2).join(".")}.`],
    ["signed by another key", async (claims) => await signed(claims, (await generateKeyPair("RS256")).privateKey)],
    ["signed with the client's secret (HS256)", async (claims) => await signed(claims, new TextEncoder().encode(provider.secret), "HS256")],
    ["that is no token", async () => "geen token"],
  ];
  test.each(wrong)("OpenID Connect Core 3.1.3.7: an id token %s confirms nothing", async (_, how) => {
    const session = await enter("collega");
    provider.tamper(how);
    const { attempt, answer } = await answerOf(session, strict, "collega-account");
    expect(await codeOf(completeOrganisationSignIn(session.connection, strict, answer))).toBe("provider-refused");
    expect(await codeOf(readOrganisationAttempt(session, attempt))).toBe("challenge-unknown");
    expect(await confirmations()).toBe(0);
    expect(await keysOf(session, desks.strict)).toBe("confirmation-missing");
  });

  test("one account is of one person, tied by their own signature over exactly that account", async () => {
    await confirm(await enter("collega"), strict, "gedeeld-account");
    const lead = await enter("leider");
    expect(await codeOf(confirm(lead, strict, "gedeeld-account"))).toBe("already-there");
    const { attempt, answer } = await answerOf(lead, strict, "leider-account");
    const { subject } = await completeOrganisationSignIn(lead.connection, strict, answer);
    const colleague = await enter("collega");
    // A session without the person's key ties nothing.
    const forged = await signStatement(
      ORGANISATION_LINK,
      { version: 1, attempt, organisation: strict, subject, person: lead.person.person, audience: house.url, at: new Date().toISOString() },
      colleague.person.sign,
    );
    expect(await codeOf(lead.connection.command("POST", "/api/v1/organisation-sign-in/links", { statement: forged }))).toBe("signature-invalid");
    expect(await codeOf(linkOrganisationAccount(lead, strict, attempt, "x".repeat(43)))).toBe("statement-mismatch");
    expect(await codeOf(linkOrganisationAccount(lead, lenient, attempt, subject ?? ""))).toBe("statement-mismatch");
    expect(await codeOf(linkOrganisationAccount(colleague, strict, attempt, subject ?? ""))).toBe("challenge-unknown");
    // A refused statement used nothing up.
    expect(await codeOf(linkOrganisationAccount(lead, strict, attempt, subject ?? ""))).toBe("done");
    expect(await codeOf(linkOrganisationAccount(lead, strict, attempt, subject ?? ""))).toBe("challenge-unknown");
  });

  test("nobody is sent on to an address that came in a request", async () => {
    const session = await enter("collega");
    const { address } = await beginOrganisationSignIn(session, strict);
    const { origin, searchParams } = new URL(address);
    expect(origin).toBe(provider.issuer);
    expect(searchParams.get("redirect_uri")).toBe(house.url + returnPage(strict));
    expect(searchParams.get("code_challenge_method")).toBe("S256");
    expect(searchParams.get("response_type")).toBe("code");
    const asked = (body: object): Promise<string> => codeOf(session.connection.command("POST", "/api/v1/organisation-sign-in/attempts", body));
    expect(await asked({ organisation: strict, redirect: "https://kwaad.example.nl" })).toBe("input-malformed");
    expect(await asked({ organisation: "//kwaad.example.nl" })).toBe("input-malformed");
    // The page people come back to is a page like any other: no redirect, whatever stands behind it.
    const back = await fetch(`${house.url}${returnPage(strict)}?next=https://kwaad.example.nl&iss=https://kwaad.example.nl`, { redirect: "manual" });
    expect(back.headers.get("location")).toBeNull();
    expect(back.headers.getSetCookie()).toEqual([]);
  });

  test("the session cookie stays Strict, and a completion without our own page's header is refused", async () => {
    const session = await enter("collega");
    const { answer } = await answerOf(session, strict, "collega-account");
    const send = async (headers: Record<string, string>): Promise<number> =>
      (
        await fetch(`${house.url}/api/v1/organisation-sign-in/completions`, {
          method: "POST",
          headers: { "Content-Type": "application/json", Cookie: `__Host-session=${session.connection.cookie ?? ""}`, ...headers },
          body: JSON.stringify({ organisation: strict, answer: answer.slice(1) }),
        })
      ).status;
    expect(await send({})).toBe(403);
    expect(await send({ "X-Rugdekking": "1", Origin: provider.issuer })).toBe(403);
    expect(await send({ "X-Rugdekking": "1", Origin: house.url })).toBe(200);
  });

  test("Back-Channel Logout 2.6: a forged, stolen or old logout token ends nothing", async () => {
    const session = await confirm(await enter("collega"), strict, "collega-account");
    const made: { readonly claims: Readonly<Record<string, unknown>>; readonly key: CryptoKey }[] = [];
    provider.tamper(async (claims, key) => {
      made.push({ claims, key });
      return await signed(claims, key);
    });
    await confirm(await enter("collega"), strict, "collega-account");
    const [{ claims, key } = { claims: {}, key: (await generateKeyPair("RS256")).privateKey }] = made;
    const event = { events: { "http://schemas.openid.net/event/backchannel-logout": {} } };
    const right = { iss: provider.issuer, aud: provider.client, sub: "collega-account", iat: now(), exp: now() + 120, jti: "proef", ...event };
    const tell = async (token: string, organisation: string = strict): Promise<number> =>
      (await fetch(house.url + backChannelPath(organisation), { method: "POST", body: new URLSearchParams({ logout_token: token }) })).status;
    expect(await tell(await signed(claims, key))).toBe(422); // an id token is no logout token
    expect(await tell(await signed({ ...right, nonce: "x" }, key))).toBe(422);
    expect(await tell(await signed({ ...right, aud: "ander" }, key))).toBe(422);
    expect(await tell(await signed({ ...right, iss: "https://ander.example.nl" }, key))).toBe(422);
    expect(await tell(await signed({ ...right, iat: now() - 3_600, exp: now() + 60 }, key))).toBe(422);
    expect(await tell(await signed({ ...right, sub: undefined }, key))).toBe(422);
    expect(await tell(await signed({ ...right, events: {} }, key))).toBe(422);
    expect(await tell(new UnsecuredJWT(right).encode())).toBe(422);
    expect(await tell(await signed(right, (await generateKeyPair("RS256")).privateKey))).toBe(422);
    expect(await tell(await signed(right, key), "gm0363")).toBe(404);
    expect(await tell("%00")).toBe(400);
    expect(await tell(await signed({ ...right, sub: "iemand-anders" }, key))).toBe(204);
    expect(await keysOf(session, desks.strict)).toBe("done");
    expect(await tell(await signed(right, key))).toBe(204);
    expect(await keysOf(session, desks.strict)).toBe("confirmation-missing");
  });

  test("a file that everyone may read, or a provider without TLS in production, starts no house", async () => {
    const open = async (change: () => Promise<void>, production = false): Promise<string> => {
      await change();
      const { readProviders } = await import("#services/directory/server/index.ts");
      return await codeOf(readProviders(join(stage.folder, "aanmelding.json"), { production, organisations: new Set([strict, lenient]) }));
    };
    expect(await open(async () => undefined)).toBe("done");
    expect(await open(async () => undefined, true)).toBe("input-malformed");
    expect(await open(async () => await chmod(join(stage.folder, "geheim"), 0o644))).toBe("input-malformed");
    await chmod(join(stage.folder, "geheim"), 0o600);
  });
});
