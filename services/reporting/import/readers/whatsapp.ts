/**
 * WhatsApp's export of a chat: `_chat.txt` of an iPhone, `WhatsApp-chat met ….txt` of an Android phone, in Dutch and English.
 *
 * [Note: Day or month first] A phone writes dates as its owner's region does, and the file does not say which. So the whole file is read once for evidence: a number
 * above 12 decides; else the order in which time runs forward; else the shape of the line. What was not decided is said on every item.
 */
import { byMark, decoderOf, type Encoding, EncodingGuess } from "#services/reporting/import/encoding.ts";
import type { ImportedAttachment, ItemNote, Moment } from "#services/reporting/import/items.ts";
import { type Line, lineBatches } from "#services/reporting/import/lines.ts";
import { isDay, local } from "#services/reporting/import/moments.ts";
import { baseName, headOf, type Piece } from "#services/reporting/import/pieces.ts";
import { Refusal } from "#services/reporting/import/troubles.ts";
import { attachmentAt, broken, type Draft, type Found, leftOut, message, type Reader, type ReaderContext } from "./reader.ts";
import { behind } from "./text.ts";

/** A line that begins a message, before its date is understood. */
interface Opening {
  /** `[…] ` of an iPhone or `… - ` of Android, with the mark between day and month: one file has one shape, so a line of another shape is quoted text. */
  readonly shape: string;
  readonly numbers: readonly [number, number, number];
  /** The year stands first and has four digits. */
  readonly yearFirst: boolean;
  readonly hour: number;
  readonly minute: number;
  readonly second: number | null;
  readonly twelve: boolean;
  /** What follows: author and text. */
  readonly rest: string;
}

type Order = "day-first" | "month-first";

/** Longest opening, with marks. */
const OPENING = 64;
const directions = /^[\u200e\u200f\u202a-\u202e\ufeff]{0,8}/;
const opening =
  /^(\[?)(\d{1,4})([-/.])(\d{1,2})\3(\d{1,4}),?[ \u00a0\u202f]{1,2}(?:(?:om|at)[ \u00a0\u202f])?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[ \u00a0\u202f]?([AaPp])\.?[ \u00a0\u202f]?[Mm]\.?)?(\]?)( [-–] |[ \u00a0])/;

