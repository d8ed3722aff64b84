/** What the answers of a visit come to: which questions are asked now, how far each domain is, and which findings the answers propose and why. Pure; screens call it at every answer. */
import type { Question } from "#registers/questions/index.ts";
import {
  riskDomains,
  type Finding,
  type Ring,
  type RiskDomain,
  type Seriousness,
  type SkipReason,
  type AnswerValue,
} from "#services/scanning/contract/index.ts";
import type { AnswerBook } from "./answers.ts";
import type { ReadyCondition, ReadySet } from "./sets.ts";

/** A finding that answers propose; the adviser takes it over, rewords it or leaves it. */
export interface FoundFinding {
  /** Stable id inside the set; one visit proposes it once. */
  readonly id: string;
  readonly question: string;
  /** Domain of the topic, which may differ from that of the question. */
  readonly domain: RiskDomain;
  readonly topic: string;
  readonly ring: Ring;
  readonly floor: Question["floor"];
  readonly seriousness: Seriousness;
  readonly observation: string;
  /** Why: the question as it was asked and the answer in words. */
  readonly reason: { readonly question: string; readonly answer: string };
}

/** How far a domain is. `done` counts answers and skips alike. */
export interface Progress {
  readonly asked: number;
  readonly done: number;
  readonly skipped: number;
}

/** What the answers come to. */
export interface Evaluation {
  /** Questions asked now, in the order of the set. */
  readonly asked: readonly Question[];
  /** Asked and not answered yet, in order: the first is where to go on. */
  readonly open: readonly Question[];
  /** Answered once and no longer asked: kept, and counted nowhere. */
  readonly hidden: readonly string[];
  readonly progress: Readonly<Record<RiskDomain, Progress>>;
  readonly findings: readonly FoundFinding[];
  /** Everything that is asked is answered or skipped. */
  readonly complete: boolean;
}

/** An answer that conditions may look at; a question that is not asked or was skipped has none. */
type Counted = string | number | undefined;

function fits({ all, tests }: ReadyCondition, counted: readonly Counted[]): boolean {
  for (const { at, holds } of tests) {
    const value = counted[at];
    if ((value !== undefined && holds(value)) !== all) return !all;
  }
  return all;
}

/** Words of an answer. @param skips words of the reasons for skipping, from the screens; the codes when left out. */
export function answerInWords(question: Question, value: AnswerValue, skips?: Readonly<Record<SkipReason, string>>): string {
  if (typeof value === "object") return skips?.[value.skipped] ?? value.skipped;
  switch (question.kind) {
    case "yes-no":
      return value === "yes" ? "ja" : "nee";
    case "choice":
      return question.choices?.find(({ id }) => id === value)?.text ?? String(value);
    case "number":
      return question.unit === undefined ? String(value) : `${value} ${question.unit}`;
    case "text":
      return String(value);
    case "photo":
      return value === 1 ? "1 foto" : `${value} foto's`;
  }
}

/** Evaluates a book of checked answers. Follow-ups of a question that is no longer asked are not asked either. */
export function evaluate(set: ReadySet, book: AnswerBook): Evaluation {
  const counted: Counted[] = [];
  const asked: Question[] = [];
  const open: Question[] = [];
  const hidden: string[] = [];
  const findings: FoundFinding[] = [];
  const progress: Record<RiskDomain, { asked: number; done: number; skipped: number }> = {
    wonen: { asked: 0, done: 0, skipped: 0 },
    werk: { asked: 0, done: 0, skipped: 0 },
    digitaal: { asked: 0, done: 0, skipped: 0 },
    verplaatsen: { asked: 0, done: 0, skipped: 0 },
  };
  for (const ready of set.questions) {
    const { question } = ready;
    const value = book.get(question.id)?.value;
    if (ready.asked !== null && !fits(ready.asked, counted)) {
      counted.push(undefined);
      if (value !== undefined) hidden.push(question.id);
      continue;
    }
    const plain = typeof value === "object" ? undefined : value;
    counted.push(plain);
    asked.push(question);
    const domain = progress[question.domain];
    domain.asked += 1;
    if (value === undefined) open.push(question);
    else domain.done += 1;
    if (typeof value === "object") domain.skipped += 1;
    if (plain === undefined) continue;
    for (const { row, when, domain: about } of ready.findings) {
      if (!fits(when, counted)) continue;
      const { id, topic, ring, seriousness, observation } = row;
      const reason = { question: question.text, answer: answerInWords(question, plain) };
      findings.push({ id, question: question.id, domain: about, topic, ring, floor: question.floor, seriousness, observation, reason });
    }
  }
  return { asked, open, hidden, progress, findings, complete: open.length === 0 };
}

/** Progress over all domains. */
export const progressOfAll = ({ progress }: Evaluation): Progress =>
  riskDomains.reduce<Progress>(
    (sum, domain) => ({
      asked: sum.asked + progress[domain].asked,
      done: sum.done + progress[domain].done,
      skipped: sum.skipped + progress[domain].skipped,
    }),
    { asked: 0, done: 0, skipped: 0 },
  );

/** The finding in the shape a sealed visit has, with the topic the rules look at. */
export const findingOf = ({ id, question, domain, topic, ring, observation, seriousness }: FoundFinding): Finding => ({
  id,
  topic,
  question,
  domain,
  ring,
  observation,
  seriousness,
  photos: [],
});
