/** Tables and codebook as CSV (RFC 4180): a line per figure, everything a reader needs on the line itself. Called by the command line. */
import { writeCsv } from "@rugdekking/survey";
import { withheldWords, type Publication } from "#services/monitor/contract/publication.ts";
import { codebook, type CodebookRow } from "#services/monitor/questionnaire/index.ts";
import type { Questionnaire } from "#registers/questionnaires/index.ts";
import { distributionsOf, indicatorNamed, type PublishedFigure } from "#services/monitor/publication/reading.ts";

/** A file of the open data. */
export interface OpenFile {
  readonly name: string;
  readonly text: string;
}

/** Columns that every table has besides its dimensions. */
const columns = ["figure", "indicator", "label", "percent", "low", "high", "n", "withheld", "denominator", "wave", "edition", "source"] as const;

/** A CSV for each table of the publication, and for each question with all its answers. A figure that is not shown has empty numbers and says why: never a zero. */
export const tableFiles = (publication: Publication): readonly OpenFile[] => [...shareFiles(publication), ...answerFiles(publication)];

/** `antwoorden-last_channel.csv`: a line per answer and group, all groups in one file. */
function answerFiles(publication: Publication): readonly OpenFile[] {
  return distributionsOf(publication).map(({ id, denominator, categories, figures }) => {
    const answers = new Map(categories.map((one) => [one.id, one.title.nl]));
    const rows = figures.map((figure) => {
      const [[dimension, code] = ["", ""]] = Object.entries(figure.group);
      return [
        figure.id,
        figure.category,
        answers.get(figure.category) ?? "",
        ...numbersOf(figure),
        denominator.words.nl,
        publication.wave,
        publication.edition,
        publication.source.nl,
        dimension,
        code,
      ];
    });
    return { name: `antwoorden-${id}.csv`, text: writeCsv([[...columns.map((one) => (one === "indicator" ? "answer" : one)), "dimension", "code"], ...rows]) };
  });
}

/** Numbers of a figure and why there are none. */
const numbersOf = ({ shown, withheld }: PublishedFigure): readonly (string | number)[] => [
  ...(shown === null ? ["", "", "", ""] : [shown.percent, shown.low, shown.high, shown.n]),
  withheld === null ? "" : withheldWords[withheld].nl,
];

function shareFiles(publication: Publication): readonly OpenFile[] {
  const figures = new Map(publication.figures.map((one) => [one.id, one]));
  const byShape = Map.groupBy(publication.tables, ({ by }) => (by.length === 0 ? "alle" : by.join("-")));
  return [...byShape].map(([shape, tables]) => {
    const by = tables[0]?.by ?? [];
    const rows = tables.flatMap((table) =>
      table.figures.flatMap((id) => {
        const figure = figures.get(id);
        if (figure === undefined) return [];
        const indicator = indicatorNamed(publication, figure.indicator);
        return [
          [
            figure.id,
            indicator.id,
            indicator.label.nl,
            ...numbersOf(figure),
            indicator.denominator.words.nl,
            publication.wave,
            publication.edition,
            publication.source.nl,
            ...by.map((dimension) => figure.group[dimension] ?? ""),
          ],
        ];
      }),
    );
    return { name: `tabel-${shape}.csv`, text: writeCsv([[...columns, ...by], ...rows]) };
  });
}

const about: Readonly<Record<(typeof columns)[number], string>> = {
  figure: "Blijvende naam van het cijfer",
  indicator: "Kolom in het codeboek van de vragenlijst",
  label: "Wat het cijfer zegt",
  percent: "Schatting: hoeveel van de 100; leeg als het cijfer niet wordt getoond",
  low: "Onderkant van de marge, naar beneden afgerond",
  high: "Bovenkant van de marge, naar boven afgerond",
  n: "Antwoorden waarop het cijfer rust, afgerond",
  withheld: "Waarom een cijfer niet wordt getoond; leeg als het wel wordt getoond",
  denominator: "Van wie het cijfer een deel is",
  wave: "Meting",
  edition: "Uitgave; een verbetering is een nieuwe uitgave",
  source: "Zo haalt u het aan",
};

/** The codebook: columns of the tables, codes of the dimensions, and the questions behind the indicators. */
export function codebookFile(publication: Publication, questionnaire: Questionnaire): OpenFile {
  const book = codebook(questionnaire, { recallMonths: publication.recallMonths, details: true }, "nl");
  const wanted = new Map(publication.indicators.map(({ id, denominator }) => [id, denominator.words.nl]));
  const codes = ({ codes: own }: CodebookRow): string => own.map(({ code, label }) => `${code} = ${label}`).join("; ");
  return {
    name: "codeboek.csv",
    text: writeCsv([
      ["kind", "name", "code", "label", "denominator", "values"],
      ...columns.map((column) => ["column", column, "", about[column], "", ""]),
      ["column", "answer", "", "Antwoord op de vraag, in de bestanden met antwoorden", "", ""],
      ["column", "dimension", "", "Waarnaar de groep is ingedeeld, in de bestanden met antwoorden; leeg voor iedereen", "", ""],
      ["column", "code", "", "Groep binnen die indeling, in de bestanden met antwoorden", "", ""],
      ...publication.dimensions.flatMap(({ id, title, codes: own }) => [
        ["dimension", id, "", title.nl, "", ""],
        ...own.map(({ code, title: name, parent }) => ["code", id, code, name.nl, parent === null ? "" : `onderdeel van ${parent}`, ""]),
      ]),
      ...book
        .filter(({ kind, column }) => kind === "derived" && wanted.has(column))
        .map((row) => ["indicator", row.column, "", row.label, wanted.get(row.column) ?? row.among, codes(row)]),
      ...distributionsOf(publication).flatMap(({ id, question, denominator, categories }) => [
        ["distribution", id, "", question.nl, denominator.words.nl, ""],
        ...categories.map((one) => ["answer", id, one.id, one.title.nl, "", ""]),
      ]),
      ...book.filter(({ kind }) => kind !== "derived").map((row) => ["question", row.column, "", row.label, row.among, codes(row)]),
    ]),
  };
}
