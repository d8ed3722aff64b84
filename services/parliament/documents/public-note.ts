/**
 * The version of a decision note that goes out into the world. Made here and nowhere else.
 *
 * [Note: Public by construction] A {@link PublicNote} has no field for an official, a line of contact or withheld words, and the class cannot be made without {@link publicNote}, which copies
 * field by field what may go out and then looks whether a name, mail address or telephone number still stands in it. What prints a public version takes this class and nothing else.
 */
import type { Inline, RichText } from "#services/parliament/contract/rich-text.ts";
import { withoutWords } from "./leave-out.ts";
import type { DecisionNoteDraft, Official, Section } from "./model.ts";

/** What a public version says. */
export type PublicWords = Omit<DecisionNoteDraft, "officials" | "contact" | "concept">;

/** What still stands in a text that may not go out. */
export interface StandingWords {
  /** A name (or part of one) of an official; any mail address; any telephone number. */
  readonly what: "name" | "mail" | "phone";
  /** JSON pointer into the draft: the line it stands in. A line in several styles is one line. */
  readonly path: string;
  /** UTF-16 units of that line. */
  readonly start: number;
  readonly end: number;
  /** As it stands there. For the person who mends it; never written to a log. */
  readonly found: string;
}

/** Why there is no public version. `same-person`: the second pair of eyes is the first. `names-stand`: see `standing`. */
export type PublicNoteErrorCode = "same-person" | "names-stand";

/** A public version that was refused. The message names places, never the words that stand there. */
export class PublicNoteError extends Error {
  override readonly name = "PublicNoteError";
  readonly code: PublicNoteErrorCode;
  readonly standing: readonly StandingWords[];
  constructor(code: PublicNoteErrorCode, message: string, standing: readonly StandingWords[] = []) {
    super(message);
    this.code = code;
    this.standing = standing;
  }
}

/** Who made a public version and who looked it over. Their signatures are in the dossier; here the two must differ. */
export interface TwoPairsOfEyes {
  readonly madeBy: string;
  readonly checkedBy: string;
  /** Words that may stand although they look like a name, mail address or number: those of a member of the Kamer with the same name, a public helpline. Exactly as they stand. */
  readonly mayStand?: readonly string[];
  /** Leaves out what still stands, with a sign in its place, instead of refusing; `leftOut` says what that was. */
  readonly leaveOut?: boolean;
}

/** A note that may be published. */
export class PublicNote {
  /** Makes the class its own: nothing of the same shape passes for it. */
  readonly #checked: true;
  readonly words: PublicWords;
  /** What was left out, as it stood and where it stood before. For the people who look it over; never printed. */
  readonly leftOut: readonly StandingWords[];
  private constructor(words: PublicWords, leftOut: readonly StandingWords[]) {
    this.#checked = true;
    this.words = words;
    this.leftOut = leftOut;
  }

  /** Whether a value is a public version. */
  static is(value: object): value is PublicNote {
    return #checked in value && value.#checked;
  }

  /** See {@link publicNote}. */
  static make(draft: DecisionNoteDraft, { madeBy, checkedBy, mayStand = [], leaveOut = false }: TwoPairsOfEyes): PublicNote {
    const same = (one: string): string => fold(one).text.trim();
    if (same(madeBy) === "" || same(checkedBy) === "" || same(madeBy) === same(checkedBy))
      throw new PublicNoteError("same-person", "A public version needs two people: who made it and who checked it must differ; let someone else look it over.");
    const whole = publicWords(draft);
    const leftOut = leaveOut ? standingIn(whole, draft.officials, mayStand) : [];
    const words = leftOut.length === 0 ? whole : withoutWords(whole, leftOut);
    // Looked at again after leaving out: what goes out is what was looked at.
    const standing = standingIn(words, draft.officials, mayStand);
    if (standing.length > 0) {
      const places = [...new Set(standing.map(({ what, path, start }) => `${what} at ${path}, character ${start + 1}`))];
      throw new PublicNoteError(
        "names-stand",
        `The public version still holds what may not go out: ${places.slice(0, 20).join("; ")}. Take it out of the text.`,
        standing,
      );
    }
    return new PublicNote(words, leftOut);
  }
}

/**
 * Makes the public version: without officials, lines of contact and withheld words; a part that is withheld keeps its heading and the ground.
 * @throws {PublicNoteError}
 */
export const publicNote = (draft: DecisionNoteDraft, eyes: TwoPairsOfEyes): PublicNote => PublicNote.make(draft, eyes);

