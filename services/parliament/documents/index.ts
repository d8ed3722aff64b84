/**
 * What goes out on a set of written questions: answer letter and decision note as tagged PDF, DOCX and ODT, the public version of a note, and the record under which it is published.
 * Pure: models in, bytes out, in a browser and in Node. Called by the client of this service and by `rugdekking question note` and `question letter`.
 */
import type { PaperData } from "@rugdekking/paper";
import { docxOf } from "./docx.ts";
import { type DocumentSettings, runningLetter } from "./letter.ts";
import type { AnswerLetter, DecisionNoteDraft } from "./model.ts";
import { runningNote } from "./note.ts";
import { odtOf } from "./odt.ts";
import type { PublicNote } from "./public-note.ts";

export { AnswerLetter, AskedQuestion, DecisionNoteDraft, type Detail, Official, type Section, sectionHeadings } from "./model.ts";
export { askedFrom, noteFromReading, type NoteSource } from "./from-reading.ts";
export { leftOutSign } from "./leave-out.ts";
export { PublicNote, publicNote, PublicNoteError, type PublicNoteErrorCode, type PublicWords, type StandingWords, type TwoPairsOfEyes } from "./public-note.ts";
export type { DocumentSettings } from "./letter.ts";
export { documentKinds, PublicationRecord, readRecordXml, RecordError, type RecordErrorCode, recordJson, recordXml } from "./publication-record.ts";

/** What the paper engine sets: the template and what it says. Give both to `renderPaper`, or to a paper worker. */
export interface PaperToSet<N extends "kamerbrief" | "beslisnota"> {
  readonly template: N;
  readonly data: PaperData[N];
}

/** The letter, for the paper engine (tagged PDF). */
export const letterPaper = (letter: AnswerLetter, settings: DocumentSettings): PaperToSet<"kamerbrief"> => ({
  template: "kamerbrief",
  data: runningLetter(letter, settings),
});
/** The letter as DOCX, with real styles, footnotes and links. */
export const letterDocx = async (letter: AnswerLetter, settings: DocumentSettings): Promise<Uint8Array<ArrayBuffer>> =>
  await docxOf(runningLetter(letter, settings), letter.lead.office);
/** The letter as ODT. */
export const letterOdt = async (letter: AnswerLetter, settings: DocumentSettings): Promise<Uint8Array<ArrayBuffer>> =>
  await odtOf(runningLetter(letter, settings), letter.lead.office);

const senderOf = (note: DecisionNoteDraft | PublicNote): string => ("words" in note ? note.words.from : note.from);

/** The note, for the paper engine (tagged PDF): a draft with its officials, or a public version. */
export const notePaper = (note: DecisionNoteDraft | PublicNote, settings: DocumentSettings): PaperToSet<"beslisnota"> => ({
  template: "beslisnota",
  data: runningNote(note, settings),
});
/** The note as DOCX. */
export const noteDocx = async (note: DecisionNoteDraft | PublicNote, settings: DocumentSettings): Promise<Uint8Array<ArrayBuffer>> =>
  await docxOf(runningNote(note, settings), senderOf(note));
/** The note as ODT. */
export const noteOdt = async (note: DecisionNoteDraft | PublicNote, settings: DocumentSettings): Promise<Uint8Array<ArrayBuffer>> =>
  await odtOf(runningNote(note, settings), senderOf(note));
