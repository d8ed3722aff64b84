/** From the words of a draft to the editor's document and back, without a loss. Used by the editor; runs in Node too. */
import type { Mark, Node } from "prosemirror-model";
import type { Block, Inline, RichText } from "#services/parliament/contract/rich-text.ts";
import { figureIn, markType, nodeType, numberIn, schema, textIn } from "./schema.ts";

/** Most characters in one piece of words (contract/rich-text.ts). */
const LONGEST = 20_000;

/** A line holds no line breaks: whoever wrote one in a piece of words meant a space. */
const oneLine = (text: string): string => text.replaceAll(/[\r\n\u2028\u2029]+/gu, " ");
/** Whether a link may stand in a draft: `https:` alone, as the contract says. */
export const isLink = (address: string): boolean => /^https:\/\/[^\s]+$/u.test(address) && address.length <= 2000;

type Words = Extract<Inline, { kind: "words" }>;
const styleOf = ({ strong, emphasis, link }: Words): string => `${strong === true ? "s" : ""}${emphasis === true ? "e" : ""}${link ?? ""}`;

/** Joins neighbours of one style and cuts what is longer than the contract allows, so that the same words are always written the same way. */
function lineOf(pieces: readonly Inline[]): Inline[] {
  const line: Inline[] = [];
  for (const piece of pieces) {
    const last = line.at(-1);
    if (piece.kind === "words") {
      const text = oneLine(piece.text);
      if (text === "") continue;
      if (last?.kind === "words" && styleOf(last) === styleOf(piece)) line[line.length - 1] = { ...last, text: last.text + text };
      else line.push({ ...piece, text });
    } else line.push(piece);
  }
  return line.flatMap((piece) => (piece.kind === "words" && piece.text.length > LONGEST ? cut(piece) : [piece]));
}

function cut(words: Words): Words[] {
  const pieces: Words[] = [];
  for (let at = 0; at < words.text.length;) {
    let end = Math.min(at + LONGEST, words.text.length);
    // Never through the middle of a character outside the basic plane.
    if (end < words.text.length && /[\uD800-\uDBFF]/u.test(words.text.charAt(end - 1))) end--;
    pieces.push({ ...words, text: words.text.slice(at, end) });
    at = end;
  }
  return pieces;
}

/** The same words, written the one way: neighbours of one style joined, no empty pieces, at least one paragraph. */
export function plainRichText(words: RichText): RichText {
  const blocks = words.map((block): Block =>
    block.kind === "paragraph" ? { kind: "paragraph", content: lineOf(block.content) } : { ...block, items: block.items.map(lineOf) },
  );
  return blocks.length === 0 ? [{ kind: "paragraph", content: [] }] : blocks;
}

function nodesOf(line: readonly Inline[]): Node[] {
  return lineOf(line).map((piece) => {
    if (piece.kind === "figure") return nodeType("figure").create({ text: piece.text, figure: piece.figure });
    if (piece.kind === "answer") return nodeType("answer").create({ number: piece.number });
    if (piece.kind === "note") return nodeType("note").create({ text: piece.text });
    const marks: Mark[] = [];
    if (piece.link !== undefined) marks.push(markType("link").create({ href: piece.link }));
    if (piece.strong === true) marks.push(markType("strong").create());
    if (piece.emphasis === true) marks.push(markType("emphasis").create());
    return schema.text(piece.text, marks);
  });
}

/** The editor's blocks of these words. */
export function blocksOf(words: RichText): Node[] {
  const paragraph = (line: readonly Inline[]): Node => nodeType("paragraph").create(null, nodesOf(line));
  return plainRichText(words).map((block) =>
    block.kind === "paragraph"
      ? paragraph(block.content)
      : nodeType(block.ordered ? "numbers" : "bullets").create(
          null,
          block.items.map((item) => nodeType("item").create(null, paragraph(item))),
        ),
  );
}

/** The editor's document of these words. */
export const fromRichText = (words: RichText): Node => nodeType("doc").createChecked(null, blocksOf(words));

function pieceOf(node: Node): Inline | null {
  if (node.isText) {
    const marks = new Map(node.marks.map((mark) => [mark.type.name, mark]));
    const link = marks.get("link");
    const href = link === undefined ? "" : textIn(link.attrs, "href");
    return {
      kind: "words",
      text: node.text ?? "",
      ...(marks.has("strong") ? { strong: true as const } : {}),
      ...(marks.has("emphasis") ? { emphasis: true as const } : {}),
      ...(isLink(href) ? { link: href } : {}),
    };
  }
  if (node.type.name === "answer") return { kind: "answer", number: numberIn(node.attrs) };
  const text = textIn(node.attrs, "text");
  if (node.type.name === "note") return text === "" ? null : { kind: "note", text };
  const figure = figureIn(node.attrs);
  if (figure !== null) return { kind: "figure", text, figure };
  // A figure without its citation is a number like any other, and is marked as one.
  return text === "" ? null : { kind: "words", text };
}

/** One line of the editor. */
function lineIn(block: Node): Inline[] {
  return lineOf(block.children.flatMap((child) => pieceOf(child) ?? []));
}

/** The words of the editor's document, or of a piece that was copied out of it. */
export function toRichText(blocks: readonly Node[]): RichText {
  return blocks.flatMap((block): Block[] => {
    if (block.type.name === "paragraph") return [{ kind: "paragraph", content: lineIn(block) }];
    if (block.type.name === "item") return [{ kind: "list", ordered: false, items: [block.children.flatMap(lineIn)] }];
    if (block.isInline) return [{ kind: "paragraph", content: lineOf([pieceOf(block)].flatMap((piece) => piece ?? [])) }];
    return [{ kind: "list", ordered: block.type.name === "numbers", items: block.children.map((item) => item.children.flatMap(lineIn)) }];
  });
}
