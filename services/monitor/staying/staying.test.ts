/** Staying or leaving on invented data with a known effect: the right sentence comes out, also "no clear evidence". Run by vitest only. */
import { describe, expect, it } from "vitest";
import { makeDesign } from "@rugdekking/survey";
import type { AnalysisRecord } from "#services/monitor/questionnaire/index.ts";
import type { Sample } from "#services/monitor/publication/sample.ts";
import { chances } from "#services/monitor/publication/testing-answers.ts";
import { compareLeaving, compareStaying } from "./index.ts";

/** A sample of `n` in two strata, half of whom met aggression, with these chances to want to go on. */
function sampleOf(n: number, without: number, withAggression: number, seed: number): Sample {
  const chance = chances(seed);
  const records = Array.from({ length: n }, (): AnalysisRecord => {
    const met = chance() < 0.5 ? 1 : 0;
    return { any_aggression: met, any_threat: "skipped", intends_to_stay: chance() < (met === 1 ? withAggression : without) ? 1 : 0 };
  });
  const stratum = Int32Array.from(records, (_, row) => row % 2);
  const key = (office: string) => ({ function: office, organisationType: "gemeente", province: "utrecht", sizeClass: "20-50" });
  const strata = ["raadslid", "wethouder"].map((office) => ({ name: office, key: key(office), population: n * 10, invited: n, answered: n / 2 }));
  return { wave: "2026", recallMonths: 12, records, strata, stratum, codes: new Map(), unreadable: 0 };
}
const compared = (sample: Sample) => {
  const design = makeDesign({ rows: sample.records.length, strata: [{ codes: sample.stratum, names: ["a", "b"], values: ["a", "b"] }] });
  return compareStaying(sample, design)[0];
};

describe("wanting to go on", () => {
  it.each([
    { what: "an effect", n: 4_000, without: 0.7, met: 0.55, verdict: "different", says: /^Wie agressie meemaakte, wil minder vaak verder/u },
    { what: "no effect, and answers enough", n: 6_000, without: 0.6, met: 0.6, verdict: "equivalent", says: /^Er is geen verschil dat ertoe doet/u },
    { what: "a small effect, and very many answers", n: 20_000, without: 0.62, met: 0.6, verdict: "small", says: /^Er is een verschil, maar het is klein/u },
    {
      what: "too few answers to know",
      n: 200,
      without: 0.62,
      met: 0.58,
      verdict: "inconclusive",
      says: /^Er is geen duidelijk bewijs, de ene of de andere kant op\./u,
    },
  ])("with $what is told so", ({ n, without, met, verdict, says }) => {
    const found = compared(sampleOf(n, without, met, 11))?.result;
    expect(found?.verdict).toBe(verdict);
    expect(found?.result.nl).toMatch(says);
    // The interval holds the truth, and stands in the sentence.
    const truth = (met - without) * 100;
    expect(found?.low).toBeLessThan(truth);
    expect(found?.high).toBeGreaterThan(truth);
    expect(found?.result.nl).toContain(new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 1 }).format(Math.abs(found?.low ?? 0)));
    expect(found?.missed.nl).toMatch(/kan in deze gegevens onopgemerkt blijven/u);
  });
  it("says with too few answers how large an effect it could have missed, and that this is more than was called small", () => {
    const found = compared(sampleOf(200, 0.62, 0.58, 11))?.result;
    expect(found?.detectable).toBeGreaterThan(15);
    expect(found?.missed.nl).toContain("te weinig antwoorden om het te weten");
  });
  it("is not compared when one side is nearly empty: that is said to the desk, not guessed", () => {
    const sample = sampleOf(50, 0.6, 0.6, 3);
    expect(compared(sample)).toMatchObject({ result: null, why: expect.stringContaining("fewer than 30") });
  });
  it("never says that the one causes the other", () => {
    for (const [n, without, met] of [
      [4_000, 0.7, 0.55],
      [200, 0.62, 0.58],
    ] as const)
      expect(compared(sampleOf(n, without, met, 11))?.result?.result.nl).not.toMatch(/door agressie|veroorzaakt|omdat|gevolg/u);
  });
});

/** Terms of office: in each of at most eight years a chance to leave, larger by an odds ratio for who met aggression. */
function terms(n: number, oddsRatio: number, seed: number) {
  const chance = chances(seed);
  const rows = Array.from({ length: n }, () => {
    const met = chance() < 0.5 ? 1 : 0;
    const odds = 0.1 * (met === 1 ? oddsRatio : 1);
    for (let year = 1; year <= 8; year += 1) if (chance() < odds / (1 + odds)) return { exit: year, left: 1, met };
    return { exit: 8, left: 0, met };
  });
  const column = (of: (row: { exit: number; left: number; met: number }) => number) => ({ kind: "number" as const, values: Float64Array.from(rows, of) });
  return {
    design: makeDesign({ rows: n }),
    frame: new Map([
      ["jaren", column((row) => row.exit)],
      ["gestopt", column((row) => row.left)],
      ["agressie", column((row) => row.met)],
    ]),
  };
}

describe("leaving office, year by year", () => {
  it.each([
    { what: "twice the odds", n: 3_000, ratio: 2, seed: 5, verdict: "different", says: /^Wie agressie meemaakte, stopt eerder\./u },
    { what: "no effect", n: 9_000, ratio: 1, seed: 5, verdict: "equivalent", says: /^Er is geen verschil dat ertoe doet/u },
    { what: "too little data", n: 150, ratio: 1.2, seed: 8, verdict: "inconclusive", says: /^Er is geen duidelijk bewijs/u },
  ])("with $what is told so", ({ n, ratio, seed, verdict, says }) => {
    const { design, frame } = terms(n, ratio, seed);
    const found = compareLeaving(design, frame, { exit: "jaren", left: "gestopt", met: "agressie" });
    expect(found.verdict).toBe(verdict);
    expect(found.result.nl).toMatch(says);
    expect(found.oddsRatio.low).toBeLessThanOrEqual(ratio);
    expect(found.oddsRatio.high).toBeGreaterThanOrEqual(ratio);
    expect(found.missed.nl).toContain("onopgemerkt");
  });
});
