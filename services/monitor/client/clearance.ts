/**
 * A publication is cleared by a signature (design law 4): a member of the research desk who did not make the tables signs the digest of its one file of figures. Called by the command line and by whoever checks.
 * What is signed is `publication.json` to the byte: tables, charts and papers follow from it.
 */
import { digestOf, readStatement, rostersInForce, SealError, verifyStatement } from "@rugdekking/seal/verify";
import { signStatement } from "@rugdekking/seal";
import { parseAnswer, type Session, type Trust } from "#services/directory/client/index.ts";
import type { Envelope } from "#services/directory/contract/index.ts";
import { PublicationPayload, publicationStatement } from "#services/monitor/contract/publication.ts";
import { Problem } from "#services/problem/index.ts";

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

/**
 * Signs that a publication may go out.
 * @param file bytes of publication.json; @param madeBy who made the tables, a member of the same desk
 * @throws {@link Problem} role-forbidden when it is the signer's own work, or one of the two is not of the desk.
 */
export async function clearPublication(
  session: Session,
  { file, publication, wave, madeBy, desk }: { readonly file: Uint8Array } & Pick<PublicationPayload, "publication" | "wave" | "madeBy" | "desk">,
  now: Date,
): Promise<Envelope> {
  const at = now.toISOString();
  const { person } = session.person;
  if (person === madeBy)
    throw new Problem("role-forbidden", "You made these tables, so you cannot clear them", "Let another member of the research desk do it.");
  const members = await membersOf(session.trust, desk, at);
  for (const [who, name] of [
    [person, "You are"],
    [madeBy, "Who made the tables is"],
  ] as const)
    if (!members.some((one) => one.person === who)) throw new Problem("role-forbidden", `${name} no member of the research desk`, "Ask a lead of the desk.");
  const payload: PublicationPayload = { version: 1, publication, wave, digest: await digestOf(file), madeBy, by: person, desk, at };
  return await signStatement(publicationStatement, payload, session.person.sign);
}

/**
 * Checks that these bytes were cleared, by whom and when.
 * @throws {@link Problem} signature-invalid when the file is another, the signer made it, was not of the desk then, or the signature does not hold.
 */
export async function checkClearance(trust: Trust, envelope: Envelope, file: Uint8Array): Promise<PublicationPayload> {
  const refused = (what: string): Problem => new Problem("signature-invalid", what, "Do not use these figures; ask the research desk for the right file.");
  const payload = parseAnswer(PublicationPayload, readStatement(envelope), "a clearance");
  if (payload.by === payload.madeBy) throw refused("This publication was cleared by who made it");
  if (payload.digest !== (await digestOf(file))) throw refused("This publication is another than was cleared");
  const members = await membersOf(trust, payload.desk, payload.at);
  const signer = members.findLast(({ person }) => person === payload.by);
  if (signer === undefined) throw refused("This publication was cleared by someone who was not of the research desk");
  if (!members.some(({ person }) => person === payload.madeBy)) throw refused("This publication was made by someone who was not of the research desk");
  try {
    await verifyStatement(envelope, publicationStatement, signer.signPublicKey);
  } catch (error) {
    if (error instanceof SealError) throw refused(`The clearance does not verify (${error.code})`);
    throw error;
  }
  return payload;
}
