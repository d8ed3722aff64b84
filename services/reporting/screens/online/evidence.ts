/** What goes along as evidence for the messages that were chosen: the original bytes of each (a mail, lines of a chat with what stood around them, an entry of an archive), and one list of what is where. Pure; bytes are opened by originals.ts. */
import { safeFileName } from "#services/file-name/index.ts";
import type { ImportedItem, Place, SourceKind } from "#services/reporting/import/items.ts";
import type { Found, Level, MarkedBy, PersonalKind } from "./found.ts";

/** Messages before and after a chosen one that go along from a chat, so that a reader sees what it answered. */
const AROUND = 5;
/** Files of one entry in a dossier; one of them is the list. */
export const MOST_FILES = 190;

/** One file to be made. */
export interface Piece {
  readonly name: string;
  readonly mediaType: string;
  /** Where its bytes stand in what was brought in. */
  readonly place: Place;
  /** Numbers of the chosen messages it holds; an attachment names the message it came with. */
  readonly items: readonly number[];
  /** First and last message in it, as numbered in the source: larger than `items` where context goes along. Null for a whole file. */
  readonly lines: { readonly from: number; readonly to: number } | null;
  readonly what: "message" | "attachment";
}

const chats: ReadonlySet<SourceKind> = new Set(["whatsapp", "telegram", "x", "facebook", "instagram", "text"]);
const endings: Readonly<Record<SourceKind, { readonly ending: string; readonly type: string }>> = {
  text: { ending: ".txt", type: "text/plain" },
  mail: { ending: ".eml", type: "message/rfc822" },
  mbox: { ending: ".eml", type: "message/rfc822" },
  whatsapp: { ending: ".txt", type: "text/plain" },
  x: { ending: ".js.txt", type: "text/plain" },
  facebook: { ending: ".json", type: "application/json" },
  instagram: { ending: ".json", type: "application/json" },
  telegram: { ending: ".json", type: "application/json" },
  file: { ending: "", type: "application/octet-stream" },
};
const typesOfFiles: Readonly<Record<string, string>> = { jpg: "image/jpeg", jpeg: "image/jpeg", png: "image/png", webp: "image/webp", pdf: "application/pdf" };

const typeOf = (name: string, otherwise: string): string => typesOfFiles[name.slice(name.lastIndexOf(".") + 1).toLowerCase()] ?? otherwise;
const lastPart = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
const baseOf = ({ file, entry }: Place): string => lastPart(entry ?? file);
const stemOf = (name: string): string => {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(0, dot) : name;
};

/** Whether two items stand in the same file or entry. */
const together = (one: ImportedItem | undefined, other: ImportedItem): boolean =>
  one !== undefined && one.place.file === other.place.file && one.place.entry === other.place.entry;

/** The first and last item around `index` that go along: neighbours in the same chat that have bytes of their own. */
function around(items: readonly ImportedItem[], index: number, item: ImportedItem): readonly [number, number] {
  let [from, to] = [index, index];
  const joins = (next: number): boolean => {
    const neighbour = items[next];
    return together(neighbour, item) && neighbour?.place.bytes !== null;
  };
  while (index - from < AROUND && joins(from - 1)) from--;
  while (to - index < AROUND && joins(to + 1)) to++;
  return [from, to];
}

/** Lines of one chat that go along as one file. */
interface Stretch {
  from: number;
  to: number;
  readonly items: number[];
}

/** Stretches of chats, joined where they touch, and everything else by itself. @param chosen in the order in which they came in. */
function stretchesOf(found: Found, chosen: readonly number[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const index of chosen) {
    const item = found.items[index];
    if (item === undefined) continue;
    const isChat = chats.has(item.source) && item.place.bytes !== null;
    const [from, to] = isChat ? around(found.items, index, item) : [index, index];
    const before = stretches.at(-1);
    const last = before === undefined ? undefined : found.items[before.to];
    if (isChat && before !== undefined && from <= before.to + 1 && last !== undefined && together(last, item) && last.place.bytes !== null) {
      before.to = Math.max(before.to, to);
      before.items.push(index);
    } else stretches.push({ from, to, items: [index] });
  }
  return stretches;
}

