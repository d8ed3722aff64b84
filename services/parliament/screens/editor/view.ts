/** The editor as ProseMirror draws it, on a draft. Loaded by the editor component when a page with a draft opens, and by nothing else: it needs a browser. */
import { history } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { type Command, EditorState, type Transaction } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import type { CitedFigure } from "#services/figures/contract/citation.ts";
import { keys } from "./commands.ts";
import type { Draft } from "./draft.ts";
import { marksKey, marksPlugin, type Marks } from "./marks.ts";
import { copyInto, sliceOf } from "./paste.ts";
import { figureIn, nodeType } from "./schema.ts";

/** What the page may do with an editor. */
export interface OpenEditor {
  readonly state: EditorState;
  /** Does it, and puts the cursor back in the text. */
  run(command: Command): void;
  focus(): void;
  insertFigure(figure: CitedFigure, text: string): void;
  /** Puts a figure in every place where another freezing of it is cited. */
  replaceFigure(cited: CitedFigure, figure: CitedFigure, text: string): void;
  /** Marks these numbers and figures, and no others any more. */
  mark(marks: Marks): void;
  insertAnswer(number: number): void;
  insertNote(text: string): void;
  close(): void;
}

interface Around {
  readonly label: string;
  /** Id of the line that says which keys do what. */
  readonly describedBy: string;
  /** After every change of words or cursor. */
  readonly onState: (state: EditorState) => void;
  /** After a change of words. */
  readonly onChange: () => void;
  /** Escape. */
  readonly onLeave: () => void;
}

/** Draws the editor of a draft in an element. */
export function openEditor(place: HTMLElement, draft: Draft, around: Around): OpenEditor {
  const leave: Command = () => {
    around.onLeave();
    return true;
  };
  const view = new EditorView(place, {
    state: EditorState.create({ doc: draft.document(), plugins: [history(), keymap({ ...keys, Escape: leave }), marksPlugin()] }),
    attributes: {
      class: "field-input draft-words",
      role: "textbox",
      lang: "nl",
      spellcheck: "true",
      "aria-multiline": "true",
      "aria-label": around.label,
      "aria-describedby": around.describedBy,
    },
    dispatchTransaction(transaction: Transaction) {
      if (transaction.docChanged) draft.follow(transaction);
      view.updateState(view.state.apply(transaction));
      around.onState(view.state);
      if (transaction.docChanged) around.onChange();
    },
    handleDOMEvents: {
      // [Note: Nothing pasted is read as HTML]
      paste: (own, event) => taken(event, event.clipboardData !== null && put(own, event.clipboardData)),
      copy: (own, event) => taken(event, event.clipboardData !== null && copyInto(event.clipboardData, own)),
      cut: (own, event) => {
        if (event.clipboardData === null || !copyInto(event.clipboardData, own)) return taken(event, false);
        own.dispatch(own.state.tr.deleteSelection());
        return taken(event, true);
      },
      drop: (own, event) => {
        // Within the editor: ProseMirror moves it. From outside: like a paste, at the place where it was let go.
        if (own.dragging !== null) return false;
        const at = own.posAtCoords({ left: event.clientX, top: event.clientY });
        const slice = event.dataTransfer === null ? null : sliceOf(event.dataTransfer);
        if (at !== null && slice !== null) own.dispatch(own.state.tr.replaceRange(at.pos, at.pos, slice));
        return taken(event, true);
      },
    },
  });
  const insert = (node: Parameters<Transaction["replaceSelectionWith"]>[0]): void => {
    const { $from, from } = view.state.selection;
    const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - 1), $from.parentOffset, "", "x");
    const change = view.state.tr;
    // A number or reference is a word: it does not stick to the word before it. A footnote does.
    if (before !== "" && /[^\s(“"]/u.test(before) && node.type.name !== "note") change.insertText(" ", from);
    view.dispatch(change.replaceSelectionWith(node, false).scrollIntoView());
    view.focus();
  };
  const replace = (cited: CitedFigure, figure: CitedFigure, text: string): void => {
    const change = view.state.tr;
    // One place for one place: nothing moves while they are replaced.
    view.state.doc.descendants((node, at) => {
      const own = node.type.name === "figure" ? figureIn(node.attrs) : null;
      if (own?.figure === cited.figure && own.digest === cited.digest) change.replaceWith(at, at + node.nodeSize, nodeType("figure").create({ text, figure }));
    });
    if (change.docChanged) view.dispatch(change);
    view.focus();
  };
  return {
    get state() {
      return view.state;
    },
    run: (command) => {
      command(view.state, view.dispatch, view);
      view.focus();
    },
    focus: () => view.focus(),
    insertFigure: (figure, text) => insert(nodeType("figure").create({ text, figure })),
    replaceFigure: replace,
    mark: (marks) => {
      // Whoever marks may still hold an editor that was closed while the next one opens.
      if (!view.isDestroyed) view.dispatch(view.state.tr.setMeta(marksKey, marks).setMeta("addToHistory", false));
    },
    insertAnswer: (number) => insert(nodeType("answer").create({ number })),
    insertNote: (text) => insert(nodeType("note").create({ text })),
    close: () => view.destroy(),
  };
}

function put(view: EditorView, data: DataTransfer): boolean {
  const slice = sliceOf(data);
  if (slice !== null) view.dispatch(view.state.tr.replaceSelection(slice).scrollIntoView());
  return true;
}
/** Keeps an event from ProseMirror and the browser; both would read HTML. */
function taken(event: Event, done: boolean): boolean {
  if (done) event.preventDefault();
  return true;
}
