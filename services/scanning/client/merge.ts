/** Brings the answers of several visits together: what holds now, and where two that did not know of each other differ. Pure; order and differences come from the chain, never from a clock. Called by round.ts and by the visit page. */
import type { Answer, AnswerValue, VisitAnswers } from "#services/scanning/contract/index.ts";

/** One answer, with the visit it was given in. */
export interface GivenAnswer {
  readonly answer: Answer;
  readonly set: string;
  readonly setVersion: number;
  /** Number of the visit's entry in the dossier. */
  readonly seq: number;
}

/** What is known of one question. */
export interface MergedAnswer {
  readonly question: string;
  /** The answer that holds: the newest in the chain. */
  readonly now: GivenAnswer;
  /** Answers that differ from it and that nobody chose between: given beside it, oldest first. Empty in most cases. */
  readonly beside: readonly GivenAnswer[];
  /** Answers that a later visit took the place of, oldest first. */
  readonly before: readonly GivenAnswer[];
}

/** A visit as the chain has it. */
export interface AnsweredVisit {
  readonly seq: number;
  readonly answers: VisitAnswers;
}

/** Whether two answers say the same; notes count. */
export function sameAnswer(a: Pick<Answer, "value" | "note">, b: Pick<Answer, "value" | "note">): boolean {
  return sameValue(a.value, b.value) && a.note.trim() === b.note.trim();
}

function sameValue(a: AnswerValue, b: AnswerValue): boolean {
  return typeof a === "object" && typeof b === "object" ? a.skipped === b.skipped : a === b;
}

/**
 * Merges the answers of visits. An answer takes the place of another when its visit had the other before it (`after` is at or past the other's entry). What remains was given
 * side by side: when all say the same nothing differs, and otherwise the newest in the chain holds with the others beside it.
 * Every answer given comes back exactly once, as `now`, `beside`, `before`, or as the same answer given again (then only its newest).
 */
export function mergeAnswers(visits: readonly AnsweredVisit[]): MergedAnswer[] {
  const given = new Map<string, (GivenAnswer & { readonly after: number })[]>();
  for (const { seq, answers } of visits.toSorted((a, b) => a.seq - b.seq)) {
    const { set, setVersion, after = 0 } = answers;
    for (const answer of answers.answers) {
      const list = given.get(answer.question) ?? [];
      // Within one entry the last one counts; the reader of a set refuses such a visit anyway.
      const rest = list.filter((one) => one.seq !== seq);
      given.set(answer.question, [...rest, { answer, set, setVersion, seq, after }]);
    }
  }
  return [...given].flatMap(([question, list]) => {
    const replaced = (one: GivenAnswer): boolean => list.some(({ seq, after }) => seq > one.seq && after >= one.seq);
    const standing = list.filter((one) => !replaced(one));
    const now = standing.at(-1);
    if (now === undefined) return [];
    const plain = ({ answer, set, setVersion, seq }: GivenAnswer): GivenAnswer => ({ answer, set, setVersion, seq });
    return [
      {
        question,
        now: plain(now),
        beside: standing.filter((one) => !sameAnswer(one.answer, now.answer)).map(plain),
        before: list.filter(replaced).map(plain),
      },
    ];
  });
}
