/**
 * Answers to a question in small invented provinces, before a reader who tries every table of whole numbers that fits what is out. Run by vitest only. The reader shares nothing with the suppression: it knows the sizes
 * and answers that are shown, and the sum that the indicator tells.
 */
import { expect, test } from "vitest";
import { publicationRules, type PublicationRules } from "#registers/publications/index.ts";
import type { Distributed, Measured } from "./cells.ts";
import { nothingEarlier, protect, type Protection } from "./protection.ts";
import type { Sample } from "./sample.ts";
import { chances, inventedStrata } from "./testing-answers.ts";
import { stratumName } from "#services/monitor/contract/index.ts";

const [all] = publicationRules;
const places = ["groningen", "fryslan", "drenthe"] as const;
const names = ["never", "once", "few"] as const;
/** Lower than in the register, so that every table can be tried. */
const minimum = 3;
type Counts = readonly (readonly number[])[];

const rules = (linked: boolean): PublicationRules => {
  const [indicator] = all?.indicators.filter(({ id }) => id === (linked ? "any_verbal" : "any_doxing")) ?? [];
  if (all === undefined || indicator === undefined) throw new Error("no rules");
  const by = [[], ["province"]];
  return {
    ...all,
    minimum,
    dimensions: all.dimensions
      .filter(({ id }) => id === "province")
      .map((one) => ({ ...one, codes: one.codes.filter(({ code }) => places.some((place) => place === code)) })),
    indicators: [indicator],
    tables: by.map((one) => ({ indicators: [], by: one })),
    distributions: [
      {
        id: "often_verbal",
        question: "verbal",
        chapter: "experience",
        nl: "Hoe vaak",
        en: "How often",
        by,
        categories: names.map((id) => ({ id, options: [id], nl: id, en: id })),
      },
    ],
  };
};

/** What is decided about a wave with these answers: a line per province, a number per answer. */
function decided(counts: Counts, linked: boolean): Protection {
  const use = rules(linked);
  const rows = places.flatMap((place, line) =>
    names.flatMap((name, answer) => Array.from({ length: counts[line]?.[answer] ?? 0 }, () => ({ place, name, answer }))),
  );
  const strata = inventedStrata()
    .filter(({ key }) => key.function === "wethouder" && places.some((place) => place === key.province))
    .map(({ key, population, invited }) => ({ name: stratumName(key), key, population, invited, answered: 0 }));
  const sample: Sample = {
    wave: "2026",
    recallMonths: 12,
    records: rows.map(({ answer }) => ({ verbal: answer })),
    strata,
    stratum: Int32Array.from(rows, ({ place }) => strata.findIndex(({ key }) => key.province === place)),
    codes: new Map([["province", rows.map(({ place }) => place)]]),
    unreadable: 0,
  };
  const [rule] = use.indicators;
  const [distribution] = use.distributions;
  if (rule === undefined || distribution === undefined) throw new Error("no rules");
  const among = { nl: "alle", en: "all" };
  const measured: Measured = { rule, denominator: "all", among, values: Float64Array.from(rows, ({ answer }) => Number(answer > 0)), by: distribution.by };
  const distributed: Distributed = {
    rule: distribution,
    denominator: "all",
    among,
    text: among,
    values: Float64Array.from(rows, ({ answer }) => answer),
    options: rows.map(({ name }) => name),
    link: linked ? { indicator: rule.id, yes: names.slice(1), no: names.slice(0, 1), by: distribution.by } : null,
  };
  return protect(sample, use, [measured], { id: "x-1", title: "x", on: "2026-12-17" }, nothingEarlier, [], [distributed]);
}

const sum = (line: readonly number[]): number => line.reduce((whole, one) => whole + one, 0);
const nationOf = (counts: Counts): readonly number[] => names.map((_, answer) => sum(counts.map((line) => line[answer] ?? 0)));

/** Whether a reader can see a cell: answer of a line, or of everyone for line -1. */
type Seen = (line: number, answer: number) => boolean;