/** The files that these messages ask for. Each part of what was brought in comes once. */
export function piecesFor(found: Found, chosen: readonly number[]): readonly Piece[] {
  const names = new Set<string>(["overzicht.txt"]);
  const unique = (wanted: string): string => {
    const safe = safeFileName(wanted);
    const dot = safe.lastIndexOf(".");
    const [stem, ending] = dot > 0 ? [safe.slice(0, dot), safe.slice(dot)] : [safe, ""];
    let name = safe;
    for (let times = 2; names.has(name); times++) name = `${stem} (${times})${ending}`;
    names.add(name);
    return name;
  };
  const taken = new Map<string, number>();
  const pieces: { -readonly [K in keyof Piece]: Piece[K] }[] = [];
  const take = (piece: Piece): void => {
    const key = JSON.stringify([piece.place.file, piece.place.entry, piece.place.bytes]);
    const known = taken.get(key);
    const there = known === undefined ? undefined : pieces[known];
    if (there !== undefined) there.items = [...new Set([...there.items, ...piece.items])];
    else {
      taken.set(key, pieces.length);
      pieces.push({ ...piece, name: unique(piece.name) });
    }
  };
  for (const { from, to, items } of stretchesOf(
    found,
    chosen.toSorted((one, other) => one - other),
  )) {
    const [first, last] = [found.items[from], found.items[to]];
    if (first === undefined || last === undefined) continue;
    const { ending, type } = endings[first.source];
    const base = baseOf(first.place);
    const bytes = first.place.bytes === null || last.place.bytes === null ? null : { start: first.place.bytes.start, end: last.place.bytes.end };
    // A mail by itself and any other file are whole, whatever their bytes are counted as.
    const whole = bytes === null || first.source === "mail" || first.source === "file";
    const lines = whole ? null : { from: first.place.number, to: last.place.number };
    const part = lines === null ? "" : lines.from === lines.to ? ` - ${lines.from}` : ` - ${lines.from} tot ${lines.to}`;
    const name = whole ? base : `${stemOf(base)}${part}${ending}`;
    const mediaType = whole ? typeOf(base, type) : type;
    take({ name, mediaType, place: { ...first.place, bytes }, items, lines, what: "message" });
    for (const index of items)
      for (const { name: called, type: said, entry, present, part: mailPart } of found.items[index]?.attachments ?? []) {
        // A part of a mail is in the mail.
        if (!present || entry === null || mailPart !== null) continue;
        const place = { file: first.place.file, index: first.place.index, entry, number: 0, bytes: null };
        take({ name: called, mediaType: said ?? typeOf(called, "application/octet-stream"), place, items: [index], lines: null, what: "attachment" });
      }
  }
  return pieces;
}

/** The one account all chosen messages of a piece come from; null when there are more, or when it is not known. */
export function accountOf(found: Found, piece: Piece): string | null {
  const authors = new Set(piece.items.map((index) => found.items[index]?.author ?? null));
  const [author = null] = authors;
  return authors.size === 1 ? author : null;
}
export const platformOf = (found: Found, piece: Piece): string | null => found.items[piece.items[0] ?? -1]?.channel ?? null;

/** Words of the list, in Dutch: whoever handles the dossier reads it. */
export interface OverviewWords {
  readonly title: string;
  readonly made: (count: number, files: number) => string;
  readonly rules: readonly string[];
  readonly message: (number: number) => string;
  readonly when: string;
  readonly unknown: string;
  readonly deviceClock: string;
  readonly from: string;
  readonly where: string;
  readonly stands: (file: string, entry: string | null, bytes: { readonly start: number; readonly end: number } | null) => string;
  readonly number: string;
  readonly file: string;
  readonly computer: string;
  readonly levels: Readonly<Record<Level, string>>;
  readonly personal: string;
  readonly kinds: Readonly<Record<PersonalKind, string>>;
  readonly person: string;
  readonly by: Readonly<Record<MarkedBy, string>>;
  /** Files that could not be opened and stayed behind. */
  readonly behind: string;
}

/**
 * The list that goes along: of each message where it stands, who and when, what the computer saw in it, and that a person chose it. It quotes nothing, so
 * that whoever opens it is not met by the words themselves. Nor does it say which of the data that were named are the person's own: that is known from their protected list only, which
 * never leaves the device, and would tell which of several addresses is the right one.
 * @param behind names of files that could not be opened and do not go along
 */
export function overviewOf(found: Found, pieces: readonly Piece[], w: OverviewWords, behind: readonly string[] = []): string {
  const chosen = [...new Set(pieces.flatMap(({ items }) => items))].toSorted((one, other) => one - other);
  const lines = [w.title, "", w.made(chosen.length, pieces.length), ...w.rules, ""];
  if (behind.length > 0) lines.push(w.behind, ...behind.map((name) => `  ${name}`), "");
  for (const [place, index] of chosen.entries()) {
    const item = found.items[index];
    if (item === undefined) continue;
    const judgement = found.judgementOf(index);
    const marked = found.marked.get(item.id);
    const when = item.at === null ? w.unknown : `${item.at.iso}${item.at.zone === "unknown" ? ` (${w.deviceClock})` : ""}`;
    lines.push(w.message(place + 1), `  ${w.when}: ${when}`, `  ${w.from}: ${item.author ?? w.unknown}`);
    lines.push(`  ${w.where}: ${w.stands(item.place.file, item.place.entry, item.place.bytes)}`, `  ${w.number}: ${item.id}`);
    for (const piece of pieces) if (piece.items.includes(index)) lines.push(`  ${w.file}: ${piece.name}`);
    if (judgement !== null) {
      const why = [...new Set(judgement.threat.reasons.map((reason) => reason.why))].join("; ");
      lines.push(`  ${w.computer}: ${w.levels[judgement.threat.level]}${why === "" ? "" : ` (${why})`}`);
      const kinds = [...new Set(judgement.personal.map(({ kind }) => w.kinds[kind]))];
      if (kinds.length > 0) lines.push(`  ${w.personal}: ${kinds.join(", ")}`);
    }
    if (marked !== undefined) lines.push(`  ${w.person}: ${w.by[marked.by]}`);
    lines.push("");
  }
  return `${lines.join("\n")}\n`;
}
