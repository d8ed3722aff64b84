/** Organisations that ask to take part, as applicant, verifier, registrar or anyone who looks where a desk comes from. Called by screens, the CLI and registrar tools. */
import { fingerprintOf, newDesk, newUuid, signStatement, type SignKeyPair } from "@rugdekking/seal";
import { readStatement, rostersInForce, SealError, verifyStatement, type Envelope } from "@rugdekking/seal/verify";
import Type from "typebox";
import { DeskView } from "#services/directory/contract/index.ts";
import {
  JOINING_REQUEST,
  JOINING_VERDICT,
  JoiningRequestPayload,
  JoiningVerdictPayload,
  JoiningView,
  verificationsNeeded,
  verifyingFunctions,
} from "#services/directory/contract/joining.ts";
import { Problem } from "#services/problem/index.ts";
import { parseAnswer, type Connection } from "./connection.ts";
import { readPersonCard } from "./desks.ts";
import type { Session } from "./session.ts";
import type { Trust, VerifiedDesk } from "./trust.ts";

const base = "/api/v1/joining-requests";

/** A verdict that holds: signed by someone who was in that desk then, about exactly this request. */
export interface CheckedVerdict {
  readonly payload: JoiningVerdictPayload;
  readonly desk: VerifiedDesk;
  /** Name and office of the signer in that desk's roster. */
  readonly name: string;
  readonly office: string;
}

/** A request of which every signature was checked on this device. */
export interface CheckedJoining {
  readonly view: JoiningView;
  readonly asked: JoiningRequestPayload;
  /** Statement hash of the request. */
  readonly hash: string;
  /** The 25 digits the applicant reads out. */
  readonly fingerprint: string;
  readonly verdicts: readonly CheckedVerdict[];
  /** Whether two desks of two organisations that may do so verified it, by what was checked here; the server's word counts for nothing. */
  readonly verified: boolean;
}

const refused = (what: string): Problem => new Problem("signature-invalid", what, "Do not go on; tell whoever runs this server.");

async function held<T>(work: Promise<T>, what: string): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof SealError) throw refused(`${what} does not verify (${error.code})`);
    throw error;
  }
}

async function checkVerdict(trust: Trust, envelope: Envelope, hash: string, digits: string): Promise<CheckedVerdict> {
  const payload = parseAnswer(JoiningVerdictPayload, readStatement(envelope), "a verdict");
  const desk = await trust.desk(payload.desk);
  if (!verifyingFunctions.some((one) => one.function === desk.function)) throw refused(`A desk of function ${desk.function} verifies no organisations`);
  const rosters = rostersInForce(
    desk.history.map(({ roster }) => roster),
    payload.at,
  );
  const signer = rosters.flatMap(({ members }) => members).findLast(({ person }) => person === payload.by);
  if (signer === undefined) throw refused("A verdict was signed by someone who was not of that desk");
  await held(verifyStatement(envelope, JOINING_VERDICT, signer.signPublicKey), "A verdict");
  if (payload.request !== hash) throw refused("A verdict is about another request");
  if (payload.verdict === "verified" && payload.fingerprint !== digits) throw refused("A verdict names other digits than the keys of the request give");
  return { payload, desk, name: signer.name, office: signer.office };
}

/** Checks a request and everything signed about it. @throws {@link Problem} signature-invalid. */
export async function checkJoining(trust: Trust, view: JoiningView): Promise<CheckedJoining> {
  const asked = parseAnswer(JoiningRequestPayload, readStatement(view.statement), "a request to take part");
  const { hash } = await held(verifyStatement(view.statement, JOINING_REQUEST, asked.signPublicKey), "The request");
  if (asked.request !== view.request || asked.audience !== trust.connection.origin)
    throw refused("The request is another than was asked for, or for another site");
  const fingerprint = await fingerprintOf(asked);
  const verdicts = await Promise.all(view.verdicts.map((envelope) => checkVerdict(trust, envelope, hash, fingerprint.replaceAll(" ", ""))));
  const by = verdicts.filter(({ payload }) => payload.verdict === "verified");
  const apart = (values: readonly string[]): number => new Set(values).size;
  const verified =
    !verdicts.some(({ payload }) => payload.verdict === "refused" || payload.by === asked.person) &&
    apart(by.map(({ desk }) => desk.organisation)) >= verificationsNeeded &&
    apart(by.map(({ payload }) => payload.by)) >= verificationsNeeded;
  return { view, asked, hash, fingerprint, verdicts, verified };
}

/** What an applicant fills in. */
export interface JoiningWish {
  readonly organisation: string;
  readonly function: JoiningRequestPayload["function"];
  readonly deskName: string;
  readonly name: string;
  readonly office: string;
}

/** Asks that an organisation may take part; the signer will lead its first desk. @throws {@link Problem} not-found, role-forbidden, already-there, quota-reached. */
export async function requestJoining(session: Session, wish: JoiningWish): Promise<CheckedJoining> {
  const { person } = session;
  const payload: JoiningRequestPayload = {
    version: 1,
    // Of chance alone: whoever has the id may read a request that was verified.
    request: crypto.randomUUID(),
    ...wish,
    person: person.person,
    signPublicKey: person.sign.publicKey,
    sealPublicKey: person.seal.publicKey,
    audience: session.connection.origin,
    at: new Date().toISOString(),
  };
  const statement = await signStatement(JOINING_REQUEST, payload, person.sign);
  return await checkJoining(session.trust, await session.connection.post(base, { statement }, JoiningView));
}

