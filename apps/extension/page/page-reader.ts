/** The script that is put beside a page when its reader presses "Leg deze pagina vast", in a world of its own. It reads, scrolls and puts back; it changes nothing in the page and sends nothing anywhere. */
import { findPost } from "./find-post.ts";
import { look, place, show, type Look } from "./look.ts";
import { oneLine } from "./one-line.ts";
import { readAccount, readTime, type Found, type FoundTime } from "./read-facts.ts";
import { readWords } from "./read-words.ts";
import { all, boxOf, connected, textOf } from "./untouched.ts";

/** What was read of a page. The background parses it like anything that comes from outside. */
export interface ReadPage {
  readonly url: string;
  readonly title: string;
  readonly text: string;
  readonly cut: boolean;
  readonly frames: boolean;
  readonly by: string;
  readonly account: Found;
  readonly time: FoundTime;
  readonly look: Look;
}

/** What the background calls, each by a function it puts in the page. */
export interface PageReader {
  readonly read: () => ReadPage | null;
  /** Null when the message is no longer there. */
  readonly show: (row: number) => Promise<Look | null>;
  readonly restore: () => void;
}

declare global {
  var rugdekkingPage: PageReader | undefined;
}

let post: Element | null = null;
let restore = (): void => undefined;

globalThis.rugdekkingPage = {
  read() {
    const found = findPost();
    if (found === null) return null;
    post = found.element;
    restore = place(post);
    const { text, cut } = readWords(post);
    const frames = all(post, "iframe, object, embed, frame", 50).some((frame) => boxOf(frame).height > 1 && boxOf(frame).width > 1);
    return {
      url: location.href,
      title: oneLine(all(document, "title", 1).map(textOf)[0] ?? "", 400),
      text,
      cut,
      frames,
      by: found.by,
      account: readAccount(found),
      time: readTime(found),
      look: look(post),
    };
  },
  show: async (row) => (post !== null && connected(post) ? await show(post, row) : null),
  restore: () => restore(),
};
