/** What stands in the way of each step of a set. The server holds order and authors; this says it in words before someone presses, and sees what the server cannot read. Used by view.ts. */
import type { SetView } from "./view.ts";

/** Steps a person takes; `draft` and the like may always be done in their phases. */
export const setSteps = ["divide", "coordinate", "end-coordination", "ask-initials", "present", "agree", "sign", "send", "publish"] as const;
/** A step. */
export type SetStep = (typeof setSteps)[number];

/** What can be missing. */
export const missingCodes = [
  /** No day of sending in: there is no clock. */
  "received",
  /** A question nobody answers. */
  "owner",
  /** A question without words. */
  "draft",
  /** Words written at the same time, not yet put together. */
  "merge",
  /** A request for facts that is still open. */
  "facts",
  /** A remark that is not dealt with. */
  "comments",
  /** A number that cites nothing. */
  "citation",
  /** Answers that contradict each other. */
  "contradiction",
  /** The note has no words, or lacks a part it always has. */
  "note",
  /** A ministry that signs along has not said anything, or its word lapsed. */
  "verdict",
  /** A ministry that signs along objects. */
  "objection",
  /** A change a ministry asked for with its agreement: put it in or say why not; then they judge anew. */
  "change",
  /** No initial that still holds. */
  "initial",
  /** Not presented, or the presentation lapsed. */
  "presentation",
  /** The minister did not agree to this. */
  "decision",
  /** Not signed. */
  "signature",
  /** Not sent. */
  "sending",
  /** Nobody else made the public version of the note. */
  "public-version",
] as const;
/** What is missing. */
export type MissingCode = (typeof missingCodes)[number];

/** One thing that is missing. */
export interface Missing {
  readonly code: MissingCode;
  /** `needed`: the step must not be taken; the functions that write refuse. `look`: a person may go on. */
  readonly weight: "needed" | "look";
  /** Questions it is about; empty: the whole. */
  readonly questions: readonly number[];
  /** The ministry or desk it waits for, or the part of the note; null for none. */
  readonly about: string | null;
}

const missing = (code: MissingCode, weight: Missing["weight"], questions: readonly number[] = [], about: string | null = null): Missing => ({
  code,
  weight,
  questions,
  about,
});
/** One line for all questions that lack something, or none. */
const lacking = (
  view: Pick<SetView, "questions">,
  code: MissingCode,
  weight: Missing["weight"],
  lacks: (one: SetView["questions"][number]) => boolean,
): Missing[] => {
  const questions = view.questions.filter(lacks).map(({ number }) => number);
  return questions.length === 0 ? [] : [missing(code, weight, questions)];
};

type Standing = Omit<SetView, "missing">;

const words = (view: Standing): Missing[] => [
  ...lacking(view, "owner", "look", ({ owner }) => owner === null),
  ...lacking(view, "draft", "needed", ({ draft }) => draft.newest === null || draft.newest.words.length === 0),
  ...lacking(view, "merge", "needed", ({ draft }) => draft.beside.length > 0),
  ...view.note.parts.filter(({ text }) => text.beside.length > 0).map(({ id }) => missing("merge", "needed", [], id)),
];

const worthALook = (view: Standing): Missing[] => [
  ...view.facts
    .filter(({ state }) => state === "asked" || state === "late")
    .map(({ request }) =>
      missing(
        "facts",
        "look",
        request.body.questions.map(({ number }) => number),
        request.body.to.name,
      ),
    ),
  ...lacking(view, "comments", "look", ({ comments }) => comments.some(({ resolved }) => !resolved)),
  ...view.findings.uncited
    .filter(({ place }) => place.question !== null)
    .map(({ place }) => missing("citation", "look", place.question === null ? [] : [place.question])),
  ...view.findings.contradictions.map(({ places }) =>
    missing(
      "contradiction",
      "look",
      places.flatMap(({ question }) => question ?? []),
    ),
  ),
];

/** Sections every decision note has. */
const always = ["occasion", "advised-decision", "core"] as const;
const note = (view: Standing): Missing[] =>
  always
    .filter((section) => !view.note.parts.some((part) => part.section === section && (part.text.newest?.words.length ?? 0) > 0))
    .map((section) => missing("note", "needed", [], section));

const verdicts = (view: Standing): Missing[] =>
  view.also.flatMap(({ ministry, verdict }) => {
    if (verdict === null || verdict.lapsed) return [missing("verdict", "needed", [], ministry.name)];
    if (verdict.body.verdict === "object") return [missing("objection", "needed", verdict.body.questions, ministry.name)];
    return verdict.body.verdict === "agree-with-change"
      ? [
          missing(
            "change",
            "look",
            verdict.body.changes.map(({ question }) => question),
            ministry.name,
          ),
        ]
      : [];
  });

/** Everything that stands in the way, for every step. */
export function missingBefore(view: Standing): Record<SetStep, readonly Missing[]> {
  const written = words(view);
  const look = worthALook(view);
  const presented = view.presentation === null || view.presentation.lapsed ? [missing("presentation", "needed")] : [];
  const agreed = view.decision === null || view.decision.lapsed ? [missing("decision", "needed")] : [];
  const signed = view.signature === null || view.signature.lapsed ? [missing("signature", "needed")] : [];
  return {
    divide: view.clock === null ? [missing("received", "needed")] : [],
    coordinate: [...written, ...look],
    "end-coordination": [...written, ...verdicts(view), ...look],
    "ask-initials": [...written, ...verdicts(view), ...look],
    present: [...written, ...note(view), ...verdicts(view), ...(view.initials.some(({ lapsed }) => !lapsed) ? [] : [missing("initial", "needed")]), ...look],
    agree: presented,
    sign: [...presented, ...agreed],
    send: [...agreed, ...signed],
    publish: [...(view.sending === null ? [missing("sending", "needed")] : []), ...(view.publicVersion === null ? [missing("public-version", "needed")] : [])],
  };
}
