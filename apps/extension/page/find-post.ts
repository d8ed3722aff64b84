/** Finds the one message on a page that its reader is looking at: the one words were selected in, else the one that fills most of the window. Used by the page reader. */
import { all, attribute, bodyOf, boxOf, closest, shows, tagOf } from "./untouched.ts";

const kinds = ["SocialMediaPosting", "DiscussionForumPosting", "BlogPosting", "NewsArticle", "Article", "Comment", "Review", "Message"];

/** What counts as a message: an article by element, role or microdata. */
export const postSelector = ["article", '[role~="article"]', ...kinds.map((kind) => `[itemtype$="schema.org/${kind}"]`)].join(", ");

/** The message, and how it was found. */
export interface FoundPost {
  readonly element: Element;
  /** `selection`, `article`, `role=article`, `microdata`, `main` or `page`. */
  readonly by: string;
  /** There is one message on the page at most, so what the page says of itself is about it. */
  readonly alone: boolean;
}

function nameOf(element: Element): string {
  if (tagOf(element) === "article") return "article";
  return attribute(element, "itemtype") === "" ? "role=article" : "microdata";
}

/** Part of the window an element fills, in square pixels. */
function seen(element: Element): number {
  const { left, right, top, bottom } = boxOf(element);
  return Math.max(0, Math.min(right, innerWidth) - Math.max(left, 0)) * Math.max(0, Math.min(bottom, innerHeight) - Math.max(top, 0));
}

function selected(): Element | null {
  const selection = getSelection();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
  const { commonAncestorContainer: node } = selection.getRangeAt(0);
  return node instanceof Element ? node : node.parentElement;
}

/** Null only when the page has no body. */
export function findPost(): FoundPost | null {
  const posts = all(document, postSelector).filter((post) => shows(post));
  const alone = posts.length <= 1;
  const chosen = selected();
  const around = chosen === null ? null : closest(chosen, postSelector);
  if (around !== null) return { element: around, by: "selection", alone };
  const [most] = posts.map((element) => ({ element, seen: seen(element) })).toSorted((a, b) => b.seen - a.seen);
  // A message in the corner is not what someone looks at.
  if (most !== undefined && most.seen * 20 >= innerWidth * innerHeight) return { element: most.element, by: nameOf(most.element), alone };
  const main = all(document, 'main, [role~="main"]').find((element) => shows(element));
  if (main !== undefined) return { element: main, by: "main", alone };
  const body = bodyOf(document);
  return body === null ? null : { element: body, by: "page", alone };
}
