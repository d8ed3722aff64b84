/** Gives properties of fast-check ten turns at most while code is being mutated; a setup file of vitest.config.ts beside it. */
import { vi } from "vitest";

const most = 10;

vi.mock("fast-check", async (original) => {
  const module = await original();
  /** @param {never} property @param {{ numRuns?: number } | undefined} parameters */
  const assert = (property, parameters) => module.assert(property, { ...parameters, numRuns: Math.min(parameters?.numRuns ?? most, most) });
  return { ...module, default: { ...module.default, assert }, assert };
});
