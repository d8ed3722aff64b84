/** Photos of findings in a document: opened, held to what their author signed, made fit. Used by the advice paper. */
import type { PaperAssets, Picture } from "@rugdekking/paper";
import type { DossierEntry, DossierHandle } from "#services/dossier/client/index.ts";
import type { AttachmentNote } from "#services/dossier/contract/bodies.ts";
import { Problem } from "#services/problem/index.ts";
import type { RecordedFinding } from "#services/scanning/client/round.ts";
import type { PaperMaking } from "./paper.ts";

/** Photos as the document names them, by finding. */
export interface PlacedPhotos {
  readonly placed: ReadonlyMap<string, Picture[]>;
  readonly assets: PaperAssets;
  readonly leftOut: readonly string[];
}

/** As they are, when a document can hold them so. */
const asTheyAre: NonNullable<PaperMaking["fit"]> = async (bytes, mediaType) => (["image/png", "image/jpeg"].includes(mediaType) ? bytes : null);

/** Reads a photo whole. @throws {@link Problem} digest-mismatch when the sealed bytes, or the opened ones, are not those that were signed. */
async function openPhoto(handle: DossierHandle, entry: DossierEntry, note: AttachmentNote, signal: AbortSignal | undefined): Promise<Uint8Array> {
  // The stream itself fails when the sealed bytes differ from the digest in the signed header.
  const stream = await handle.readAttachment(entry, note, signal === undefined ? {} : { signal });
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const found = btoa(String.fromCharCode(...digest))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
  if (found !== note.sha256)
    throw new Problem("digest-mismatch", `Photo ${note.item} is not the one that was noted`, "Do not use it; tell whoever runs this server.");
  return bytes;
}

/** Every photo of every finding, in reading order. @throws {@link Problem} digest-mismatch, not-found, unavailable. */
export async function placePhotos(
  handle: DossierHandle,
  recorded: readonly RecordedFinding[],
  codes: ReadonlyMap<string, string>,
  { fit = asTheyAre, signal }: PaperMaking,
): Promise<PlacedPhotos> {
  const placed = new Map<string, Picture[]>();
  const assets: Record<string, Uint8Array> = {};
  const leftOut: string[] = [];
  for (const { finding, entry, visit } of recorded) {
    const here: Picture[] = [];
    for (const item of finding.photos) {
      const note = visit.attachments.find((one) => one.item === item);
      if (note === undefined) continue;
      const bytes = await fit(await openPhoto(handle, entry, note, signal), note.mediaType);
      if (bytes === null) {
        leftOut.push(note.name);
        continue;
      }
      const asset = `foto-${item}`;
      assets[asset] = bytes;
      const number = here.length + 1;
      const alt = `Foto ${number} bij bevinding ${codes.get(finding.id) ?? ""}: ${finding.observation}`.slice(0, 300);
      here.push({ asset, alt, caption: note.note.slice(0, 400) });
    }
    placed.set(finding.id, here);
  }
  return { placed, assets, leftOut };
}
