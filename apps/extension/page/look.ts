/** Where the message stands in the window, and moving the page so that the rest of it comes into view. Used by the page reader. */
import { postSelector } from "./find-post.ts";
import { outside } from "./read-words.ts";
import { all, boxOf, contains, elementAt, nodesBelow, numberOf, pageScroller, parentOf, scrollTo, tagOf } from "./untouched.ts";

/** What of the message is to be seen now. CSS pixels of the window; `rows` count from the top of the message. */
export interface Look {
  readonly window: { readonly width: number; readonly height: number };
  /** Zoomed in with two fingers: a picture then shows another part of the page than these numbers say. */
  readonly zoomed: boolean;
  /** The message, seen or not. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Part of the window in which the message shows: nothing fixed lies over it. */
  readonly clear: { readonly top: number; readonly bottom: number };
}

/** Whatever lies fixed over a page (bars, cookie notices) is taken to be at most this part of the window. */
const mostCovered = 0.35;

function scrollerOf(post: Element): Element | null {
  for (let at = parentOf(post); at !== null; at = parentOf(at)) {
    const { overflowY } = getComputedStyle(at);
    if ((overflowY === "auto" || overflowY === "scroll") && numberOf(at, "scrollHeight") > numberOf(at, "clientHeight") + 1 && at !== pageScroller(document))
      return at;
  }
  return pageScroller(document);
}

/** Whether something that does not move along lies over the message at this place. */
function covered(post: Element, x: number, y: number): boolean {
  const top = elementAt(document, x, y);
  if (top === null || top === post || contains(post, top) || contains(top, post)) return false;
  for (let at: Element | null = top; at !== null && !contains(at, post); at = parentOf(at)) {
    const { position } = getComputedStyle(at);
    if (position === "fixed" || position === "sticky") return true;
  }
  return false;
}

/** Most nodes looked at to find where a message's own words end. */
const mostNodes = 5_000;

function bottomOf(node: Node): number {
  if (node instanceof Element) return ["img", "video", "picture"].includes(tagOf(node)) ? boxOf(node).bottom : Number.NEGATIVE_INFINITY;
  const range = new Range();
  range.selectNodeContents(node);
  const { height, bottom } = range.getBoundingClientRect();
  return height === 0 ? Number.NEGATIVE_INFINITY : bottom;
}

/** Height of the message itself: what others answered stands inside it on many pages, and is not pictured when it stands below its last words. */
function ownHeight(post: Element, box: DOMRect): number {
  if (all(post, postSelector, 1).length === 0) return box.height;
  let bottom = box.top;
  let seen = 0;
  for (const node of nodesBelow(post, outside(post))) {
    seen += 1;
    if (seen > mostNodes) return box.height;
    bottom = Math.max(bottom, bottomOf(node));
  }
  // A little air under the last line.
  return bottom > box.top ? Math.min(box.height, bottom - box.top + 12) : box.height;
}

/** Looks now, without moving anything. */
export function look(post: Element): Look {
  const box = boxOf(post);
  const scroller = scrollerOf(post);
  const frame = scroller === null || scroller === pageScroller(document) ? { top: 0, bottom: innerHeight } : boxOf(scroller);
  let top = Math.max(0, frame.top);
  let bottom = Math.min(innerHeight, frame.bottom);
  const x = Math.min(innerWidth - 1, Math.max(0, (Math.max(0, box.left) + Math.min(innerWidth, box.right)) / 2));
  const step = 4;
  const [highest, lowest] = [top + mostCovered * (bottom - top), bottom - mostCovered * (bottom - top)];
  while (top < highest && covered(post, x, top)) top += step;
  while (bottom > lowest && covered(post, x, bottom - 1)) bottom -= step;
  return {
    window: { width: innerWidth, height: innerHeight },
    zoomed: Math.abs((globalThis.visualViewport?.scale ?? 1) - 1) > 0.01,
    left: box.left,
    top: box.top,
    width: box.width,
    height: ownHeight(post, box),
    clear: { top, bottom },
  };
}

/** Moves the page so that this row of the message comes to the top of the clear part, and waits until it was drawn. */
export async function show(post: Element, row: number): Promise<Look> {
  const scroller = scrollerOf(post);
  const before = look(post);
  if (scroller !== null) scrollTo(scroller, numberOf(scroller, "scrollTop") + before.top + row - before.clear.top);
  await drawn();
  return look(post);
}

/** Two frames, or a moment where the browser draws none. */
const drawn = async (): Promise<void> =>
  await new Promise((done) => {
    setTimeout(done, 250);
    requestAnimationFrame(() => requestAnimationFrame(() => done()));
  });

/** How far the page was scrolled, to put it back as its reader had it. */
export function place(post: Element): () => void {
  const scroller = scrollerOf(post);
  const top = scroller === null ? 0 : numberOf(scroller, "scrollTop");
  return () => {
    if (scroller !== null) scrollTo(scroller, top);
  };
}
