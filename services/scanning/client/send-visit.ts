/** Sends a visit that was noted without a connection: photos one by one, each remembered once it has arrived, then the entry; a cut or a closed page never sends anything twice. Called by the visit page. */
import Type, { type Static } from "typebox";
import { append, uploadAttachment, type DossierHandle, type UploadOptions } from "#services/dossier/client/index.ts";
import { AttachmentNote } from "#services/dossier/contract/bodies.ts";
import { ItemReference } from "#services/dossier/contract/index.ts";
import { mayWrite } from "#services/dossier/workflow/enforce.ts";
import { Problem } from "#services/problem/index.ts";
import { VisitBody, type Finding, type VisitAnswers } from "#services/scanning/contract/index.ts";
import { presentRound } from "./round.ts";

/** What has been sent so far. The caller keeps it sealed beside the notes, and gives it back after a cut. */
export const SendRecord = Type.Object(
  {
    version: Type.Literal(1),
    /** Photos that arrived, by their id on this device. */
    uploads: Type.Array(Type.Object({ photo: Type.String(), reference: ItemReference, note: AttachmentNote }, { additionalProperties: false })),
    /** The entry as it was last given to the server, which may or may not have it. */
    body: Type.Union([VisitBody, Type.Null()]),
  },
  { additionalProperties: false },
);
/** What has been sent so far. */
export type SendRecord = Static<typeof SendRecord>;

/** Nothing sent yet. */
export const nothingSent: SendRecord = { version: 1, uploads: [], body: null };

/** One photo as it lies on the device. */
export interface VisitPhoto {
  readonly id: string;
  readonly name: string;
  /** RFC 3339 UTC by the device's clock, or null. */
  readonly capturedAt: string | null;
  /** What it belongs to, in words; empty when nothing. */
  readonly note: string;
  /** Opens it; null when the device lost it. */
  readonly read: () => Promise<Uint8Array<ArrayBuffer> | null>;
}

/** A visit to send; `photos` of findings are ids on this device. */
export interface VisitToSend {
  readonly on: string;
  readonly present: string;
  readonly note: string;
  readonly answers: VisitAnswers | null;
  readonly findings: readonly Finding[];
  readonly photos: readonly VisitPhoto[];
}

/** How far. */
export interface VisitProgress {
  readonly photos: number;
  readonly allPhotos: number;
}

interface Keeper {
  readonly read: () => Promise<SendRecord>;
  readonly write: (record: SendRecord) => Promise<void>;
}

/** What became of it. */
export interface SentVisit {
  /** Number of the entry in the dossier. */
  readonly seq: number;
  /** Names of photos that the device no longer had. */
  readonly lost: readonly string[];
}

const mayRecord = ({ view, workflow }: DossierHandle): boolean => view.actions.includes("visit") || mayWrite(workflow, view, "visit");

/** The number of the entry that holds exactly this body, when the server has it after all. */
async function alreadyThere(handle: DossierHandle, body: VisitBody | null): Promise<number | null> {
  if (body === null) return null;
  const wanted = JSON.stringify(body);
  const own = presentRound(handle).filter(
    ({ header, readable }) => header.kind === "visit" && readable && header.author.person === handle.session.person.person,
  );
  for (const entry of own.toReversed()) if (JSON.stringify(await handle.readBody(entry, VisitBody)) === wanted) return entry.seq;
  return null;
}

/** What is still to be told when an earlier attempt arrived and the notes went on after it. */
function remaining(body: VisitBody, sent: VisitBody): VisitBody | null {
  const told = new Set([...sent.findings, ...(sent.answers?.answers ?? []), ...sent.attachments].map((one) => JSON.stringify(one)));
  const fresh = <T>(all: readonly T[]): T[] => all.filter((one) => !told.has(JSON.stringify(one)));
  const findings = fresh(body.findings);
  const attachments = fresh(body.attachments);
  const answers = body.answers === undefined ? undefined : { ...body.answers, answers: fresh(body.answers.answers) };
  const nothing = findings.length === 0 && attachments.length === 0 && (answers?.answers.length ?? 0) === 0 && body.note === sent.note;
  return nothing ? null : { ...body, findings, attachments, ...(answers === undefined ? {} : { answers }) };
}

