/** Clears publications of the Monitor: the two signatures of services/directory, under the Monitor's own media types. Called by the command line and by whoever checks. */
import {
  checkClearance as check,
  clearPublication as clear,
  signMade as sign,
  type ClearanceStatements,
  type Session,
  type Trust,
} from "#services/directory/client/index.ts";
import type { Envelope } from "#services/directory/contract/index.ts";
import { publicationMadeStatement, publicationStatement, type PublicationPayload } from "#services/monitor/contract/publication.ts";

/** Media types of the statements about a publication of the Monitor. */
export const monitorStatements: ClearanceStatements = { made: publicationMadeStatement, cleared: publicationStatement };

/** As `signMade` of services/directory. */
export const signMade = async (session: Session, about: { readonly manifest: Uint8Array; readonly desk: string }, now: Date): Promise<Envelope> =>
  await sign(session, monitorStatements, about, now);

/** As `clearPublication` of services/directory. */
export const clearPublication = async (session: Session, about: { readonly manifest: Uint8Array; readonly made: Envelope }, now: Date): Promise<Envelope> =>
  await clear(session, monitorStatements, about, now);

/** As `checkClearance` of services/directory. */
export const checkClearance = async (
  trust: Trust,
  statements: { readonly clearance: Envelope; readonly made: Envelope },
  manifest: Uint8Array,
): Promise<PublicationPayload> => await check(trust, monitorStatements, statements, manifest);
