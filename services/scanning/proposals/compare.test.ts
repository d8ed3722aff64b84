/** What the authority is shown of a new version: every sentence that came or went, and every measure that is different. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AdviceBody } from "#services/scanning/contract/index.ts";
import { compareEdits, compareMeasures, compareSections, compareText } from "./compare.ts";

const advice = (texts: Readonly<Record<string, string>>, measures: AdviceBody["measures"] = []): AdviceBody => ({
  version: 1,
  adviceVersion: 1,
  address: "",
  sections: Object.entries(texts).map(([id, text]) => ({ id, title: id, text })),
  measures,
  attachments: [],
});
const lock: AdviceBody["measures"][number] = {
  id: "m1",
  domain: "wonen",
  what: "Slot",
  why: "Oud",
  findings: [],
  provided: "provided",
  costLow: 100,
  costHigh: 200,
  byWhen: null,
  who: "employer",
};

describe("compareText", () => {
  it("gives back both versions, whatever was changed", () => {
    const text = fc.array(fc.constantFrom("De deur sluit. ", "Het raam ook! ", "Waarom?\n", "x", ""), { maxLength: 12 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const pieces = compareText(before, after);
        const joined = (skip: "new" | "gone"): string =>
          pieces
            .filter(({ is }) => is !== skip)
            .map((piece) => piece.text)
            .join("");
        expect(joined("gone")).toBe(after);
        expect(joined("new").replaceAll(/\s+/g, " ").trim()).toBe(before.replaceAll(/\s+/g, " ").trim());
      }),
    );
  });
  it("marks one sentence, not the whole", () => {
    expect(compareText("Eerst dit. Dan dat.", "Eerst dit. Dan dat. En nog iets.").filter(({ is }) => is !== "same")).toEqual([
      { is: "new", text: "En nog iets." },
    ]);
  });
});

describe("compareSections and compareMeasures", () => {
  it("name what is new, changed and gone", () => {
    const before = advice({ a: "Blijft.", b: "Was zo.", c: "Verdwijnt." }, [lock, { ...lock, id: "m2" }]);
    const after = advice({ a: "Blijft.", b: "Is zo.", d: "Komt erbij." }, [
      { ...lock, costHigh: 250 },
      { ...lock, id: "m3" },
    ]);
    expect(compareSections(before, after).map(({ id, change }) => [id, change])).toEqual([
      ["a", "same"],
      ["b", "changed"],
      ["d", "new"],
      ["c", "gone"],
    ]);
    expect(compareMeasures(before, after).map(({ id, change, fields }) => [id, change, fields])).toEqual([
      ["m1", "changed", ["costHigh"]],
      ["m3", "new", []],
      ["m2", "gone", []],
    ]);
  });
});

it("compareEdits tells which choices of the adviser came and went, with the measure's name", () => {
  const kept = { measure: "m1", change: "dropped", reason: "Is er al." } as const;
  const fresh = { measure: "m2", change: "changed", reason: "Twee deuren.", to: { pieces: 2 } } as const;
  const before: AdviceBody = { ...advice({}, [lock]), edits: [kept, { ...kept, measure: "curtains" }] };
  const after: AdviceBody = { ...advice({}, [lock, { ...lock, id: "m2", what: "Kierstandhouder" }]), edits: [kept, fresh] };
  expect(compareEdits(before, after)).toEqual([
    { is: "new", edit: fresh, what: "Kierstandhouder" },
    { is: "gone", edit: { ...kept, measure: "curtains" }, what: "curtains" },
  ]);
  expect(compareEdits(advice({}), advice({}))).toEqual([]);
});
