/** Holds that a draft goes into the editor and out of it without a loss, and that authors who write at the same time lose no word, in whatever order their texts meet. */
import { EditorState, TextSelection, type Command } from "prosemirror-state";
import fc from "fast-check";
import { Value } from "typebox/value";
import { describe, expect, it } from "vitest";
import type { CitedFigure } from "#services/figures/contract/citation.ts";
import { type Block, type Inline, RichText } from "#services/parliament/contract/rich-text.ts";
import { mark, toggleList } from "./commands.ts";
import { Draft } from "./draft.ts";
import { fromRichText, plainRichText, toRichText } from "./rich-text.ts";
import { nodeType, schema } from "./schema.ts";
import { SharedText, unitsOf, wordsOfUnits } from "./shared-text.ts";

/** Invented. */
const figure: CitedFigure = {
  figure: "monitor-2026-1/any_aggression/alle",
  address: "/cijfers/monitor-2026-1#any_aggression",
  statement: "van de 100 ambtsdragers kregen te maken met agressie",
  value: 45,
  unit: "percent",
  low: 43,
  high: 47,
  level: 0.95,
  n: 1280,
  denominator: "alle politieke ambtsdragers",
  period: "Monitor 2026, eerste golf",
  source: "Verzonnen Monitor",
  publishedOn: "2026-06-01",
  digest: "0".repeat(64),
};

const text = fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" }).filter((words) => !/[\r\n\u2028\u2029]/u.test(words) && words.isWellFormed());
const yes = fc.constantFrom(true as const, undefined);
const inline: fc.Arbitrary<Inline> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ text, strong: yes, emphasis: yes, link: fc.constantFrom("https://voorbeeld.example/a", undefined) }).map(wordsOf) },
  text.map((words): Inline => ({ kind: "figure", text: words, figure })),
  fc.integer({ min: 0, max: 999 }).map((number): Inline => ({ kind: "answer", number })),
  text.map((words): Inline => ({ kind: "note", text: words })),
);
function wordsOf(words: { text: string; strong: true | undefined; emphasis: true | undefined; link: string | undefined }): Inline {
  return {
    kind: "words",
    text: words.text,
    ...(words.strong === undefined ? {} : { strong: words.strong }),
    ...(words.emphasis === undefined ? {} : { emphasis: words.emphasis }),
    ...(words.link === undefined ? {} : { link: words.link }),
  };
}
const line = fc.array(inline, { maxLength: 5 });
const block: fc.Arbitrary<Block> = fc.oneof(
  line.map((content): Block => ({ kind: "paragraph", content })),
  fc.record({ ordered: fc.boolean(), items: fc.array(line, { minLength: 1, maxLength: 4 }) }).map((list): Block => ({ kind: "list", ...list })),
);
const richText: fc.Arbitrary<RichText> = fc.array(block, { maxLength: 6 });

describe("words of a draft", () => {
  it("are the same after the editor's document", () => {
    fc.assert(
      fc.property(richText, (words) => {
        expect(toRichText(fromRichText(words).children)).toEqual(plainRichText(words));
      }),
    );
  });
  it("are what the contract allows, however they were written", () => {
    fc.assert(fc.property(richText, (words) => Value.Check(RichText, plainRichText(words))));
    const long = plainRichText([{ kind: "paragraph", content: [{ kind: "words", text: "x\n".repeat(30_000) }] }]);
    expect(Value.Check(RichText, long)).toBe(true);
  });
  it("are the same after a row of characters", () => {
    fc.assert(
      fc.property(richText, (words) => {
        expect(wordsOfUnits(unitsOf(words))).toEqual(plainRichText(words));
      }),
    );
  });
  it("are the same in a shared text, whatever stood there before", () => {
    fc.assert(
      fc.property(richText, richText, (before, after) => {
        const shared = SharedText.of([{ entry: "1", words: before, update: null }]);
        expect(shared.words()).toEqual(plainRichText(before));
        shared.follow(unitsOf(after));
        expect(shared.words()).toEqual(plainRichText(after));
      }),
    );
  });
  it("written by two readers from the same entry are one text, not two", () => {
    fc.assert(
      fc.property(richText, (words) => {
        const [a, b] = [1, 2].map(() => SharedText.of([{ entry: "hash", words, update: null }]));
        a?.merge(SharedText.of([]).update());
        b?.follow(unitsOf([...words, { kind: "paragraph", content: [{ kind: "words", text: "erbij" }] }]));
        a?.merge(b?.update() ?? new Uint8Array());
        expect(a?.words()).toEqual(b?.words());
      }),
    );
  });
});

