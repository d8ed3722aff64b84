/** Where visits lie on the device: per dossier a pack, the notes, the photos and what was sent of them, all sealed to the adviser. Used by the visit pages. */
import { Check } from "typebox/value";
import type { Session } from "#services/directory/client/index.ts";
import type { DeviceBox } from "#services/directory/client/kept-browser.ts";
import { nothingSent, SendRecord, VisitPack } from "#services/scanning/client/index.ts";
import { isNotes, type Notes } from "./notes.ts";

/** How far a kept visit is. */
export type KeptState = "ready" | "noting" | "sending" | "sent" | "unreadable";

/** One line of the list. */
export interface KeptVisit {
  readonly dossier: string;
  readonly pack: VisitPack | null;
  readonly notes: Notes | null;
  readonly state: KeptState;
}

/** What is on the device of one visit. `notes` is null when none were made; `strange` holds notes of a shape this app does not know (a newer app wrote them). */
export interface VisitOnDevice {
  readonly pack: VisitPack | null;
  readonly notes: Notes | null;
  readonly strange: unknown;
  readonly sent: number | null;
}

const at = (dossier: string, what: string): string => `visit/${dossier}/${what}`;
const boxes = new Map<string, Promise<DeviceBox>>();

/** The box of whoever is signed in or unlocked; opened once per person. @throws DOMException when this browser keeps nothing. */
export function boxOf(session: Session): Promise<DeviceBox> {
  const { person } = session;
  const known = boxes.get(person.person);
  if (known !== undefined) return known;
  const opening = import("#services/directory/client/kept-browser.ts").then(({ openDeviceBox }) => openDeviceBox(person));
  boxes.set(person.person, opening);
  opening.catch(() => boxes.delete(person.person));
  return opening;
}

const numberOf = (value: unknown): number | null =>
  typeof value === "object" && value !== null && "seq" in value && typeof value.seq === "number" ? value.seq : null;

/** Everything of one visit but the photos. */
export async function readVisit(box: DeviceBox, dossier: string): Promise<VisitOnDevice> {
  const [pack, notes, sent] = await Promise.all([box.read(at(dossier, "pack")), box.read(at(dossier, "notes")), box.read(at(dossier, "sent"))]);
  const known = isNotes(notes);
  return { pack: Check(VisitPack, pack) ? pack : null, notes: known ? notes : null, strange: known ? null : notes, sent: numberOf(sent) };
}

/** Every visit on the device. */
export async function listVisits(box: DeviceBox): Promise<KeptVisit[]> {
  const names = await box.names("visit/");
  const dossiers = [...new Set(names.flatMap((name) => name.split("/")[1] ?? []))];
  return Promise.all(
    dossiers.map(async (dossier) => {
      const { pack, notes, strange, sent } = await readVisit(box, dossier);
      const begun = names.includes(at(dossier, "sending"));
      const state = strange !== null ? "unreadable" : begun ? "sending" : notes !== null && notes.changes > 0 ? "noting" : sent !== null ? "sent" : "ready";
      return { dossier, pack, notes, state };
    }),
  );
}

export const writePack = (box: DeviceBox, pack: VisitPack): Promise<void> => box.write(at(pack.dossier, "pack"), pack);
export const writeNotes = (box: DeviceBox, dossier: string, notes: Notes): Promise<void> => box.write(at(dossier, "notes"), notes);

/** Remembers the sign-in name, sealed: to sign in again after hours without a connection without asking for it. */
export const writeHandle = (box: DeviceBox, handle: string): Promise<void> => box.write("handle", handle);
export async function readHandle(box: DeviceBox): Promise<string | null> {
  const handle = await box.read("handle");
  return typeof handle === "string" ? handle : null;
}

/** Photos: bytes as they are, sealed, in two sizes. */
export const writePhoto = async (box: DeviceBox, dossier: string, id: string, photo: ArrayBuffer, small: ArrayBuffer): Promise<void> => {
  await box.writeBytes(at(dossier, `small/${id}`), new Uint8Array(small));
  await box.writeBytes(at(dossier, `photo/${id}`), new Uint8Array(photo));
};
export const readPhoto = (box: DeviceBox, dossier: string, id: string): Promise<Uint8Array<ArrayBuffer> | null> => box.readBytes(at(dossier, `photo/${id}`));
export const readSmall = (box: DeviceBox, dossier: string, id: string): Promise<Uint8Array<ArrayBuffer> | null> => box.readBytes(at(dossier, `small/${id}`));
export const removePhoto = (box: DeviceBox, dossier: string, id: string): Promise<void> => box.remove([at(dossier, `small/${id}`), at(dossier, `photo/${id}`)]);
/** Ids of photos that lie here: one may be missing in the notes when the battery ran flat between the two. */
export const photoIds = async (box: DeviceBox, dossier: string): Promise<string[]> =>
  (await box.names(at(dossier, "photo/"))).map((name) => name.split("/").at(-1) ?? "");

/** What was sent of a visit so far. */
export const sendingOf = (box: DeviceBox, dossier: string) => ({
  read: async (): Promise<SendRecord> => {
    const stored = await box.read(at(dossier, "sending"));
    return Check(SendRecord, stored) ? stored : nothingSent;
  },
  write: (record: SendRecord): Promise<void> => box.write(at(dossier, "sending"), record),
});

/** It arrived: notes and photos go, and the list says that it was sent. */
export async function markSent(box: DeviceBox, dossier: string, seq: number): Promise<void> {
  await box.write(at(dossier, "sent"), { seq });
  const rest = (await box.names(at(dossier, ""))).filter((name) => name !== at(dossier, "sent") && name !== at(dossier, "pack"));
  await box.remove(rest);
}

/** Takes a visit off the device; with the last one the wrapped keys go too. */
export async function forgetVisit(box: DeviceBox, dossier: string): Promise<void> {
  await box.remove(await box.names(at(dossier, "")));
  if ((await box.names("visit/")).length > 0) return;
  // Whatever is written after this needs a box with a key of its own.
  boxes.delete(box.person);
  await box.clear();
  box.close();
}
