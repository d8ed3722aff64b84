/** The archive of an X account (`data/tweets.js` and its neighbours): own posts, and private messages to and from the account. Others' replies are not in it. */
import { withoutEntities } from "./html.ts";
import { fromIso, fromXDate } from "#services/reporting/import/moments.ts";
import type { ImportedAttachment } from "#services/reporting/import/items.ts";
import { jsonElements, type JsonPath, type Wanted } from "#services/reporting/import/json-elements.ts";
import { baseName } from "#services/reporting/import/pieces.ts";
import { attachmentAt, broken, type Draft, type Found, leftOut, message, type Reader, type ReaderContext } from "./reader.ts";
import { type Fields, fieldsOf, filled, idOf, listOf, textOf } from "./values.ts";

/** Entries of an X archive that hold what someone wrote. */
const files = /(?:^|\/)data\/(tweets?|deleted-tweets?|community-tweets?|note-tweets?|direct-messages|direct-messages-group)(?:-part\d{1,4})?\.js$/;

/** Whether an entry is one this reader reads. */
export const isXFile = (name: string): boolean => files.test(name);

/** The account's own data, which names it. */
export const isXAccountFile = (name: string): boolean => /(?:^|\/)data\/account\.js$/.test(name);

/** Whether a script assigns what X exports. */
export const looksLikeX = (head: string): boolean => /^\s{0,20}window\.YTD\.[A-Za-z_]{1,60}\.part\d{1,4}\s{0,4}=/.test(head);

/** `[{ account: { accountId, username } }]`; null when it is something else. */
export async function readXOwner(chunks: AsyncIterable<Uint8Array>): Promise<ReaderContext["owner"]> {
  const options = { want: listItems, elementBytes: 64 * 1024, depth: 16, assigned: true };
  for await (const { value } of jsonElements(chunks, options)) {
    const account = fieldsOf(fieldsOf(value)?.["account"]);
    const id = idOf(account?.["accountId"]);
    const handle = filled(account?.["username"]);
    if (id !== null && handle !== null) return { id, handle: `@${handle}` };
  }
  return null;
}

function listItems(path: JsonPath): Wanted {
  return path.length === 0 ? "enter" : "take";
}

/** Pictures and films, in the folder that the archive keeps them in, named after the message. */
function mediaOf(folders: readonly string[], id: string, addresses: readonly string[], context: ReaderContext): ImportedAttachment | null {
  const names = addresses.map((address) => `${id}-${baseName(address.split("?")[0] ?? "")}`);
  for (const folder of folders) for (const name of names) if (context.find(`${folder}/${name}`) !== null) return attachmentAt(`${folder}/${name}`, context);
  const [first] = names;
  return first === undefined ? null : leftOut(first);
}

function postMedia(post: Fields, id: string, context: ReaderContext): ImportedAttachment[] {
  const listed = listOf(fieldsOf(post["extended_entities"])?.["media"]);
  return listed.slice(0, 16).flatMap((one) => {
    const media = fieldsOf(one);
    const variants = listOf(fieldsOf(media?.["video_info"])?.["variants"]).flatMap((variant) => filled(fieldsOf(variant)?.["url"]) ?? []);
    const addresses = [...variants, ...[filled(media?.["media_url_https"])].filter((address) => address !== null)].slice(0, 16);
    return mediaOf(["tweets_media", "tweet_media", "deleted_tweets_media", "community_tweet_media"], id, addresses, context) ?? [];
  });
}

function post(value: unknown, context: ReaderContext): { draft: Draft; native: string } | null {
  const outer = fieldsOf(value);
  const fields = fieldsOf(outer?.["tweet"]) ?? outer;
  if (fields === null) return null;
  const id = idOf(fields["id_str"]) ?? idOf(fields["id"]);
  const text = textOf(fields["full_text"]) ?? textOf(fields["text"]);
  if (id === null || text === null) return null;
  const at = fromXDate(textOf(fields["created_at"]) ?? "");
  const to = filled(fields["in_reply_to_screen_name"]);
  const draft = { ...message("x", "x-post", withoutEntities(text)), author: context.owner?.handle ?? null, at };
  return { draft: { ...draft, conversation: to === null ? null : `@${to}`, attachments: postMedia(fields, id, context) }, native: id };
}