/** What an author does with the editor, at a place given as a share of the text. */
const edits = {
  type:
    (at: number, word: string): Command =>
    (state, dispatch) => (dispatch?.(state.tr.insertText(word, place(state, at))), true),
  split:
    (at: number): Command =>
    (state, dispatch) => {
      const where = place(state, at);
      const depth = state.doc.resolve(where).depth;
      // In an item: a new item, as Enter does.
      dispatch?.(state.tr.split(where, depth === 1 ? 1 : 2));
      return true;
    },
  list:
    (at: number, ordered: boolean): Command =>
    (state, dispatch) => {
      const there = state.apply(state.tr.setSelection(TextSelection.create(state.doc, place(state, at))));
      return toggleList(ordered)(there, dispatch === undefined ? undefined : (transaction) => dispatch(rebased(state, transaction)));
    },
  strong:
    (at: number): Command =>
    (state, dispatch) => {
      const from = place(state, at);
      const to = Math.min(state.doc.resolve(from).end(), from + 5);
      if (to > from) dispatch?.(state.tr.addMark(from, to, mark("strong").create()));
      return true;
    },
  figure:
    (at: number, word: string): Command =>
    (state, dispatch) => (dispatch?.(state.tr.insert(place(state, at), nodeType("figure").create({ text: word, figure }))), true),
};
/** The same steps on the state without the moved cursor. */
function rebased(state: EditorState, transaction: EditorState["tr"]): EditorState["tr"] {
  const own = state.tr;
  for (const step of transaction.steps) own.step(step);
  return own;
}
/** A place in the text where a cursor can stand. */
function place(state: EditorState, share: number): number {
  const places: number[] = [];
  state.doc.descendants((node, at) => {
    if (!node.isTextblock) return;
    for (let inside = 0; inside <= node.content.size; inside++) places.push(at + 1 + inside);
  });
  // Not through the middle of a character.
  const good = places.filter((at) => !/[\uDC00-\uDFFF]/u.test(state.doc.textBetween(at, Math.min(at + 1, state.doc.content.size), "", "x")));
  return good[Math.floor(share * good.length)] ?? 1;
}
const share = fc.double({ min: 0, max: 0.999, noNaN: true });
const edit = fc.oneof(
  { weight: 5, arbitrary: fc.record({ what: fc.constant("type" as const), at: share }) },
  fc.record({ what: fc.constantFrom("split" as const, "strong" as const, "bullets" as const, "numbers" as const, "figure" as const), at: share }),
);

/** Lets an author write offline, and hands back what they wrote. */
function write(
  history: Parameters<typeof Draft.open>[0],
  author: string,
  work: readonly { readonly what: string; readonly at: number }[],
): { update: Uint8Array; words: string[]; typed: number } {
  const draft = Draft.open(history);
  let state = EditorState.create({ schema, doc: draft.document() });
  const words: string[] = [];
  const run = (command: Command): void => {
    command(state, (transaction) => {
      draft.follow(transaction);
      state = state.apply(transaction);
    });
    expect(draft.words()).toEqual(toRichText(state.doc.children));
  };
  for (const [number, { what, at }] of work.entries()) {
    // Letters that repeat: only the place where they were typed says where they belong.
    const word = `${author}${author}${number}${author}${author}`;
    if (what === "type" || what === "figure") words.push(word);
    if (what === "type") run(edits.type(at, word));
    else if (what === "figure") run(edits.figure(at, word));
    else if (what === "split") run(edits.split(at));
    else if (what === "strong") run(edits.strong(at));
    else run(edits.list(at, what === "numbers"));
  }
  // A word may be cut by a later one of its own author: then it is not whole in the author's own text either.
  const own = flat(draft.words());
  return { update: draft.update(), words: words.filter((word) => own.includes(word)), typed: words.length };
}
/** All characters of a text, a line a paragraph. */
const flat = (words: RichText): string =>
  words
    .flatMap((one) => (one.kind === "paragraph" ? [one.content] : one.items))
    .map((pieces) => pieces.map((piece) => (piece.kind === "answer" ? "" : piece.text)).join(""))
    .join("\n");

