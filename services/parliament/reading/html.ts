/** A page of HTML as words: blocks become paragraphs, raised letters and the page's own navigation are remembered. The parser is parse5, which reads what browsers read. Called by index.ts. */
import { type DefaultTreeAdapterMap, type DefaultTreeAdapterTypes, Parser, type Token } from "parse5";
import { opensAnswering, opensTitle } from "./markers.ts";
import { GrowingText, type Range, type SourceText } from "./source-text.ts";

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

const setOf = (names: string): ReadonlySet<string> => new Set(names.split(" "));
const blocks = setOf(
  "address article aside blockquote body dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul",
);
/** Hold no words of the page. */
const silent = setOf("script style template noscript head svg math iframe object select");
const beside = setOf("nav header footer aside button");
/** Elements that only dress words; one that is left open is opened again in every paragraph after it (HTML section 13.2.4.3), so that a small page becomes a huge one. */
const dress = setOf("a b big code em font i nobr s small strike strong tt u");
/** Words inside these are read by rules of their own, so they are never passed over. */
const raw = setOf("script style textarea title xmp iframe noembed noframes noscript plaintext");
/** As deep as browsers let a page be. Deeper elements are passed over, their words are not. */
const MAX_DEPTH = 512;

/** Builds no more of a page than its words need. */
class PageParser extends Parser<DefaultTreeAdapterMap> {
  override onStartTag(token: Token.TagToken): void {
    const { tagName } = token;
    if (dress.has(tagName) || (this.openElements.stackTop >= MAX_DEPTH && !raw.has(tagName))) return;
    super.onStartTag(token);
  }

  override onEndTag(token: Token.TagToken): void {
    if (!dress.has(token.tagName)) super.onEndTag(token);
  }
}

const attribute = ({ attrs }: Element, wanted: string): string | undefined => attrs.find(({ name }) => name === wanted)?.value;

/** Numbers the items of a list as a browser shows them (`start`, `value`, letters). */
class ListNumbers {
  readonly #next = new WeakMap<Element, number>();

