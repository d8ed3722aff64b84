/** Reads the words of one message as a reader sees them: what is hidden, typed by the person, or another message inside it stays out. Used by the page reader. */
import { postSelector } from "./find-post.ts";
import { cutWell } from "./one-line.ts";
import { attribute, nodesBelow, parentOf, shows, tagOf, textOf } from "./untouched.ts";

/** Most characters of one message, and most nodes looked at: a page can be made without end. */
const mostText = 200_000;
const mostNodes = 60_000;

const unread = new Set([
  "script",
  "style",
  "noscript",
  "template",
  "textarea",
  "input",
  "select",
  "option",
  "button",
  "iframe",
  "object",
  "embed",
  "svg",
  "canvas",
]);
const blocks = /^(?:block|flex|grid|list-item|table|flow-root)/u;

/** What was read. */
export interface Words {
  readonly text: string;
  /** Something was left out because there was too much. */
  readonly cut: boolean;
}

/** Another message inside this one, or what no reader reads. `contenteditable` is what the person is typing themselves. */
export function outside(root: Element): (element: Element) => boolean {
  return (element) =>
    unread.has(tagOf(element)) ||
    (element !== root && Element.prototype.matches.call(element, postSelector)) ||
    (Element.prototype.hasAttribute.call(element, "contenteditable") && attribute(element, "contenteditable").toLowerCase() !== "false") ||
    !shows(element);
}

/** A picture by its words; an emoji drawn as a picture is the emoji. */
function pictureWords(element: Element): string {
  const words = attribute(element, "alt").trim();
  return words === "" || /^\p{Extended_Pictographic}/u.test(words) ? words : `[${words}]`;
}

function wordsOf(node: Node, keepsLines: (parent: Element) => boolean): string {
  const text = textOf(node);
  const parent = parentOf(node);
  return parent !== null && keepsLines(parent) ? text : text.replaceAll(/\s+/gu, " ");
}

/** The words of a message, lines as they stand. Lone halves of characters become U+FFFD; nothing else is changed, marks that turn text around included. */
export function readWords(root: Element): Words {
  const pre = new WeakMap<Element, boolean>();
  const keepsLines = (parent: Element): boolean => {
    const known = pre.get(parent) ?? getComputedStyle(parent).whiteSpace.startsWith("pre");
    pre.set(parent, known);
    return known;
  };
  let text = "";
  let nodes = 0;
  let block: Element | null = null;
  for (const node of nodesBelow(root, outside(root))) {
    nodes += 1;
    if (nodes > mostNodes || text.length > mostText) return { text: tidy(text), cut: true };
    if (node instanceof Element) {
      const tag = tagOf(node);
      if (tag === "br") text += "\n";
      else if (tag === "img") text += pictureWords(node);
      continue;
    }
    const now = blockOf(node, root);
    if (block !== null && now !== block) text += "\n";
    block = now;
    text += wordsOf(node, keepsLines);
  }
  return { text: tidy(text), cut: false };
}

/** The nearest element around a text that stands on lines of its own. */
function blockOf(node: Node, root: Element): Element {
  let at = parentOf(node);
  while (at !== null && at !== root && !blocks.test(getComputedStyle(at).display)) at = parentOf(at);
  return at ?? root;
}

/** Spaces around line ends, and more than one empty line, are the page's layout and not the message. */
function tidy(text: string): string {
  const tidied = text
    .toWellFormed()
    .replaceAll("\u0000", "\uFFFD")
    .replaceAll(/[ \t]*\n[ \t]*/gu, "\n")
    .replaceAll(/\n{3,}/gu, "\n\n");
  return cutWell(tidied.trim(), mostText);
}
