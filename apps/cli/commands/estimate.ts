/** `rugdekking estimate` as the command table shows it; the work is in ../estimate.ts. */
import type { Command } from "#apps/cli/command.ts";

/** The command of engines/survey. */
export const estimateCommands: readonly Command[] = [
  {
    name: "estimate",
    about:
      "estimate from a sample by its design: means, totals, proportions, ratios, quantiles, differences, models, each with margin; a JSON request in, JSON out",
    takes: "SPEC",
    options: {},
    example: "rugdekking estimate spec.json > estimates.json",
    run: async (call) => (await import("#apps/cli/estimate.ts")).estimate(call),
  },
];
