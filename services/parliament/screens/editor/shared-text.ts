/**
 * A draft that several people write at the same time, offline as well: their texts merge in any order to the same words, and nobody's words are lost. Used by the editor; runs in Node too.
 *
 * [Note: One line of characters] The draft is kept as one Yjs text, not as a tree: characters and atoms in a row, and after each paragraph or list item a line end that says what it is. In a tree, making
 * a list of a paragraph takes the paragraph out and puts a new one in, and what a colleague typed in the old one meanwhile is gone with it. In a row it changes one line end, splitting puts one in,
 * joining takes one out: nothing moves, so whatever a colleague typed stays where it was typed. Only what someone deleted by hand goes.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { diffArrays } from "diff";
import Type, { type Static } from "typebox";
import { Value } from "typebox/value";
import * as Y from "yjs";
import { Inline, type RichText } from "#services/parliament/contract/rich-text.ts";
import { plainRichText } from "./rich-text.ts";

/** How a character looks, or, for a line end, which list it is in: `b`ullets or `n`umbers; a capital starts a new list right after one of its kind. */
const Style = Type.Object({
  strong: Type.Optional(Type.Literal(true)),
  emphasis: Type.Optional(Type.Literal(true)),
  link: Type.Optional(Type.String()),
  list: Type.Optional(Type.Enum(["b", "n", "B", "N"])),
});
type Style = Static<typeof Style>;
const styleNames = ["strong", "emphasis", "link", "list"] as const;
/** What Yjs gives of its text. */
const Delta = Type.Array(Type.Object({ insert: Type.Union([Type.String(), Inline]), attributes: Type.Optional(Style) }));

/** One character, one line end, or one atom. */
export interface Unit {
  /** The character, or the atom as JSON: two units are the same when these are. */
  readonly key: string;
  readonly atom: Inline | null;
  readonly style: Style;
}
const LINE_END = "\n";

/** The same atom has the same key, in whatever order its fields were written. */
const atomUnit = (atom: Inline): Unit => ({
  key: JSON.stringify(atom, (_name, value: unknown) =>
    typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value,
  ),
  atom,
  style: {},
});

function unitsOfLine(line: readonly Inline[], end: Style): Unit[] {
  const units = line.flatMap((piece): Unit[] => {
    if (piece.kind !== "words") return [atomUnit(piece)];
    const { kind: _kind, text, ...style } = piece;
    return Array.from(text, (key) => ({ key, atom: null, style }));
  });
  return [...units, { key: LINE_END, atom: null, style: end }];
}

/** The words in a row ([Note: One line of characters]). */
export function unitsOf(words: RichText): Unit[] {
  let before: boolean | null = null;
  return plainRichText(words).flatMap((block) => {
    if (block.kind === "paragraph") {
      before = null;
      return unitsOfLine(block.content, {});
    }
    const again = before === block.ordered;
    before = block.ordered;
    const list = block.ordered ? "n" : "b";
    return block.items.flatMap((item, place) => unitsOfLine(item, { list: again && place === 0 ? (block.ordered ? "N" : "B") : list }));
  });
}

/** The words of a row. */
export function wordsOfUnits(units: readonly Unit[]): RichText {
  const words: RichText = [];
  let line: Inline[] = [];
  const endLine = ({ list }: Style): void => {
    const last = words.at(-1);
    const ordered = list === "n" || list === "N";
    if (list === undefined) words.push({ kind: "paragraph", content: line });
    else if (last?.kind === "list" && last.ordered === ordered && (list === "n" || list === "b")) last.items.push(line);
    else words.push({ kind: "list", ordered, items: [line] });
    line = [];
  };
  for (const { key, atom, style } of units) {
    if (atom !== null) line.push(atom);
    else if (key === LINE_END) endLine(style);
    else {
      const { list: _list, ...looks } = style;
      line.push({ kind: "words", text: key, ...looks });
    }
  }
  if (line.length > 0) endLine({});
  return plainRichText(words);
}

/** What of a row a change left alone: so many units at its start, so many at its end. */
export interface Untouched {
  readonly start: number;
  readonly end: number;
}

/** An entry of the dossier that holds this text: the editor's update when it was written here, or the words alone when it was written elsewhere (the command line). */
export interface Written {
  /** Name of the entry that is the same for every reader (its hash). */
  readonly entry: string;
  readonly words: RichText;
  readonly update: Uint8Array | null;
}

/** Yjs tells writers apart by a number; words without an update get theirs from the entry, so that every reader makes the same update of them. 48 bits: Yjs takes any whole number a double holds. */
function writerOf(entry: string): number {
  const digest = sha256(new TextEncoder().encode(`rugdekking draft ${entry}`));
  return digest.subarray(0, 6).reduce((sum, byte) => sum * 256 + byte, 0);
}

/** Places a unit takes in a Yjs text: a character outside the basic plane takes two, an atom one. */
const lengthOf = (unit: Unit): number => (unit.atom === null ? unit.key.length : 1);
const lengthOfAll = (units: readonly Unit[]): number => units.reduce((sum, unit) => sum + lengthOf(unit), 0);
const sameStyle = (a: Style, b: Style): boolean => styleNames.every((name) => a[name] === b[name]);

/** One text under many hands. */
export class SharedText {
  readonly #doc: Y.Doc;
  readonly #text: Y.Text;
  readonly #known: Uint8Array;
  #changed = false;