const Views = Type.Object({ requests: Type.Array(JoiningView) });
const listed = async (session: Session, path: string): Promise<CheckedJoining[]> => {
  const { requests } = await session.connection.get(path, Views);
  return await Promise.all(requests.map((view) => checkJoining(session.trust, view)));
};

/** What I asked. @throws {@link Problem} session-missing, signature-invalid. */
export const listOwnJoining = (session: Session): Promise<CheckedJoining[]> => listed(session, `${base}/mine`);

/** What waits for a verdict. @throws {@link Problem} role-forbidden, signature-invalid. */
export const listJoining = (session: Session): Promise<CheckedJoining[]> => listed(session, base);

/** One request. @throws {@link Problem} not-found, signature-invalid. */
export const readJoining = async (trust: Trust, request: string): Promise<CheckedJoining> =>
  await checkJoining(trust, await trust.connection.get(`${base}/${encodeURIComponent(request)}`, JoiningView));

/** What is said about a request. */
export type Verdict = { readonly verdict: "verified"; readonly fingerprint: string } | { readonly verdict: "refused"; readonly reason: string };

/**
 * Signs a verdict over exactly this request, for a desk of mine.
 * @throws {@link Problem} statement-mismatch when the digits that were read out are not those of the request's keys; role-forbidden, own-work, phase-forbidden.
 */
export async function ruleOnJoining(
  session: Session,
  desk: string,
  { asked, hash, fingerprint, view }: CheckedJoining,
  said: Verdict,
): Promise<CheckedJoining> {
  const digits = said.verdict === "verified" ? said.fingerprint.replaceAll(/\D/g, "") : null;
  if (digits !== null && digits !== fingerprint.replaceAll(" ", ""))
    throw new Problem(
      "statement-mismatch",
      "These are not the digits of the keys in the request",
      "Do not verify it; telephone again by a number you know yourself.",
    );
  const payload: JoiningVerdictPayload = {
    version: 1,
    request: hash,
    organisation: asked.organisation,
    verdict: said.verdict,
    fingerprint: digits,
    reason: said.verdict === "refused" ? said.reason : null,
    by: session.person.person,
    desk,
    at: new Date().toISOString(),
  };
  const statement = await signStatement(JOINING_VERDICT, payload, session.person.sign);
  return await checkJoining(session.trust, await session.connection.post(`${base}/${encodeURIComponent(view.request)}/verdicts`, { statement }, JoiningView));
}

/**
 * Makes the first desk of a verified organisation: the registrar signs a roster of exactly what was asked for.
 * @throws {@link Problem} requirement-missing when two verdicts that hold are not there; signature-invalid; already-there.
 */
export async function createJoinedDesk(trust: Trust, input: { readonly registrar: SignKeyPair; readonly request: string }): Promise<VerifiedDesk> {
  const { asked, verified, view } = await readJoining(trust, input.request);
  if (!verified)
    throw new Problem("requirement-missing", "Two authorities of two organisations have not verified this request", "Wait for both verdicts; do not sign.");
  const card = await readPersonCard(trust.connection, asked.person);
  if (card.signPublicKey !== asked.signPublicKey || card.sealPublicKey !== asked.sealPublicKey)
    throw refused("The applicant's card shows other keys than the request that was verified");
  const { person, name, office, sealPublicKey, signPublicKey } = asked;
  const { rotation, epochSeed } = await newDesk({
    desk: newUuid(),
    organisation: asked.organisation,
    name: asked.deskName,
    function: asked.function,
    members: [{ person, name, office, lead: true, sealPublicKey, signPublicKey }],
    registrar: input.registrar,
  });
  epochSeed.fill(0);
  return await trust.verify(await trust.connection.post(`${base}/${encodeURIComponent(view.request)}/desk`, rotation, DeskView));
}

/**
 * Where a desk comes from: the request and both verdicts, checked, and its first roster compared with them; null when the registrar enrolled it without a request.
 * @throws {@link Problem} signature-invalid.
 */
export async function readDeskOrigin(connection: Connection, trust: Trust, desk: VerifiedDesk): Promise<CheckedJoining | null> {
  let view: JoiningView;
  try {
    view = await connection.get(`/api/v1/desks/${encodeURIComponent(desk.id)}/origin`, JoiningView);
  } catch (error) {
    if (error instanceof Problem && error.code === "not-found") return null;
    throw error;
  }
  const checked = await checkJoining(trust, view);
  const first = desk.history[0]?.roster;
  const [lead, ...more] = first?.members ?? [];
  const { asked } = checked;
  if (
    !checked.verified ||
    first === undefined ||
    first.organisation !== asked.organisation ||
    more.length > 0 ||
    lead?.signPublicKey !== asked.signPublicKey ||
    lead.person !== asked.person
  )
    throw refused("This desk is not what two authorities verified");
  return checked;
}
