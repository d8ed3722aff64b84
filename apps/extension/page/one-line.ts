/** Makes one harmless line of what a page says, for titles, names and times. Used by the readers of this folder. */

// Control characters, marks that turn text around, and invisible fillers that make two names look the same. `\p{Cf}` holds them all, with the joiners of emoji.
const unshown = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]+/gu;

/** White space becomes one space, what nobody can see goes, and at most `most` UTF-16 units stay, never half a character. */
export function oneLine(text: string, most: number): string {
  // Cut first: a page may give a name of a hundred megabytes.
  const line = text
    .slice(0, 20 * most)
    .toWellFormed()
    .replaceAll(/\s+/gu, " ")
    .replaceAll(unshown, "")
    .trim();
  return cutWell(line, most);
}

/** At most `most` UTF-16 units, without a lone half of a pair at the end. */
export function cutWell(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? most - 1 : most);
}
