/**
 * What is copied out of a draft and put into one. Used by the editor's view.
 *
 * [Note: Nothing pasted is read as HTML] Trusted Types forbid turning a text into elements on our pages, and what is pasted from elsewhere could bring a number that claims a citation. So a draft copies its words in
 * a form of our own beside plain text; what comes from elsewhere comes in as plain text, a paragraph a line, with its lists.
 */
import { Fragment, Slice } from "prosemirror-model";
import type { EditorView } from "prosemirror-view";
import { Value } from "typebox/value";
import { type Block, RichText } from "#services/parliament/contract/rich-text.ts";
import { blocksOf, toRichText } from "./rich-text.ts";
import { wordsOf } from "./schema.ts";

const OWN = "application/x-rugdekking-draft+json";
const bullet = /^\s*[•·▪‣*-]\s+/u;
const numbered = /^\s*\d{1,3}[.)]\s+/u;

/** Paragraphs and lists of a plain text. A line that opens with a bullet or a number is an item. */
export function richTextOfPlain(text: string): RichText {
  const words: RichText = [];
  for (const line of text.split(/\r\n|[\r\n\u2028\u2029]/u)) {
    const ordered = numbered.test(line);
    const isItem = ordered || bullet.test(line);
    const said = line.replace(isItem ? (ordered ? numbered : bullet) : /^$/u, "").trim();
    if (said === "") continue;
    const content = [{ kind: "words" as const, text: said }];
    const last = words.at(-1);
    if (!isItem) words.push({ kind: "paragraph", content });
    else if (last?.kind === "list" && last.ordered === ordered) last.items.push(content);
    else words.push({ kind: "list", ordered, items: [content] });
  }
  return words;
}

/** What a clipboard or a drag holds, in the editor's grammar; null when there are no words in it. */
export function sliceOf(data: DataTransfer): Slice | null {
  const words = ownWords(data.getData(OWN)) ?? richTextOfPlain(data.getData("text/plain"));
  return words.length === 0 ? null : sliceOfWords(words);
}
function ownWords(json: string): RichText | null {
  if (json === "") return null;
  try {
    const words: unknown = JSON.parse(json);
    return Value.Check(RichText, words) ? words : null;
  } catch {
    return null;
  }
}
/** One paragraph goes into the line where the cursor is; more of them open and close at their ends. */
function sliceOfWords(words: RichText): Slice {
  const blocks = blocksOf(words);
  const open = (block: Block | undefined): number => (block?.kind === "paragraph" ? 1 : 0);
  return new Slice(Fragment.from(blocks), open(words[0]), open(words.at(-1)));
}

/** Puts what is chosen on the clipboard. @returns false when nothing is chosen */
export function copyInto(data: DataTransfer, view: EditorView): boolean {
  const { selection } = view.state;
  if (selection.empty) return false;
  const { content } = selection.content();
  data.clearData();
  data.setData(OWN, JSON.stringify(toRichText(content.content)));
  data.setData(
    "text/plain",
    content.textBetween(0, content.size, "\n", (leaf) => wordsOf(leaf)),
  );
  return true;
}
