/** Letters of other alphabets that look (or are typed) like a Latin one, as used to get past filters. The rooms of this engine share it, so that what one reads the others read. */

/** Pairs: the other letter in lower case, then the Latin one. Where a letter looks like one and sounds like another, the sound is taken: that is how people type it. */
const pairs = "аaеeоoрpсcхxуyіiѕsԁdһhӏlкkмmтtвbнnјjαaεeοoρpιiκkνvτtυuχxıi";

/** Other letter -> Latin letter, lower case and, where it is one letter, upper case too. */
export const lookalikes: ReadonlyMap<string, string> = (() => {
  const made = new Map<string, string>();
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    const [other, latin] = [pairs.charAt(at), pairs.charAt(at + 1)];
    made.set(other, latin);
    // The capital of some is itself a Latin letter, which stands for itself.
    const capital = other.toUpperCase();
    if (capital.length === 1 && capital.charCodeAt(0) > 0x7f) made.set(capital, latin);
  }
  return made;
})();
