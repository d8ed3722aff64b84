/** Answer links: made by who has the dossier or their safety desk, looked up by the desk that is to answer. Called by screens and the CLI. */
import type { Session } from "#services/directory/client/index.ts";
import { AnswerLink, AnswerLinkView } from "#services/dossier/contract/index.ts";

/**
 * Makes a one-time link for a desk that holds the dossier. The pointer is told this once.
 * @throws {@link Problem} not-found, role-forbidden, requirement-missing (that desk does not hold it now), quota-reached (five stand, or too many were asked for).
 */
export const makeAnswerLink = (session: Session, dossier: string, desk: string): Promise<AnswerLink> =>
  session.connection.post(`/api/v1/dossiers/${encodeURIComponent(dossier)}/answer-links`, { desk }, AnswerLink);

/** Where a pointer leads; only for a member of the desk it was made for. @throws {@link Problem} not-found for whatever else, quota-reached. */
export const lookUpAnswerLink = (session: Session, pointer: string): Promise<AnswerLinkView> =>
  session.connection.post("/api/v1/answer-links/look-ups", { pointer }, AnswerLinkView);

/** The pointer in what someone pasted or followed: a whole link, its fragment, or the pointer alone; null when there is none. */
export const pointerOf = (text: string): string | null => /(?:^|#)([A-Za-z0-9_-]{43})$/u.exec(text.trim())?.[1] ?? null;