  /** The number in front of an item, or null when its list has none. */
  before(item: Element): string | null {
    const list = item.parentNode;
    if (list === null || !("tagName" in list) || list.tagName !== "ol") return null;
    const asked = Number.parseInt(attribute(item, "value") ?? "", 10);
    const first = Number.parseInt(attribute(list, "start") ?? "1", 10);
    const number = Number.isNaN(asked) ? (this.#next.get(list) ?? (Number.isNaN(first) ? 1 : first)) : asked;
    this.#next.set(list, number + 1);
    const type = attribute(list, "type");
    const letter = (type === "a" || type === "A") && number >= 1 && number <= 26;
    return letter ? `${String.fromCharCode(type.charCodeAt(0) + number - 1)}. ` : `${number}. `;
  }
}

/** The words of a page. Never throws: HTML has no wrong form. */
export function textOfPage(html: string): SourceText {
  const text = new GrowingText();
  const numbers = new ListNumbers();
  const raised: Range[] = [];
  const aside: Range[] = [];
  let [depthOfAside, depthOfPre] = [0, 0];
  /** The number of a list item, as long as no word of it has come. */
  let waiting: string | null = null;
  /** Behind the last character that is no white space. */
  let end = 0;
  const lineBreak = (least: 1 | 2): void => {
    if (text.length === 0) return;
    text.trimEnd(true);
    const have = /\n*$/u.exec(text.tail.slice(-2))?.[0].length ?? 0;
    text.write("\n".repeat(Math.max(0, least - have)));
  };
  const write = (value: string): void => {
    const words = depthOfPre > 0 ? value.replace(/[^\S\n]+|\u200b+/gu, " ").replace(/ ?\n/gu, "\n") : value.replace(/[\s\u200b]+/gu, " ");
    const bare = words.trimEnd();
    if (bare.trimStart() !== "" && waiting !== null) {
      text.write(waiting);
      waiting = null;
    }
    const tail = text.tail;
    const glue =
      tail === "" || tail.endsWith("\n") || tail.endsWith(" ") ? (depthOfPre > 0 && tail !== "" ? words.replace(/^ /u, "") : words.trimStart()) : words;
    text.write(glue);
    if (bare.trimStart() !== "") end = text.length - (words.length - bare.length);
  };
  const parts: { open: Node | null; close: (() => void) | null }[] = [];
  const children = (node: { readonly childNodes: readonly Node[] }): void => {
    for (let at = node.childNodes.length - 1; at >= 0; at--) parts.push({ open: node.childNodes[at] ?? null, close: null });
  };
  children(PageParser.parse<DefaultTreeAdapterMap>(html));
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const { open: node, close } = part;
    if (close !== null) close();
    if (node === null) continue;
    if ("value" in node) {
      write(node.value);
      continue;
    }
    if (!("tagName" in node) || silent.has(node.tagName)) continue;
    const { tagName } = node;
    if (attribute(node, "hidden") !== undefined) continue;
    if (tagName === "br") {
      lineBreak(1);
      continue;
    }
    const block = blocks.has(tagName);
    if (block) lineBreak(2);
    const start = text.length;
    if (beside.has(tagName) && !(tagName === "header" && (insideArticle(node) || namesSet(node)))) {
      depthOfAside++;
      parts.push({ open: null, close: () => void (--depthOfAside === 0 && text.length > start && aside.push({ start, end: text.length })) });
    }
    if (tagName === "li") {
      waiting = depthOfAside > 0 ? null : numbers.before(node);
      parts.push({ open: null, close: () => void (waiting = null) });
    }
    if (tagName === "pre") {
      depthOfPre++;
      parts.push({ open: null, close: () => void depthOfPre-- });
    }
    if (tagName === "sup") {
      // An item that opens with a raised number has its number already.
      waiting = null;
      parts.push({ open: null, close: () => void (end > start && raised.push({ start, end })) });
    }
    if (block) parts.push({ open: null, close: () => lineBreak(2) });
    children(node);
  }
  const whole = text.toString();
  // A raised letter inside another is counted once, without the white space around it.
  const outer = raised
    .map((one) => {
      let { start } = one;
      while (start < one.end && /\s/u.test(whole.charAt(start))) start++;
      return { start, end: one.end };
    })
    .toSorted((a, b) => a.start - b.start || b.end - a.end);
  let covered = 0;
  const once: Range[] = [];
  for (const one of outer)
    if (one.end > covered) {
      once.push(one);
      covered = one.end;
    }
  return { text: whole, raised: once, pages: null, aside: aside.toSorted((a, b) => a.start - b.start), wrapped: false };
}

/** The header of an article is the article's. */
function insideArticle(node: Element): boolean {
  for (let above: DefaultTreeAdapterTypes.ParentNode | null = node.parentNode; above !== null && "tagName" in above; above = above.parentNode)
    if (above.tagName === "article" || above.tagName === "main") return true;
  return false;
}

/** Whether the heading in a header is that of a set: then the header is the set's and not the site's. */
function namesSet(header: Element): boolean {
  const parts: { readonly node: Node; readonly inHeading: boolean }[] = header.childNodes.map((node) => ({ node, inHeading: false }));
  parts.reverse();
  let words = "";
  for (let part = parts.pop(); part !== undefined && words.length < MOST_HEADING; part = parts.pop()) {
    const { node, inHeading } = part;
    if ("value" in node && inHeading) words += node.value;
    if (!("tagName" in node)) continue;
    const heading = inHeading || /^h[1-3]$/u.test(node.tagName);
    for (let at = node.childNodes.length - 1; at >= 0; at--) {
      const child = node.childNodes[at];
      if (child !== undefined) parts.push({ node: child, inHeading: heading });
    }
    if (heading && !inHeading) words += "\n";
  }
  return words.split("\n").some((line) => {
    const bare = line.trim().replace(/\s+/gu, " ");
    return opensTitle(bare) || opensAnswering(bare) || /^beslisnota\b/iu.test(bare);
  });
}

/** Enough of the headings of a header to know them. */
const MOST_HEADING = 2_000;
