/** Holds the register of published figures to its promise: what contradicts stays side by side, every share says what it is of. Run by vitest only. */
import { describe, expect, it } from "vitest";
import raw from "./figures.json" with { type: "json" };
import { conflicting, publishedFigures, readPublishedFigures } from "./index.ts";

const broken = (change: (copy: { figures: Record<string, unknown>[]; sources: Record<string, unknown>[] }) => void): unknown => {
  const copy = structuredClone(raw);
  change(copy);
  return copy;
};

describe("figures of earlier waves", () => {
  it("keep the three figures of 2014 beside each other", () => {
    const sets = conflicting(publishedFigures.figures).map((rows) => rows.map(({ wave, percent }) => [wave, percent]));
    expect(sets).toEqual([
      [
        [2014, 23],
        [2014, 24],
        [2014, 26],
      ],
    ]);
  });
  it("never set a share of victims in a row with shares of everyone", () => {
    const threat = publishedFigures.figures.filter(({ indicator, group }) => indicator === "threat" && group === "all");
    expect(threat.map(({ wave, denominator }) => [wave, denominator])).toEqual([
      [2014, "office-holders"],
      [2020, "office-holders"],
      [2022, "office-holders"],
      [2024, "victims"],
    ]);
  });
  it("have the totals that were published, wave by wave", () => {
    const totals = publishedFigures.figures.filter(({ indicator, group }) => indicator === "any" && group === "all");
    expect(totals.map(({ wave, percent }) => `${wave} ${percent}`)).toEqual([
      "2012 38",
      "2014 23",
      "2014 24",
      "2014 26",
      "2016 27",
      "2018 29",
      "2020 35",
      "2022 49",
      "2024 45",
    ]);
  });
  it.each([
    { what: "a source that is not there", names: "nobody", value: broken(({ figures }) => void (figures[0] && (figures[0]["sources"] = ["nobody"]))) },
    { what: "no denominator", names: "2010-any", value: broken(({ figures }) => void (figures[0] && delete figures[0]["denominator"])) },
    { what: "a number and a range", names: "range", value: broken(({ figures }) => void (figures[0] && (figures[0]["range"] = [1, 2]))) },
    { what: "an id twice", names: "twice", value: broken(({ figures }) => void figures.push({ ...figures[0] })) },
  ])("are refused with $what", ({ value, names }) => {
    expect(() => readPublishedFigures(value)).toThrow(new RegExp(names, "u"));
  });
});
