/** Turns whatever was thrown into words a person can act on: known problem codes, no connection, or "something on this device". */
import { problems, type ProblemCode } from "#services/problem/index.ts";
import type { Mending, Messages } from "./nl.ts";

/** The stable code an error carries, or null. Looks at the field, not the class: the client's own errors and Problem both have it. */
export function problemCode(error: unknown): ProblemCode | null {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  const { code } = error;
  return typeof code === "string" && isProblemCode(code) ? code : null;
}

const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problems, code);

/** What and mend, for any error. fetch throws a TypeError when there is no connection. */
export function explain(error: unknown, m: Messages): Mending {
  const code = problemCode(error);
  if (code !== null) return m.problems[code];
  if (error instanceof TypeError && /fetch|network|load failed/i.test(error.message)) return m.offlineProblem;
  return m.unknownProblem;
}
