/** The outcome of the readiness check as a plan on paper: what stands, what is missing, the first three steps, each with its source. Made on the reader's own device; nothing of it is sent. */
import type { PaperToSet } from "#services/dossier/client/paper.ts";
import { sources } from "#registers/sources/index.ts";
import { readiness, type ReadinessQuestion, type ReadinessSet } from "#registers/readiness/index.ts";
import { weighReadiness, type ReadinessAnswers } from "#services/support/readiness/index.ts";

type Data = PaperToSet<"uitleg">["data"];
type Block = Data["blocks"][number];

const written = {
  nl: {
    title: "Gereed om achter uw ambtsdragers te staan",
    about: (date: string, version: number) => `Ingevuld met vragenlijst ${version} van ${date}. Dit plan is op het eigen apparaat gemaakt.`,
    first: "De eerste drie stappen",
    firstTable: ["Stap", "Wie", "Uiterlijk"],
    none: "Er ontbreekt niets van wat is gevraagd.",
    missing: "Wat nog ontbreekt",
    stands: "Dit staat: het antwoord was ja",
    open: "Nog niet beantwoord",
    sources: "Bronnen",
    why: "Waarom",
    next: "Bespreek dit met griffier, secretaris en burgemeester, en kijk over een half jaar opnieuw.",
  },
  en: {
    title: "Ready to stand behind your office-holders",
    about: (date: string, version: number) => `Filled in with list ${version} of ${date}. This plan was made on your own device.`,
    first: "The first three steps",
    firstTable: ["Step", "Who", "By when"],
    none: "Nothing is missing of what was asked.",
    missing: "What is still missing",
    stands: "This stands: the answer was yes",
    open: "Not answered yet",
    sources: "Sources",
    why: "Why",
    next: "Discuss this with clerk, secretary and mayor, and look again in half a year.",
  },
} as const;

/** What the paper is made of. */
export interface ReadinessPlan {
  readonly answers: ReadinessAnswers;
  /** As typed; empty leaves it out. */
  readonly organisation: string;
  /** Dutch day, `YYYY-MM-DD`. */
  readonly date: string;
  readonly language: "nl" | "en";
  readonly demonstration: boolean;
}

/** @param set which version was answered; the one in use unless told otherwise */
export function readinessPaper({ answers, organisation, date, language, demonstration }: ReadinessPlan, set: ReadinessSet = readiness): PaperToSet<"uitleg"> {
  const w = written[language];
  const { stands, missing, open, first } = weighReadiness(set, answers);
  const rest = missing.filter((one) => !first.includes(one));
  const list = (questions: readonly ReadinessQuestion[], part: "text" | "step"): Block[] =>
    questions.length === 0 ? [] : [{ kind: "list", ordered: false, items: questions.map((one) => one[language][part]) }];
  const chapter = (text: string, blocks: readonly Block[]): Block[] => (blocks.length === 0 ? [] : [{ kind: "heading", level: 1, text }, ...blocks]);
  const used = [...new Set([...stands, ...missing, ...open].map(({ source }) => source))].flatMap((id) => sources.get(id) ?? []);
  const firstBlocks: readonly Block[] =
    first.length === 0
      ? []
      : [
          // Room to write by hand who does it and by when.
          { kind: "table", caption: w.first, columns: [...w.firstTable], rows: first.map((one) => [one[language].step, "…", "…"]) },
          { kind: "list", ordered: false, items: first.map((one) => `${w.why}: ${one[language].why}`) },
        ];
  const blocks: Block[] = [
    { kind: "paragraph", text: w.about(set.date, set.version) },
    ...(missing.length === 0 && open.length === 0 ? [{ kind: "note", title: "", text: w.none } as const] : []),
    ...chapter(w.first, firstBlocks),
    ...chapter(w.missing, list(rest, "step")),
    ...chapter(w.stands, list(stands, "text")),
    ...chapter(w.open, list(open, "text")),
    { kind: "paragraph", text: w.next },
    ...chapter(w.sources, [{ kind: "list", ordered: false, items: used.map(({ title, url }) => (url === null ? title : `${title}. ${url}`)) }]),
  ];
  return {
    template: "uitleg",
    data: {
      document: { title: w.title, reference: "", version: null, date, marking: "", demonstration, language },
      from: organisation.trim() === "" ? [] : [organisation.trim()],
      to: [],
      blocks,
    },
    assets: {},
    fileName: "plan-gereed.pdf",
    leftOut: [],
  };
}
