/**
 * What keeps one judgement short while code is being mutated; a setup file of vitest.config.ts beside it. Properties of fast-check get ten turns at most, and tests that take a large part of a second by
 * themselves are left out. Both can only lower the score: what only they would notice counts as not noticed.
 */
import { beforeEach, vi } from "vitest";

const most = 10;
/** Names of tests that derive with Argon2id at full cost, start the `age` command, or seal and open megabytes for the sake of a length that a smaller one stands for. */
const slow =
  /^takes a passphrase however it was composed|^rewritten, opens with the real age command|^of files of odd lengths around chunks|^of a file of (?:2097151|2097152|4194304|4259841) bytes|^of (?:131055|131072|131073|340025) bytes come back whole/u;

beforeEach(({ task, skip }) => {
  if (slow.test(task.name)) skip();
});

vi.mock("fast-check", async (original) => {
  const module = await original();
  /** @param {never} property @param {{ numRuns?: number } | undefined} parameters */
  const assert = (property, parameters) => module.assert(property, { ...parameters, numRuns: Math.min(parameters?.numRuns ?? most, most) });
  return { ...module, default: { ...module.default, assert }, assert };
});
