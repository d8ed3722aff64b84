/** Confirming a session at one's own organisation, and what its groups propose about a desk. Called by screens and the CLI. */
import { signStatement } from "@rugdekking/seal";
import Type from "typebox";
import { SignedIn } from "#services/directory/contract/index.ts";
import {
  AttemptOutcome,
  ORGANISATION_LINK,
  OrganisationAttempt,
  OrganisationStanding,
  RosterProposal,
  type OrganisationLinkPayload,
} from "#services/directory/contract/organisation-sign-in.ts";
import { Problem } from "#services/problem/index.ts";
import type { Connection } from "./connection.ts";
import { Session } from "./session.ts";

const base = "/api/v1/organisation-sign-in";

/** My organisations that have a sign-in of their own. @throws {@link Problem} session-missing. */
export const listOrganisationSignIns = async (session: Session): Promise<OrganisationStanding[]> =>
  (await session.connection.get(base, Type.Object({ organisations: Type.Array(OrganisationStanding) }))).organisations;

/**
 * Begins to confirm this session. The person goes to `address` in the same browser (another tab, so that this one keeps its keys).
 * @throws {@link Problem} role-forbidden; provider-away; provider-refused when the address is not one to send a person to.
 */
export async function beginOrganisationSignIn(session: Session, organisation: string): Promise<OrganisationAttempt> {
  const begun = await session.connection.post(`${base}/attempts`, { organisation }, OrganisationAttempt);
  const url = URL.parse(begun.address);
  // The address becomes a link that is pressed: a server of ill will must not make it a script or a file.
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:"))
    throw new Problem("provider-refused", "The server gave an address that no person should go to", "Tell whoever runs this server.");
  return begun;
}

/** Hands in what the provider sent the browser back with. @throws {@link Problem} challenge-unknown (another session's attempt, used or over), provider-refused, provider-away, already-there. */
export const completeOrganisationSignIn = (connection: Connection, organisation: string, answer: string): Promise<AttemptOutcome> =>
  connection.post(`${base}/completions`, { organisation, answer: answer.replace(/^\?/, "") }, AttemptOutcome);

/** What came of an attempt of this session. @throws {@link Problem} challenge-unknown. */
export const readOrganisationAttempt = (session: Session, attempt: string): Promise<AttemptOutcome> =>
  session.connection.get(`${base}/attempts/${encodeURIComponent(attempt)}`, AttemptOutcome);

/** Signs that the account is mine, which confirms this session. @throws {@link Problem} challenge-unknown, already-there. */
export async function linkOrganisationAccount(session: Session, organisation: string, attempt: string, subject: string): Promise<void> {
  const payload: OrganisationLinkPayload = {
    version: 1,
    attempt,
    organisation,
    subject,
    person: session.person.person,
    audience: session.connection.origin,
    at: new Date().toISOString(),
  };
  await session.connection.command("POST", `${base}/links`, { statement: await signStatement(ORGANISATION_LINK, payload, session.person.sign) });
}

/** Unties my account; what it confirmed ends. @throws {@link Problem} not-found. */
export const unlinkOrganisationAccount = (session: Session, organisation: string): Promise<void> =>
  session.connection.command("DELETE", `${base}/links/${encodeURIComponent(organisation)}`);

/** The same session with the desks it may act for now. @throws {@link Problem} session-expired. */
export async function withDesksOfNow(session: Session): Promise<Session> {
  const { desks, unconfirmed = [], expires } = await session.connection.get("/api/v1/session", SignedIn);
  const { connection, trust, person, guest, handle } = session;
  return new Session({ connection, trust, person, guest, handle, desks, unconfirmed, expires });
}

/** Who of a desk I lead is in none of its organisation's groups any more. @throws {@link Problem} role-forbidden. */
export const listRosterProposals = async (session: Session, desk: string): Promise<RosterProposal[]> =>
  (await session.connection.get(`/api/v1/desks/${encodeURIComponent(desk)}/proposals`, Type.Object({ proposals: Type.Array(RosterProposal) }))).proposals;

/** Puts a proposal aside. @throws {@link Problem} not-found. */
export const dismissRosterProposal = (session: Session, desk: string, person: string): Promise<void> =>
  session.connection.command("DELETE", `/api/v1/desks/${encodeURIComponent(desk)}/proposals/${encodeURIComponent(person)}`);
