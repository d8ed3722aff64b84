/** [Note: How answers are weighted], on an invented wave with known chances. Run by vitest only. */
import { beforeAll, describe, expect, it } from "vitest";
import { proportion } from "@rugdekking/survey";
import { publicationRules } from "#registers/publications/index.ts";
import { loadQuestionnaire, type Questionnaire } from "#registers/questionnaires/index.ts";
import { stratumParts } from "#services/monitor/contract/index.ts";
import type { WaveAnswers } from "./answers.ts";
import { columnOf, readSample } from "./sample.ts";
import { inventedStrata, inventedWave } from "./testing-answers.ts";
import { weigh } from "./weighting.ts";

const [rules] = publicationRules;
if (rules === undefined) throw new Error("no rules");
let questionnaire: Questionnaire;
/** The whole wave, and one in which a fifth answered. */
let wave: WaveAnswers;
let thin: WaveAnswers;
beforeAll(async () => {
  const found = await loadQuestionnaire("monitor", 1);
  if (found === null) throw new Error("no questionnaire");
  questionnaire = found;
  wave = inventedWave(questionnaire);
  thin = inventedWave(
    questionnaire,
    7,
    undefined,
    inventedStrata().map((stratum) => ({ ...stratum, answering: Math.ceil(stratum.answering / 5) })),
  );
});

describe("weights of a whole wave", () => {
  it("come of 12,000 invited in 40 strata and 4,500 answers", () => {
    expect(wave.strata).toHaveLength(40);
    expect(wave.strata.reduce((sum, { invited }) => sum + invited, 0)).toBe(12_000);
    expect(wave.answers).toHaveLength(4_500);
  });
  it("recover a chance that is known, which the bare answers do not", () => {
    // Every other answer: half the reading, and the same truth.
    const sample = readSample({ ...wave, answers: wave.answers.filter((_, at) => at % 2 === 0) }, questionnaire, rules);
    const { design, silent, margins } = weigh(sample, rules);
    expect({ silent, margins }).toEqual({ silent: [], margins: [] });
    const strata = inventedStrata();
    const population = strata.reduce((sum, one) => sum + one.population, 0);
    const truth = strata.reduce((sum, one) => sum + one.population * one.verbal, 0) / population;
    const column = columnOf(sample, "any_verbal");
    const keep = column.map((value) => (Number.isNaN(value) ? 0 : 1));
    const answered = { ...design, weights: design.weights.map((weight, row) => weight * (keep[row] ?? 0)) };
    const { estimate, se } = proportion(answered, column, "beta");
    const bare = column.filter((value) => !Number.isNaN(value)).reduce((sum, value) => sum + value, 0) / keep.reduce((sum, one) => sum + one, 0);
    expect(Math.abs(estimate - truth)).toBeLessThan(3 * se);
    // Both rest on the same answers, so what they differ by is not chance.
    expect(estimate - bare).toBeGreaterThan(2.5 * se);
  });
  it("name a stratum nobody answered in, join it, and bring the rest to the frame", () => {
    const gone = "raadslid/gemeente/zeeland/100-plus";
    const sample = readSample({ ...thin, answers: thin.answers.filter(({ stratum }) => stratum !== gone) }, questionnaire, rules);
    const { design, silent, margins, strata, leftOut } = weigh(sample, rules);
    expect(silent).toEqual([gone]);
    expect(strata.find(({ name }) => name === gone)?.within).toMatch(/^raadslid.* \+ raadslid/u);
    expect(margins).toEqual([...stratumParts]);
    expect(leftOut).toEqual([]);
    const total = sample.strata.reduce((sum, { population }) => sum + population, 0);
    expect(design.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(total, 4);
    const zeeland = sample.strata.filter(({ key }) => key.province === "zeeland").reduce((sum, { population }) => sum + population, 0);
    const weighed = design.weights.reduce((sum, weight, row) => sum + (sample.strata[sample.stratum[row] ?? -1]?.key.province === "zeeland" ? weight : 0), 0);
    expect(weighed / zeeland).toBeCloseTo(1, 6);
  });
  it("leave a margin out, and say so, when a whole part of it is silent", () => {
    const sample = readSample({ ...thin, answers: thin.answers.filter(({ stratum }) => !stratum.includes("/zeeland/")) }, questionnaire, rules);
    const { leftOut, margins, silent } = weigh(sample, rules);
    expect(silent).toHaveLength(3);
    expect(leftOut).toEqual([{ margin: "province", why: { nl: "Niemand antwoordde in: Zeeland.", en: "Nobody answered in: Zeeland." } }]);
    expect(margins).not.toContain("province");
  });
});

describe("answers", () => {
  it("that cannot be read are counted and left out", () => {
    const answers = [...thin.answers.slice(0, 20), ...[{ answers: {} }, null].map((record) => ({ stratum: thin.answers[0]?.stratum ?? "", record }))];
    const sample = readSample({ ...thin, answers }, questionnaire, rules);
    expect([sample.records.length, sample.unreadable]).toEqual([20, 2]);
  });
  it.each([
    { what: "of a stratum the wave does not state", code: "stratum-unknown", change: (one: WaveAnswers) => ({ ...one, strata: one.strata.slice(1) }) },
    {
      what: "more than were invited",
      code: "stratum-overfull",
      change: (one: WaveAnswers) => ({ ...one, strata: one.strata.map((stratum) => ({ ...stratum, invited: 10 })) }),
    },
    {
      what: "of a code nobody knows",
      code: "code-unknown",
      change: (one: WaveAnswers) => ({
        ...one,
        strata: one.strata.map((stratum, at) => (at === 0 ? { ...stratum, key: { ...stratum.key, province: "atlantis" } } : stratum)),
        answers: one.answers.map((answer) => ({ ...answer, stratum: answer.stratum.replace("/groningen/20-50", "/atlantis/20-50") })),
      }),
    },
    { what: "none", code: "answers-none", change: (one: WaveAnswers) => ({ ...one, answers: [] }) },
  ])("are refused when they are $what", ({ code, change }) => {
    expect(() => readSample(change(thin), questionnaire, rules)).toThrow(expect.objectContaining({ code }));
  });
});
