/**
 * Bench: searching 100,000 earlier answers, and reading 10,000 questions. `node tools/bench/parliament.ts [--answers 100000] [--questions 10000]`.
 * Answers are generated, the same every time: words drawn by Zipf's law from made-up compounds of Dutch words. Baselines in the same run: looking
 * through all texts for the words, and splitting the same files into lines.
 */
import { loadavg } from "node:os";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { readQuestions } from "#services/parliament/reading/index.ts";
import { differencesWith, IndexBuilder, openIndex, writeIndex } from "#services/parliament/search/index.ts";
import { percentile, type Row, table, tell } from "./table.ts";

const { values } = parseArgs({ options: { answers: { type: "string", default: "100000" }, questions: { type: "string", default: "10000" } } });
const [answers, questions] = [Number(values.answers), Number(values.questions)];
const before = loadavg();

/** Marsaglia's xorshift32, so that every run draws the same. */
let state = 0x5eed;
const random = (): number => {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) / 2 ** 32;
};

const roots =
  "veiligheid bestuur burgemeester raadslid wethouder bedreiging intimidatie scan woning advies politie justitie gemeente provincie waterschap onderzoek monitor cijfer maatregel aangifte melding ondersteuning regeling wet besluit minister kamer brief motie begroting jeugd zorg onderwijs verkeer spoor weg woningbouw stikstof landbouw water dijk energie klimaat belasting toeslag uitkering arbeid migratie asiel opvang defensie buitenland handel cultuur sport media internet platform gegevens privacy toezicht inspectie rechter vonnis straf boete vergunning subsidie budget tekort wachtlijst huisarts ziekenhuis medicijn vaccin school leraar student leerling kind ouder ouderen huur koop hypotheek bank rente pensioen".split(
    " ",
  );
const endings = [
  "",
  "en",
  "s",
  "splan",
  "sbeleid",
  "scommissie",
  "sonderzoek",
  "smaatregelen",
  "skosten",
  "sadvies",
  "straject",
  "svoorziening",
  "ing",
  "ingen",
  "heid",
  "elijk",
  "elijke",
  "sgebied",
  "samenwerking",
];
const words = Array.from({ length: 40_000 }, (_, at) => {
  const root = roots[at % roots.length] ?? "";
  const ending = endings[Math.floor(at / roots.length) % endings.length] ?? "";
  const more = Math.floor(at / (roots.length * endings.length));
  return more === 0
    ? root + ending
    : `${root}${roots[(at * 7 + more) % roots.length] ?? ""}${endings[(at * 3 + more) % endings.length] ?? ""}${more > 4 ? String.fromCharCode(97 + (more % 26)) : ""}`;
});
const small = "de het een van in op dat die is voor met aan door ook niet er om bij naar uit".split(" ");
/** The word of a rank drawn by Zipf's law. */
const draw = (): string => words[Math.min(words.length - 1, Math.floor(Math.exp(random() * Math.log(words.length))) - 1)] ?? "";
const sentence = (length: number): string =>
  Array.from({ length }, () => (random() < 0.45 ? (small[Math.floor(random() * small.length)] ?? "") : draw())).join(" ");
const text = (length: number): string => Array.from({ length: Math.ceil(length / 18) }, () => `${sentence(18)}.`).join(" ");

const timed = <T>(work: () => T): { readonly value: T; readonly ms: number } => {
  const from = performance.now();
  const value = work();
  return { value, ms: performance.now() - from };
};

tell(`writing ${answers} answers`);
const archive = Array.from({ length: answers }, (_, at) => ({
  id: `2026Z${String(at).padStart(6, "0")}/1`,
  question: `${sentence(25)}?`,
  answer: text(60 + Math.floor(random() * 240)),
}));
tell("building the index");
const builder = new IndexBuilder();
const built = timed(() => {
  for (const one of archive) builder.add(one);
  return writeIndex(builder);
});
const opened = timed(() => openIndex(built.value));
const index = opened.value;
const queries = Array.from({ length: 1_000 }, (_, at) =>
  at % 5 === 0 ? (archive[(at * 97) % answers]?.question ?? "") : Array.from({ length: 1 + (at % 5) }, draw).join(" "),
);
for (const query of queries.slice(0, 50)) index.search(query);
tell("searching");
const times = queries.map((query) => timed(() => index.search(query)).ms).toSorted((a, b) => a - b);
const scans = queries
  .slice(0, 20)
  .map((query) => {
    const sought = query.toLowerCase().split(" ");
    return timed(() => archive.filter(({ answer, question }) => sought.some((word) => answer.includes(word) || question.includes(word))).length).ms;
  })
  .toSorted((a, b) => a - b);