const permutations = <T>(all: readonly T[]): T[][] =>
  all.length <= 1 ? [[...all]] : all.flatMap((one, at) => permutations(all.filter((_, other) => other !== at)).map((rest) => [one, ...rest]));

describe("authors who write at the same time", () => {
  it.each([2, 3])("%i of them, offline, merged in any order: one text with every word of each", (count) => {
    fc.assert(
      fc.property(richText, fc.array(fc.array(edit, { minLength: 1, maxLength: 6 }), { minLength: count, maxLength: count }), (words, works) => {
        const base = [{ entry: "base", words, update: null }];
        const authors = works.map((work, at) => write(base, "abc".charAt(at), work));
        const merged = permutations(authors).map((order) =>
          SharedText.of([...base, ...order.map(({ update }, at) => ({ entry: String(at), words: [], update }))]).words(),
        );
        for (const one of merged) expect(one).toEqual(merged[0]);
        const all = flat(merged[0] ?? []);
        // Nobody's word is cut in two by a colleague's, however much the letters around it look alike.
        for (const { words: own } of authors) for (const word of own) expect(all).toContain(word);
        for (const [at, { typed }] of authors.entries()) {
          const letter = "abc".charAt(at);
          const before = [...flat(plainRichText(words))].filter((one) => one === letter).length;
          expect([...all].filter((one) => one === letter).length).toBe(before + typed * 4);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("keeps what one types in a paragraph that the other makes a list of, splits and joins", () => {
    const base = [
      { entry: "base", words: [{ kind: "paragraph" as const, content: [{ kind: "words" as const, text: "Eerste zin. Tweede zin." }] }], update: null },
    ];
    const lister = Draft.open(base);
    let state = EditorState.create({ schema, doc: lister.document() });
    for (const command of [edits.split(0.5), edits.list(0, false), edits.list(0.9, true)])
      command(state, (transaction) => {
        lister.follow(transaction);
        state = state.apply(transaction);
      });
    const typist = write(base, "b", [{ what: "type", at: 0.8 }]);
    const merged = SharedText.of([...base, { entry: "1", words: [], update: lister.update() }, { entry: "2", words: [], update: typist.update }]);
    expect(flat(merged.words())).toContain("bb0bb");
    expect(merged.words().map(({ kind }) => kind)).toEqual(["list", "list"]);
  });

  it("takes words without an update for what the text reads from there on", () => {
    const base = [{ entry: "base", words: [{ kind: "paragraph" as const, content: [{ kind: "words" as const, text: "Oude zin." }] }], update: null }];
    const offline = write(base, "c", [{ what: "type", at: 0 }]);
    const newer = { entry: "cli", words: [{ kind: "paragraph" as const, content: [{ kind: "words" as const, text: "Nieuwe zin." }] }], update: null };
    const merged = SharedText.of([...base, newer]);
    merged.merge(offline.update);
    expect(flat(merged.words())).toBe("cc0ccNieuwe zin.");
  });

  it("goes on with a draft that was kept on the device after colleagues wrote", () => {
    const base = [{ entry: "base", words: [{ kind: "paragraph" as const, content: [{ kind: "words" as const, text: "Zin." }] }], update: null }];
    const kept = write(base, "a", [{ what: "type", at: 0 }]);
    const colleague = write(base, "b", [{ what: "type", at: 0.99 }]);
    const draft = Draft.open([...base, { entry: "1", words: [], update: colleague.update }], kept.update);
    expect(draft.changed).toBe(true);
    expect(flat(draft.words())).toBe("aa0aaZin.bb0bb");
  });
});
