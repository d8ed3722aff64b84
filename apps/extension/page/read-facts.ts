/** Reads who wrote a message and when, as the page shows or states it: from the message itself first, from what the page says of itself only when there is one message on it. Used by the page reader. */
import { postSelector, type FoundPost } from "./find-post.ts";
import { oneLine } from "./one-line.ts";
import { all, attribute, closest, contains, shows, textOf } from "./untouched.ts";

/** What was found, and in which part of the page; all empty when nothing was. */
export interface Found {
  readonly text: string;
  readonly from: string;
}

/** A time in the page's words and as its markup states it. */
export interface FoundTime {
  readonly shown: string;
  readonly stated: string;
  readonly from: string;
}

const handle = /^@[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]{0,60}[\p{L}\p{N}_])?(?:@[\p{L}\p{N}.-]{3,120})?$/u;

/** Elements of this message that fit, none of a message inside it. */
function own(root: Element, selector: string): Element[] {
  return all(root, selector).filter((element) => {
    const around = closest(element, postSelector);
    return around === null || around === root || !contains(root, around);
  });
}

/** What an element says: `content` for markup without words, else its words. */
const said = (element: Element): string => oneLine(attribute(element, "content") || textOf(element), 200);

const authors: readonly (readonly [selector: string, from: string])[] = [
  ['[rel~="author"]', "rel=author"],
  ['[itemprop~="author"] [itemprop~="alternateName"]', "microdata"],
  ['[itemprop~="author"] [itemprop~="name"]', "microdata"],
  ['[itemprop~="author"]', "microdata"],
  [".p-author", "microformats"],
];

/** The first handle (`@naam`) that stands in the message as a word of its own: in the head of a message that is its author. */
function handleIn(root: Element): string {
  for (const element of own(root, "a, bdi, span, div").slice(0, 200)) {
    const words = textOf(element);
    if (words.length > 200 || !shows(element)) continue;
    const line = oneLine(words, 200);
    if (handle.test(line)) return line;
  }
  return "";
}

/** Who wrote it. */
export function readAccount({ element, alone, by }: FoundPost): Found {
  const whole = by === "main" || by === "page";
  const at = whole ? "" : handleIn(element);
  for (const [selector, from] of authors) {
    const name = own(element, selector)
      .filter((one) => shows(one) || attribute(one, "content") !== "")
      .map(said)
      .find((words) => words !== "");
    if (name !== undefined) return { text: at === "" || name.includes(at) ? name : `${name} (${at})`, from };
  }
  if (at !== "") return { text: at, from: "handle" };
  if (!alone) return { text: "", from: "" };
  const stated = statedPost();
  if (stated.author !== "") return { text: stated.author, from: "json-ld" };
  return metaOf(['meta[name="author" i]', 'meta[property="article:author"]', 'meta[property="profile:username"]', 'meta[name="twitter:creator" i]']);
}

/** When it was written. */
export function readTime({ element, alone }: FoundPost): FoundTime {
  for (const [selector, from] of [
    ['[itemprop~="datePublished"]', "microdata"],
    ["time[datetime]", "time"],
    [".dt-published", "microformats"],
  ] as const) {
    const found = own(element, selector)[0];
    if (found === undefined) continue;
    const stated = attribute(found, "datetime") || attribute(found, "content") || attribute(found, "title");
    return { shown: oneLine(textOf(found), 200), stated: oneLine(stated, 100), from };
  }
  if (!alone) return { shown: "", stated: "", from: "" };
  const stated = statedPost();
  if (stated.at !== "") return { shown: "", stated: stated.at, from: "json-ld" };
  const { text, from } = metaOf(['meta[property="article:published_time"]', 'meta[property="og:article:published_time"]']);
  return { shown: "", stated: text.slice(0, 100), from };
}

function metaOf(selectors: readonly string[]): Found {
  for (const selector of selectors) {
    const text = all(document, selector, 5)
      .map((meta) => oneLine(attribute(meta, "content"), 200))
      .find((words) => words !== "");
    if (text !== undefined) return { text, from: "meta" };
  }
  return { text: "", from: "" };
}

interface StatedPost {
  readonly author: string;
  readonly at: string;
}

const statedKinds = new Set(["SocialMediaPosting", "DiscussionForumPosting", "BlogPosting", "NewsArticle", "Article", "Comment", "Review", "Message"]);
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null && !Array.isArray(value);

/** Every object in a JSON-LD value down to a depth, at most a few hundred. */
function objectsOf(value: unknown, depth: number, found: Readonly<Record<string, unknown>>[]): void {
  if (depth === 0 || found.length >= 300) return;
  if (Array.isArray(value)) {
    for (const one of value.slice(0, 100)) objectsOf(one, depth - 1, found);
  } else if (isRecord(value)) {
    found.push(value);
    for (const inner of [value["@graph"], value["mainEntity"]]) objectsOf(inner, depth - 1, found);
  }
}

const lineOf = (value: unknown, most: number): string => (typeof value === "string" ? oneLine(value, most) : "");

function authorOf(value: unknown): string {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  if (!isRecord(one)) return lineOf(one, 200);
  const [name, other] = [lineOf(one["name"], 200), lineOf(one["alternateName"], 100)];
  return name === "" || other === "" || name.includes(other) ? name || other : `${name} (${other})`;
}

/** What the page's JSON-LD states of the message it is about. */
function statedPost(): StatedPost {
  for (const script of all(document, 'script[type="application/ld+json"]', 10)) {
    const text = textOf(script);
    if (text.length > 200_000) continue;
    const found: Readonly<Record<string, unknown>>[] = [];
    try {
      objectsOf(JSON.parse(text), 6, found);
    } catch {
      // Broken JSON states nothing.
      continue;
    }
    const post = found.find((one) => [one["@type"]].flat().some((type) => typeof type === "string" && statedKinds.has(type)));
    if (post !== undefined) return { author: authorOf(post["author"]), at: lineOf(post["datePublished"] ?? post["dateCreated"], 100) };
  }
  return { author: "", at: "" };
}
