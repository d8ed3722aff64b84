/** Drafts of the scan pages: request, planning, visit and advice. */
import { draftShelf, useKept as useKeptOn, type KeptDraft } from "#services/dossier/screens/kept-draft.ts";

/** The drafts of scans. @throws DOMException when this browser keeps nothing. */
export const scanDrafts = draftShelf("rugdekking-scan-drafts");

/** A draft of a scan page; see {@link useKeptOn}. */
export const useKept = <T extends object>(name: string, is: (value: unknown) => value is T, first: T): KeptDraft<T> => useKeptOn(scanDrafts, name, is, first);