/** Field by field: a field that is added to a draft stays in until someone lets it out here. */
function publicWords(draft: DecisionNoteDraft): PublicWords {
  const { to, from, purpose, title, case: reference, date, details, demonstration } = draft;
  const section = ({ section: part, heading, text, points, withheld }: Section): Section =>
    withheld === null
      ? {
          section: part,
          heading,
          text,
          points: points.map((point) => ({ questions: point.questions, text: point.withheld === null ? point.text : [], withheld: point.withheld })),
          withheld: null,
        }
      : { section: part, heading, text: [], points: [], withheld: { ground: withheld.ground } };
  return {
    to,
    from,
    purpose,
    title,
    case: reference,
    date,
    details: details.map(({ label, value }) => ({ label, value })),
    sections: draft.sections.map(section),
    demonstration,
  };
}

/** A line of a public version with its place. */
interface PlacedLine {
  readonly path: string;
  readonly text: string;
  /** An address: names in it are written without capitals. */
  readonly address?: true;
}

const withinFigure = (piece: Inline): string[] =>
  piece.kind === "figure" ? [piece.figure.statement, piece.figure.denominator, piece.figure.period, piece.figure.source] : [];

/** The lines of a draft: what runs on is one line whatever its styles, so that a name cannot hide across them; footnotes, figures and addresses are lines of their own. */
function linesOf(text: RichText, path: string): PlacedLine[] {
  return text.flatMap((block, at) => {
    const lines =
      block.kind === "list" ? block.items.map((item, n) => ({ item, to: `${path}/${at}/items/${n}` })) : [{ item: block.content, to: `${path}/${at}/content` }];
    return lines.flatMap(({ item, to }) => [
      { path: to, text: item.map((piece) => (piece.kind === "words" || piece.kind === "figure" ? piece.text : "")).join("") },
      ...item.flatMap((piece, n): PlacedLine[] => {
        const own = `${to}/${n}`;
        if (piece.kind === "words" && piece.link !== undefined) return [{ path: own, text: decoded(piece.link), address: true }];
        return (piece.kind === "note" ? [piece.text] : withinFigure(piece)).map((words) => ({ path: own, text: words }));
      }),
    ]);
  });
}

/** An address as a person reads it. */
function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** Every line that is printed. */
function allLines(words: PublicWords): PlacedLine[] {
  const { to, from, purpose, title, case: reference, details, sections } = words;
  return [
    { path: "/to", text: to },
    { path: "/from", text: from },
    { path: "/purpose", text: purpose },
    { path: "/title", text: title },
    { path: "/case", text: reference },
    ...details.flatMap(({ label, value }, at) => [
      { path: `/details/${at}/label`, text: label },
      { path: `/details/${at}/value`, text: value },
    ]),
    ...sections.flatMap(({ heading, text, points, withheld }, at) => {
      const path = `/sections/${at}`;
      return [
        { path: `${path}/heading`, text: heading },
        ...linesOf(text, `${path}/text`),
        ...points.flatMap((point, n) => [
          ...linesOf(point.text, `${path}/points/${n}/text`),
          ...(point.withheld === null ? [] : [{ path: `${path}/points/${n}/withheld/ground`, text: point.withheld.ground }]),
        ]),
        ...(withheld === null ? [] : [{ path: `${path}/withheld/ground`, text: withheld.ground }]),
      ];
    }),
  ];
}

