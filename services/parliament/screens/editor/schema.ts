/** The grammar of a draft in the editor: the same words as contract/rich-text.ts, as ProseMirror knows them. Used by the editor's files only; runs in Node too, for the tests. */
import { type Node, Schema, type Attrs } from "prosemirror-model";
import { Value } from "typebox/value";
import { CitedFigure } from "#services/figures/contract/citation.ts";

/** What a mark of a figure holds. @returns null when the attributes are not of a figure */
export const figureIn = (attributes: Attrs): CitedFigure | null => {
  const figure: unknown = attributes["figure"];
  return Value.Check(CitedFigure, figure) ? figure : null;
};
/** Text of an attribute; empty when it has none. */
export const textIn = (attributes: Attrs, name: string): string => {
  const text: unknown = attributes[name];
  return typeof text === "string" ? text : "";
};
/** Number of the answer a reference points to. */
export const numberIn = (attributes: Attrs): number => {
  const number: unknown = attributes["number"];
  return typeof number === "number" && Number.isInteger(number) ? number : 0;
};

/** How an atom reads where it stands: on the screen, when it is copied as plain text, and to a screen reader. In Dutch whatever the language of the screen: it is what the letter will say. */
export function wordsOf(atom: Node): string {
  if (atom.type.name === "figure") return textIn(atom.attrs, "text");
  if (atom.type.name === "answer") return `antwoord op vraag ${numberIn(atom.attrs)}`;
  return `[noot: ${textIn(atom.attrs, "text")}]`;
}

/** Nothing is read back from what the browser draws of an atom: pasted marks of figures could claim any number. Our own clipboard carries them (paste.ts). */
const atom = { inline: true, group: "inline", atom: true, selectable: true, draggable: true } as const;

/** Blocks, atoms and marks. A list item holds one paragraph: lists in lists do not exist in a letter. */
export const schema = new Schema({
  nodes: {
    doc: { content: "(paragraph | bullets | numbers)+" },
    paragraph: { content: "inline*", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
    bullets: { content: "item+", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
    numbers: { content: "item+", parseDOM: [{ tag: "ol" }], toDOM: () => ["ol", 0] },
    item: { content: "paragraph", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
    text: { group: "inline" },
    figure: {
      ...atom,
      attrs: { text: { validate: "string" }, figure: {} },
      toDOM: (node) => ["span", { class: "draft-figure", title: figureIn(node.attrs)?.source ?? "" }, textIn(node.attrs, "text")],
    },
    answer: { ...atom, attrs: { number: { validate: "number" } }, toDOM: (node) => ["span", { class: "draft-answer" }, wordsOf(node)] },
    note: { ...atom, attrs: { text: { validate: "string" } }, toDOM: (node) => ["span", { class: "draft-note" }, wordsOf(node)] },
  },
  marks: {
    link: { attrs: { href: { validate: "string" } }, inclusive: false, toDOM: (mark) => ["a", { href: textIn(mark.attrs, "href"), rel: "noreferrer" }, 0] },
    strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
    emphasis: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
  },
});

/** A node or mark of the grammar by its name. @throws TypeError when there is none: a mistake in our own code */
export function nodeType(name: string): (typeof schema.nodes)[string] & object {
  const type = schema.nodes[name];
  if (type === undefined) throw new TypeError(`the editor's grammar has no node ${name}`);
  return type;
}
export function markType(name: string): (typeof schema.marks)[string] & object {
  const type = schema.marks[name];
  if (type === undefined) throw new TypeError(`the editor's grammar has no mark ${name}`);
  return type;
}
