/** What can be done with the words of a draft by button or key: looks, lists, a new line, undoing. Used by the editor's view and toolbar; runs in Node too. */
import { baseKeymap, chainCommands, toggleMark } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import type { MarkType, ResolvedPos } from "prosemirror-model";
import { liftListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import type { Command, EditorState } from "prosemirror-state";
import { isLink } from "./rich-text.ts";
import { markType, nodeType, textIn } from "./schema.ts";

export const mark = (name: "strong" | "emphasis" | "link"): MarkType => markType(name);

/** Depth of the list a place is in; null outside lists. */
function listDepth(place: ResolvedPos): number | null {
  for (let depth = place.depth; depth > 0; depth--) if (["bullets", "numbers"].includes(place.node(depth).type.name)) return depth;
  return null;
}

/** Makes a list of the paragraphs that are chosen, a list of the other kind, or paragraphs again. */
export const toggleList =
  (ordered: boolean): Command =>
  (state, dispatch, view) => {
    const { $from } = state.selection;
    const depth = listDepth($from);
    const wanted = nodeType(ordered ? "numbers" : "bullets");
    if (depth === null) return wrapInList(wanted)(state, dispatch, view);
    if ($from.node(depth).type === wanted) return liftListItem(nodeType("item"))(state, dispatch, view);
    dispatch?.(state.tr.setNodeMarkup($from.before(depth), wanted));
    return true;
  };
/** Whether the cursor is in a list of this kind. */
export function inList(state: EditorState, ordered: boolean): boolean {
  const { $from } = state.selection;
  const depth = listDepth($from);
  return depth !== null && $from.node(depth).type.name === (ordered ? "numbers" : "bullets");
}

/** Whether all that is chosen looks this way, or what is typed next will. */
export function hasMark(state: EditorState, type: MarkType): boolean {
  const { from, to, empty, $from } = state.selection;
  if (empty) return type.isInSet(state.storedMarks ?? $from.marks()) !== undefined;
  return state.doc.rangeHasMark(from, to, type);
}
/** Address of the link the cursor is in; empty outside links. */
export function linkAt(state: EditorState): string {
  const found = mark("link").isInSet(state.selection.$from.marks()) ?? state.doc.nodeAt(state.selection.from)?.marks.find(({ type }) => type.name === "link");
  return found === undefined ? "" : textIn(found.attrs, "href");
}
/** Links what is chosen, or takes the link away with an empty address; without a choice the address itself is put in. Does nothing with anything but `https:`. */
export const setLink =
  (href: string): Command =>
  (state, dispatch) => {
    const { from, to, empty } = state.selection;
    if (href === "") return toggleMark(mark("link"), null, { removeWhenPresent: true })(state, dispatch);
    if (!isLink(href)) return false;
    const link = mark("link").create({ href });
    dispatch?.(
      empty ? state.tr.replaceSelectionWith(state.schema.text(href, [link]), false) : state.tr.removeMark(from, to, mark("link")).addMark(from, to, link),
    );
    return true;
  };

/** The keys of the editor. Tab is not among them: it leaves the editor, as everywhere (WCAG 2.1.2). */
export const keys: Readonly<Record<string, Command>> = {
  ...baseKeymap,
  Enter: chainCommands(splitListItem(nodeType("item")), liftListItem(nodeType("item")), baseKeymap["Enter"] ?? (() => false)),
  "Mod-b": toggleMark(mark("strong")),
  "Mod-i": toggleMark(mark("emphasis")),
  "Mod-Shift-8": toggleList(false),
  "Mod-Shift-7": toggleList(true),
  "Mod-z": undo,
  "Mod-y": redo,
  "Mod-Shift-z": redo,
};
