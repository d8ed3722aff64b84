/** The empty dossier every reader starts from, and where what it reads is written down. Used by the readers of this room. */
import type { QuestionDossier, SourcePlace } from "#services/parliament/contract/dossier.ts";
import type { Line } from "./lines.ts";
import { type Passage, Placing } from "./passage.ts";
import { trouble } from "./set-checks.ts";
import { placeOf, type SourceText } from "./source-text.ts";

/** Nothing read yet. */
export const emptyDossier = (kind: QuestionDossier["kind"]): QuestionDossier => ({
  kind,
  reference: null,
  referenceFrom: null,
  documentNumber: null,
  parliamentaryYear: null,
  title: null,
  titleMarks: [],
  subject: null,
  received: null,
  due: null,
  dueFrom: null,
  members: [],
  addressees: [],
  source: null,
  article: null,
  questions: [],
  answering: null,
  answers: [],
  footnotes: [],
  head: [],
  letter: [],
  furniture: [],
  unplaced: [],
  troubles: [],
});

/** Takes down, for one file, which field each stretch went to and which words were joined. */
export class Sink {
  readonly placing = new Placing();
  readonly words: { readonly place: SourcePlace; readonly word: string }[] = [];

  /** A line that belongs nowhere: shown as it stands. */
  unplaced(dossier: QuestionDossier, pointer: string, source: SourceText, line: Line): void {
    this.placing.range(`${pointer}/unplaced/${dossier.unplaced.length}/text`, line);
    dossier.unplaced.push({ text: line.text, place: placeOf(source, line.start) });
  }

  /** Words of a passage that were broken over two lines. */
  joined(passage: Passage, source: SourceText): void {
    for (const { word, start } of passage.joined) this.words.push({ place: placeOf(source, start), word });
  }

  /** The joined words as notices. */
  tell(dossier: QuestionDossier): void {
    for (const { place, word } of this.words) dossier.troubles.push(trouble("word-joined", place, word));
  }
}
