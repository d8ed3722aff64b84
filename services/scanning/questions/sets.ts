/** Opens a version of a question set and makes it ready to evaluate; a visit is always read with the version it was made in. Clients and screens call it. */
import { publishedSets, type Condition, type Question, type QuestionSet, type Test } from "#registers/questions/index.ts";
import { topics } from "#registers/rules/topics.ts";
import type { RiskDomain } from "#services/scanning/contract/index.ts";
import { QuestionError } from "./errors.ts";

/** Looks at the answer of the question at a place in the set. */
export interface ReadyTest {
  readonly at: number;
  readonly holds: (value: string | number) => boolean;
}
/** Tests that all, or any, must hold. */
export interface ReadyCondition {
  readonly all: boolean;
  readonly tests: readonly ReadyTest[];
}
/** A question with its conditions turned into places and functions. */
export interface ReadyQuestion {
  readonly question: Question;
  readonly asked: ReadyCondition | null;
  readonly findings: readonly { readonly row: Question["findings"][number]; readonly when: ReadyCondition; readonly domain: RiskDomain }[];
}
/** A set that can be evaluated. */
export interface ReadySet {
  readonly set: QuestionSet;
  readonly questions: readonly ReadyQuestion[];
  /** Place of each question, by id. */
  readonly places: ReadonlyMap<string, number>;
}

function readyTest(test: Test, places: ReadonlyMap<string, number>): ReadyTest {
  const at = places.get(test.question);
  if (at === undefined) throw new QuestionError("question-unknown", `A condition looks at ${test.question}, which is not in the set`, test.question);
  if ("is" in test) return { at, holds: (value) => value === test.is };
  if ("not" in test) return { at, holds: (value) => value !== test.not };
  if ("in" in test) return { at, holds: (value) => test.in.includes(value) };
  return { at, holds: (value) => typeof value === "number" && value >= test.atLeast };
}

function readyCondition(condition: Condition, places: ReadonlyMap<string, number>): ReadyCondition {
  if ("all" in condition) return { all: true, tests: condition.all.map((test) => readyTest(test, places)) };
  if ("any" in condition) return { all: false, tests: condition.any.map((test) => readyTest(test, places)) };
  return { all: true, tests: [readyTest(condition, places)] };
}

/** Makes a checked set ready: done once per set, so that every answer costs little. */
export function ready(set: QuestionSet): ReadySet {
  const places = new Map(set.questions.map(({ id }, at) => [id, at]));
  return {
    set,
    places,
    questions: set.questions.map((question) => ({
      question,
      asked: question.asked === undefined ? null : readyCondition(question.asked, places),
      findings: question.findings.map((row) => ({ row, when: readyCondition(row.when, places), domain: topics.get(row.topic)?.domain ?? question.domain })),
    })),
  };
}

const opened = new Map<string, Promise<ReadySet>>();

/**
 * Opens a published version; the same one is loaded once.
 * @throws {@link QuestionError} set-unknown, version-unknown.
 */
export async function openSet(set: string, version: number): Promise<ReadySet> {
  const versions = publishedSets.filter((one) => one.set === set);
  if (versions.length === 0) throw new QuestionError("set-unknown", `There is no question set ${set}`);
  const found = versions.find((one) => one.version === version);
  if (found === undefined)
    throw new QuestionError("version-unknown", `Question set ${set} has versions ${versions.map((one) => one.version).join(", ")} here, not ${version}`);
  const key = `${set} ${version}`;
  const waiting = opened.get(key) ?? found.load().then(ready);
  opened.set(key, waiting);
  // A load that failed (no network yet) may be tried again.
  waiting.catch(() => opened.delete(key));
  return waiting;
}

/** The version a new visit begins with. @throws {@link QuestionError} set-unknown. */
export function newestVersion(set: string): number {
  const newest = publishedSets.findLast((one) => one.set === set);
  if (newest === undefined) throw new QuestionError("set-unknown", `There is no question set ${set}`);
  return newest.version;
}
