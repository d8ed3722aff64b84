/** One proved pattern of hidden cells, for shares and for distributions alike. Called by protection.ts and categories.ts. */
import { flawsOf, suppress, type Cube, type Measure } from "@rugdekking/survey/disclosure";
import { PublicationError } from "./errors.ts";

/** The dimension of a cube that holds the answers. */
export const ANSWER = "answer";

/** To the guard, people of one denominator are a wave of their own. */
export const keyOfDenominator = (wave: string, denominator: string): string => `${wave}/${denominator}`;

/** Cells of a suppression that is proved. @throws PublicationError `not-protected`; DisclosureError `cannot-protect` */
export function provedPattern(
  name: string,
  { cube, measures, zeros }: { readonly cube: Cube; readonly measures: readonly Measure[]; readonly zeros: readonly boolean[] },
  keep: readonly number[],
  cost?: (cell: number) => number,
): { readonly away: ReadonlySet<number>; readonly primary: number; readonly secondary: number } {
  const pattern = suppress(cube, measures, { zeros, keep, ...(cost === undefined ? {} : { cost }) });
  const [flaw] = flawsOf(cube, measures, pattern, zeros);
  if (flaw !== undefined)
    throw new PublicationError(
      "not-protected",
      `A cell of ${name} (${flaw.measure}) is not protected (${flaw.what}); nothing is published. This is a fault of ours.`,
    );
  return { away: new Set([...pattern.primary, ...pattern.secondary]), primary: pattern.primary.length, secondary: pattern.secondary.length };
}
