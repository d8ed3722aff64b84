/** Every failure as one line and an exit code. Loaded by rugdekking.ts only when something failed. */
import { LedgerError } from "@rugdekking/ledger";
import { SealError } from "@rugdekking/seal/verify";
import { SurveyError } from "@rugdekking/survey/errors";
import { TriageError } from "@rugdekking/triage/errors";
import { ContainerError } from "#services/dossier/bundle/container.ts";
import { Problem, type ProblemCode } from "#services/problem/index.ts";
import { CommandError, type ExitCode } from "./command.ts";
import { oneLine } from "./screen.ts";

/** Problems that are not the caller's input: exit 2. */
const couldNotRun: ReadonlySet<ProblemCode> = new Set(["unavailable", "storage-full", "quota-reached"]);

/** One line that says what, where and how to mend it, and the exit code it means. Unknown errors show their message, never a stack. */
export function troubleOf(error: unknown): { readonly line: string; readonly exit: ExitCode; readonly code: string } {
  const flat = (text: string): string => oneLine(text.replace(/\s+/g, " ").trim().replace(/[.;]$/, ""));
  const tell = (what: string, mend: string, exit: ExitCode, code: string) => ({ line: `rugdekking: ${flat(what)}; ${flat(mend)}`, exit, code });
  if (error instanceof CommandError) return tell(error.message, error.mend, error.exit, error.exit === 1 ? "input-wrong" : "could-not-run");
  if (error instanceof Problem) return tell(`${error.message} (${error.code})`, error.mend, couldNotRun.has(error.code) ? 2 : 1, error.code);
  if (error instanceof SealError) return tell(`${error.message} (${error.code})`, "check the key, code or file that was given", 1, error.code);
  if (error instanceof LedgerError) return tell(`${error.message} (${error.code})`, "ask for the receipt again", 1, error.code);
  if (error instanceof TriageError) return tell(`${error.message} (${error.code})`, "mend what it names", 1, error.code);
  if (error instanceof SurveyError) {
    // Its messages end in how to mend it where there is more to say than that.
    const cut = error.message.lastIndexOf("; ");
    const [what, mend] = cut === -1 ? [error.message, "mend what it names"] : [error.message.slice(0, cut), error.message.slice(cut + 2)];
    return tell(`${what} (${error.code})`, mend, 1, error.code);
  }
  if (error instanceof ContainerError) return tell(error.message, "ask for the bundle again", 1, error.code);
  return tell(
    error instanceof Error ? error.message : "something unknown went wrong",
    "try again; if it stays, report it with the command (without secrets)",
    2,
    "unexpected",
  );
}
