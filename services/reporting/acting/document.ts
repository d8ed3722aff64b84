/** A plain document in parts, as text to copy and as blocks for a tagged PDF: letters and notices are made of these. Used by the files beside it. */

/** Language a letter or notice is written in. */
export type Language = "nl" | "en";

/** One part, of the same form as a block of the template `uitleg` (engines/paper). */
export type Part =
  | { readonly kind: "heading"; readonly level: 1; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: string[] }
  | { readonly kind: "facts"; readonly items: { readonly label: string; readonly text: string }[] }
  | { readonly kind: "quote"; readonly text: string; readonly source: string }
  | { readonly kind: "signature"; readonly name: string; readonly place: string };

/** A letter or notice that is ready to send: by a person, never by this program. */
export interface ReadyDocument {
  readonly language: Language;
  readonly subject: string;
  readonly from: string[];
  readonly to: string[];
  readonly parts: Part[];
  /** The same as text to copy into a form or mail. */
  readonly text: string;
}

export const heading = (text: string): Part => ({ kind: "heading", level: 1, text });
export const paragraph = (text: string): Part => ({ kind: "paragraph", text });
export const list = (items: readonly string[], ordered = false): Part => ({ kind: "list", ordered, items: [...items] });

/** What a list cannot be without: nothing when it is empty. */
export const listOf = (items: readonly string[]): Part[] => (items.length === 0 ? [] : [list(items)]);

function plain(part: Part): string {
  switch (part.kind) {
    case "heading":
    case "paragraph":
      return part.text;
    case "list":
      return part.items.map((item, at) => `${part.ordered ? `${at + 1}.` : "-"} ${item}`).join("\n");
    case "facts":
      return part.items.map(({ label, text }) => `${label}: ${text}`).join("\n");
    case "quote":
      return [`"${part.text}"`, part.source].filter((line) => line !== "").join("\n");
    case "signature":
      return [part.place, part.name].filter((line) => line !== "").join("\n");
  }
}

/** Puts a document together. Lines without a word in them are left out of the heads. */
export function documentOf(given: Omit<ReadyDocument, "text">): ReadyDocument {
  const told = (lines: readonly string[]): string[] => lines.filter((line) => line.trim() !== "");
  return { ...given, from: told(given.from), to: told(given.to), text: given.parts.map(plain).join("\n\n") };
}

const written = {
  nl: new Intl.DateTimeFormat("nl-NL", { dateStyle: "long", timeZone: "UTC" }),
  en: new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }),
} as const;
/** `2026-11-26` as one writes it. */
export const longDay = (day: string, language: Language = "nl"): string => written[language].format(new Date(`${day}T12:00:00Z`));

const clock = new Intl.DateTimeFormat("nl-NL", { dateStyle: "long", timeStyle: "short", timeZone: "Europe/Amsterdam" });
/** A moment in Dutch time, as a paper prints it. */
export const longMoment = (moment: string): string => clock.format(new Date(moment));

/** So many days later. @param day `YYYY-MM-DD` */
export function laterDay(day: string, days: number): string {
  const at = new Date(`${day}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}
