/** Formulas and the columns they make, after R's rules. */
import { describe, expect, test } from "vitest";
import { SurveyError } from "#engines/survey/errors.ts";
import { parseFormula, parseTerms } from "./formula.ts";
import { modelMatrix } from "./model-matrix.ts";
import { categories, numbers } from "./testing-samples.ts";

describe("formulas", () => {
  test.each([
    ["y ~ a + b + a:b", "y", true, ["a", "b", "a:b"]],
    ["y ~ a:b + a + b", "y", true, ["a", "b", "a:b"]],
    ["sch.wide ~ ell*meals", "sch.wide", true, ["ell", "meals", "ell:meals"]],
    ["y~a*b*c", "y", true, ["a", "b", "c", "a:b", "a:c", "b:c", "a:b:c"]],
    ["y ~ a*b - a:b", "y", true, ["a", "b"]],
    ["y ~ a + a + b:a + a:b", "y", true, ["a", "b:a"]],
    ["y ~ 1", "y", true, []],
    ["y ~ a - 1", "y", false, ["a"]],
    ["y ~ 0 + a", "y", false, ["a"]],
    ["veilig ~ `functie binnen raad` + jaar", "veilig", true, ["functie binnen raad", "jaar"]],
    ["été ~ größe", "été", true, ["größe"]],
  ])("%s", (text, response, intercept, terms) => {
    const formula = parseFormula(text);
    expect(formula.response).toBe(response);
    expect(formula.intercept).toBe(intercept);
    expect(formula.terms.map((term) => term.join(":"))).toEqual(terms);
  });

  test.each([
    ["", 1],
    ["y", 1],
    ["y ~", 4],
    ["y ~ a +", 8],
    ["y ~ log(a)", 5],
    ["y ~ a b", 7],
    ["y ~ a + 2", 9],
    ["y ~ a ^ 2", 6],
    ["y ~ a + y", 1],
    ["y ~ 0", 6],
    ["y ~ (a + b)", 5],
    ["~ a", 3],
    ["y ~ a; drop", 6],
  ])("%j is refused with the position", (text, position) => {
    const thrown = refusal(() => parseFormula(text));
    expect(thrown.code).toBe("formula-malformed");
    expect(thrown.data["position"]).toBe(position);
  });

  test("terms alone, with or without a tilde", () => {
    expect(parseTerms("~ a + b:c")).toEqual([["a"], ["b", "c"]]);
    expect(parseTerms("a")).toEqual([["a"]]);
  });
});

function refusal(run: () => unknown): SurveyError {
  try {
    run();
  } catch (error) {
    if (error instanceof SurveyError) return error;
    throw error;
  }
  throw new Error("was not refused");
}

describe("columns", () => {
  const columns = new Map([
    ["sex", categories(["m", "v", "v", "m", "v", "m"])],
    ["office", categories(["raad", "raad", "wethouder", "wethouder", "burgemeester", "burgemeester"])],
    ["years", numbers([1, 2, 3, 4, 5, 6])],
  ]);
  const names = (formula: string): readonly string[] => modelMatrix(parseFormula(formula), columns, Int32Array.from([0, 1, 2, 3, 4, 5])).names;

  test.each([
    ["y ~ office + years", ["(Intercept)", "officeraad", "officewethouder", "years"]],
    ["y ~ sex:years + sex", ["(Intercept)", "sexv", "sexm:years", "sexv:years"]],
    ["y ~ sex*years", ["(Intercept)", "sexv", "years", "sexv:years"]],
    ["y ~ sex*office", ["(Intercept)", "sexv", "officeraad", "officewethouder", "sexv:officeraad", "sexv:officewethouder"]],
    ["y ~ office - 1", ["officeburgemeester", "officeraad", "officewethouder"]],
    ["y ~ office + office:sex", ["(Intercept)", "officeraad", "officewethouder", "officeburgemeester:sexv", "officeraad:sexv", "officewethouder:sexv"]],
  ])("%s has the names R gives", (formula, wanted) => {
    expect(names(formula)).toEqual(wanted);
  });

  test("an interaction is the product of its columns", () => {
    const matrix = modelMatrix(parseFormula("y ~ sex*years"), columns, Int32Array.from([0, 1, 2, 3, 4, 5]));
    expect([...(matrix.columns[3] ?? [])]).toEqual([0, 2, 3, 0, 5, 0]);
    expect(matrix.termOf).toEqual([-1, 0, 1, 2]);
  });

  test("a level nobody in the rows has is left out; a factor of one level is refused by name", () => {
    expect(modelMatrix(parseFormula("y ~ office"), columns, Int32Array.from([0, 1, 2, 3])).names).toEqual(["(Intercept)", "officewethouder"]);
    const thrown = refusal(() => modelMatrix(parseFormula("y ~ office"), columns, Int32Array.from([0, 1])));
    expect(thrown.code).toBe("domain-degenerate");
    expect(thrown.data["column"]).toBe("office");
  });
});
