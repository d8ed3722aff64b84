/** Files the office-holder adds to a scan before the advice is written. Called by screens. */
import { append, uploadAll, type AttachmentSource, type DossierHandle, type UploadOptions } from "#services/dossier/client/index.ts";
import type { EvidenceBody } from "#services/dossier/contract/bodies.ts";
import type { Receipt } from "#services/dossier/contract/index.ts";
import { Problem } from "#services/problem/index.ts";

/** Adds files with a few words. @throws {@link Problem} role-forbidden, phase-forbidden, upload codes. */
export async function addScanEvidence(
  handle: DossierHandle,
  note: string,
  options: UploadOptions & { readonly attachments: readonly AttachmentSource[] },
): Promise<Receipt> {
  const key = handle.keys.channels.get("main");
  if (key === undefined) throw new Problem("role-forbidden", "You do not hold the key of this dossier", "Ask the person whose dossier it is.");
  const { references, notes } = await uploadAll(handle.session.connection, { dossier: handle.id, channel: "main" }, options.attachments, key, options);
  return append(handle, { kind: "evidence", body: { version: 1, note, attachments: notes } satisfies EvidenceBody, attachments: references });
}