/** A long post: its text stands apart from the post it belongs to. */
function note(value: unknown, context: ReaderContext): { draft: Draft; native: string } | null {
  const fields = fieldsOf(fieldsOf(value)?.["noteTweet"]);
  const id = idOf(fields?.["noteTweetId"]);
  const text = textOf(fieldsOf(fields?.["core"])?.["text"]);
  if (id === null || text === null) return null;
  return {
    draft: { ...message("x", "x-post", text), author: context.owner?.handle ?? null, at: fromIso(textOf(fields?.["createdAt"]) ?? "") },
    native: `note-${id}`,
  };
}

/** One private message; null when it is none, `skip` when it is something else that happened in a conversation. */
function direct(value: unknown, conversation: string | null, context: ReaderContext): { draft: Draft; native: string } | "skip" | null {
  const outer = fieldsOf(value);
  const fields = fieldsOf(outer?.["messageCreate"]) ?? fieldsOf(outer?.["welcomeMessageCreate"]);
  if (fields === null) return outer !== null && Object.keys(outer).some((key) => /^(?:join|participants|conversation|reaction)/i.test(key)) ? "skip" : null;
  const id = idOf(fields["id"]);
  const text = textOf(fields["text"]);
  const sender = idOf(fields["senderId"]);
  if (id === null || text === null) return null;
  const written = textOf(fields["createdAt"]) ?? "";
  const author = sender === null ? null : sender === context.owner?.id ? context.owner.handle : `id:${sender}`;
  const addresses = listOf(fields["mediaUrls"])
    .slice(0, 16)
    .flatMap((url) => filled(url) ?? []);
  const attachments = addresses.flatMap((address) => mediaOf(["direct_messages_media", "direct_messages_group_media"], id, [address], context) ?? []);
  const at = fromIso(written);
  return { draft: { ...message("x", "x-dm", withoutEntities(text)), author, at, conversation, attachments }, native: `dm-${id}` };
}

const conversationPath = (path: JsonPath): boolean => path.length === 3 && path[1] === "dmConversation" && path[2] === "conversationId";
const messagePath = (path: JsonPath): boolean => path.length === 4 && path[1] === "dmConversation" && path[2] === "messages";

/** Where the messages of a file of conversations stand. */
function conversations(path: JsonPath): Wanted {
  if (path.length < 2 || (path.length === 2 && path[1] === "dmConversation")) return "enter";
  if (path.length === 3 && path[2] === "messages") return "enter";
  return conversationPath(path) || messagePath(path) ? "take" : "skip";
}

export const readX: Reader = async function* (piece, context) {
  const name = baseName(piece.entry ?? piece.file);
  const { jsonElementBytes: elementBytes, jsonDepth: depth } = context.limits;
  const private_ = name.startsWith("direct-messages");
  let conversation: string | null = null;
  const options = { want: private_ ? conversations : listItems, elementBytes, depth, assigned: true };
  for await (const { path, start, end, value, trouble } of jsonElements(piece.chunks(), options)) {
    const bytes = { start, end };
    if (conversationPath(path)) {
      conversation = textOf(value);
      continue;
    }
    const found: ReturnType<typeof direct> =
      trouble !== null ? null : private_ ? direct(value, conversation, context) : name.startsWith("note-tweet") ? note(value, context) : post(value, context);
    if (found === "skip") continue;
    if (found === null) yield broken(trouble ?? "shape-unknown", { what: "x", limit: trouble === "json-too-deep" ? depth : elementBytes, at: start }, bytes);
    else yield { kind: "item", ...found, bytes } satisfies Found;
  }
};
