/** Facebook and Instagram, "download your information" as JSON: private messages in every folder, own comments and posts; and Messenger's export of sealed chats. */
import type { ImportedAttachment, ItemNote } from "#services/reporting/import/items.ts";
import { jsonElements, type JsonPath, type Wanted } from "#services/reporting/import/json-elements.ts";
import { fromEpoch } from "#services/reporting/import/moments.ts";
import { baseName } from "#services/reporting/import/pieces.ts";
import { attachmentAt, broken, type Draft, message, type Reader, type ReaderContext } from "./reader.ts";
import { type Fields, fieldsOf, filled, listOf, numberOf, textOf } from "./values.ts";

/** Which of the two an export is of. */
export type MetaPlatform = "facebook" | "instagram";

type Kind = "messages" | "comments" | "posts";

/** What an entry of such an export holds; null when nobody wrote it. */
export function metaKind(name: string): Kind | null {
  if (/(?:^|\/)messages\/[^/]+\/[^/]+\/message_\d{1,5}\.json$/.test(name) || /(?:^|\/)messages\/[^/]+\/message_\d{1,5}\.json$/.test(name)) return "messages";
  if (/(?:^|\/)comments(?:_and_reactions)?\/(?:your_)?[a-z_]{0,40}comments[a-z_0-9]{0,40}\.json$/.test(name)) return "comments";
  if (/(?:^|\/)posts\/your_posts[a-z_0-9]{0,60}\.json$/.test(name)) return "posts";
  return null;
}

/** The same files as web pages. */
export const isMetaPage = (name: string): boolean => name.endsWith(".html") && metaKind(name.replace(/\.html$/, ".json")) !== null;

