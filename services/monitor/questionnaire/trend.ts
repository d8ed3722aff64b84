/** Whether two waves asked the same question, so that a trend may be drawn between them. Called by codebook.ts and by the analysis. */
import { columnOf, leavesOf, type Condition, type Question, type Questionnaire } from "#registers/questionnaires/index.ts";
import { conditionsOf } from "./conditions.ts";
import { recalled } from "./describe.ts";
import type { Setting } from "./road.ts";

/** FNV-1a, 64 bits, of the UTF-8 bytes (Fowler, Noll, Vo; draft-eastlake-fnv): short enough for a codebook. It keeps wordings apart, it protects nothing. */
function fingerprint(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, "0");
}

/** A condition written out to its tests, so that a named condition that changed is seen as a change. */
function writtenOut(questionnaire: Questionnaire, condition: Condition | null): unknown {
  if (condition === null) return null;
  const named = conditionsOf(questionnaire);
  const join = (["all", "any", "none"] as const).find((one) => one in condition) ?? "is";
  return [join, ...leavesOf(condition).map((leaf) => ("named" in leaf ? writtenOut(questionnaire, named.get(leaf.named)?.when ?? null) : leaf))];
}

/** What makes a question the same question. */
interface Sameness {
  readonly wording: unknown;
  readonly options: unknown;
  readonly asked: unknown;
}

function sameness(questionnaire: Questionnaire, question: Question, { recallMonths }: Setting): Sameness {
  const said = (text: string | undefined): string => recalled(questionnaire, text ?? "", recallMonths, "nl");
  return {
    wording: [question.kind, said(question.text.nl), said(question.help?.nl)],
    options: question.options.map(({ id, code, alone, words }) => [id, code, alone, words.nl]),
    asked: writtenOut(questionnaire, question.asked),
  };
}

/**
 * One key per question as a wave asked it: equal keys mean the same Dutch wording with the same recall period, the same options and codes, and the same people asked. Dutch is the wording of
 * reference; mending a translation breaks no trend.
 */
export const trendKey = (questionnaire: Questionnaire, question: Question, setting: Setting): string =>
  `${question.variable}:${fingerprint(JSON.stringify(sameness(questionnaire, question, setting)))}`;

/** One side of a comparison. */
export interface AskedIn extends Setting {
  readonly questionnaire: Questionnaire;
  readonly question: Question;
}

/** What differs between two askings of a question; empty when a trend may be drawn. `recall` is told apart from other changes of wording. */
export function differences(one: AskedIn, other: AskedIn): readonly ("variable" | "wording" | "recall" | "options" | "asked")[] {
  const [a, b] = [sameness(one.questionnaire, one.question, one), sameness(other.questionnaire, other.question, other)];
  const differs = (part: keyof Sameness): boolean => JSON.stringify(a[part]) !== JSON.stringify(b[part]);
  const plain = ({ question: { kind, text, help } }: AskedIn): string => JSON.stringify([kind, text.nl, help?.nl ?? ""]);
  const rewritten = plain(one) !== plain(other);
  return [
    ...(one.question.variable === other.question.variable ? [] : (["variable"] as const)),
    ...(rewritten ? (["wording"] as const) : []),
    ...(!rewritten && differs("wording") ? (["recall"] as const) : []),
    ...(differs("options") ? (["options"] as const) : []),
    ...(differs("asked") ? (["asked"] as const) : []),
  ];
}

/** The key of one column: that of its question, and for an option also which. */
export const columnKey = (key: string, question: Question, option: Question["options"][number]): string => `${key}/${columnOf(question.variable, option)}`;