/** Lowest and highest number each answer of each line can have in any table that fits. */
function readerOf(
  counts: Counts,
  sees: Seen,
  sizes: (line: number) => boolean,
  sums: (line: number) => boolean,
): readonly (readonly { low: number; high: number }[])[] {
  const nation = nationOf(counts);
  const bounds = counts.map((line) => line.map(() => ({ low: Number.POSITIVE_INFINITY, high: -1 })));
  const table: number[][] = [];
  const fits = (at: number, truth: readonly number[], line: readonly number[]): boolean =>
    (!sizes(at) || sum(truth) === sum(line)) &&
    (!sums(at) || truth[0] === line[0]) &&
    truth.every((value, answer) => !sees(at, answer) || value === line[answer]);
  const walk = (line: number, left: readonly number[], total: number): void => {
    const truth = counts[line];
    if (truth === undefined) {
      // What is left must be nothing where the whole is known, and is anything otherwise; its size is always known.
      const [never = 0] = left;
      if (total !== 0 || left.some((value, answer) => sees(-1, answer) && value !== 0) || (sums(-1) && never !== 0)) return;
      for (const [at, own] of table.entries())
        for (const [answer, value] of own.entries()) {
          const bound = bounds[at]?.[answer];
          if (bound === undefined) continue;
          bound.low = Math.min(bound.low, value);
          bound.high = Math.max(bound.high, value);
        }
      return;
    }
    const last = line === counts.length - 1;
    // One value where it is known or is all that is left, else all.
    const tried = (answer: number, most: number): readonly number[] => {
      if (sees(line, answer) || (answer === 0 && sums(line))) return [truth[answer] ?? 0];
      if (last && (sees(-1, answer) || (answer === 0 && sums(-1)))) return [left[answer] ?? 0];
      return Array.from({ length: most + 1 }, (_, value) => value);
    };
    for (const a of tried(0, total))
      for (const b of tried(1, total - a)) {
        const known = sizes(line) ? sum(truth) - a - b : last ? total - a - b : null;
        for (let c = known ?? 0; c <= (known ?? total - a - b); c += 1) {
          const own = [a, b, c];
          if (c < 0 || a + b + c > total || !fits(line, truth, own)) continue;
          if (own.some((value, answer) => sees(-1, answer) && value > (left[answer] ?? 0))) continue;
          table.push(own);
          walk(
            line + 1,
            left.map((value, answer) => value - (own[answer] ?? 0)),
            total - a - b - c,
          );
          table.pop();
        }
      }
  };
  walk(0, nation, sum(nation));
  return bounds;
}

/** Small provinces at random: sizes about the minimum, an answer now and then that nobody gave. */
function invented(chance: () => number): Counts {
  return places.map(() => names.map(() => Math.floor(chance() * (chance() < 0.5 ? 3 : 8))));
}

test.each([
  { linked: true, seed: 11 },
  { linked: false, seed: 12 },
])(
  "a reader who tries every table cannot narrow down an answer that few gave (sum told by an indicator: $linked)",
  ({ linked, seed }) => {
    const chance = chances(seed);
    let told = 0;
    let hidden = 0;
    let shown = 0;
    for (let wave = 0; wave < 18; wave += 1) {
      const counts = invented(chance);
      if (sum(nationOf(counts)) > 19) continue;
      const { categoryHidden, hidden: away } = decided(counts, linked);
      const id = linked ? "any_verbal" : "any_doxing";
      const group = (line: number) => (line < 0 ? {} : { province: places[line] ?? "" });
      const sees: Seen = (line, answer) => !categoryHidden("often_verbal", names[answer] ?? "", group(line));
      const sizes = (line: number): boolean => !away(id, group(line)) || names.some((_, answer) => sees(line, answer));
      const sums = (line: number): boolean => linked && !away(id, group(line));
      const bounds = readerOf(counts, sees, sizes, sums);
      const naive = readerOf(counts, (line, answer) => ((line < 0 ? nationOf(counts) : (counts[line] ?? []))[answer] ?? 0) >= minimum, sizes, sums);
      shown += names.filter((_, answer) => sees(-1, answer)).length;
      for (const [line, truth] of counts.entries())
        for (const [answer, value] of truth.entries()) {
          if (sees(line, answer)) {
            shown += 1;
            expect(value).toBeGreaterThanOrEqual(minimum);
            continue;
          }
          // How many said "never" follows from the share, and so does each answer where everyone or nobody is in the sum.
          if (value >= minimum || (sums(line) && (answer === 0 || sum(truth.slice(1)) === 0))) continue;
          hidden += 1;
          const { low, high } = bounds[line]?.[answer] ?? { low: 0, high: 0 };
          expect([wave, line, answer, low < high]).toEqual([wave, line, answer, true]);
          // In a group that is shown it may be the minimum, as far as the sum lets it.
          const limit = Math.min(minimum, sums(line) ? sum(truth.slice(1)) : sum(truth));
          if (sum(truth) >= minimum && !away(id, group(line))) expect([wave, line, answer, high >= limit]).toEqual([wave, line, answer, true]);
          const few = naive[line]?.[answer];
          if (few !== undefined && few.low === few.high) told += 1;
        }
    }
    expect(shown).toBeGreaterThan(3);
    expect(hidden).toBeGreaterThan(12);
    // The same reader has answers of few when only those are hidden.
    expect(told).toBeGreaterThan(3);
  },
  60_000,
);
