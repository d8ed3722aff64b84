/**
 * The attacker of the tests: tries every table of whole numbers that fits what is published. It shares no code with the suppression: it knows sums of atoms and counts, nothing else. Only tests import it.
 */

/** What a reader knows: that these atoms together have this value. */
export interface Equation {
  readonly atoms: readonly number[];
  readonly value: number;
}

/**
 * Lowest and highest value that a sum of atoms can have in any table of whole numbers, zero or more, that fits all equations.
 * @param zeros atoms known to be zero; @param most highest value an atom is tried with where no equation bounds it
 */
export function attack(
  atoms: number,
  known: readonly Equation[],
  targets: readonly (readonly number[])[],
  zeros: ReadonlySet<number>,
  most: number,
): readonly { low: number; high: number }[] {
  const left = known.map(({ value }) => value);
  const open = known.map(({ atoms: inside }) => inside.filter((atom) => !zeros.has(atom)).length);
  const inside = Array.from({ length: atoms }, (_, atom) => known.flatMap((equation, index) => (equation.atoms.includes(atom) ? [index] : [])));
  const bounds = targets.map(() => ({ low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY }));
  const table = Array.from<number>({ length: atoms }).fill(0);
  const walk = (atom: number): void => {
    if (atom === atoms) {
      for (const [index, target] of targets.entries()) {
        const value = target.reduce((sum, one) => sum + (table[one] ?? 0), 0);
        const bound = bounds[index];
        if (bound !== undefined) {
          bound.low = Math.min(bound.low, value);
          bound.high = Math.max(bound.high, value);
        }
      }
      return;
    }
    if (zeros.has(atom)) {
      table[atom] = 0;
      walk(atom + 1);
      return;
    }
    const mine = inside[atom] ?? [];
    let [low, high] = [0, most];
    for (const index of mine) {
      high = Math.min(high, left[index] ?? 0);
      // The last atom of an equation must take all that is left.
      if (open[index] === 1) low = Math.max(low, left[index] ?? 0);
    }
    for (const index of mine) open[index] = (open[index] ?? 0) - 1;
    for (let value = low; value <= high; value += 1) {
      table[atom] = value;
      for (const index of mine) left[index] = (left[index] ?? 0) - value;
      walk(atom + 1);
      for (const index of mine) left[index] = (left[index] ?? 0) + value;
    }
    for (const index of mine) open[index] = (open[index] ?? 0) + 1;
  };
  walk(0);
  return bounds;
}
