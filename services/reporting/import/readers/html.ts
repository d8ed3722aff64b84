/** The words of a web page, for mails that have no plain text. One pass, no regular expression over the whole, nothing is ever shown as HTML. */

const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  euro: "€",
  eacute: "é",
  euml: "ë",
  egrave: "è",
  iuml: "ï",
  ouml: "ö",
  uuml: "ü",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
  ndash: "–",
  mdash: "—",
  hellip: "…",
};

/** `&amp;`, `&#233;`, `&#xe9;` to what they stand for; what is unknown stays. */
export function withoutEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,10}));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return named[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}

/** Tags that begin a new line. */
const blocks = new Set([
  "p",
  "div",
  "br",
  "tr",
  "li",
  "ul",
  "ol",
  "table",
  "blockquote",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "hr",
  "section",
  "article",
  "pre",
]);
/**
 * Elements whose content is no text, with what ends each: sought in the page as it is, since small letters may be more or fewer than the large ones they come from (`\u0130`). Not the head: a page
 * need not close it, and what is no text in it stands in elements of its own.
 */
const silent = new Map(["script", "style", "title", "template"].map((name) => [name, new RegExp(`</${name}`, "gi")]));
/** Ends of a comment that a browser knows; `<!-->` is a whole one. */
const commentEnd = /--!?>/g;

/** Place just behind the first match from `from` on; -1 when there is none. */
function behind(pattern: RegExp, html: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(html) ? pattern.lastIndex : -1;
}

/** Name of the tag at `<`, in small letters, with `/` when it closes. */
function tagName(html: string, from: number): string {
  const match = /^<(\/?[A-Za-z][A-Za-z0-9]{0,20})/.exec(html.slice(from, from + 24));
  return match?.[1]?.toLowerCase() ?? "";
}

/** The text of HTML. */
export function textOfHtml(html: string): string {
  const parts: string[] = [];
  let place = 0;
  while (place < html.length) {
    const open = html.indexOf("<", place);
    if (open === -1) {
      parts.push(html.slice(place));
      break;
    }
    parts.push(html.slice(place, open).replace(/[\r\n\t]/g, " "));
    if (html.startsWith("<!--", open)) {
      const end = behind(commentEnd, html, open + 2);
      if (end === -1) break;
      place = end;
      continue;
    }
    const name = tagName(html, open);
    if (name === "") {
      // `<` that begins no tag is text.
      parts.push("<");
      place = open + 1;
      if (html[place] === "!" || html[place] === "?") {
        parts.pop();
        const end = html.indexOf(">", place);
        if (end === -1) break;
        place = end + 1;
      }
      continue;
    }
    const ending = silent.get(name);
    if (ending !== undefined) {
      const end = behind(ending, html, open);
      if (end === -1) break;
      const close = html.indexOf(">", end);
      if (close === -1) break;
      place = close + 1;
      continue;
    }
    const end = html.indexOf(">", open);
    if (end === -1) break;
    if (blocks.has(name.replace("/", ""))) parts.push("\n");
    place = end + 1;
  }
  const lines = withoutEntities(parts.join("")).split("\n");
  const tidy: string[] = [];
  for (const line of lines) {
    const words = line
      .split(/[ \u00a0\t]/)
      .filter((word) => word !== "")
      .join(" ");
    // No more than one empty line after another.
    if (words !== "" || (tidy.length > 0 && tidy.at(-1) !== "")) tidy.push(words);
  }
  return tidy.join("\n").trim();
}
