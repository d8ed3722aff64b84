/** Letter and note as the documents room takes them, from a set as it stands. Pure; used by the preview and the signature. */
import { today } from "#services/dossier/workflow/terms.ts";
import type { SetView } from "#services/parliament/client/index.ts";
import { askedFrom, sectionHeadings, type AnswerLetter, type DecisionNoteDraft } from "#services/parliament/documents/index.ts";

/** "de minister van X" as the office alone: the letter puts its own article before it. */
const officeOf = (minister: string): string => minister.trim().replace(/^de\s+/iu, "");

/** Signed and not lapsed, or being signed now: it says no CONCEPT. */
const isSigned = ({ signature }: SetView): boolean => signature !== null && !signature.lapsed;

/** Day on the papers: of the signature when there is one. */
const dayOf = ({ signature }: SetView): string => (signature === null ? today() : signature.at.slice(0, 10));

/** The answer letter. @param signing for the papers that are signed now; @param demonstration whether this server is one, printed on every page */
export function letterOf(view: SetView, { signing, demonstration }: { readonly signing: boolean; readonly demonstration: boolean }): AnswerLetter {
  const { set, lead, also, questions } = view;
  return {
    to: ["De Voorzitter van de Tweede Kamer der Staten-Generaal"],
    date: dayOf(view),
    reference: "",
    case: set.reference ?? "",
    subject: (set.subject ?? set.title ?? "schriftelijke vragen").slice(0, 400),
    members: set.members.length === 0 ? [{ name: "onbekend", faction: null }] : set.members.map(({ name, faction }) => ({ name: name.slice(0, 400), faction })),
    lead: { office: officeOf(lead.minister), name: "" },
    alsoOnBehalfOf: also.map(({ ministry }) => officeOf(ministry.minister)),
    message: [],
    groups: questions.map(({ question, draft }) => ({ questions: [askedFrom(question, set.footnotes)], answer: draft.newest?.words ?? [] })),
    concept: !signing && !isSigned(view),
    demonstration,
  };
}

/** The decision note. Names of officials are not put in by us: what the note says of its making is in the dossier. */
export function noteOf(view: SetView, { signing, demonstration }: { readonly signing: boolean; readonly demonstration: boolean }): DecisionNoteDraft {
  const { set, lead, note } = view;
  return {
    to: lead.minister,
    from: lead.name,
    purpose: "TER BESLUITVORMING",
    title: `Beantwoording van de schriftelijke vragen over ${set.subject ?? set.title ?? "dit onderwerp"}`.slice(0, 400),
    case: set.reference ?? "",
    date: dayOf(view),
    details: [],
    contact: [],
    officials: [],
    sections: note.parts.map(({ section, heading, questions, text }) => {
      const words = text.newest?.words ?? [];
      return {
        section,
        heading: heading.trim() === "" ? sectionHeadings[section] : heading,
        // A part about some of the questions is a point, so that the note says which.
        text: questions.length === 0 ? words : [],
        points: questions.length === 0 ? [] : [{ questions: [...questions], text: words, withheld: null }],
        withheld: null,
      };
    }),
    concept: !signing && !isSigned(view),
    demonstration,
  };
}

/** Whether both can be made: a letter has questions, a note has parts. */
export const canMake = ({ questions, note }: SetView): boolean => questions.length > 0 && questions.every(({ number }) => number > 0) && note.parts.length > 0;
