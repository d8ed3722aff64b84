/**
 * The survey engine at the size of the national Monitor and far beyond it, on one core: means of forty questions with their errors, by domain, and over five hundred bootstrap replicates.
 * Beside it R's `survey` in the same run where Rscript has it; else its published figures, named as those of another run. Run: `node tools/bench/survey.ts [--rows 1000000] [--replicates 500]`.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { makeDesign, makeReplicates, manyMeans } from "@rugdekking/survey";
import { mebibytes, type Row, table, tell } from "./table.ts";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    small: { type: "string", default: "100000" },
    replicates: { type: "string", default: "500" },
    rounds: { type: "string", default: "5" },
  },
});
const ITEMS = 40;
const DOMAINS = 12;
const STRATA = 400;

/** An invented survey: strata of different size and weight, yes-or-no questions that depend on stratum, domain and person. The same for the same number of rows. */
function invent(rows: number) {
  let state = 0x2545f491;
  const chance = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const share = Array.from({ length: STRATA }, () => 0.25 + 1.5 * chance());
  const all = share.reduce((sum, one) => sum + one, 0);
  const ends = share.map((_, stratum) => Math.round((rows * share.slice(0, stratum + 1).reduce((sum, one) => sum + one, 0)) / all));
  const lean = share.map(() => chance() - 0.5);
  const weight = share.map(() => 2 + Math.floor(18 * chance()));
  const strata = new Int32Array(rows);
  const domains = new Int32Array(rows);
  const weights = new Float64Array(rows);
  const population = new Float64Array(rows);
  const items = Array.from({ length: ITEMS }, () => new Float64Array(rows));
  let stratum = 0;
  for (let row = 0; row < rows; row++) {
    while (row >= (ends[stratum] ?? rows)) stratum++;
    const size = (ends[stratum] ?? rows) - (ends[stratum - 1] ?? 0);
    strata[row] = stratum;
    domains[row] = Math.floor(chance() * DOMAINS);
    weights[row] = weight[stratum] ?? 1;
    population[row] = size * (weight[stratum] ?? 1);
    const person = 2 * chance() - 1 + (lean[stratum] ?? 0) + 0.04 * (domains[row] ?? 0);
    items.forEach((item, at) => (item[row] = chance() < 1 / (1 + Math.exp(2.4 - (4.8 * at) / (ITEMS - 1) - person)) ? 1 : 0));
  }
  const names = share.map((_, at) => String(at + 1));
  return { rows, strata: { codes: strata, names, values: names }, domains: { codes: domains, count: DOMAINS }, weights, population, items };
}
type Survey = ReturnType<typeof invent>;

/** Seconds of processor time and of the clock: the median of some rounds. */
function measured(rounds: number, work: () => unknown): { processor: number; clock: number } {
  const times = Array.from({ length: rounds }, () => {
    const [began, used] = [performance.now(), process.cpuUsage()];
    work();
    const { user, system } = process.cpuUsage(used);
    return { processor: (user + system) / 1e6, clock: (performance.now() - began) / 1000 };
  });
  const middle = (of: (time: { processor: number; clock: number }) => number): number => times.map(of).sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
  return { processor: middle((time) => time.processor), clock: middle((time) => time.clock) };
}

