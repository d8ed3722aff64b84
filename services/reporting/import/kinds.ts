/** What a file or an archive is, by its content first and its name second, and which reader reads it. Used by the driver. */
import { byMark, decoderOf } from "./encoding.ts";
import { baseName, extensionOf, headOf } from "./pieces.ts";
import { readFile } from "./readers/file.ts";
import { isFromLine, readMail, readMbox } from "./readers/mail.ts";
import { isMetaPage, looksLikeMeta, metaKind, metaPlatform, metaReader } from "./readers/meta.ts";
import type { Reader } from "./readers/reader.ts";
import { looksLikeTelegram, readTelegram } from "./readers/telegram.ts";
import { readText } from "./readers/text.ts";
import { looksLikeChat, readWhatsApp } from "./readers/whatsapp.ts";
import { isXFile, looksLikeX, readX } from "./readers/x.ts";
import { Refusal } from "./troubles.ts";
import type { Archive, ArchiveEntry } from "./zip.ts";

/** How much of the beginning is looked at. */
export const HEAD_BYTES = 8192;

/** Documents that are archives inside: kept as they are. */
const documents = new Set([".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub", ".jar", ".apk", ".ipa", ".pages", ".numbers", ".key", ".kmz", ".cbz"]);
const texts = new Set([".txt", ".text", ".md", ".log", ""]);

/** Whether bytes begin as an archive does. */
const isZip = (head: Uint8Array): boolean =>
  head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6) || (head[2] === 7 && head[3] === 8));

/** Whether text begins with the headers of a mail. */
function looksLikeMail(head: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9-]{1,60}:[ \t\r\n]/.test(head)) return false;
  const known = new Set<string>();
  for (const line of head.split("\n", 200)) {
    if (line.trim() === "") break;
    const name = /^(from|date|subject|to|received|message-id|mime-version|return-path|delivered-to):/i.exec(line.slice(0, 40))?.[1];
    if (name !== undefined) known.add(name.toLowerCase());
  }
  return known.has("from") && known.size >= 3;
}

/** The reader for JSON, by its beginning; null when no source writes it so. */
function jsonReader(head: string): Reader | null {
  if (looksLikeX(head)) return readX;
  if (looksLikeTelegram(head)) return readTelegram;
  if (looksLikeMeta(head)) return metaReader(null);
  if (/^\s{0,20}[[{]/.test(head) && /"string_map_data"/.test(head)) return metaReader("instagram");
  if (/^\s{0,20}\{\s{0,20}"comments_v2"/.test(head)) return metaReader("facebook");
  return null;
}

/** What to do with a file. */
export function readerFor(name: string, head: Uint8Array): Reader | "archive" {
  const extension = extensionOf(name);
  if (isZip(head)) return documents.has(extension) ? readFile : "archive";
  const encoding = byMark(head);
  const binary = encoding === null && head.includes(0);
  if (extension === ".eml") return readMail;
  if (extension === ".mbox" || extension === ".mbx") return readMbox;
  if (binary) return extension === ".txt" ? readText : readFile;
  const beginning = decoderOf(encoding ?? { label: "utf-8", mark: 0, width: "bytes", guessed: false })(head.subarray(encoding?.mark ?? 0));
  if (isFromLine(head.subarray(0, Math.max(0, head.indexOf(10))))) return readMbox;
  if (looksLikeMail(beginning)) return readMail;
  const json = jsonReader(beginning);
  if (json !== null) return json;
  if (!texts.has(extension)) return readFile;
  return looksLikeChat(beginning) ? readWhatsApp : readText;
}

/** An entry and who reads it. */
export interface Planned {
  readonly entry: ArchiveEntry;
  /** Null: to be seen from its content when its turn comes. */
  readonly reader: Reader | null;
}

/** How an archive is read. */
export interface ArchivePlan {
  /** `document`: it is no export but a document, kept as it is. */
  readonly kind: "x" | "meta" | "telegram" | "whatsapp" | "files" | "document";
  readonly entries: readonly Planned[];
}

/** What systems leave behind and nobody made. */
const isLitter = (name: string): boolean => /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/.test(name);
const isChatFile = (name: string): boolean => /^(?:_chat|WhatsApp[ -]Chat.*)\.txt$/iu.test(baseName(name).slice(0, 300));
const isTelegramFile = (name: string): boolean => baseName(name) === "result.json";

/** Entries that begin as a thread of Messenger does: a flat archive of JSON beside a folder of media. */
async function threads(archive: Archive, names: readonly string[]): Promise<Planned[]> {
  const found: Planned[] = [];
  for (const name of names) {
    const entry = archive.entries.get(name);
    if (entry === undefined || extensionOf(name) !== ".json") continue;
    const head = new TextDecoder().decode(await headOf(archive.chunks(entry), HEAD_BYTES));
    if (looksLikeMeta(head)) found.push({ entry, reader: metaReader("facebook") });
  }
  return found;
}

/**
 * Looks at what an archive holds.
 * @param name of the archive: tells Facebook from Instagram when nothing inside does.
 * @throws {@link Refusal} html-export
 */
export async function planOf(archive: Archive, name: string): Promise<ArchivePlan> {
  const names = [...archive.entries.keys()].filter((one) => !isLitter(one));
  const pick = (wanted: (one: string) => boolean, reader: Reader | null): Planned[] =>
    names.filter(wanted).flatMap((one) => {
      const entry = archive.entries.get(one);
      return entry === undefined ? [] : [{ entry, reader }];
    });
  if (["[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"].some((mark) => archive.entries.has(mark))) return { kind: "document", entries: [] };
  if (names.some((one) => isXFile(one))) return { kind: "x", entries: pick(isXFile, readX) };
  const isMeta = (one: string): boolean => metaKind(one) !== null;
  if (names.some((one) => isMeta(one))) {
    const platform = metaPlatform(names) ?? (/instagram/i.test(name) ? "instagram" : /facebook|messenger/i.test(name) ? "facebook" : null);
    return { kind: "meta", entries: pick(isMeta, metaReader(platform)) };
  }
  if (names.some((one) => isTelegramFile(one))) return { kind: "telegram", entries: pick(isTelegramFile, readTelegram) };
  if (names.some((one) => isMetaPage(one) || /(?:^|\/)ChatExport_[^/]{0,60}\/messages\d{0,4}\.html$/.test(one))) throw new Refusal("html-export");
  if (names.some((one) => isChatFile(one))) return { kind: "whatsapp", entries: pick(isChatFile, readWhatsApp) };
  const sealed = await threads(archive, names);
  if (sealed.length > 0) return { kind: "meta", entries: sealed };
  return { kind: "files", entries: pick(() => true, null) };
}