  private constructor(doc: Y.Doc) {
    this.#doc = doc;
    this.#text = doc.getText("words");
    this.#known = Y.encodeStateVector(doc);
  }

  /**
   * The text as the dossier has it: everything written in order, what was written at the same time merged.
   * An entry without an update is taken as "from here on it reads like this", as its writer meant it.
   * @throws Error when an update is none
   */
  static of(history: readonly Written[]): SharedText {
    const doc = new Y.Doc();
    for (const { entry, words, update } of history) {
      if (update === null) {
        const own = doc.clientID;
        doc.clientID = writerOf(entry);
        new SharedText(doc).follow(unitsOf(words));
        doc.clientID = own;
      } else Y.applyUpdate(doc, update);
    }
    return new SharedText(doc);
  }

  /** The row as it is now; empty for a text that nobody began. */
  units(): Unit[] {
    const delta: unknown = this.#text.toDelta();
    return Value.Parse(Delta, delta).flatMap(({ insert, attributes }): Unit[] => {
      if (typeof insert !== "string") return [atomUnit(insert)];
      const { list, ...looks } = attributes ?? {};
      return Array.from(insert, (key) => ({ key, atom: null, style: key === LINE_END ? (list === undefined ? {} : { list }) : looks }));
    });
  }
  /** The words as they are now. */
  words(): RichText {
    return wordsOfUnits(this.units());
  }
  /** Whether anything was written here since it was opened. */
  get changed(): boolean {
    return this.#changed;
  }

  /** Takes in what someone else wrote; twice does no harm. @throws Error when it is no update */
  merge(update: Uint8Array): void {
    Y.applyUpdate(this.#doc, update);
  }
  /** Goes on with what was written here before and not handed over. @throws Error when it is no update */
  resume(update: Uint8Array): void {
    this.merge(update);
    this.#changed = true;
  }
  /** What was written here since the text was opened, with what was resumed: for the dossier, and for the draft on this device. */
  update(): Uint8Array {
    return Y.encodeStateAsUpdate(this.#doc, this.#known);
  }

  /**
   * Writes a change: the row as it is after it, and what was left alone.
   * The latter matters where letters repeat: `aa` to `aaa` may be a letter put in at three places, and only the writer knows which.
   */
  follow(after: readonly Unit[], untouched: Untouched = { start: Infinity, end: Infinity }): void {
    this.#doc.transact(() => {
      let before = this.units();
      // Two who each deleted another line end may have left none: what is typed next stands in a line again.
      if (before.length > 0 && before.at(-1)?.key !== LINE_END) {
        this.#text.insert(this.#text.length, LINE_END, {});
        before = this.units();
      }
      const most = Math.min(before.length, after.length);
      const headMost = Math.min(most, untouched.start);
      let start = 0;
      while (start < headMost && before[start]?.key === after[start]?.key) start++;
      const tailMost = Math.min(most - start, untouched.end);
      let end = 0;
      while (end < tailMost && before.at(-1 - end)?.key === after.at(-1 - end)?.key) end++;
      const gone = before.slice(start, before.length - end);
      const fresh = after.slice(start, after.length - end);
      if (gone.length > 0 || fresh.length > 0) this.#replace(lengthOfAll(before.slice(0, start)), gone, fresh);
      this.#restyle(after);
    });
  }

  /** Puts `fresh` in the place of `gone`, and leaves alone what stands in both. */
  #replace(start: number, gone: readonly Unit[], fresh: readonly Unit[]): void {
    let at = start;
    let [old, next] = [0, 0];
    const differences = diffArrays(
      gone.map(({ key }) => key),
      fresh.map(({ key }) => key),
    );
    for (const { added, removed, value } of differences) {
      if (removed) {
        this.#text.delete(at, lengthOfAll(gone.slice(old, old + value.length)));
        this.#changed = true;
        old += value.length;
        continue;
      }
      const units = fresh.slice(next, next + value.length);
      next += value.length;
      if (added) this.#insert(at, units);
      else old += value.length;
      at += lengthOfAll(units);
    }
  }

  #insert(start: number, units: readonly Unit[]): void {
    this.#changed = true;
    let at = start;
    for (let first = 0; first < units.length;) {
      const unit = units[first];
      if (unit === undefined) break;
      if (unit.atom !== null) {
        this.#text.insertEmbed(at, unit.atom, {});
        at += 1;
        first += 1;
        continue;
      }
      let last = first + 1;
      while (last < units.length && units[last]?.atom === null && sameStyle(units[last]?.style ?? {}, unit.style)) last++;
      const run = units.slice(first, last);
      this.#text.insert(at, run.map(({ key }) => key).join(""), { ...unit.style });
      at += lengthOfAll(run);
      first = last;
    }
  }

  /** Gives every unit the looks it has after the change. */
  #restyle(after: readonly Unit[]): void {
    let at = 0;
    for (const [place, { style }] of this.units().entries()) {
      const wanted = after[place];
      if (wanted === undefined) break;
      if (wanted.atom === null && !sameStyle(style, wanted.style)) {
        const changes = styleNames.filter((name) => style[name] !== wanted.style[name]).map((name) => [name, wanted.style[name] ?? null]);
        this.#text.format(at, lengthOf(wanted), Object.fromEntries(changes));
        this.#changed = true;
      }
      at += lengthOf(wanted);
    }
  }
}
