/**
 * A publication is cleared by two signatures (design law 4): who made the tables signs that they did, and another member of the research desk signs that they may go out. Called by the Monitor, the command line and whoever checks.
 * Both sign the digest of `inhoud.json`, the list of every file of the publication with its digest: a chart or paper that was changed is no longer what was cleared. That the files are those of the list is checked by
 * who holds the folder (apps/cli/publication-folder.ts).
 */
import { digestOf, readStatement, rostersInForce, SealError, verifyStatement } from "@rugdekking/seal/verify";
import { signStatement } from "@rugdekking/seal";
import type { Envelope } from "#services/directory/contract/index.ts";
import { PublicationMadePayload, PublicationManifest, PublicationPayload } from "#services/directory/contract/clearance.ts";
import { Problem } from "#services/problem/index.ts";
import { parseAnswer } from "./connection.ts";
import type { Session } from "./session.ts";
import type { Trust } from "./trust.ts";

/** Media types of the two statements (DSSE payloadType): each kind of publication has its own, so that no signature under one counts for another. */
export interface ClearanceStatements {
  readonly made: string;
  readonly cleared: string;
}

const refused = (what: string): Problem => new Problem("signature-invalid", what, "Do not use these figures; ask the research desk for the right file.");

/** Members of a research desk at a moment. @throws {@link Problem} signature-invalid when it is no research desk. */
async function membersOf(trust: Trust, desk: string, at: string) {
  const found = await trust.desk(desk);
  if (found.function !== "research")
    throw new Problem("signature-invalid", "The desk that cleared this publication is no research desk", "Ask the research desk.");
  return rostersInForce(
    found.history.map(({ roster }) => roster),
    at,
  ).flatMap(({ members }) => members);
}

/** Reads the list of files (bytes of `inhoud.json`). @throws {@link Problem} signature-invalid when it has another form. */
export function readManifest(bytes: Uint8Array): PublicationManifest {
  try {
    return parseAnswer(PublicationManifest, JSON.parse(new TextDecoder().decode(bytes)), "the list of files of a publication");
  } catch (error) {
    if (error instanceof SyntaxError) throw refused("The list of files of this publication cannot be read");
    throw error;
  }
}

/** What both statements say of the list they are about. */
const about = async (manifest: Uint8Array) => {
  const { publication, wave } = readManifest(manifest);
  return { version: 1 as const, publication, wave, digest: await digestOf(manifest) };
};

/** @throws {@link Problem} signature-invalid when a statement is about another list, publication or wave, or its signature does not hold. */
async function held(trust: Trust, envelope: Envelope, type: string, payload: PublicationMadePayload, manifest: Uint8Array, whose: string): Promise<void> {
  const other = refused(`This publication is another than was ${whose}`);
  if (payload.digest !== (await digestOf(manifest))) throw other;
  const { publication, wave } = readManifest(manifest);
  if (payload.publication !== publication || payload.wave !== wave) throw other;
  const members = await membersOf(trust, payload.desk, payload.at);
  const signer = members.findLast(({ person }) => person === payload.by);
  if (signer === undefined) throw refused(`This publication was ${whose} by someone who was not of the research desk`);
  try {
    await verifyStatement(envelope, type, signer.signPublicKey);
  } catch (error) {
    if (error instanceof SealError) throw refused(`The statement that it was ${whose} does not verify (${error.code})`);
    throw error;
  }
}

async function checkMade(trust: Trust, statements: ClearanceStatements, envelope: Envelope, manifest: Uint8Array): Promise<PublicationMadePayload> {
  const payload = parseAnswer(PublicationMadePayload, readStatement(envelope), "a statement of who made a publication");
  await held(trust, envelope, statements.made, payload, manifest, "made");
  return payload;
}

/**
 * Signs that the signer made a publication.
 * @param manifest bytes of `inhoud.json`
 * @throws {@link Problem} role-forbidden when the signer is not of the desk.
 */
export async function signMade(
  session: Session,
  statements: ClearanceStatements,
  { manifest, desk }: { readonly manifest: Uint8Array; readonly desk: string },
  now: Date,
): Promise<Envelope> {
  const at = now.toISOString();
  const { person } = session.person;
  if (!(await membersOf(session.trust, desk, at)).some((one) => one.person === person))
    throw new Problem("role-forbidden", "You are no member of the research desk", "Ask a lead of the desk.");
  const payload: PublicationMadePayload = { ...(await about(manifest)), by: person, desk, at };
  return await signStatement(statements.made, payload, session.person.sign);
}

/**
 * Signs that a publication may go out.
 * @param manifest bytes of `inhoud.json`; @param made statement of who made it, a member of the same desk
 * @throws {@link Problem} role-forbidden when it is the signer's own work, or one of the two is not of the desk; signature-invalid when the statement of who made it does not hold.
 */
export async function clearPublication(
  session: Session,
  statements: ClearanceStatements,
  { manifest, made }: { readonly manifest: Uint8Array; readonly made: Envelope },
  now: Date,
): Promise<Envelope> {
  const at = now.toISOString();
  const { person } = session.person;
  const { by: madeBy, desk } = parseAnswer(PublicationMadePayload, readStatement(made), "a statement of who made a publication");
  if (person === madeBy)
    throw new Problem("role-forbidden", "You made these tables, so you cannot clear them", "Let another member of the research desk do it.");
  const members = await membersOf(session.trust, desk, at);
  for (const [who, name] of [
    [person, "You are"],
    [madeBy, "Who made the tables is"],
  ] as const)
    if (!members.some((one) => one.person === who)) throw new Problem("role-forbidden", `${name} no member of the research desk`, "Ask a lead of the desk.");
  await checkMade(session.trust, statements, made, manifest);
  const payload: PublicationPayload = { ...(await about(manifest)), madeBy, by: person, desk, at };
  return await signStatement(statements.cleared, payload, session.person.sign);
}

/**
 * Checks that this list of files was made and cleared, by whom and when.
 * @throws {@link Problem} signature-invalid when the list is another, the same person signed both, a signer was not of the desk then, or a signature does not hold.
 */
export async function checkClearance(
  trust: Trust,
  statements: ClearanceStatements,
  { clearance, made }: { readonly clearance: Envelope; readonly made: Envelope },
  manifest: Uint8Array,
): Promise<PublicationPayload> {
  const payload = parseAnswer(PublicationPayload, readStatement(clearance), "a clearance");
  if (payload.by === payload.madeBy) throw refused("This publication was cleared by who made it");
  const maker = await checkMade(trust, statements, made, manifest);
  if (maker.by !== payload.madeBy || maker.desk !== payload.desk) throw refused("This publication was made by someone else than its clearance says");
  await held(trust, clearance, statements.cleared, payload, manifest, "cleared");
  return payload;
}
