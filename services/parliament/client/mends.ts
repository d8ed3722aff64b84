/** The set as it stands after a person mended what was read; the reading itself is kept as it was. Used by this room and by the page that opens a set. */
import type { QuestionDossier, ReadDossier, Question } from "#services/parliament/contract/dossier.ts";
import type { Mend } from "#services/parliament/contract/set.ts";

const added = (number: number, text: string): Question => ({ number, label: `Vraag ${number}`, text, marks: [], refersTo: [] });

/** A question with other words: parts and marks belonged to the old words. */
function reworded(questions: readonly Question[], number: number, text: string): Question[] {
  const at = questions.findIndex((one) => one.number === number);
  if (at < 0) return [...questions, added(number, text)].toSorted((a, b) => a.number - b.number);
  return questions.map((one, index) => (index === at ? { number, label: one.label, text, marks: [], refersTo: one.refersTo } : one));
}

function apply(set: QuestionDossier, mend: Mend, read: ReadDossier): QuestionDossier {
  switch (mend.what) {
    case "question":
      return {
        ...set,
        questions: mend.text === null ? set.questions.filter(({ number }) => number !== mend.number) : reworded(set.questions, mend.number, mend.text),
      };
    case "unplaced": {
      const line = read.unplaced[mend.at];
      if (line === undefined) return set;
      const unplaced = set.unplaced.filter((one) => one !== line);
      const { question } = mend;
      if (question === null) return { ...set, unplaced };
      const before = set.questions.find(({ number }) => number === question)?.text;
      return { ...set, unplaced, questions: reworded(set.questions, question, before === undefined ? line.text : `${before}\n\n${line.text}`) };
    }
    case "field":
      return { ...set, [mend.field]: mend.value };
    case "received":
      // A last day that was counted from the old day no longer holds; the clock counts anew.
      return { ...set, received: mend.day, due: null, dueFrom: null };
    case "members":
      return { ...set, members: mend.members };
    case "addressees":
      return { ...set, addressees: mend.addressees };
  }
}

/** The set with every mend, in order. */
export function mendedSet(read: ReadDossier, mends: readonly Mend[]): QuestionDossier {
  const { others: _, ...first } = read;
  return mends.reduce<QuestionDossier>((set, mend) => apply(set, mend, read), first);
}
