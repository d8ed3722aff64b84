/** Mails: one (`.eml`) or a whole box (`.mbox`), line by line; a mail is in memory only while it is read. postal-mime reads its parts. */
import PostalMime, { type Address, type Attachment, type Email } from "postal-mime";
import { safeFileName } from "#services/file-name/index.ts";
import { digestOf } from "#services/reporting/import/identity.ts";
import type { ImportedAttachment, ItemNote, Moment } from "#services/reporting/import/items.ts";
import type { ImportLimits } from "#services/reporting/import/limits.ts";
import { lineBatches } from "#services/reporting/import/lines.ts";
import { fromIso, fromMailDate } from "#services/reporting/import/moments.ts";
import type { Piece } from "#services/reporting/import/pieces.ts";
import { Refusal } from "#services/reporting/import/troubles.ts";
import { textOfHtml } from "./html.ts";
import "./lean-mime.ts";
import { broken, type Draft, type Found, message, type Reader, type ReaderContext } from "./reader.ts";

/** Mails forwarded as a whole inside each other that are read along, and how many of one mail; the others are attachments only. */
const FORWARDED_DEPTH = 3;
const FORWARDED_COUNT = 20;
const LF = 10;
const FROM = new TextEncoder().encode("From ");
const GREATER = 0x3e;
const DASH = 0x2d;

