/** RFC 4180 and what files really hold: kinds of columns, missing answers, Dutch spreadsheets, and errors that name line and field. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { groupsIn, numbersOf } from "#engines/survey/columns/column.ts";
import { readNumber } from "#engines/survey/columns/number.ts";
import { SurveyError } from "#engines/survey/errors.ts";
import { parseCsv } from "./parse.ts";

const errorOf = (run: () => unknown): { code: string; data: unknown } => {
  try {
    run();
  } catch (error) {
    if (error instanceof SurveyError) return { code: error.code, data: error.data };
    throw error;
  }
  return { code: "nothing", data: null };
};

describe("parseCsv", () => {
  test("tells numbers from names, quoted or not, and keeps codes with leading zeros as names", () => {
    const table = parseCsv('\uFEFF"id","a.b",c,d\r\n"007","1.5",x,\r\n"008"," -2 ","y ""z""",NA\r\n\r\n');
    expect(table.rows).toBe(2);
    expect(groupsIn(table, "id").names).toEqual(["007", "008"]);
    expect([...numbersOf(table, "a.b")]).toEqual([1.5, -2]);
    expect(groupsIn(table, "c").names).toEqual(["x", 'y "z"']);
    expect(numbersOf(table, "d").every(Number.isNaN)).toBe(true);
  });

  test("reads Dutch spreadsheets: semicolons and decimal commas", () => {
    const table = parseCsv("naam;gewicht\nA;1,25\nB;3\n");
    expect([...numbersOf(table, "gewicht")]).toEqual([1.25, 3]);
  });

  test("reads names as they stand when asked to, so that a telephone number keeps its zero", () => {
    const table = parseCsv("naam,telefoon\nAnna Demo,0612345678\nBo Demo,\n", { verbatim: true });
    expect(table.columns.get("telefoon")).toEqual({ kind: "category", codes: Int32Array.of(0, -1), levels: ["0612345678"] });
  });

  test("reads every finite double as JavaScript itself does, and any text back as it was written", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = String(value);
        const name = Math.abs(value) > Number.MAX_SAFE_INTEGER && /^-?\d+$/u.test(text);
        expect(readNumber(text, 0, text.length)).toBe(name ? Number.NaN : Number(text));
      }),
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ minLength: 1 }).filter((text) => text.trim() !== "" && text !== "NA"),
          { minLength: 1, maxLength: 6 },
        ),
        (texts) => {
          const table = parseCsv(`t,n\n${texts.map((text) => `"x${text.replaceAll('"', '""')}",1`).join("\n")}`);
          const { codes, names } = groupsIn(table, "t");
          expect([...codes].map((code) => names[code])).toEqual(texts.map((text) => `x${text}`));
        },
      ),
    );
  });

  test.each([
    ["a,b\n1,2\n3\n", "csv-malformed", { line: 3, fields: 1, names: 2 }],
    ["a,b\n1,2,3\n", "csv-malformed", { line: 2, fields: 3, names: 2 }],
    ['a,b\n1,"2\n3,4\n', "csv-malformed", { line: 2, field: 2 }],
    ['a,b\n1,"2"x\n', "csv-malformed", { line: 2, field: 2 }],
    ['a,b\n1,2"\n', "csv-malformed", { line: 2, field: 2 }],
    ["a,,c\n1,2,3\n", "csv-malformed", { line: 1, field: 2 }],
    ["a,a\n1,2\n", "csv-malformed", { line: 1, column: "a" }],
    ["", "csv-malformed", { line: 1 }],
  ])("refuses %j and says where", (text, code, data) => {
    expect(errorOf(() => parseCsv(text))).toEqual({ code, data });
  });

  test("a text in a column of numbers is named by its line, also after a field of two lines", () => {
    const table = parseCsv('n,w\n"two\nlines",1\nb,\nc,veel\n');
    expect(errorOf(() => numbersOf(table, "w"))).toEqual({ code: "csv-value", data: { line: 5, column: "w" } });
  });

  test("never fails but with its own error, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "1", ",", '"', "\n", "\r", ";", ".", " ", "NA") }), (text) => {
        expect(["nothing", "csv-malformed"]).toContain(errorOf(() => parseCsv(text)).code);
      }),
      { numRuns: 400 },
    );
  });
});