/** Which platform, by the folders inside; null when it could be either. */
export function metaPlatform(names: Iterable<string>): MetaPlatform | null {
  for (const name of names) {
    if (/(?:^|\/)your_instagram_activity\//.test(name)) return "instagram";
    if (/(?:^|\/)your_facebook_activity\//.test(name) || /(?:^|\/)comments_and_reactions\//.test(name)) return "facebook";
  }
  return null;
}

/** Whether JSON begins as a thread of messages does. */
export const looksLikeMeta = (head: string): boolean => /^\s{0,20}\{\s{0,20}"participants"\s{0,4}:\s{0,4}\[/.test(head);

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Mends text: both platforms write each byte of UTF-8 as a character of its own (`Ã©` for `é`). Text that cannot have come about that way is left as it is.
 * Where every byte is a character the mending is exact, so what stands in the evidence can be found again.
 */
export function mended(text: string): string {
  let high = false;
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit > 0xff) return text;
    if (unit > 0x7f) high = true;
    bytes[at] = unit;
  }
  if (!high) return text;
  try {
    return utf8.decode(bytes);
  } catch {
    return text;
  }
}

const mendedOf = (value: unknown): string | null => {
  const text = textOf(value);
  return text === null ? null : mended(text);
};
const filledOf = (value: unknown): string | null => {
  const text = filled(value);
  return text === null ? null : mended(text);
};

function attachmentsOf(fields: Fields, context: ReaderContext): ImportedAttachment[] {
  const uris = ["photos", "videos", "audio_files", "files", "gifs", "media"].flatMap((key) => listOf(fields[key]));
  return [...uris, fields["sticker"]].flatMap((one) => {
    const uri = filledOf(fieldsOf(one)?.["uri"]);
    return uri === null || /^https?:/.test(uri) ? [] : [attachmentAt(uri.replace(/^\.\//, ""), context)];
  });
}

interface Thread {
  readonly platform: MetaPlatform;
  participants: string[];
  name: string | null;
}

/** One message, in either of the two shapes; null when it is none. */
function messageOf(value: unknown, thread: Thread, context: ReaderContext): Draft | null {
  const fields = fieldsOf(value);
  if (fields === null) return null;
  const author = filledOf(fields["sender_name"]) ?? filledOf(fields["senderName"]);
  const milliseconds = numberOf(fields["timestamp_ms"]) ?? numberOf(fields["timestamp"]);
  if (author === null && milliseconds === null) return null;
  const share = fieldsOf(fields["share"]);
  const words = [mendedOf(fields["content"]) ?? mendedOf(fields["text"]) ?? "", filledOf(share?.["share_text"]) ?? "", filledOf(share?.["link"]) ?? ""];
  const notes: ItemNote[] = fields["is_unsent"] === true || fields["isUnsent"] === true ? ["deleted"] : [];
  return {
    ...message(thread.platform, `${thread.platform}-message`, words.filter((part, at) => part !== "" && words.indexOf(part) === at).join("\n")),
    author,
    at: milliseconds === null ? null : fromEpoch(milliseconds),
    conversation: thread.name ?? (thread.participants.length === 0 ? null : thread.participants.join(", ")),
    attachments: attachmentsOf(fields, context),
    notes,
  };
}

/** A comment or post of Facebook: `{ timestamp, title, data: [{ comment: { comment, author } } | { post }] }`. */
function facebookDraft(fields: Fields, kind: Kind): Draft | "skip" | null {
  const seconds = numberOf(fields["timestamp"]);
  const parts = listOf(fields["data"])
    .map((one) => fieldsOf(one))
    .filter((one) => one !== null);
  const comment = parts.map((part) => fieldsOf(part["comment"])).find((one) => one !== null);
  const text = mendedOf(comment?.["comment"]) ?? parts.map((part) => mendedOf(part["post"])).find((one) => one !== null);
  if (seconds === null) return null;
  // A picture without words, or a check-in: nothing was said.
  if (text === undefined || text === null) return "skip";
  const channel = kind === "posts" ? "facebook-post" : "facebook-comment";
  const author = filledOf(comment?.["author"]);
  return { ...message("facebook", channel, text), author, at: fromEpoch(seconds * 1000), conversation: filledOf(fields["title"]) };
}

/** A comment of Instagram: named values whose names are in the language of the account. */
function instagramDraft(values: Fields): Draft | null {
  let text: string | null = null;
  let owner: string | null = null;
  let seconds: number | null = null;
  for (const [name, one] of Object.entries(values)) {
    const fields = fieldsOf(one);
    const value = filledOf(fields?.["value"]);
    const time = numberOf(fields?.["timestamp"]);
    if (time !== null && time > 0) seconds = time;
    else if (value === null) continue;
    else if (/^(?:comment|opmerking|reactie)$/i.test(mended(name))) text = value;
    else owner ??= value;
  }
  if (text === null && owner === null) return null;
  const draft = message("instagram", "instagram-comment", text ?? owner ?? "");
  return { ...draft, at: seconds === null ? null : fromEpoch(seconds * 1000), conversation: text === null ? null : owner };
}

function listedDraft(value: unknown, kind: Kind): Draft | "skip" | null {
  const fields = fieldsOf(value);
  if (fields === null) return null;
  const values = fieldsOf(fields["string_map_data"]);
  return values === null ? facebookDraft(fields, kind) : instagramDraft(values);
}

function wantThread(path: JsonPath): Wanted {
  if (path.length === 0 || (path.length === 1 && path[0] === "messages")) return "enter";
  if (path.length === 1) return path[0] === "participants" || path[0] === "threadName" || path[0] === "title" ? "take" : "skip";
  return path.length === 2 && path[0] === "messages" ? "take" : "skip";
}

/** A list at the root, or lists one level below it (`comments_v2`). */
function wantList(path: JsonPath): Wanted {
  if (path.length === 0) return "enter";
  if (path.length === 1) return typeof path[0] === "number" ? "take" : "enter";
  return path.length === 2 && typeof path[1] === "number" ? "take" : "skip";
}

const participantsOf = (value: unknown): string[] =>
  listOf(value)
    .slice(0, 50)
    .flatMap((one) => filledOf(one) ?? filledOf(fieldsOf(one)?.["name"]) ?? []);

/** Reads one file of an export. @param platform null: cannot be told; then it is called Facebook, and that is noted. */
export function metaReader(platform: MetaPlatform | null): Reader {
  return async function* (piece, context) {
    const kind = metaKind(piece.entry ?? piece.file) ?? (/comments/.test(baseName(piece.entry ?? piece.file)) ? "comments" : "messages");
    const { jsonElementBytes: elementBytes, jsonDepth: depth } = context.limits;
    const thread: Thread = { platform: platform ?? "facebook", participants: [], name: null };
    for await (const { path, start, end, value, trouble } of jsonElements(piece.chunks(), {
      want: kind === "messages" ? wantThread : wantList,
      elementBytes,
      depth,
    })) {
      if (kind === "messages" && path.length === 1) {
        if (path[0] === "participants") thread.participants = participantsOf(value);
        else thread.name = filledOf(value);
        continue;
      }
      const draft = trouble !== null ? null : kind === "messages" ? messageOf(value, thread, context) : listedDraft(value, kind);
      if (draft === "skip") continue;
      const bytes = { start, end };
      if (draft === null) {
        yield broken(trouble ?? "shape-unknown", { what: thread.platform, limit: trouble === "json-too-deep" ? depth : elementBytes, at: start }, bytes);
        continue;
      }
      const notes: ItemNote[] = platform === null && kind === "messages" ? [...draft.notes, "platform-guessed"] : [...draft.notes];
      yield { kind: "item", native: null, bytes, draft: { ...draft, notes } };
    }
  };
}
