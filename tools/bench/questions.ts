/** How long one answer takes in a visit of 300 questions, and one proposal round after it: run by hand (`node tools/bench/questions.ts`), never a test. */
import { loadavg } from "node:os";
import { cpuUsage } from "node:process";
import type { QuestionSet } from "#registers/questions/index.ts";
import type { AnswerValue } from "#services/scanning/contract/index.ts";
import { evaluate, noAnswers, openSet, ready, withAnswer } from "#services/scanning/questions/index.ts";
import { propose } from "#services/scanning/proposals/index.ts";

const wanted = 300;
const rounds = 20;
/** Rounds that are not counted: the first answers also pay for compiling the code. */
const warmUp = 2;

/** The published set, filled up to 300 questions with copies of its own under other ids (their conditions look at the originals). */
function filled(set: QuestionSet): QuestionSet {
  const copies = set.questions.slice(0, wanted - set.questions.length).map((question) => ({
    ...question,
    id: `copy-${question.id}`.slice(0, 40),
    findings: question.findings.map((finding) => ({ ...finding, id: `copy-${finding.id}`.slice(0, 40) })),
  }));
  return { ...set, questions: [...set.questions, ...copies] };
}

const set = ready(filled((await openSet("veilig-wonen", 1)).set));
const answer: number[] = [];
const proposal: number[] = [];
let most = 0;
let coldest = 0;
/** Processor time in ms of all counted rounds: on a busy machine the honest number, since waiting for a turn is not in it. */
let processor = 0;
for (let round = -warmUp; round < rounds; round += 1) {
  let book = noAnswers;
  const before = cpuUsage();
  for (const [at, { question }] of set.questions.entries()) {
    const choices = question.kind === "yes-no" ? ["no", "yes"] : (question.choices ?? []).map(({ id }) => id);
    const value: AnswerValue = question.kind === "text" ? "tekst" : (choices[(at + round + warmUp) % Math.max(1, choices.length)] ?? (question.min ?? 0) + 1);
    const start = performance.now();
    book = withAnswer(set, book, { question: question.id, value, note: "" });
    const now = evaluate(set, book);
    const middle = performance.now();
    propose(now.findings);
    const end = performance.now();
    most = Math.max(most, now.findings.length);
    if (round < 0) {
      coldest = Math.max(coldest, middle - start);
      continue;
    }
    answer.push(middle - start);
    proposal.push(end - middle);
  }
  const { user, system } = cpuUsage(before);
  if (round >= 0) processor += (user + system) / 1_000;
}

const line = (name: string, times: readonly number[]): string => {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string => `${(sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN).toFixed(3)} ms`;
  return `${name}: p50 ${at(0.5)}, p99 ${at(0.99)}, slowest ${at(1)}`;
};
console.log(`${set.questions.length} questions, ${answer.length} answers, up to ${most} findings at once`);
console.log(`slowest answer while warming up: ${coldest.toFixed(3)} ms; load of the machine ${loadavg()[0]?.toFixed(1)}`);
console.log(line("answer and evaluate", answer));
console.log(line("propose", proposal));
console.log(`processor time of answer, evaluation and proposals together: ${(processor / answer.length).toFixed(3)} ms on average`);
