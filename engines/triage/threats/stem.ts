/** A word without its ending. Used by features.ts and rules.ts. */

/** The word without its commonest endings: enough to bring "slaat", "slaan" and "geslagen" closer, no more. */
export function stemOf(word: string): string {
  let stem = word;
  if (stem.length > 5 && stem.startsWith("ge") && /(?:d|t|en)$/.test(stem)) stem = stem.slice(2);
  for (const ending of ["jes", "tje", "en", "je", "te", "de", "t", "e", "s", "d", "n"])
    if (stem.length - ending.length >= 3 && stem.endsWith(ending)) {
      stem = stem.slice(0, -ending.length);
      break;
    }
  return stem.replace(/([a-z])\1$/, "$1").replace(/(aa|ee|oo|uu)([a-z])$/, (_, vowels: string, last: string) => vowels.charAt(0) + last);
}
