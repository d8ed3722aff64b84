/** How a group of people is written in the name of a figure. Apart from cells.ts, so that pages that only read need nothing of the estimation. */

/** A group: dimension to code, in the order of the rules; empty for everyone. */
export type Group = Readonly<Record<string, string>>;

/** `alle`, or `province=utrecht`, joined by `+` in the order of the rules. */
export function groupName(group: Group): string {
  const parts = Object.entries(group).map(([dimension, code]) => `${dimension}=${code}`);
  return parts.length === 0 ? "alle" : parts.join("+");
}
