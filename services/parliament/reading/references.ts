/** Numbers of questions that a text names: "vraag 2", "vragen 3 en 7", "vragen 2 tot en met 5", "zie antwoord vraag 2". Used by the readers of this room. */

const join = "(?:\\s*,\\s*(?:en\\s+)?|\\s+en\\s+|\\s+of\\s+|\\s*(?:t\\/m|tot en met|–|-)\\s*|\\s*&\\s*)";
/** A list of numbers, with ranges. No set is longer, and a pattern that may repeat without end overflows the stack of the engine. */
export const numberList = `\\d{1,3}(?:${join}\\d{1,3}){0,200}`;
const named = new RegExp(`\\b(?:vra(?:ag|gen)|antwoord(?:en)?(?:\\s+op)?(?:\\s+de)?(?:\\s+vra(?:ag|gen))?)\\s+(${numberList})`, "giu");

/** The numbers in a list as written, ranges filled in, in order, each once. A range over more than 100 is taken as two numbers. */
export function numbersIn(list: string): number[] {
  const numbers = new Set<number>();
  // A list may name the same range a hundred thousand times.
  const filled = new Set<string>();
  let range = false;
  let last: number | undefined;
  for (const [token] of list.matchAll(/\d{1,3}|t\/m|tot en met|–|-/giu)) {
    if (!/^\d/u.test(token)) {
      range = true;
      continue;
    }
    const number = Number(token);
    if (range && last !== undefined && number > last && number - last <= 100 && !filled.has(`${last}-${number}`)) {
      filled.add(`${last}-${number}`);
      for (let between = last + 1; between < number; between++) numbers.add(between);
    }
    numbers.add(number);
    last = number;
    range = false;
  }
  return [...numbers];
}

/** Every question a text names, ascending, without `own`. */
export function questionsNamed(text: string, own: readonly number[] = []): number[] {
  const found = new Set<number>();
  for (const match of text.replace(/\s+/gu, " ").matchAll(named)) for (const number of numbersIn(match[1] ?? "")) if (number > 0) found.add(number);
  return [...found].filter((number) => !own.includes(number)).toSorted((a, b) => a - b);
}
