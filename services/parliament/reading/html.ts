/** A page of HTML as words: blocks become paragraphs, raised letters and the page's own navigation are remembered. The parser is parse5, which reads what browsers read. Called by index.ts. */
import { type DefaultTreeAdapterTypes, parse } from "parse5";
import type { Range, SourceText } from "./source-text.ts";

type Node = DefaultTreeAdapterTypes.ChildNode;

const blocks = new Set(
  "address article aside blockquote body dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split(
    " ",
  ),
);
/** Hold no words of the page. */
const silent = new Set(["script", "style", "template", "noscript", "head", "svg", "math", "iframe", "object", "select"]);
const beside = new Set(["nav", "header", "footer", "aside", "button"]);
/** Deeper than this a page is taken as it comes: no published page is, and a made-up one must not end the reader. */
const MAX_DEPTH = 2_000;

/** The words of a page. Never throws: HTML has no wrong form. */
export function textOfPage(html: string): SourceText {
  let text = "";
  const raised: Range[] = [];
  const aside: Range[] = [];
  let depthOfAside = 0;
  const lineBreak = (least: 1 | 2): void => {
    if (text === "") return;
    text = text.replace(/[ \t]+$/u, "");
    const have = /\n*$/u.exec(text.slice(-2))?.[0].length ?? 0;
    text += "\n".repeat(Math.max(0, least - have));
  };
  // Breaks are kept aside until words come, so that the text is not looked over again and again.
  const parts: { open: Node | null; close: (() => void) | null; depth: number }[] = [];
  const children = (node: { readonly childNodes: readonly Node[] }, depth: number): void => {
    for (let at = node.childNodes.length - 1; at >= 0; at--) parts.push({ open: node.childNodes[at] ?? null, close: null, depth });
  };
  const page = parse(html);
  children(page, 0);
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const { open: node, close, depth } = part;
    if (close !== null) close();
    if (node === null) continue;
    if ("value" in node) {
      const words = node.value.replace(/[\s\u200b]+/gu, " ");
      const glue = text === "" || text.endsWith("\n") || text.endsWith(" ") ? words.trimStart() : words;
      text += glue;
      continue;
    }
    if (!("tagName" in node) || silent.has(node.tagName) || depth > MAX_DEPTH) continue;
    const { tagName } = node;
    if (node.attrs.some(({ name }) => name === "hidden")) continue;
    if (tagName === "br") {
      lineBreak(1);
      continue;
    }
    const block = blocks.has(tagName);
    if (block) lineBreak(2);
    const start = text.length;
    if (beside.has(tagName) && !(tagName === "header" && insideArticle(node))) {
      depthOfAside++;
      parts.push({ open: null, depth, close: () => void (--depthOfAside === 0 && text.length > start && aside.push({ start, end: text.length })) });
    }
    if (tagName === "sup")
      parts.push({
        open: null,
        depth,
        close: () => {
          const own = text.slice(start);
          const bare = own.trim();
          if (bare !== "") raised.push({ start: start + own.indexOf(bare), end: start + own.indexOf(bare) + bare.length });
        },
      });
    if (block) parts.push({ open: null, depth, close: () => lineBreak(2) });
    children(node, depth + 1);
  }
  // A raised letter inside another is counted once.
  const outer = raised.toSorted((a, b) => a.start - b.start || b.end - a.end).filter(({ end }, at, all) => at === 0 || end > (all[at - 1]?.end ?? 0));
  return { text, raised: outer, pages: null, aside: aside.toSorted((a, b) => a.start - b.start), wrapped: false };
}

/** The header of an article is the article's. */
function insideArticle(node: DefaultTreeAdapterTypes.Element): boolean {
  for (let above: DefaultTreeAdapterTypes.ParentNode | null = node.parentNode; above !== null && "tagName" in above; above = above.parentNode)
    if (above.tagName === "article" || above.tagName === "main") return true;
  return false;
}
