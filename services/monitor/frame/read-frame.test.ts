/** A sampling frame as desks have it: what is read, and which line and column a mistake is in. People invented. Run by vitest only. */
import { SurveyError } from "@rugdekking/survey";
import { describe, expect, it } from "vitest";
import { codeOf, readFrame } from "./read-frame.ts";

const refusal = (text: string): { readonly code: string; readonly message: string } | null => {
  try {
    readFrame(text, "frame.csv");
    return null;
  } catch (error) {
    if (error instanceof SurveyError) return { code: error.code, message: error.message };
    throw error;
  }
};

describe("a sampling frame", () => {
  it("is read in codes, with everything else as it stands", () => {
    const { columns, rows, labels } = readFrame(
      '\uFEFFNaam;Telefoon;Functie;Organisatie-type;Provincie;Grootte klasse\n"Demo; Anna";0612345678;Raadslid;Gemeente;Fryslân;100+\nBo Demo;;Commissaris van de Koning;provincie;Noord-Brabant;0\n',
    );
    expect(columns).toEqual(["Naam", "Telefoon", "Functie", "Organisatie-type", "Provincie", "Grootte klasse"]);
    expect(rows).toEqual([
      {
        key: { function: "raadslid", organisationType: "gemeente", province: "fryslan", sizeClass: "100-plus" },
        fields: ["Demo; Anna", "0612345678", "Raadslid", "Gemeente", "Fryslân", "100+"],
      },
      {
        key: { function: "commissaris", organisationType: "provincie", province: "noord-brabant", sizeClass: "0" },
        fields: ["Bo Demo", "", "Commissaris van de Koning", "provincie", "Noord-Brabant", "0"],
      },
    ]);
    expect(labels["raadslid"]?.en).toBe("municipal councillor");
    expect(labels["fryslan"]).toEqual({ nl: "Fryslân", en: "Fryslân", fy: "Fryslân" });
  });

  it.each([
    [
      "functie,organisatietype,provincie\na,b,c\n",
      "column-unknown",
      /^frame.csv: line 1: there is no column "grootteklasse"; the first line names "functie", "organisatietype", "provincie"$/u,
    ],
    ["functie,ambt,organisatietype,provincie,grootte\na,a,b,c,d\n", "column-unknown", /both "functie" and "ambt" say the same/u],
    ["functie,organisatietype,provincie,grootte\na,b,c,d\na,,c,d\n", "value-missing", /^frame.csv: line 3, column "organisatietype": nothing stands here/u],
    ["functie,organisatietype,provincie,grootte\na,b,c,d\n???,b,c,d\n", "csv-value", /^frame.csv: line 3, column "functie": "\?\?\?" makes no code/u],
    [
      "functie,organisatietype,provincie,grootte\na-b,b,c,d\na b,b,c,d\n",
      "csv-value",
      /line 3, column "functie": "a b" and "a-b" would both get the code a-b/u,
    ],
    ["functie,organisatietype,provincie,grootte\na,b,c\n", "csv-malformed", /line 2 has 3 fields and the first line 4 names/u],
    ['functie,organisatietype,provincie,grootte\n"a,b,c,d\n', "csv-malformed", /line 2, field 1: a quote opens and never closes/u],
  ])("says what is wrong and where: %#", (text, code, message) => {
    expect(refusal(text)).toEqual({ code, message: expect.stringMatching(message) });
  });

  it("keeps classes of size apart", () => {
    expect(["0-20", "20.000-50.000", "50 000 – 100 000", "100+", "<20.000", "> 20.000"].map(codeOf)).toEqual([
      "0-20",
      "20000-50000",
      "50000-100000",
      "100-plus",
      "tot-20000",
      "vanaf-20000",
    ]);
  });
});