/** Bytes that grow up to a limit. */
class Gathered {
  readonly #limit: number;
  #bytes = new Uint8Array(16 * 1024);
  length = 0;
  tooLarge = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  addLine(line: Uint8Array): void {
    const needed = this.length + line.length + 1;
    if (this.tooLarge || needed > this.#limit) {
      this.tooLarge = true;
      return;
    }
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.min(Math.max(needed, this.#bytes.length * 2), this.#limit));
      larger.set(this.#bytes.subarray(0, this.length));
      this.#bytes = larger;
    }
    this.#bytes.set(line, this.length);
    this.#bytes[needed - 1] = LF;
    this.length = needed;
  }

  /** What was gathered, without empty lines at its end: they belong to the box, not to the mail. */
  whole(): Uint8Array<ArrayBuffer> {
    let end = this.length;
    while (end > 1 && this.#bytes[end - 1] === LF && this.#bytes[end - 2] === LF) end--;
    return this.#bytes.subarray(0, end);
  }
}

const startsWith = (bytes: Uint8Array, mark: Uint8Array, at = 0): boolean => mark.every((byte, index) => bytes[at + index] === byte);

/** `From someone@example.nl Sun Dec 31 21:14:05 2023`: where a box begins a mail. A sentence that begins with "From" has no time and year. */
export function isFromLine(line: Uint8Array): boolean {
  if (!startsWith(line, FROM) || line.length > 400) return false;
  const text = new TextDecoder("latin1").decode(line);
  return /\d{1,2}:\d{2}/.test(text) && /\b(?:19|20)\d{2}\b/.test(text);
}

/** `>From ` was `From ` before it was put in the box (mboxrd). */
function unquoted(line: Uint8Array): Uint8Array {
  let at = 0;
  while (line[at] === GREATER) at++;
  return at > 0 && startsWith(line, FROM, at) ? line.subarray(1) : line;
}

const MULTIPART = new TextEncoder().encode("multipart/");

/** How often the mail says that a part holds parts. */
function containers(bytes: Uint8Array): number {
  let count = 0;
  // The slash is rare, the letters before it are compared only there.
  for (let at = bytes.indexOf(0x2f, 9); at !== -1; at = bytes.indexOf(0x2f, at + 1)) {
    let same = true;
    for (let back = 1; same && back < MULTIPART.length; back++) same = ((bytes[at - back] ?? 0) | 0x20) === MULTIPART[MULTIPART.length - 1 - back];
    if (same) count++;
  }
  return count;
}

/** Lines, and those among them that begin as a border between parts does. */
function lineCounts(bytes: Uint8Array): { lines: number; borders: number } {
  let [lines, borders] = [0, 0];
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) {
    lines++;
    if (bytes[at + 1] === DASH && bytes[at + 2] === DASH) borders++;
  }
  return { lines, borders };
}

/**
 * What makes the parser work hard is bounded before it begins: it makes an object of each line for a moment and of each part for good, and compares each line that may
 * be a border with each container.
 */
function isTooComplex(bytes: Uint8Array, { mailContainers, mailComparisons, mailBorders, mailLines }: ImportLimits): boolean {
  const count = containers(bytes);
  const { lines, borders } = lineCounts(bytes);
  return lines > mailLines || count > mailContainers || (count > 0 && borders > mailBorders) || count * borders > mailComparisons;
}

/** @throws {@link Refusal} mail-… */
async function parsed(bytes: Uint8Array<ArrayBuffer>, limits: ImportLimits): Promise<Email> {
  if (isTooComplex(bytes, limits)) throw new Refusal("mail-too-complex");
  let email: Email;
  try {
    // Forwarded mails are read below, so that what is packed inside is bounded as well.
    email = await PostalMime.parse(bytes, { maxNestingDepth: limits.mailDepth, maxRfc822NestingDepth: 0 });
  } catch (error) {
    throw new Refusal(error instanceof Error && error.message.startsWith("Maximum") ? "mail-too-complex" : "mail-malformed");
  }
  const known = email.from !== undefined || email.date !== undefined || email.subject !== undefined || email.messageId !== undefined;
  if (!known) throw new Refusal("mail-malformed");
  return email;
}

/** A person or a group as one line. */
function addressLine(address: Address | undefined): string | null {
  if (address === undefined) return null;
  const { name, address: mailbox } = address;
  if (mailbox === undefined || mailbox === "") return name === "" ? null : name;
  return name === "" ? mailbox : `${name} <${mailbox}>`;
}

function dateOf(email: Email): Moment | null {
  const written = email.headers.find(({ key }) => key === "date")?.value;
  if (written === undefined) return null;
  // Not by `Date.parse`: it makes a day of almost anything ("1" is 2001), in each browser another.
  return fromMailDate(written) ?? fromIso(written.trim());
}

const sizeOf = ({ content }: Attachment): number => (typeof content === "string" ? content.length : content.byteLength);

function attachmentsOf(email: Email, entry: string | null): ImportedAttachment[] {
  return email.attachments.map((attachment, part) => ({
    name: safeFileName(attachment.filename ?? ""),
    type: attachment.mimeType,
    size: sizeOf(attachment),
    entry,
    part,
    present: true,
  }));
}

/** Subject and text of a mail. */
function words(email: Email): { text: string; fromHtml: boolean } {
  const plain = email.text ?? "";
  const fromHtml = plain.trim() === "" && email.html !== undefined;
  const body = fromHtml ? textOfHtml(email.html ?? "") : plain.replaceAll("\r\n", "\n").trim();
  return { text: [email.subject?.trim() ?? "", body].filter((part) => part !== "").join("\n\n"), fromHtml };
}

/** The text of mails that were forwarded as a whole, each behind who wrote it. What cannot be read is an attachment and no more. */
async function forwarded(email: Email, limits: ImportLimits, depth: number): Promise<string[]> {
  if (depth === FORWARDED_DEPTH) return [];
  const texts: string[] = [];
  for (const { content } of email.attachments.filter(({ mimeType }) => mimeType === "message/rfc822").slice(0, FORWARDED_COUNT)) {
    if (typeof content === "string") continue;
    try {
      const inner = await parsed(new Uint8Array(content), limits);
      texts.push([addressLine(inner.from) ?? "", words(inner).text].filter((part) => part !== "").join("\n"), ...(await forwarded(inner, limits, depth + 1)));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return texts;
}

async function draftOf(email: Email, piece: Piece, limits: ImportLimits): Promise<Draft> {
  const { text: own, fromHtml } = words(email);
  const text = [own, ...(await forwarded(email, limits, 0))].filter((part) => part !== "").join("\n\n");
  if (text.length > limits.textLength) throw new Refusal("text-too-long", { limit: limits.textLength });
  const notes: ItemNote[] = fromHtml ? ["text-from-html"] : [];
  return { ...message("mail", "mail", text), author: addressLine(email.from), at: dateOf(email), attachments: attachmentsOf(email, piece.entry), notes };
}

/** One gathered mail as what the reader gives. */
async function found(mail: Gathered, piece: Piece, context: ReaderContext, bytes: { start: number; end: number }): Promise<Found> {
  if (mail.tooLarge) return broken("mail-too-large", { limit: context.limits.mailBytes }, bytes);
  const whole = mail.whole();
  try {
    const draft = await draftOf(await parsed(whole, context.limits), piece, context.limits);
    return { kind: "item", draft, native: digestOf(whole), bytes };
  } catch (error) {
    if (error instanceof Refusal) return broken(error.code, error.data, bytes);
    throw error;
  }
}

/** One mail. Its bytes are those of the whole piece. */
export const readMail: Reader = async function* (piece, context) {
  const mail = new Gathered(context.limits.mailBytes);
  let end = 0;
  for await (const lines of lineBatches(piece.chunks(), { limit: context.limits.mailBytes }))
    for (const line of lines) {
      if (line.bytes === null) mail.tooLarge = true;
      else mail.addLine(line.bytes);
      end = line.end;
    }
  if (end === 0) throw new Refusal("file-empty");
  yield await found(mail, piece, context, { start: 0, end });
};

/** A box of mails; goes on from the beginning of any of them. */
export const readMbox: Reader = async function* (piece, context) {
  let mail: Gathered | null = null;
  let start = 0;
  let end = context.from;
  // A box begins with a mail, and so does the place where one goes on.
  let blank = true;
  for await (const lines of lineBatches(piece.chunks(context.from), { limit: context.limits.mailBytes, from: context.from }))
    for (const line of lines) {
      if (blank && line.bytes !== null && isFromLine(line.bytes)) {
        if (mail !== null) yield { ...(await found(mail, piece, context, { start, end: line.start })), next: line.start };
        mail = new Gathered(context.limits.mailBytes);
        // Behind the box's own line: from here the bytes are the mail's.
        start = line.end;
      } else if (mail !== null) {
        if (line.bytes === null) mail.tooLarge = true;
        else mail.addLine(unquoted(line.bytes));
      }
      blank = line.bytes !== null && line.bytes.length === 0;
      end = line.end;
    }
  if (mail !== null) yield { ...(await found(mail, piece, context, { start, end })), next: end };
  else if (context.before === 0) throw new Refusal(end === 0 ? "file-empty" : "nothing-found", { what: "mbox" });
};

/**
 * The attachment with this number, of a mail that was read before.
 * @param box whether it stands in a box, where lines that begin with `From ` were quoted; in a mail by itself `>From ` is what someone wrote.
 * @throws {@link Refusal} mail-too-large; file-unreadable when it is not there any more.
 */
export async function mailAttachment(
  chunks: AsyncIterable<Uint8Array>,
  { part, box }: { part: number; box: boolean },
  limits: ImportLimits,
): Promise<Uint8Array> {
  const mail = new Gathered(limits.mailBytes);
  for await (const lines of lineBatches(chunks, { limit: limits.mailBytes }))
    for (const { bytes } of lines) {
      if (bytes === null) mail.tooLarge = true;
      else mail.addLine(box ? unquoted(bytes) : bytes);
      if (mail.tooLarge) throw new Refusal("mail-too-large", { limit: limits.mailBytes });
    }
  const content = (await parsed(mail.whole(), limits)).attachments[part]?.content;
  if (content === undefined) throw new Refusal("file-unreadable");
  return typeof content === "string" ? new TextEncoder().encode(content) : new Uint8Array(content);
}