/** A text without what hides a name: accents, letter case, marks that show nothing, kinds of dash, space and apostrophe. `at` leads back, per unit and for the end. */
function fold(text: string): { readonly text: string; readonly at: readonly number[] } {
  let out = "";
  const at: number[] = [];
  let here = 0;
  for (const character of text) {
    const bare = character
      .normalize("NFKD")
      .replaceAll(/[\p{M}\p{Cf}\u115f\u1160\u3164\uffa0]/gu, "")
      .replaceAll(/[\p{Pd}\u2212]/gu, "-")
      .replaceAll(/[‘’‛`´]/gu, "'")
      .replaceAll(/\s/gu, " ")
      .replaceAll("ß", "ss")
      .replaceAll(/[øØ]/gu, "o")
      .replaceAll(/[łŁ]/gu, "l")
      .toLowerCase();
    for (let unit = 0; unit < bare.length; unit++) at.push(here);
    out += bare;
    here += character.length;
  }
  at.push(here);
  return { text: out, at };
}

/** Words before a surname, which say nothing by themselves. */
const prefixes = new Set("van de den der het ten ter te t 's s in op aan bij onder uit von zu el al la le du da dos di ben bin ibn".split(" "));
const titles = new Set("dhr mevr mw mr drs dr ing ir prof bc ba ma msc bsc llm phd mba heer mevrouw".split(" "));
const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");

/** What may not stand of one name: the surname, its halves, and a given name written in full. Initials with a surname hold the surname. */
function partsOf(name: string): string[] {
  const words = fold(name)
    .text.replaceAll(/[(),;]/gu, " ")
    .split(/ +/u)
    .filter((word) => word !== "");
  const isInitials = (word: string): boolean => /^(?:\p{L}{1,2}\.)+(?:-?\p{L}{1,2}\.)*$/u.test(word) || /^\p{L}$/u.test(word);
  const own = words.filter((word) => !isInitials(word) && !prefixes.has(word.replaceAll("'", "")) && !titles.has(word.replaceAll(".", "")));
  return [...new Set(own.flatMap((word) => [word, ...word.split("-").filter((half) => half.length > 3)]).filter((word) => /\p{L}{2}/u.test(word)))];
}

/** A part of a name is found where it opens with a capital ("de bakker" is no Mr Bakker); the whole name in any case, and so is one that has no capital itself. */
const opensAsName = (written: string, name: string): boolean => !/^\p{Ll}/u.test(written) || !/\p{Lu}/u.test(name);

const mail = /[\p{L}\d._%+-]+ ?(?:@|\(at\)|\[at\]| at (?=[\p{L}\d-]+\.))\s?[\p{L}\d-]+(?:\s?(?:\.|\(punt\)|\(dot\))\s?[\p{L}\d-]+)+/gu;
// A number stands apart by a space, also behind the number of an item ("1. 06 …"); by a dash, dot or stroke it is the end of a longer one.
const phone = /(?<![\p{L}\d]|\d[-./]{1,2})(?:(?:\+|00)[1-9]\d{0,2}[-. /]*(?:\(0\)[-. /]*)?(?:\d[-. /()]*){7,11}|\(?0[1-9](?:[-. /()]*\d){8})(?!\d)/gu;

/** What stands in a public version that may not. */
function standingIn(words: PublicWords, officials: readonly Official[], mayStand: readonly string[]): StandingWords[] {
  const allowed = new Set(mayStand.map((one) => fold(one).text.trim()));
  const names = officials.flatMap(({ name }) => [
    { part: fold(name).text.trim().replaceAll(/ +/gu, " "), name: "" },
    ...partsOf(name).map((part) => ({ part, name })),
  ]);
  const found: StandingWords[] = [];
  for (const { path, text, address = false } of allLines(words)) {
    const { text: folded, at } = fold(text);
    // What may stand covers what stands within it: with "Jan Bakker" goes "Bakker" in it, and no other.
    const stands = [...allowed].flatMap((one) =>
      one === ""
        ? []
        : [...folded.matchAll(new RegExp(`(?<![\\p{L}\\d])${escaped(one)}(?![\\p{L}\\d])`, "gu"))].map(({ index }) => [index, index + one.length] as const),
    );
    const add = (what: StandingWords["what"], from: number, to: number): void => {
      const start = at[from] ?? 0;
      const end = at[to] ?? text.length;
      if (!allowed.has(folded.slice(from, to).trim()) && !stands.some(([first, last]) => first <= from && to <= last))
        found.push({ what, path, start, end, found: text.slice(start, end) });
    };
    for (const match of folded.matchAll(mail)) add("mail", match.index, match.index + match[0].length);
    for (const match of folded.matchAll(phone)) add("phone", match.index, match.index + match[0].trimEnd().length);
    for (const { part, name } of names) {
      for (const match of folded.matchAll(new RegExp(`(?<![\\p{L}\\d])${escaped(part)}(?![\\p{L}\\d])`, "gu"))) {
        if (address || opensAsName(text.slice(at[match.index] ?? 0), name)) add("name", match.index, match.index + part.length);
      }
    }
    // An official's own address or number in a form the patterns above do not know.
    for (const official of officials)
      for (const [what, own] of [
        ["mail", official.mail],
        ["phone", official.phone],
      ] as const) {
        const needle = fold(own ?? "").text.trim();
        if (needle.length < 4) continue;
        for (let from = folded.indexOf(needle); from >= 0; from = folded.indexOf(needle, from + needle.length)) {
          const covered = found.some((one) => one.path === path && one.start <= (at[from] ?? 0) && (at[from + needle.length] ?? 0) <= one.end);
          if (!covered) add(what, from, from + needle.length);
        }
      }
  }
  // Of a name and its parts in one place the name alone.
  const within = (one: StandingWords, other: StandingWords): boolean =>
    one.path === other.path && other.start <= one.start && one.end <= other.end && other.end - other.start > one.end - one.start;
  return found.filter((one) => !found.some((other) => within(one, other)));
}
