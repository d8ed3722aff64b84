/** The client of admission: a purse of tokens, and the work they cost. The directory's connection loads it when somebody who is not signed in needs a token. */
export { Purse, type Door, type Need, type Working } from "./purse.ts";
export { finishTokens, prepareTokens, solve } from "./solve.ts";
