/** Puts an opened capture of the browser extension into a report as evidence, once. Called by the page that takes captures over. */
import { readEvidence, type AttachmentSource, type DossierHandle, type UploadOptions } from "#services/dossier/client/index.ts";
import type { CapturedPart } from "#services/reporting/contract/extension.ts";
import type { OpenedCapture } from "./sealed-capture.ts";
import { addEvidence } from "./steps.ts";

/** Whether the dossier holds this capture already: a record's salt is 256 random bits, so the same salt is the same capture. */
async function holds(handle: DossierHandle, parts: readonly CapturedPart[]): Promise<boolean> {
  const salts = new Set((await readEvidence(handle)).map(({ record }) => record.salt));
  return parts.some(({ record }) => salts.has(record.salt));
}

/**
 * One evidence entry per capture: it is there whole or not at all. A capture that is in the dossier already (the page was closed before the extension heard of it) is not put in again.
 * @param files opened files by item; each is held to its capture record while it is sealed
 * @returns whether it was put in now
 * @throws {@link Problem} as `addEvidence`; input-malformed or digest-mismatch when a file is not the one that was recorded.
 */
export async function placeCapture(
  handle: DossierHandle,
  { sheet }: Pick<OpenedCapture, "sheet">,
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  options: UploadOptions = {},
): Promise<boolean> {
  if (await holds(handle, sheet.parts)) return false;
  const attachments = sheet.parts.map(({ item, mediaType, record }): AttachmentSource => {
    const bytes = new Blob([files.get(item) ?? new Uint8Array(0)], { type: mediaType });
    return { name: record.name, mediaType, bytes, capturedAt: sheet.capturedAt, note: "", capture: record };
  });
  const { title, url, account, time } = sheet.facts;
  const note = [title, url, account, time.shown].filter((line) => line !== "").join("\n");
  await addEvidence(handle, note, { ...options, attachments });
  return true;
}
