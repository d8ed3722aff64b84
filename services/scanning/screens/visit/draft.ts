/** The half-noted visit: findings with their photos, kept sealed on this device. Photos are too big for the draft itself, so each lies sealed beside it. Only the visit page uses it. */
import { base64 } from "@scure/base";
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import { RiskDomain, Ring, Seriousness } from "#services/scanning/contract/index.ts";
import { scanDrafts } from "#services/scanning/screens/draft.ts";
import { today } from "#services/scanning/screens/dutch-time.ts";

const PhotoNote = Type.Object({ id: Type.String(), name: Type.String(), type: Type.String(), at: Type.Number() });
/** A photo in the draft: where its bytes lie. */
export type PhotoNote = Static<typeof PhotoNote>;

const DraftFinding = Type.Object({
  id: Type.String(),
  domain: RiskDomain,
  ring: Ring,
  seriousness: Seriousness,
  observation: Type.String(),
  photos: Type.Array(PhotoNote),
});
export type DraftFinding = Static<typeof DraftFinding>;

const Draft = Type.Object({
  part: Type.Union([RiskDomain, Type.Literal("finish")]),
  seen: Type.Array(RiskDomain),
  findings: Type.Array(DraftFinding),
  on: Type.String(),
  present: Type.String(),
  note: Type.String(),
});
export type Draft = Static<typeof Draft>;

export const isDraft = (value: unknown): value is Draft => Check(Draft, value);

export const emptyDraft = (): Draft => ({ part: "wonen", seen: [], findings: [], on: today(), present: "", note: "" });

/** Name of the draft of one scan's visit. */
export const draftName = (dossier: string): string => `visit-${dossier}`;
const photoName = (dossier: string, photo: string): string => `visit-${dossier}-photo-${photo}`;

/** Keeps a photo sealed on this device. @throws DOMException when this browser keeps nothing or the disk is full. */
export async function keepPhoto(dossier: string, file: File): Promise<PhotoNote> {
  const note: PhotoNote = { id: crypto.randomUUID(), name: file.name, type: file.type, at: file.lastModified };
  await (await scanDrafts()).write(photoName(dossier, note.id), base64.encode(new Uint8Array(await file.arrayBuffer())));
  return note;
}

/** The photo again, or null when it is no longer there. */
export async function readPhoto(dossier: string, note: PhotoNote): Promise<File | null> {
  try {
    const kept = await (await scanDrafts()).read(photoName(dossier, note.id));
    if (typeof kept !== "string") return null;
    return new File([new Uint8Array(base64.decode(kept))], note.name, { type: note.type, lastModified: note.at });
  } catch {
    return null;
  }
}

/** Forgets photos: a finding was removed, or everything was sent. */
export async function dropPhotos(dossier: string, photos: readonly PhotoNote[]): Promise<void> {
  const store = await scanDrafts();
  await Promise.all(photos.map(({ id }) => store.remove(photoName(dossier, id))));
}