/** What R's survey takes for the same data: seconds of means, domains, bootstrap (weights and means). Null where R or its package is not here. */
function beside(survey: Survey, replicates: number): readonly number[] | null {
  if (spawnSync("Rscript", ["-e", "library(survey)"], { stdio: "ignore" }).status !== 0) return null;
  const folder = mkdtempSync(join(tmpdir(), "rugdekking-bench-"));
  try {
    const bytes = (values: Float64Array): Uint8Array => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    writeFileSync(join(folder, "columns.f64"), bytes(Float64Array.from([...survey.strata.codes, ...survey.domains.codes])));
    writeFileSync(join(folder, "weights.f64"), bytes(survey.weights));
    writeFileSync(join(folder, "population.f64"), bytes(survey.population));
    survey.items.forEach((item, at) => writeFileSync(join(folder, `q${at + 1}.f64`), bytes(item)));
    const script = `suppressMessages(library(survey)); setwd(${JSON.stringify(folder)}); n <- ${survey.rows}
get <- function(f, k = n) readBin(f, "double", k)
k <- get("columns.f64", 2 * n); d <- data.frame(st = k[1:n], dom = k[n + 1:n], w = get("weights.f64"), f = get("population.f64"))
for (j in 1:${ITEMS}) d[[paste0("q", j)]] <- get(paste0("q", j, ".f64"))
fa <- as.formula(paste("~", paste0("q", 1:${ITEMS}, collapse = "+"))); s <- svydesign(id = ~1, strata = ~st, weights = ~w, fpc = ~f, data = d)
t <- function(e) system.time(e)[["elapsed"]]
cat(t(svymean(fa, s)), t(svyby(fa, ~dom, s, svymean)))
if (n <= 100000) cat("", t({r <- as.svrepdesign(s, type = "subbootstrap", replicates = ${replicates}); svymean(fa, r)}))`;
    const ran = spawnSync("Rscript", ["-e", script], { encoding: "utf8" });
    return ran.status === 0 ? ran.stdout.trim().split(/\s+/u).map(Number) : null;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Figures of R survey 4.5 for a survey of this shape, of another run on this class of machine: means, domains, bootstrap. */
const published: Readonly<Record<number, readonly (number | null)[]>> = { 100_000: [0.395, 1.55, 259.2], 1_000_000: [5.24, 7.86, null] };

const loadBefore = loadavg();
const rows: Row[] = [];
const replicates = Number(values.replicates);
const rounds = Number(values.rounds);
let besideInRun = false;
for (const count of [Number(values.small), Number(values.rows)]) {
  tell(`inventing ${count} answers`);
  const survey = invent(count);
  const design = makeDesign({ rows: count, strata: [survey.strata], weights: survey.weights, fpc: [survey.population] });
  tell("means, domains");
  const means = measured(rounds, () => manyMeans(design, survey.items));
  const domains = measured(rounds, () => manyMeans(design, survey.items, survey.domains));
  tell(`${replicates} bootstrap replicates`);
  const bootstrap = measured(1, () => manyMeans(makeReplicates(design, { type: "bootstrap", replicates, seed: 1 }), survey.items));
  const peak = process.resourceUsage().maxRSS * 1024;
  tell("R beside it");
  const theirs = beside(survey, replicates);
  besideInRun ||= theirs !== null;
  const large = count >= 1_000_000;
  const row = (what: string, { processor, clock }: { processor: number; clock: number }, at: number, target: number | null): Row => {
    const other = theirs?.[at] ?? published[count]?.[at] ?? null;
    return {
      what: `${count.toLocaleString("en")} rows: ${what}`,
      ours: `${processor.toFixed(3)} s (clock ${clock.toFixed(3)} s)`,
      baseline: other === null ? "R: none" : `R ${theirs === null ? "(another run) " : ""}${other.toFixed(2)} s`,
      ...(other === null ? {} : { ratio: `${(other / processor).toFixed(0)} x` }),
      ...(target === null ? {} : { target: `<= ${target} s`, met: processor <= target }),
    };
  };
  rows.push(row(`${ITEMS} means with errors`, means, 0, large ? 0.5 : null), row(`${ITEMS} means in ${DOMAINS} domains`, domains, 1, large ? 0.8 : null));
  rows.push(row(`${replicates} bootstrap replicates, ${ITEMS} means`, bootstrap, 2, large ? 60 : 6));
  if (large) rows.push({ what: "most resident memory, the survey included", ours: mebibytes(peak), target: "< 2 GB", met: peak < 2e9 });
}
process.stdout.write(
  table("Survey estimation", rows, loadBefore, [
    `Ours is processor time of one thread, after the data are in memory; the median of ${rounds} rounds, the bootstrap once, drawing included.`,
    besideInRun
      ? "R ran beside it on the same data."
      : "R `survey` is not on this machine: its figures (survey 4.5, R 4.2.2, one core, a survey of the same shape) are of another run. It did not finish 500 replicates of a million rows (15 minutes, 19 GB).",
  ]),
);
