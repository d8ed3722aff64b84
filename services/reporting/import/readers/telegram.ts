/** Telegram's JSON export (`result.json`): one chat, or all of them. */
import type { ImportedAttachment, ItemNote } from "#services/reporting/import/items.ts";
import { jsonElements, type JsonPath, type Wanted } from "#services/reporting/import/json-elements.ts";
import { fromEpoch, fromIso } from "#services/reporting/import/moments.ts";
import { attachmentAt, broken, type Draft, type Found, leftOut, message, type Reader, type ReaderContext } from "./reader.ts";
import { type Fields, fieldsOf, filled, idOf, listOf, numberOf, textOf } from "./values.ts";

/** Whether JSON begins as Telegram begins it. */
export const looksLikeTelegram = (head: string): boolean =>
  /^\s{0,20}\{/.test(head) &&
  (/"type"\s{0,4}:\s{0,4}"(?:personal_chat|private_group|private_supergroup|private_channel|public_supergroup|public_channel|bot_chat|saved_messages)"/.test(
    head,
  ) ||
    /"about"\s{0,4}:\s{0,4}"Here is the data you requested/.test(head));

/** Where chats stand: at the root, or in a list of all chats (and of those one left). */
const chatDepth = (path: JsonPath): number => (path[0] === "chats" || path[0] === "left_chats" ? 3 : 0);
const messagePath = (path: JsonPath): boolean => path.length === chatDepth(path) + 2 && path[chatDepth(path)] === "messages";

function want(path: JsonPath): Wanted {
  const chat = chatDepth(path);
  if (path.length <= chat) return path.length < 2 || path[1] === "list" ? "enter" : "skip";
  const key = path[chat];
  if (path.length === chat + 1) return key === "messages" ? "enter" : key === "name" || key === "id" ? "take" : "skip";
  return messagePath(path) ? "take" : "skip";
}

/** Text that is plain, or a list of plain and marked pieces. */
function textOfParts(text: unknown): string | null {
  if (typeof text === "string") return text;
  if (!Array.isArray(text)) return null;
  return text
    .map((part) => {
      if (typeof part === "string") return part;
      const fields = fieldsOf(part);
      const words = textOf(fields?.["text"]) ?? "";
      const link = filled(fields?.["href"]);
      // A link behind other words: where it leads matters more than how it is called.
      return link === null || link === words ? words : `${words} (${link})`;
    })
    .join("");
}

function pollOf(value: unknown): string[] {
  const poll = fieldsOf(value);
  const question = textOf(poll?.["question"]);
  if (question === null) return [];
  return [
    question,
    ...listOf(poll?.["answers"])
      .flatMap((answer) => filled(fieldsOf(answer)?.["text"]) ?? [])
      .map((answer) => `- ${answer}`),
  ];
}

function placeOf(value: unknown): string[] {
  const place = fieldsOf(value);
  const latitude = numberOf(place?.["latitude"]);
  const longitude = numberOf(place?.["longitude"]);
  return latitude === null || longitude === null ? [] : [`geo:${latitude},${longitude}`];
}

function filesOf(fields: Fields, context: ReaderContext): { attachments: ImportedAttachment[]; omitted: boolean } {
  const attachments: ImportedAttachment[] = [];
  let omitted = false;
  for (const key of ["photo", "file"]) {
    const path = filled(fields[key]);
    if (path === null) continue;
    const name = filled(fields["file_name"]);
    // "(File not included. Change data exporting settings to download.)"
    if (path.startsWith("(")) {
      omitted = true;
      if (name !== null) attachments.push(leftOut(name));
    } else attachments.push(attachmentAt(path, context, { name, type: textOf(fields["mime_type"]) }));
  }
  return { attachments, omitted };
}

function draftOf(value: unknown, chat: { name: string | null; id: string | null }, context: ReaderContext): { draft: Draft; native: string } | null {
  const fields = fieldsOf(value);
  const id = idOf(fields?.["id"]);
  if (fields === null || id === null) return null;
  const notice = fields["type"] === "service";
  const words = textOfParts(fields["text"]);
  if (!notice && (fields["type"] !== "message" || words === null)) return null;
  const seconds = numberOf(fields["date_unixtime"]);
  const at = (seconds === null ? null : fromEpoch(seconds * 1000)) ?? fromIso(textOf(fields["date"]) ?? "");
  const { attachments, omitted } = filesOf(fields, context);
  const text = notice ? [textOf(fields["action"]) ?? "", filled(fields["title"]) ?? ""].filter((part) => part !== "").join(": ") : (words ?? "");
  const notes: ItemNote[] = [...(omitted ? (["media-omitted"] as const) : []), ...("edited" in fields ? (["edited"] as const) : [])];
  const author = notice ? null : (filled(fields["from"]) ?? filled(fields["from_id"]));
  const whole = [text, ...pollOf(fields["poll"]), ...placeOf(fields["location_information"])].filter((part) => part !== "").join("\n");
  return {
    draft: {
      ...message("telegram", "telegram", whole),
      role: notice ? "notice" : "message",
      author,
      at,
      conversation: chat.name ?? chat.id,
      attachments,
      notes,
    },
    native: `${chat.id ?? chat.name ?? ""}/${id}`,
  };
}

export const readTelegram: Reader = async function* (piece, context) {
  const { jsonElementBytes: elementBytes, jsonDepth: depth } = context.limits;
  let chat: { name: string | null; id: string | null } = { name: null, id: null };
  let last = "";
  for await (const { path, start, end, value, trouble } of jsonElements(piece.chunks(), { want, elementBytes, depth })) {
    // Of a chat its name and id stand before its messages.
    const which = path.slice(0, chatDepth(path)).join("/");
    if (which !== last) chat = { name: null, id: null };
    last = which;
    if (!messagePath(path)) {
      const key = path.at(-1);
      if (key === "name") chat = { ...chat, name: filled(value) };
      else if (key === "id") chat = { ...chat, id: idOf(value) };
      continue;
    }
    const found = trouble === null ? draftOf(value, chat, context) : null;
    if (found === null)
      yield broken(trouble ?? "shape-unknown", { what: "telegram", limit: trouble === "json-too-deep" ? depth : elementBytes, at: start }, { start, end });
    else yield { kind: "item", ...found, bytes: { start, end } } satisfies Found;
  }
};
