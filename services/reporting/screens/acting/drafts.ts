/** Half-typed complaints and notices: their shape on this device, and what the dossier held when they were begun. Used by the complaint and the platform page. */
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import { draftShelf } from "#services/dossier/screens/kept-draft.ts";
import { ComplaintPreparation, NoticePreparation } from "#services/reporting/contract/preparation.ts";

/** Drafts of these pages. @throws DOMException when this browser keeps nothing. */
export const actingDrafts = draftShelf("rugdekking-acting-drafts");

/** What the dossier held, in one text: a draft that was begun from something else may not quietly take the place of what a delegate kept since. */
export const heldBy = (held: ComplaintPreparation | NoticePreparation | null): string => JSON.stringify(held);

const ComplaintDraft = Type.Object({ held: Type.String(), given: ComplaintPreparation });
export type ComplaintDraft = Static<typeof ComplaintDraft>;
export const isComplaintDraft = (value: unknown): value is ComplaintDraft => Check(ComplaintDraft, value);

/** `urls`: as typed, one a line; the notice takes them when it is kept. */
const NoticeDraft = Type.Object({ held: Type.String(), given: NoticePreparation, urls: Type.String() });
export type NoticeDraft = Static<typeof NoticeDraft>;
export const isNoticeDraft = (value: unknown): value is NoticeDraft => Check(NoticeDraft, value);

/** Names of drafts on the shelf. A new notice has one place per dossier, whatever id it gets. */
export const complaintDraft = (dossier: string): string => `complaint-${dossier}`;
export const noticeDraft = (dossier: string, notice: string | null): string => `notice-${dossier}-${notice ?? "new"}`;
