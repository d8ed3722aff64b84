/** The few calm lines a person sees while the house is made ready, Dutch first; used by the scripts in this folder only. */

/**
 * Prints one line on standard error, so that standard output stays for the result.
 * @param {string} dutch
 * @param {string} english
 */
export function say(dutch, english) {
  process.stderr.write(`  ${dutch} · ${english}\n`);
}

/** Something the person must mend; shown as one sentence, without a stack. */
export class SetupError extends Error {
  name = "SetupError";
}

/**
 * Runs `main` and turns a {@link SetupError} into one line and exit code 2.
 * @param {() => Promise<number>} main gives the exit code
 */
export async function run(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = 2;
  }
}