/** The opening of a line; null when it begins no message. */
export function parseOpening(line: string): Opening | null {
  const marks = directions.exec(line)?.[0].length ?? 0;
  const match = opening.exec(line.slice(marks, marks + OPENING));
  if (match === null) return null;
  const [whole, open = "", first = "", mark = "", second = "", third = "", hour = "", minute = "", seconds, half, close = "", gap = ""] = match;
  if ((open === "[") !== (close === "]") || (open === "") !== gap.length > 1) return null;
  const yearFirst = first.length === 4;
  if (first.length === 3 || third.length === 3 || (yearFirst ? third.length > 2 : third.length === 1)) return null;
  let hours = Number(hour);
  const twelve = half !== undefined;
  if (hours > 23 || Number(minute) > 59 || Number(seconds ?? 0) > 60 || (twelve && (hours < 1 || hours > 12))) return null;
  if (twelve) hours = (hours % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  return {
    shape: `${open}${mark}${yearFirst ? "y" : ""}`,
    numbers: [Number(first), Number(second), Number(third)],
    yearFirst,
    hour: hours,
    minute: Number(minute),
    second: seconds === undefined ? null : Number(seconds),
    twelve,
    rest: line.slice(marks + whole.length),
  };
}

/** Year, month and day in an order; null when there is no such day. */
function dayOf({ numbers: [first, second, third], yearFirst }: Opening, order: Order): readonly [number, number, number] | null {
  const short = yearFirst ? first : third;
  const year = short < 100 ? 2000 + short : short;
  const [month, day] = yearFirst ? [second, third] : order === "day-first" ? [second, first] : [first, second];
  return year >= 2009 && year < 2100 && isDay(year, month, day) ? [year, month, day] : null;
}

/** Whether a line begins a chat as WhatsApp exports it. */
export function looksLikeChat(head: string): boolean {
  const found = head
    .split("\n", 40)
    .map((line) => parseOpening(line))
    .find((line) => line !== null);
  return found !== undefined && (dayOf(found, "day-first") !== null || dayOf(found, "month-first") !== null);
}

/** Gathers evidence from the openings of a file. See [Note: Day or month first]. */
export class OrderEvidence {
  #impossible = { "day-first": 0, "month-first": 0 };
  #backward = { "day-first": 0, "month-first": 0 };
  #last = { "day-first": 0, "month-first": 0 };
  #shape: string | null = null;
  #yearFirst = false;
  #american = false;

  get shape(): string | null {
    return this.#shape;
  }

  see(found: Opening): void {
    this.#shape ??= found.shape;
    if (found.shape !== this.#shape) return;
    this.#yearFirst = found.yearFirst;
    this.#american ||= found.twelve && found.shape.includes("/");
    for (const order of ["day-first", "month-first"] as const) {
      const day = dayOf(found, order);
      if (day === null) {
        this.#impossible[order]++;
        continue;
      }
      const time = Date.UTC(day[0], day[1] - 1, day[2], found.hour, found.minute);
      // An hour back is the end of summer time, or a phone that was set.
      if (time < this.#last[order] - 3_600_000) this.#backward[order]++;
      this.#last[order] = time;
    }
  }

  decide(): { readonly order: Order; readonly sure: boolean } {
    if (this.#yearFirst) return { order: "day-first", sure: true };
    const fewest = (count: Readonly<Record<Order, number>>): Order | null =>
      count["day-first"] === count["month-first"] ? null : count["day-first"] < count["month-first"] ? "day-first" : "month-first";
    const possible = fewest(this.#impossible);
    if (possible !== null) return { order: possible, sure: true };
    const forward = fewest(this.#backward);
    if (forward !== null) return { order: forward, sure: this.#backward[forward] === 0 };
    return { order: this.#american ? "month-first" : "day-first", sure: false };
  }
}

interface Survey {
  readonly encoding: Encoding;
  readonly shape: string;
  readonly order: Order;
  readonly sure: boolean;
}

/** First reading: what the bytes are, and how dates are written. @throws {@link Refusal} nothing-found */
async function survey(piece: Piece, lineBytes: number): Promise<Survey> {
  const mark = byMark(await headOf(piece.chunks(0, false), 4));
  const guess = new EncodingGuess();
  const evidence = new OrderEvidence();
  const decode = decoderOf(mark ?? { label: "utf-8", mark: 0, width: "bytes", guessed: false });
  const seen = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of piece.chunks(0, false)) {
      guess.see(chunk);
      yield chunk;
    }
  };
  for await (const lines of lineBatches(seen(), { limit: lineBytes, width: mark?.width ?? "bytes" }))
    for (const { bytes } of lines) {
      const found = bytes === null ? null : parseOpening(decode(bytes.subarray(0, 2 * OPENING)));
      if (found !== null && (dayOf(found, "day-first") !== null || dayOf(found, "month-first") !== null)) evidence.see(found);
    }
  const encoding = guess.decide();
  if (evidence.shape === null) throw new Refusal("nothing-found", { what: "whatsapp" });
  return { encoding, shape: evidence.shape, ...evidence.decide() };
}

/** Words of the app itself in place of an author, before the first `: `. */
const byTheApp =
  /(?: heeft (?:het onderwerp|de (?:groepsnaam|naam van de groep|groepsomschrijving|beschrijving|groepsafbeelding|groepsinstellingen))| (?:hebt|heb) (?:het onderwerp|de groepsnaam)| changed (?:the|this) (?:subject|group)| heeft de groep | created (?:the )?group | made this group|end-to-end|beveiligingscode|security code)/i;
const omitted =
  /^<?(?:media|image|photo|video|audio|sticker|document|gif|contact card|video note|voice message|afbeelding|foto|contactkaart|spraakbericht|videobericht|videonotitie|bestand)[\p{L} ]{0,20} (?:omitted|weggelaten)>?$/iu;
const attachedIphone = /<(?:attached|bijgevoegd|bijlage): ([^<>\n]{1,255})>/;
const attachedAndroid = /^(.{1,255}\.[A-Za-z0-9]{1,8}) \((?:file attached|bestand bijgevoegd|bestand toegevoegd|bijgevoegd bestand|bijgesloten bestand)\)$/;
const takenBack =
  /^(?:this message was deleted|you deleted this message|this message was deleted by admin .{1,80}|dit bericht is verwijderd|(?:je|u|jij) (?:hebt|heeft) dit bericht verwijderd|dit bericht is verwijderd door .{1,80})\.?$/i;
const changed = /[ \u00a0]?\u200e?<(?:This message was edited|Dit bericht is bewerkt)>$/;
/** What an iPhone marks as its own but someone did write or send. */
const stillSomeones = /^(?:POLL|PEILING|POLL:|LOCATION|LOCATIE|LIVE)/i;

interface Waiting {
  readonly opening: Opening;
  readonly moment: Moment;
  readonly start: number;
  end: number;
  readonly lines: string[];
  length: number;
  trouble: "line-too-long" | "text-too-long" | null;
}

const marks = /[\u200e\u200f\u202a-\u202e]/g;

/** Author and body of what follows the opening; no author when the app itself speaks. */
function split(rest: string): { author: string | null; body: string } {
  const colon = rest.indexOf(": ");
  const named = colon > 0 && colon <= 120 ? rest.slice(0, colon) : rest.endsWith(":") && rest.length <= 121 ? rest.slice(0, -1) : null;
  if (named === null || byTheApp.test(named)) return { author: null, body: rest };
  // `~ Naam`: someone who is not in the phone's address book.
  const author = named
    .replace(marks, "")
    .replace(/^~[ \u00a0\u202f]?/, "")
    .trim();
  return author === "" ? { author: null, body: rest } : { author, body: rest.slice(named.length + 1).replace(/^ /, "") };
}

function media(first: string, context: ReaderContext): { attachment: ImportedAttachment | null; omitted: boolean; text: string } | null {
  const plain = first.replace(marks, "").trim();
  if (omitted.test(plain)) return { attachment: null, omitted: true, text: "" };
  const onIphone = attachedIphone.exec(plain);
  const name = onIphone?.[1] ?? attachedAndroid.exec(plain)?.[1];
  if (name === undefined) return null;
  const found = context.find(name);
  return {
    attachment: found === null ? leftOut(name) : attachmentAt(name, context),
    omitted: found === null,
    text: onIphone === null ? "" : plain.replace(onIphone[0], "").trim(),
  };
}

/** A message that is complete. */
function draftOf({ opening: { rest, shape }, moment, lines }: Waiting, conversation: string | null, notes: readonly ItemNote[], context: ReaderContext): Draft {
  const { author, body } = split(rest);
  const said: ItemNote[] = [...notes];
  let whole = [body, ...lines].join("\n");
  if (changed.test(whole)) {
    whole = whole.replace(changed, "");
    said.push("edited");
  }
  const plain = whole.replace(/^\u200e/, "").trim();
  const draft = { ...message("whatsapp", "whatsapp", plain), author, at: moment, conversation, notes: said };
  if (author === null) return { ...draft, role: "notice", text: plain.replace(marks, "") };
  if (takenBack.test(plain)) return { ...draft, text: "", notes: [...said, "deleted"] };
  const with_ = media(body, context);
  if (with_ !== null)
    return {
      ...draft,
      text: [with_.text, ...lines].join("\n").trim(),
      attachments: with_.attachment === null ? [] : [with_.attachment],
      notes: with_.omitted ? [...said, "media-omitted"] : said,
    };
  // An iPhone puts the name of the group before what the app says, and marks it.
  if (shape.startsWith("[") && body.startsWith("\u200e") && !stillSomeones.test(plain)) return { ...draft, role: "notice", author: null };
  return draft;
}

/** Name of the chat as the export's file is called: of the entry, else of the archive. */
function chatName(piece: Piece): string | null {
  for (const name of [piece.entry, piece.file]) {
    const match = /^WhatsApp[ -]Chat(?:[ -]met| with| -)?[ -](.{1,200})\.(?:txt|zip)$/iu.exec(baseName(name ?? "").slice(0, 240));
    const found = match?.[1]?.replace(/ \(\d{1,3}\)$/, "").trim();
    if (found !== undefined && found !== "") return found;
  }
  return null;
}

export const readWhatsApp: Reader = async function* (piece, context) {
  const { encoding, shape, order, sure } = await survey(piece, context.limits.lineBytes);
  const decode = decoderOf(encoding);
  const conversation = chatName(piece);
  const notes: ItemNote[] = [...(encoding.guessed ? (["encoding-guessed"] as const) : []), ...(sure ? [] : (["date-order-guessed"] as const))];
  const { lineBytes, textLength } = context.limits;
  let waiting: Waiting | null = null;
  /** Lines before the first message. */
  let early: readonly [start: number, end: number] = [-1, -1];

  const close = (done: Waiting): Found => {
    const bytes = { start: done.start, end: done.end };
    if (done.trouble !== null) return broken(done.trouble, { limit: done.trouble === "line-too-long" ? lineBytes : textLength }, bytes);
    return { kind: "item", native: null, bytes, draft: draftOf(done, conversation, notes, context) };
  };
  const begun = (line: Line, text: string): Waiting | null => {
    const found = parseOpening(text);
    if (found === null || found.shape !== shape) return null;
    const day = dayOf(found, order);
    if (day === null) return null;
    const [year, month, date] = day;
    const moment = local({ year, month, day: date, hour: found.hour, minute: found.minute, second: found.second }, sure ? "sure" : "guessed");
    return {
      opening: found,
      moment,
      start: line.start,
      end: line.end,
      lines: [],
      length: found.rest.length,
      trouble: found.rest.length > textLength ? "text-too-long" : null,
    };
  };

  for await (const lines of lineBatches(behind(piece, encoding.mark), { limit: lineBytes, width: encoding.width, from: encoding.mark }))
    for (const line of lines) {
      const text = line.bytes === null ? null : decode(line.bytes);
      const next = begun(line, text ?? decode(line.head ?? new Uint8Array(0)));
      if (next !== null && text === null) next.trouble = "line-too-long";
      if (next !== null) {
        if (waiting !== null) yield close(waiting);
        else if (early[0] >= 0) yield broken("before-first-message", {}, { start: early[0], end: early[1] });
        waiting = next;
        early = [-1, -1];
      } else if (waiting === null) {
        if (text === null || text.trim() !== "") early = [early[0] < 0 ? line.start : early[0], line.end];
      } else {
        waiting.end = line.end;
        waiting.length += (text?.length ?? 0) + 1;
        if (text === null) waiting.trouble ??= "line-too-long";
        else if (waiting.length > textLength) waiting.trouble ??= "text-too-long";
        if (waiting.trouble === null && text !== null) waiting.lines.push(text);
        else waiting.lines.length = 0;
      }
    }
  if (waiting !== null) yield close(waiting);
};
