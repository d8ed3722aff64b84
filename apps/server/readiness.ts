/** Whether this server should be sent requests: `/api/v1/health/live` and `/api/v1/health/ready`. A balancer asks; house.ts says when it goes. */
import type { FastifyPluginAsync } from "fastify";
import Type from "typebox";
import { Problem } from "#services/problem/index.ts";

/** How long a database may take before a balancer is told to ask elsewhere. Milliseconds. */
const patience = 2_000;
/** An answer of the database is believed for so long, so that many balancers cost one question. Milliseconds. */
const believed = 1_000;

/** State of one server. */
export interface Readiness {
  /** From now on it is not ready, and lines that stay open are closed after their answer. */
  leave(): void;
  readonly leaving: boolean;
  /** The two routes. */
  readonly routes: FastifyPluginAsync;
}

/** @param answers resolves when the database answers. */
export function readinessOf(answers: () => Promise<unknown>): Readiness {
  let leaving = false;
  let looked: { readonly at: number; readonly well: Promise<boolean> } | null = null;
  const well = async (): Promise<boolean> => {
    const now = performance.now();
    if (looked === null || now - looked.at > believed) {
      const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), patience).unref());
      looked = {
        at: now,
        well: Promise.race([
          answers()
            .then(() => true)
            .catch(() => false),
          late,
        ]),
      };
    }
    return await looked.well;
  };
  const Live = Type.Object({ status: Type.Literal("ok") }, { additionalProperties: false });
  return {
    leave: () => {
      leaving = true;
    },
    get leaving() {
      return leaving;
    },
    routes: async (server) => {
      server.get(
        "/api/v1/health/live",
        { schema: { operationId: "readLiveness", tags: ["server"], summary: "Whether the process answers; restart it when not", response: { 200: Live } } },
        async () => ({ status: "ok" as const }),
      );
      server.get(
        "/api/v1/health/ready",
        {
          schema: {
            operationId: "readReadiness",
            tags: ["server"],
            summary: "Whether requests may be sent here: the database answers and the server is not about to stop",
            response: { 200: Live },
          },
        },
        async () => {
          if (leaving) throw new Problem("unavailable", "This server is about to stop", "Ask another server of the same house.");
          if (!(await well()))
            throw new Problem("unavailable", "The database cannot be reached now", "Ask another server of the same house, or again in a moment.");
          return { status: "ok" as const };
        },
      );
    },
  };
}
