/** What an adviser notes during a visit, as one value, and every change that can be made to it. Pure: the page keeps it, `kept.ts` stores it, the client sends it. */
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import { Answer, Finding, LocalId, type PicturePlace, type Ring } from "#services/scanning/contract/index.ts";
import { mergeAnswers, type MergedAnswer } from "#services/scanning/client/merge.ts";
import type { VisitPack } from "#services/scanning/client/pack.ts";
import type { VisitToSend } from "#services/scanning/client/send-visit.ts";

/** A photo on this device; its bytes lie sealed beside the notes. */
export const PhotoNote = Type.Object(
  {
    id: Type.String(),
    name: Type.String({ maxLength: 200 }),
    /** By the device's clock, which may be wrong; nothing is ordered by it. */
    takenAt: Type.Union([Type.String(), Type.Null()]),
    /** Question it was taken with, or null. */
    question: Type.Union([LocalId, Type.Null()]),
    width: Type.Integer(),
    height: Type.Integer(),
    size: Type.Integer(),
  },
  { additionalProperties: false },
);
/** A photo on this device. */
export type PhotoNote = Static<typeof PhotoNote>;

/** A finding with the proposal it came from, if any. */
export const NotedFinding = Type.Object({ ...Finding.properties, from: Type.Union([LocalId, Type.Null()]) }, { additionalProperties: false });
/** A finding with the proposal it came from. */
export type NotedFinding = Static<typeof NotedFinding>;

export const parts = ["overview", "wonen", "werk", "digitaal", "verplaatsen", "house", "finish"] as const;
export type Part = (typeof parts)[number];

/** The notes of one visit on one device. */
export const Notes = Type.Object(
  {
    version: Type.Literal(1),
    set: LocalId,
    setVersion: Type.Integer({ minimum: 1 }),
    /** Newest entry of the dossier these notes build on. */
    after: Type.Integer({ minimum: 0 }),
    answers: Type.Array(Answer, { maxItems: 600 }),
    findings: Type.Array(NotedFinding, { maxItems: 150 }),
    /** Proposed findings the adviser left aside. */
    left: Type.Array(LocalId),
    /** Questions where another visit says something else and the adviser chose. */
    chosen: Type.Array(LocalId),
    photos: Type.Array(PhotoNote, { maxItems: 200 }),
    part: Type.Enum(parts),
    /** Section that stood open, per domain. */
    sections: Type.Record(Type.String(), LocalId),
    on: Type.String({ maxLength: 40 }),
    present: Type.String({ maxLength: 400 }),
    note: Type.String({ maxLength: 60_000 }),
    /** Counts every change: of two copies the one with more is the newer, whatever a clock says. */
    changes: Type.Integer({ minimum: 0 }),
    /** The device's clock at the last change, to notice when it runs back; never to order by. */
    clock: Type.Integer(),
  },
  { additionalProperties: false },
);
/** The notes of one visit on one device. */
export type Notes = Static<typeof Notes>;

export const isNotes = (value: unknown): value is Notes => Check(Notes, value);

/** Empty notes that build on a pack. */
export const emptyNotes = (pack: VisitPack, on: string): Notes => ({
  version: 1,
  set: pack.set,
  setVersion: pack.setVersion,
  after: pack.lastSeq,
  answers: [],
  findings: [],
  left: [],
  chosen: [],
  photos: [],
  part: "overview",
  sections: {},
  on,
  present: "",
  note: "",
  changes: 0,
  clock: 0,
});

/** Whether anything was noted. Where one looked is nothing noted. */
export const isNoted = ({ answers, findings, photos, note, present }: Notes): boolean =>
  answers.length + findings.length + photos.length > 0 || note.trim() !== "" || present.trim() !== "";

/** Gives an answer, over the one before. */
export const answered = (notes: Notes, answer: Answer): Notes => ({
  ...notes,
  answers: [...notes.answers.filter(({ question }) => question !== answer.question), answer],
});
/** Takes an answer back. */
export const unanswered = (notes: Notes, question: string): Notes => ({ ...notes, answers: notes.answers.filter((one) => one.question !== question) });

