/** What the heading of a set, of an answer or of an article says, as fields. Pure text in, fields out; used by the readers of this room. */
import { anyDay, dayInWords, dutchDate } from "./dates.ts";
import { capital, type Member, membersIn, officesIn } from "./people.ts";

/** Fields of a heading; what is not printed is null or empty. */
export interface HeadingFacts {
  readonly members: readonly Member[];
  readonly addressees: readonly string[];
  readonly unclear: boolean;
  readonly subject: string | null;
}

const about = /\s(?:over|inzake|betreffende|naar aanleiding van)\s+/iu;
/** Whom a question is put to. "Aan" is part of names too ("Aan de Brugh"), so that an office must follow, or else a small letter stand there. */
const toOffice = /\saan\s+(?=(?:de|het)\s+(?:eerste\s+)?(?:minister|staatssecretaris))/iu;
const toAnyone = /\saan\s+(?=(?:de|het)\s)/u;

/** "het lid A (B) aan de Minister van C over D": what stands after "Vragen van". */
export function askingFacts(text: string): HeadingFacts {
  const bare = text
    .replace(/\s+/gu, " ")
    .replace(/ ?\( ?(?:ingezonden|kenmerk)[^()]*\)| ingezonden(?: ?:)? (?:op )?[^()]{0,40}$/giu, "")
    .trim()
    .replace(/[ .]{1,4}$/u, "")
    .replace(/ (?:schriftelijke |kamer)?vragen gesteld(?= aan )/iu, "");
  const subjectAt = about.exec(bare);
  // What stands behind "over" is the subject, whoever it speaks of.
  const before = subjectAt === null ? bare : bare.slice(0, subjectAt.index);
  const to = toOffice.exec(before) ?? toAnyone.exec(before);
  const { offices, unclear } = officesIn(to === null ? "" : before.slice(to.index + to[0].length));
  const subject = subjectAt === null ? "" : bare.slice(subjectAt.index + subjectAt[0].length).trim();
  return { members: membersIn(to === null ? before : before.slice(0, to.index)), addressees: offices, unclear, subject: subject === "" ? null : subject };
}

const sentIn = new RegExp(`\\bingezonden(?:\\s*:)?\\s+(?:(?:op|d\\.\\s?d\\.)\\s+)?(${anyDay})(?!\\d)`, "iu");

/** The day of "(ingezonden 6 oktober 2021)". @param year that of the case, for a day without one. */
export function sentInDay(text: string, year: number | undefined): string | null {
  const day = sentIn.exec(text.replace(/\s+/gu, " "))?.[1];
  return day === undefined ? null : dutchDate(day, { year });
}

/** The heading of an answer: "Antwoord van Minister A (B), mede namens de Minister van C (ontvangen 25 februari 2022)." */
export function answeringFacts(text: string): { readonly by: string | null; readonly alsoOnBehalfOf: readonly string[]; readonly received: string | null } {
  const bare = text.replace(/\s+/gu, " ");
  const by = /^(?:Nader )?(?:Antwoord(?:en)?|Mededeling)(?: \S+)? van (?:de |het )?(.+?)(?:,? mede namens|\s*\(ontvangen|\.\s|$)/iu.exec(bare)?.[1] ?? null;
  const also = /mede namens (.+?)(?:\s*\(ontvangen|\.\s|\.$|$)/iu.exec(bare)?.[1];
  const day = /ontvangen (?:op )?([^()]{1,60})\)/iu.exec(bare)?.[1];
  return {
    by: by === null ? null : capital(by),
    alsoOnBehalfOf: also === undefined ? [] : officesIn(also).offices,
    received: day === undefined ? null : dutchDate(day),
  };
}

const quotes: readonly (readonly [string, string])[] = [
  ["«", "»"],
  ["‘", "’"],
  ["“", "”"],
  ["„", "”"],
  ["'", "'"],
  ['"', '"'],
];
const piece =
  /(?:bericht(?:en|geving)?|artikel|nieuwsbericht|uitzending|reportage|documentaire|podcast|onderzoek|rapport|opiniestuk|column|interview|video|aflevering|persbericht|brief|publicatie)(?:\s+(?:van|op|in|uit|bij|door|genaamd|getiteld)\s+[^«‘“„'"?]{1,80})?,?\s+(?=[«‘“„'"])/giu;

const apostrophe = (text: string, at: number): boolean => {
  if (!/['’]/u.test(text.charAt(at)) || !/\p{L}/u.test(text.charAt(at + 1))) return false;
  return /[\p{L}\s]/u.test(text.charAt(at - 1));
};

/** Longer than any title; a quotation mark that is not closed within it opens none. */
const MOST_TITLE = 500;

/** The title of the article a text starts from, without its quotation marks; null when it names none. */
export function articleTitle(text: string): string | null {
  for (const match of text.matchAll(piece)) {
    const start = match.index + match[0].length;
    const pair = quotes.find(([open]) => text.charAt(start) === open);
    if (pair === undefined) continue;
    const [open, close] = pair;
    let depth = 1;
    for (let at = start + 1; at < Math.min(text.length, start + MOST_TITLE); at++) {
      const here = text.charAt(at);
      if (open !== close && here === open) depth++;
      // An apostrophe inside a word or before one ('t) closes nothing.
      else if (here === close && !apostrophe(text, at) && --depth === 0) {
        const title = text.slice(start + 1, at).trim();
        if (title !== "") return title;
        break;
      }
    }
  }
  return null;
}

/** Outlet, day and address in a footnote: "gemeente.nu, 9 januari 2026, «Titel» (https://…)". */
export function articleFacts(footnote: string): { readonly outlet: string | null; readonly published: string | null; readonly url: string | null } {
  const day = new RegExp(`\\b${dayInWords}`, "iu").exec(footnote)?.[0];
  const outlet = /^([^,«‘“„"'(]{2,60}),/u.exec(footnote)?.[1]?.trim() ?? null;
  const url =
    /https?:\/\/[^\s)»”]+/iu.exec(footnote)?.[0].replace(/[.,;]$/u, "") ?? /\b(?:www\.)[^\s)»”]+/iu.exec(footnote)?.[0].replace(/[.,;]$/u, "") ?? null;
  return { outlet: outlet !== null && /^(?:https?:|zie|idem|ibid)/iu.test(outlet) ? null : outlet, published: day === undefined ? null : dutchDate(day), url };
}

/** The questions inside one question: `a.`, `b.` where it is lettered, else its sentences that ask. One or none: empty. */
export function partsOf(text: string): { readonly label: string | null; readonly text: string }[] {
  const letters = [...text.matchAll(/(?<=^|[\s(])([a-h])[.)]\s+/gu)];
  if (letters.length > 1 && letters.every((match, at) => match[1] === String.fromCharCode(97 + at))) {
    const opening = text.slice(0, letters[0]?.index).trim();
    const parts = letters.map((match, at) => ({
      label: match[1] ?? null,
      text: text.slice(match.index + match[0].length, letters[at + 1]?.index ?? text.length).trim(),
    }));
    return opening === "" ? parts : [{ label: null, text: opening }, ...parts];
  }
  const ends = [...text.matchAll(/\?(?=\s+["'«‘“]?[\p{Lu}\d]|\s*$)/gu)].map(({ index }) => index + 1);
  // What stands behind the last question mark belongs to the last question.
  const parts = ends.map((end, at) => text.slice(ends[at - 1] ?? 0, at === ends.length - 1 ? undefined : end).trim());
  return parts.length > 1 ? parts.map((one) => ({ label: null, text: one })) : [];
}
