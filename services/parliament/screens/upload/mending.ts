/** What a person changes in a set as it was read, before it is opened and after: which of the sets in a file, the questions and their numbers, where lines go that could not be placed, who asked and when. Pure; the upload page and the page of a whole set draw it, and the dossier keeps it as `Mend`s. */
import type { QuestionDossier, ReadDossier } from "#services/parliament/contract/dossier.ts";
import type { Mend } from "#services/parliament/contract/set.ts";

/** One question as it will be. */
export interface MendedQuestion {
  /** Stays the same while numbers change. */
  readonly key: string;
  readonly number: number;
  readonly text: string;
  /** Its place among the questions as read; null for one that a person added. */
  readonly read: number | null;
}
/** Where a line goes that could not be placed: to a question (by key), nowhere (it is no part of the set), or not decided. */
export type LinePlace = { readonly to: string } | "nowhere" | null;

/** The set while it is mended. */
export interface Mending {
  readonly read: ReadDossier;
  readonly questions: readonly MendedQuestion[];
  readonly lines: readonly LinePlace[];
  readonly reference: string;
  readonly documentNumber: string;
  readonly title: string;
  readonly subject: string;
  readonly source: string;
  readonly received: string;
  /** One a line: `Naam (FRACTIE)`. */
  readonly members: string;
  readonly addressees: string;
}

const memberLine = ({ name, faction }: QuestionDossier["members"][number]): string => (faction === null ? name : `${name} (${faction})`);
const linesIn = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
const membersIn = (text: string): QuestionDossier["members"] =>
  linesIn(text).map((line) => {
    const found = /^(.+?)\s*\(([^()]+)\)$/u.exec(line);
    return found === null ? { name: line, faction: null } : { name: found[1] ?? line, faction: found[2] ?? null };
  });

/** The sets of a file, each as a reading of its own that still holds the others: nothing of the file is dropped by a choice. */
export function setsOf(read: ReadDossier): ReadDossier[] {
  const { others, ...first } = read;
  const all: QuestionDossier[] = [first, ...others];
  return all.map((one, at) => ({ ...one, others: all.filter((_, other) => other !== at) }));
}

/** Begins with the set as it was read. */
export const beginMending = (read: ReadDossier): Mending => ({
  read,
  questions: read.questions.map(({ number, text }, at) => ({ key: `r${at}`, number, text, read: at })),
  lines: read.unplaced.map(() => null),
  reference: read.reference ?? "",
  documentNumber: read.documentNumber ?? "",
  title: read.title ?? "",
  subject: read.subject ?? "",
  source: read.source ?? "",
  received: read.received ?? "",
  members: read.members.map(memberLine).join("\n"),
  addressees: read.addressees.join("\n"),
});

/** Adds an empty question with the first number that is free. */
export function addQuestion(mending: Mending): Mending {
  const taken = new Set(mending.questions.map(({ number }) => number));
  let number = 1;
  while (taken.has(number)) number++;
  const key = `n${mending.questions.length}-${number}`;
  return { ...mending, questions: [...mending.questions, { key, number, text: "", read: null }].toSorted((a, b) => a.number - b.number) };
}
/** Takes a question away; lines that went to it are not decided any more. */
export const removeQuestion = (mending: Mending, key: string): Mending => ({
  ...mending,
  questions: mending.questions.filter((one) => one.key !== key),
  lines: mending.lines.map((place) => (place !== null && place !== "nowhere" && place.to === key ? null : place)),
});
/** Gives every question its place as number: 1, 2, 3, in the order in which they stand. */
export const renumber = (mending: Mending): Mending => ({ ...mending, questions: mending.questions.map((one, at) => ({ ...one, number: at + 1 })) });