/**
 * Sends a visit, going on where an earlier attempt stopped.
 * @param handle freshly read
 * @throws {@link Problem} phase-forbidden (replanned, withdrawn or already advised on meanwhile), role-forbidden, upload codes, unavailable. Nothing that was noted is lost by any of them.
 */
export async function sendVisit(
  handle: DossierHandle,
  visit: VisitToSend,
  keeper: Keeper,
  options: Pick<UploadOptions, "signal" | "backOff"> & { readonly onProgress?: (progress: VisitProgress) => void } = {},
): Promise<SentVisit> {
  let record = await keeper.read();
  const there = await alreadyThere(handle, record.body);
  if (there === null && !mayRecord(handle))
    throw new Problem("phase-forbidden", `A visit cannot be recorded in phase ${handle.view.phase}`, "Your notes stay on this device.");
  const lost: string[] = [];
  const upload = async (): Promise<void> => {
    for (const [done, photo] of visit.photos.entries()) {
      options.onProgress?.({ photos: done, allPhotos: visit.photos.length });
      if (record.uploads.some((one) => one.photo === photo.id)) continue;
      const sent = await uploadPhoto(handle, photo, options);
      if (sent === null) {
        lost.push(photo.name);
        continue;
      }
      record = { ...record, uploads: [...record.uploads, sent] };
      await keeper.write(record);
    }
    options.onProgress?.({ photos: visit.photos.length, allPhotos: visit.photos.length });
  };
  await upload();
  const whole = bodyOf(visit, record);
  const body = there === null || record.body === null ? whole : remaining(whole, record.body);
  if (there !== null && (body === null || !mayRecord(handle))) return { seq: there, lost };
  if (body === null) throw new Problem("input-malformed", "There is nothing to send", "Note something first.");
  record = { ...record, body };
  await keeper.write(record);
  try {
    return { seq: await appendVisit(handle, body, record), lost };
  } catch (error) {
    // The server lets go of photos that no entry named for a day: they are sent again at the next attempt.
    if (error instanceof Problem && error.code === "upload-incomplete") await keeper.write({ ...nothingSent, body: null });
    throw error;
  }
}

async function uploadPhoto(
  handle: DossierHandle,
  photo: VisitPhoto,
  options: Pick<UploadOptions, "signal" | "backOff">,
): Promise<SendRecord["uploads"][number] | null> {
  const key = handle.keys.channels.get("main");
  if (key === undefined) throw new Problem("role-forbidden", "You do not hold the key of this dossier", "Ask the person whose dossier it is.");
  const bytes = await photo.read();
  if (bytes === null) return null;
  const mediaType = "image/jpeg";
  const place = { dossier: handle.id, channel: "main" } as const;
  const { reference, length, sha256 } = await uploadAttachment(handle.session.connection, place, new Blob([bytes], { type: mediaType }), key, options);
  const note: AttachmentNote = { item: reference.item, name: photo.name, mediaType, length, sha256, capturedAt: photo.capturedAt, note: photo.note };
  return { photo: photo.id, reference, note };
}

function bodyOf(visit: VisitToSend, { uploads }: SendRecord): VisitBody {
  const wanted = new Set(visit.photos.map(({ id }) => id));
  const items = new Map(uploads.filter(({ photo }) => wanted.has(photo)).map(({ photo, reference }) => [photo, reference.item]));
  return {
    version: 1,
    on: visit.on,
    present: visit.present,
    ...(visit.answers === null ? {} : { answers: visit.answers }),
    findings: visit.findings.map((finding) => ({ ...finding, photos: finding.photos.flatMap((photo) => items.get(photo) ?? []) })),
    note: visit.note,
    attachments: uploads.filter(({ photo }) => wanted.has(photo)).map(({ note }) => note),
  };
}

async function appendVisit(handle: DossierHandle, body: VisitBody, { uploads }: SendRecord): Promise<number> {
  const named = new Set(body.attachments.map(({ item }) => item));
  const receipt = await append(handle, {
    kind: "visit",
    action: handle.view.phase === "planned" ? "visit" : null,
    body,
    attachments: uploads.flatMap(({ reference }) => (named.has(reference.item) ? [reference] : [])),
  });
  return receipt.seq;
}
