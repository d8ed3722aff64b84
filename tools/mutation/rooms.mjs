/** The rooms whose tests are put to the proof by mutation, and the score each must reach. Read by stryker.config.mjs. */

/**
 * @typedef {object} Room
 * @property {readonly string[]} mutate files that are changed, as Stryker's globs
 * @property {readonly string[]} tests files that must notice
 */

/** Share of changes, in percent, that the tests must notice in each room. */
export const wanted = 85;

/** @type {Readonly<Record<string, Room>>} */
export const rooms = {
  ledger: { mutate: ["engines/ledger/*.ts", "!engines/ledger/*.test.ts", "!engines/ledger/testing.ts"], tests: ["engines/ledger/*.test.ts"] },
  tokens: { mutate: ["engines/tokens/*.ts", "!engines/tokens/*.test.ts", "!engines/tokens/testing-build.ts"], tests: ["engines/tokens/*.test.ts"] },
  seal: { mutate: ["engines/seal/*.ts", "!engines/seal/*.test.ts"], tests: ["engines/seal/*.test.ts"] },
  workflow: {
    mutate: ["services/dossier/workflow/*.ts", "!services/dossier/workflow/*.test.ts"],
    tests: ["services/dossier/workflow/*.test.ts"],
  },
};
