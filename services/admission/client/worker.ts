/** The inside of the worker that works for a token; apps/web starts it. One job for each worker: it is ended afterwards. */
import type { WorkChallenge } from "#services/admission/contract/index.ts";
import { prepareTokens, solve } from "./solve.ts";

/** What a worker is asked. */
export interface WorkJob {
  readonly challenge: WorkChallenge;
  readonly count: number;
}

/** What it answers: how many pieces are done, and once what it made. */
export type WorkAnswer =
  | { readonly done: number }
  | { readonly solution: string; readonly blinded: readonly string[]; readonly pending: readonly string[] }
  | { readonly failed: string };

/** The scope of a dedicated worker, as far as it is used. */
interface Scope {
  addEventListener(type: "message", listener: (event: MessageEvent<WorkJob>) => void): void;
  postMessage(message: WorkAnswer): void;
}

/** Answers the page. */
export function serveWork(scope: Scope): void {
  const serve = async ({ challenge, count }: WorkJob): Promise<void> => {
    try {
      const solution = await solve(challenge, (done) => scope.postMessage({ done }));
      scope.postMessage({ solution, ...(await prepareTokens(challenge, count)) });
    } catch (error) {
      scope.postMessage({ failed: error instanceof Error ? error.name : "unknown" });
    }
  };
  scope.addEventListener("message", ({ data }) => void serve(data));
}
