/**
 * Grammar-aware rules beside the trained weights: a violent verb with a person or a group as its object in one sentence, by a sender who does not deny, quote, report or condemn it.
 * They say what they saw; how much that counts is fitted with the rest (tools/triage/train.ts). Used by index.ts and the training rooms.
 */
import { can } from "./roles.ts";
import type { Word } from "./words.ts";

/** What the rules saw in a message; each 0 or 1. */
export interface Seen {
  /** A violent verb with a person as its object, not taken back. */
  readonly person: 0 | 1;
  /** The same with a group of people. */
  readonly group: 0 | 1;
  /** The sender is the one who does it. */
  readonly sender: 0 | 1;
  /** Somewhere a violent verb, but denied, quoted, reported or condemned in its own sentence. */
  readonly takenBack: 0 | 1;
  /** Where the verb stands, for the reason; null when none. */
  readonly verb: Word | null;
}

/** Looks at each sentence once. Linear in the words. */
export function seenIn(words: readonly Word[]): Seen {
  let [person, group, sender, takenBack]: [0 | 1, 0 | 1, 0 | 1, 0 | 1] = [0, 0, 0, 0];
  let verb: Word | null = null;
  // Between quotation marks, or on a line that begins with ">": someone else's words.
  let [inQuotes, onQuotedLine] = [false, false];
  let [toPerson, toGroup, bySender, back] = [false, false, false, false];
  let [left, right] = [0, 0];
  let here: Word | null = null;
  let [place, from] = [0, 0];
  const canBe = (at: number): number => words[at]?.known.can ?? 0;
  for (let at = 0; at <= words.length; at += 1) {
    const word = words[at];
    const bits = word === undefined ? can.endsSentence : word.known.can;
    if (word !== undefined && (bits & can.endsSentence) === 0) {
      if ((bits & (can.quotes | can.quotesLine)) !== 0) {
        if ((bits & can.quotes) !== 0) inQuotes = !inQuotes;
        else onQuotedLine = true;
      }
      toPerson ||= (bits & can.person) !== 0;
      toGroup ||= (bits & can.group) !== 0 && !((bits & can.woman) !== 0 && (canBe(at - 1) & can.ofOne) !== 0);
      bySender ||= (bits & can.sender) !== 0;
      // Said to be "not" forbidden, violence is approved of, not denied: het vermoorden van X zou niet strafbaar moeten zijn.
      const approves = ((bits & can.not) !== 0 && (canBe(at + 1) & can.forbidden) !== 0) || ((bits & can.forbidden) !== 0 && (canBe(at - 1) & can.not) !== 0);
      back ||= ((bits & can.against) !== 0 && !approves) || inQuotes || onQuotedLine;
      left |= word.known.left;
      right |= word.known.right;
      if (here === null && (bits & can.violent) !== 0) [here, place] = [word, at];
      continue;
    }
    // A verb and the part that makes it violent stand in one sentence.
    const both = left & right;
    if (here === null && both !== 0)
      for (let look = from; look < at && here === null; look += 1)
        if (((words[look]?.known.left ?? 0) & both) !== 0) [here, place] = [words[look] ?? null, look];
    if (here !== null && (toPerson || toGroup)) {
      const toSelf = ((canBe(place - 1) | canBe(place + 1)) & can.self) !== 0;
      if (back || toSelf) takenBack = 1;
      else {
        verb ??= here;
        if (toPerson) person = 1;
        if (toGroup) group = 1;
        if (bySender) sender = 1;
      }
    }
    if (word?.text === "\n") onQuotedLine = false;
    toPerson = toGroup = bySender = back = false;
    left = right = 0;
    here = null;
    from = at + 1;
  }
  return { person, group, sender, takenBack, verb };
}