/** What still stands in the way of opening the set. */
export interface StillWrong {
  readonly twice: readonly number[];
  readonly missing: readonly number[];
  readonly empty: readonly number[];
  readonly none: boolean;
  readonly noDay: boolean;
}
export function stillWrong({ questions, lines, received }: Mending): StillWrong {
  const numbers = questions.map(({ number }) => number);
  const highest = Math.max(0, ...numbers);
  const filled = new Set(lines.flatMap((place) => (place !== null && place !== "nowhere" ? [place.to] : [])));
  return {
    twice: [...new Set(numbers.filter((number, at) => numbers.indexOf(number) !== at))],
    missing: Array.from({ length: highest }, (_, at) => at + 1).filter((number) => !numbers.includes(number)),
    empty: questions.filter(({ key, text }) => text.trim() === "" && !filled.has(key)).map(({ number }) => number),
    none: questions.length === 0,
    noDay: !/^\d{4}-\d{2}-\d{2}$/u.test(received),
  };
}
/** Whether it can be opened: every question with a number of its own and words. A missing number may be: the Kamer does skip one. */
export const mayOpen = ({ twice, empty, none, noDay }: StillWrong): boolean => twice.length === 0 && empty.length === 0 && !none && !noDay;

/** The changes as the dossier keeps them, in the order in which they are made. */
export function mendsOf(mending: Mending): Mend[] {
  const { read, questions, lines, received, members, addressees } = mending;
  const same = ({ read: at, number, text }: MendedQuestion): boolean =>
    at !== null && read.questions[at]?.number === number && read.questions[at]?.text === text;
  const changed = questions.filter((one) => !same(one));
  const kept = new Set(questions.filter(same).map(({ read: at }) => at));
  const gone = [...new Set(read.questions.filter((_, at) => !kept.has(at)).map(({ number }) => number))];
  // Taking a number away takes every question of it: one of two with the same number that stays as read is written anew.
  const again = questions.filter((one) => same(one) && gone.includes(one.number));
  const filledBy = (key: string): string[] =>
    lines.flatMap((place, at) => (place !== null && place !== "nowhere" && place.to === key ? [read.unplaced[at]?.text ?? ""] : []));
  const wordless = new Set(changed.filter(({ text }) => text.trim() === "").map(({ key }) => key));
  const mends: Mend[] = [
    ...gone.map((number): Mend => ({ what: "question", number, text: null })),
    ...[...changed, ...again].flatMap(({ key, number, text }): Mend[] => {
      if (!wordless.has(key)) return [{ what: "question", number, text }];
      const words = filledBy(key).join("\n\n");
      return words === "" ? [] : [{ what: "question", number, text: words }];
    }),
    ...lines.flatMap((place, at): Mend[] => {
      if (place === null) return [];
      // Its words are in the question already: it is placed, and adds nothing.
      if (place === "nowhere" || wordless.has(place.to)) return [{ what: "unplaced", at, question: null }];
      const number = questions.find(({ key }) => key === place.to)?.number;
      return number === undefined ? [] : [{ what: "unplaced", at, question: number }];
    }),
  ];
  for (const field of ["reference", "documentNumber", "title", "subject", "source"] as const)
    if (mending[field] !== (read[field] ?? "")) mends.push({ what: "field", field, value: mending[field] === "" ? null : mending[field] });
  if (received !== (read.received ?? "") && received !== "") mends.push({ what: "received", day: received });
  if (members !== read.members.map(memberLine).join("\n")) mends.push({ what: "members", members: membersIn(members) });
  if (addressees !== read.addressees.join("\n")) mends.push({ what: "addressees", addressees: linesIn(addressees) });
  return mends;
}

/** The changes to a set that was opened already, begun with the set as it stands: lines that are not placed go by their place among all that was read. */
export function mendsAfter({ read, set }: { readonly read: ReadDossier; readonly set: QuestionDossier }, mending: Mending): Mend[] {
  return mendsOf(mending).flatMap((mend): Mend[] => {
    if (mend.what !== "unplaced") return [mend];
    const line = set.unplaced[mend.at];
    const at = line === undefined ? -1 : read.unplaced.indexOf(line);
    return at < 0 ? [] : [{ ...mend, at }];
  });
}
