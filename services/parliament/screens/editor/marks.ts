/** Marks over the words of a draft that are no part of them: numbers without a source, numbers another answer contradicts, and what became of each cited figure. Laid over the text by the editor's view, never written into it. */
import type { Node } from "prosemirror-model";
import { Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import type { CitationState, CitedFigure } from "#services/figures/contract/citation.ts";
import { figureIn, numberIn, textIn } from "./schema.ts";

/** A stretch of a line to mark. `line` is the line as the checks read it, so that a mark whose line was changed since is not drawn in the wrong place. */
export interface WordMark {
  readonly line: string;
  readonly start: number;
  readonly end: number;
  readonly kind: "uncited" | "against";
  /** Why it is marked, as a whole sentence. */
  readonly words: string;
}
/** Everything that is marked. */
export interface Marks {
  readonly words: readonly WordMark[];
  /** What became of a figure; null while that is not known. */
  readonly stateOf: (figure: CitedFigure) => CitationState | "unknown" | null;
}

const nothing: Marks = { words: [], stateOf: () => null };

/** The words of a paragraph as the checks read them, and for each UTF-16 unit the place in the document behind it. An atom is one place and many units. */
function lineOf(block: Node, at: number): { readonly text: string; readonly places: readonly number[] } {
  let text = "";
  const places: number[] = [];
  block.forEach((child, offset) => {
    const from = at + 1 + offset;
    const words = child.isText
      ? (child.text ?? "")
      : child.type.name === "figure"
        ? textIn(child.attrs, "text")
        : child.type.name === "answer"
          ? `het antwoord op vraag ${numberIn(child.attrs)}`
          : "";
    for (let unit = 0; unit < words.length; unit++) places.push(child.isText ? from + unit : from);
    text += words;
  });
  places.push(at + 1 + block.content.size);
  return { text, places };
}

function drawn(document: Node, { words, stateOf }: Marks): DecorationSet {
  const all: Decoration[] = [];
  document.descendants((node, at) => {
    if (node.isTextblock) {
      const { text, places } = lineOf(node, at);
      for (const mark of words) {
        const [from, to] = [places[mark.start], places[mark.end]];
        if (mark.line === text && from !== undefined && to !== undefined && from < to)
          all.push(Decoration.inline(from, to, { class: "draft-mark", "data-kind": mark.kind, title: mark.words }));
      }
    }
    const figure = node.type.name === "figure" ? figureIn(node.attrs) : null;
    const state = figure === null ? null : stateOf(figure);
    if (state === "changed" || state === "withdrawn") all.push(Decoration.node(at, at + node.nodeSize, { "data-state": state }));
    return true;
  });
  return DecorationSet.create(document, all);
}

interface Held {
  readonly marks: Marks;
  readonly drawn: DecorationSet;
}
const key = new PluginKey<Held>("marks");

/** The plugin that draws them. */
export const marksPlugin = (): Plugin<Held> =>
  new Plugin<Held>({
    key,
    state: {
      init: (_, { doc }) => ({ marks: nothing, drawn: drawn(doc, nothing) }),
      apply: (transaction, held) => {
        const given: unknown = transaction.getMeta(key);
        const marks = isMarks(given) ? given : held.marks;
        return transaction.docChanged || marks !== held.marks ? { marks, drawn: drawn(transaction.doc, marks) } : held;
      },
    },
    props: { decorations: (state) => key.getState(state)?.drawn },
  });
const isMarks = (value: unknown): value is Marks => typeof value === "object" && value !== null && "words" in value && "stateOf" in value;

/** What a transaction carries to mark these instead. */
export const marksKey = key;