const itself = queries.filter((_, at) => at % 5 === 0).filter((query, at) => index.search(query, 1)[0]?.id === archive[(at * 5 * 97) % answers]?.id).length;
const compared = timed(() => differencesWith(archive[0]?.answer ?? "", `${archive[0]?.answer.replaceAll("van", "uit") ?? ""} ${archive[1]?.answer ?? ""}`)).ms;

tell(`reading ${questions} questions`);
const encoder = new TextEncoder();
const sets = Array.from({ length: Math.ceil(questions / 10) }, (_, at) => {
  const asked = Array.from({ length: 10 }, (_one, number) => `Vraag ${number + 1}\n\n${sentence(30)}?${number === 0 ? "1" : ""} Zo ja, ${sentence(12)}?`).join(
    "\n\n",
  );
  const set = `Vragen van de leden Verhoeven en El Amrani (beiden Lijst Duinrand) aan de Ministers van Justitie en Veiligheid en van Binnenlandse Zaken en Koninkrijksrelaties over ${sentence(6)} (ingezonden ${1 + (at % 28)} mei 2026).\n\n${asked}\n\nX Noot\n1\n\nDe Duinbode, 1 mei 2026, «${sentence(6)}».\n`;
  const page = `<!doctype html><html><body><main>${set
    .split("\n\n")
    .map((one) => `<p>${one.replaceAll("\n", "<br>")}</p>`)
    .join("")}</main></body></html>`;
  return { name: `kv-tk-2026Z${String(10_000 + at)}.${at % 2 === 0 ? "txt" : "html"}`, bytes: encoder.encode(at % 2 === 0 ? set : page) };
});
const bare = timed(() => sets.reduce((sum, { bytes }) => sum + new TextDecoder().decode(bytes).split("\n").length, 0));
const from = performance.now();
let read = 0;
let troubles = 0;
for (const set of sets) {
  const { dossier } = await readQuestions(set);
  read += dossier.questions.length;
  troubles += dossier.troubles.length + dossier.unplaced.length;
}
const reading = performance.now() - from;

const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
const p95 = percentile(times, 0.95);
const rows: readonly Row[] = [
  {
    what: `search in ${index.size} answers, 95 of 100 (1,000 queries: 1 to 5 words, and whole questions)`,
    ours: ms(p95),
    baseline: `${ms(percentile(scans, 0.5))} (looking through all texts)`,
    ratio: `${(percentile(scans, 0.5) / p95).toFixed(0)}x faster`,
    target: "< 150 ms",
    met: p95 < 150,
  },
  { what: "the same, middle; slowest", ours: `${ms(percentile(times, 0.5))}; ${ms(times.at(-1) ?? 0)}` },
  { what: "whole questions that find their own answer first", ours: `${itself} of 200` },
  { what: "building the index and writing it", ours: `${(built.ms / 1_000).toFixed(1)} s, ${(built.value.length / 2 ** 20).toFixed(1)} MiB` },
  { what: "opening it", ours: ms(opened.ms) },
  { what: "an answer of 300 words beside an earlier one", ours: ms(compared) },
  {
    what: `reading ${read} questions in ${sets.length} files (half text, half HTML)`,
    ours: `${(reading / 1_000).toFixed(2)} s`,
    baseline: `${ms(bare.ms)} (splitting into lines)`,
    ratio: `${(reading / bare.ms).toFixed(0)}x`,
    target: "< 60 s",
    met: reading < 60_000 && read === sets.length * 10,
  },
  { what: "troubles and unplaced lines in them", ours: String(troubles), target: "0", met: troubles === 0 },
];
process.stdout.write(`${table("Parliament: earlier answers and reading", rows, before)}\n`);
