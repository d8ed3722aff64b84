/** One draft while it is written: the editor's document and the shared text under it, kept the same change by change. Used by the editor's view; runs in Node too. */
import type { Node } from "prosemirror-model";
import type { Transaction } from "prosemirror-state";
import type { RichText } from "#services/parliament/contract/rich-text.ts";
import { fromRichText, toRichText } from "./rich-text.ts";
import { SharedText, unitsOf, type Untouched, type Written } from "./shared-text.ts";

/** How many units stand before a place in the document: each character and atom one, and one where each paragraph ends. */
function unitsBefore(document: Node, place: number): number {
  let count = 0;
  document.descendants((node, at) => {
    if (at >= place) return false;
    if (node.isText) count += Array.from((node.text ?? "").slice(0, place - at)).length;
    else if (node.isInline) count += 1;
    else if (node.isTextblock && at + node.nodeSize <= place) count += 1;
    return true;
  });
  return count;
}
const unitsIn = (document: Node): number => unitsBefore(document, document.content.size);

/** A draft in the editor. */
export class Draft {
  readonly #shared: SharedText;
  private constructor(shared: SharedText) {
    this.#shared = shared;
  }

  /**
   * @param history what the dossier holds of this text, oldest first
   * @param kept what was written on this device and not handed over
   * @throws Error when one of the updates is none
   */
  static open(history: readonly Written[], kept: Uint8Array | null = null): Draft {
    const shared = SharedText.of(history);
    if (kept !== null) shared.resume(kept);
    return new Draft(shared);
  }

  /** The words in the editor's grammar. */
  document(): Node {
    return fromRichText(this.#shared.words());
  }
  words(): RichText {
    return this.#shared.words();
  }
  /** What was written here since it was opened. */
  update(): Uint8Array {
    return this.#shared.update();
  }
  get changed(): boolean {
    return this.#shared.changed;
  }

  /** Writes what a transaction changed, step by step, each where it was made. */
  follow(transaction: Transaction): void {
    for (const [at, step] of transaction.steps.entries()) {
      const before = transaction.docs[at];
      const after = transaction.docs[at + 1] ?? transaction.doc;
      if (before === undefined) continue;
      const places: number[] = [];
      step.getMap().forEach((start, end) => void places.push(start, end));
      const untouched: Untouched | undefined =
        places.length === 0 ? undefined : { start: unitsBefore(before, Math.min(...places)), end: unitsIn(before) - unitsBefore(before, Math.max(...places)) };
      this.#shared.follow(unitsOf(toRichText(after.children)), untouched);
    }
  }
}
