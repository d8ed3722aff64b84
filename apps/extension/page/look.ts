/** Where the message stands in the window, and moving the page so that the rest of it comes into view. Used by the page reader. */
import { boxOf, contains, elementAt, numberOf, pageScroller, parentOf, scrollTo } from "./untouched.ts";

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
    height: box.height,
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
