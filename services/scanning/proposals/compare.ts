/** What changed between two versions of an advice, sentence by sentence and measure by measure. Pure; the weighing page draws it and the document prints it. */
import type { AdviceBody, Measure, MeasureEdit } from "#services/scanning/contract/index.ts";

/** A sentence, and whether it stood there before. */
export interface Piece {
  readonly is: "same" | "new" | "gone";
  readonly text: string;
}

export type Change = "same" | "new" | "changed" | "gone";

/** One section of either version. */
export interface SectionChange {
  readonly id: string;
  readonly title: string;
  readonly change: Change;
  readonly pieces: readonly Piece[];
}

/** One measure of either version; `fields` names what is different. */
export interface MeasureChange {
  readonly id: string;
  readonly what: string;
  readonly change: Change;
  readonly fields: readonly (keyof Measure)[];
}

/** Sentences with the space that follows them, so that joining gives the text back. */
const sentencesOf = (text: string): string[] => text.match(/[^.?!\n]+[.?!]*\s*|[.?!\n]+\s*/gu) ?? [];

/** Above this many pairs of sentences the comparison says "gone, then new" as a whole: nobody waits for a page that counts. */
const pairLimit = 250_000;

/** Longest common run of sentences (LCS); what is not in it was added or taken away. */
export function compareText(before: string, after: string): Piece[] {
  const old = sentencesOf(before);
  const fresh = sentencesOf(after);
  if (before === after) return before === "" ? [] : [{ is: "same", text: before }];
  if (old.length * fresh.length > pairLimit)
    return [
      { is: "gone", text: before },
      { is: "new", text: after },
    ];
  const length = Array.from({ length: old.length + 1 }, () => new Uint16Array(fresh.length + 1));
  const at = (row: number, column: number): number => length[row]?.[column] ?? 0;
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = fresh.length - 1; column >= 0; column -= 1) {
      const line = length[row];
      if (line !== undefined)
        line[column] = old[row]?.trim() === fresh[column]?.trim() ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const pieces: Piece[] = [];
  let row = 0;
  let column = 0;
  while (row < old.length || column < fresh.length) {
    const gone = old[row];
    const added = fresh[column];
    if (gone !== undefined && added !== undefined && gone.trim() === added.trim()) {
      pieces.push({ is: "same", text: added });
      row += 1;
      column += 1;
    } else if (added !== undefined && (gone === undefined || at(row, column + 1) > at(row + 1, column))) {
      pieces.push({ is: "new", text: added });
      column += 1;
    } else {
      pieces.push({ is: "gone", text: gone ?? "" });
      row += 1;
    }
  }
  return pieces;
}

const changeOf = (pieces: readonly Piece[]): Change => (pieces.every(({ is }) => is === "same") ? "same" : "changed");

/** Sections of the new version in its order, then those that are gone. */
export function compareSections(before: AdviceBody | null, after: AdviceBody): SectionChange[] {
  const here = after.sections.map(({ id, title, text }): SectionChange => {
    const old = before?.sections.find((section) => section.id === id);
    if (before === null) return { id, title, change: "same", pieces: [{ is: "same", text }] };
    if (old === undefined) return { id, title, change: "new", pieces: [{ is: "new", text }] };
    const pieces = compareText(old.text, text);
    return { id, title, change: old.title === title ? changeOf(pieces) : "changed", pieces };
  });
  const gone = (before?.sections ?? []).filter(({ id }) => !after.sections.some((section) => section.id === id));
  return [...here, ...gone.map(({ id, title, text }): SectionChange => ({ id, title, change: "gone", pieces: [{ is: "gone", text }] }))];
}

const compared = ["what", "why", "domain", "provided", "costLow", "costHigh", "byWhen", "who"] as const satisfies readonly (keyof Measure)[];

/** Measures that are new, changed or gone; the unchanged are left out. */
export function compareMeasures(before: AdviceBody, after: AdviceBody): MeasureChange[] {
  const here = after.measures.flatMap((measure): MeasureChange[] => {
    const old = before.measures.find(({ id }) => id === measure.id);
    if (old === undefined) return [{ id: measure.id, what: measure.what, change: "new", fields: [] }];
    const fields = compared.filter((field) => old[field] !== measure[field]);
    return fields.length === 0 ? [] : [{ id: measure.id, what: measure.what, change: "changed", fields }];
  });
  const gone = before.measures.filter(({ id }) => !after.measures.some((measure) => measure.id === id));
  return [...here, ...gone.map(({ id, what }): MeasureChange => ({ id, what, change: "gone", fields: [] }))];
}

/** An act of the adviser that one version has and the other has not. */
export interface EditChange {
  readonly is: "new" | "gone";
  readonly edit: MeasureEdit;
  /** What the measure is, as either version says; its id when neither does (a proposal that was dropped). */
  readonly what: string;
}

/** Acts on proposed measures that came or went, with their reasons; equal acts are left out. */
export function compareEdits(before: AdviceBody, after: AdviceBody): EditChange[] {
  const key = (edit: MeasureEdit): string => JSON.stringify(edit);
  const old = new Set((before.edits ?? []).map(key));
  const fresh = new Set((after.edits ?? []).map(key));
  const what = ({ measure }: MeasureEdit): string => [...after.measures, ...before.measures].find(({ id }) => id === measure)?.what ?? measure;
  return [
    ...(after.edits ?? []).filter((edit) => !old.has(key(edit))).map((edit): EditChange => ({ is: "new", edit, what: what(edit) })),
    ...(before.edits ?? []).filter((edit) => !fresh.has(key(edit))).map((edit): EditChange => ({ is: "gone", edit, what: what(edit) })),
  ];
}