/** Adds a finding or changes the one with its id. */
export const withFinding = (notes: Notes, finding: NotedFinding): Notes => ({
  ...notes,
  findings: notes.findings.some(({ id }) => id === finding.id)
    ? notes.findings.map((one) => (one.id === finding.id ? finding : one))
    : [...notes.findings, finding],
});
/** Removes a finding; its photos stay with the visit. */
export const withoutFinding = (notes: Notes, id: string): Notes => ({ ...notes, findings: notes.findings.filter((one) => one.id !== id) });
/** Puts a finding on the house. */
export const placed = (notes: Notes, id: string, place: PicturePlace | null, ring: Ring): Notes => ({
  ...notes,
  findings: notes.findings.map((one) => (one.id === id ? { ...one, place, ring } : one)),
});

/** Adds photos; the answer of a photo question is their number. */
export const withPhotos = (notes: Notes, photos: readonly PhotoNote[]): Notes => ({ ...notes, photos: [...notes.photos, ...photos] });
/** Removes a photo, also from findings. */
export const withoutPhoto = (notes: Notes, id: string): Notes => ({
  ...notes,
  photos: notes.photos.filter((one) => one.id !== id),
  findings: notes.findings.map((one) => ({ ...one, photos: one.photos.filter((photo) => photo !== id) })),
});

/** Sets the answer of a photo question to the number of its photos. */
export function countPhotos(notes: Notes, question: string): Notes {
  const count = notes.photos.filter((photo) => photo.question === question).length;
  const note = notes.answers.find((one) => one.question === question)?.note ?? "";
  return count === 0 ? unanswered(notes, question) : answered(notes, { question, value: count, note });
}

/** Own answers as a visit that is not in the chain yet. */
const ownVisit = (notes: Notes, pack: VisitPack) => ({
  seq: pack.lastSeq + 1,
  answers: { set: notes.set, setVersion: notes.setVersion, answers: notes.answers, after: notes.after },
});
const sentVisits = (pack: VisitPack) => pack.visits.flatMap(({ seq, answers }) => (answers === null ? [] : [{ seq, answers }]));

/** What is known of every question: visits that were sent, and these notes over them. */
export const knownAnswers = (notes: Notes, pack: VisitPack): MergedAnswer[] =>
  mergeAnswers([...sentVisits(pack), ...(notes.answers.length === 0 ? [] : [ownVisit(notes, pack)])]);

/** Questions where visits that did not know of each other differ and nobody chose. */
export const differences = (notes: Notes, pack: VisitPack): MergedAnswer[] =>
  knownAnswers(notes, pack).filter(({ question, beside }) => beside.length > 0 && !notes.chosen.includes(question));

/** Chooses an answer where visits differ. Once nothing is left open, these notes have everything before them. */
export function choose(notes: Notes, pack: VisitPack, answer: Answer): Notes {
  const next = { ...answered(notes, answer), chosen: [...notes.chosen, answer.question] };
  return differences(next, pack).length === 0 ? { ...next, after: pack.lastSeq, chosen: [] } : next;
}

/** Brings notes onto a newer pack: where nothing differs they build on it, and where something does they wait for a choice. */
export function ontoPack(notes: Notes, pack: VisitPack): Notes {
  if (pack.lastSeq <= notes.after) return notes;
  return differences(notes, pack).length === 0 ? { ...notes, after: pack.lastSeq, chosen: [] } : notes;
}

/** A finding as it is sealed: where it came from stays here. */
const plainFinding = ({ id, topic, question, place, domain, ring, observation, seriousness, photos }: NotedFinding): Finding => ({
  id,
  ...(topic === undefined ? {} : { topic }),
  ...(question === undefined ? {} : { question }),
  ...(place === undefined ? {} : { place }),
  domain,
  ring,
  observation,
  seriousness,
  photos,
});

/** Notes as the client sends them. */
export function toSend(notes: Notes, read: (photo: string) => Promise<Uint8Array<ArrayBuffer> | null>, questionText: (id: string) => string): VisitToSend {
  return {
    on: notes.on,
    present: notes.present.trim(),
    note: notes.note,
    answers: notes.answers.length === 0 ? null : { set: notes.set, setVersion: notes.setVersion, answers: notes.answers, after: notes.after },
    findings: notes.findings.map(plainFinding),
    photos: notes.photos.map(({ id, name, takenAt, question }) => ({
      id,
      name,
      capturedAt: takenAt,
      note: question === null ? "" : questionText(question).slice(0, 2_000),
      read: () => read(id),
    })),
  };
}
