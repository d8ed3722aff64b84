/**
 * The report and the factsheets as rows of blocks: the same blocks become a page (screens) and a tagged PDF (papers.ts), so that no number is written twice. Called by papers.ts, screens and the command line.
 */
import { publishedFigures, conflicting, denominatorWords, type PublishedFigure } from "#registers/published-figures/index.ts";
import { withheldWords, type Distribution, type Indicator, type Publication, type PublishedShare } from "#services/monitor/contract/publication.ts";
import { intervalAlternative, intervalChart, trendAlternative, trendChart, type IntervalChart, type IntervalRow, type Shape } from "./charts/index.ts";
import { groupName, type Group } from "./group-name.ts";
import { citation, distributionsOf, figureOf, figureSentence, groupWords, insteadOf, type PublishedFigure as Figure } from "./reading.ts";
import { counted, dated, wordsIn, type Language } from "./words.ts";

/** One block, in reading order. */
export type DocumentBlock =
  | { readonly kind: "heading"; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "note"; readonly title: string; readonly text: string }
  | { readonly kind: "table"; readonly caption: string; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  /** A chart, drawn wide and for a phone, with its text alternative. Its figures are in the table after it. */
  | { readonly kind: "chart"; readonly id: string; readonly drawing: Shape; readonly narrow: Shape; readonly alternative: string; readonly caption: string };

/** A figure that stands out. */
export interface KeyFigure {
  /** The figure's permanent name. */
  readonly figure: string;
  /** "60", or "33–67" where the margin is wide, or the word in its place. */
  readonly number: string;
  readonly of: string;
  readonly text: string;
  /** Whose share it is: "Van alle ambtsdragers, …". */
  readonly among: string;
  readonly margin: string;
}

/** A report or factsheet. */
export interface MonitorDocument {
  /** File name and address: `rapport`, `province-utrecht`. */
  readonly id: string;
  readonly kind: "report" | "factsheet";
  readonly language: Language;
  readonly title: string;
  readonly lead: string;
  readonly date: string;
  readonly reference: string;
  readonly invented: boolean;
  readonly key: readonly KeyFigure[];
  readonly blocks: readonly DocumentBlock[];
}

/** Of whom a figure is a share, as a sentence begins with it, and within one. */
const ofWhom = ({ denominator }: Pick<Indicator, "denominator">, language: Language): string =>
  language === "nl" ? `Van ${denominator.words.nl}` : `Share of ${denominator.words.en}`;
const withinSentence = (text: string): string => `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;

const keyIndicators = ["any_aggression", "any_threat", "any_online"] as const;

function keyFigure(publication: Publication, figure: PublishedShare, indicator: Indicator, language: Language): KeyFigure {
  const say = wordsIn(language);
  const { shown } = figure;
  return {
    figure: figure.id,
    number: shown === null ? "–" : shown.wide ? `${shown.low}–${shown.high}` : String(shown.percent),
    of: say.of100,
    text: indicator.title[language],
    among: ofWhom(indicator, language),
    margin: shown === null ? insteadOf(figure, language) : `${say.between(shown.low, shown.high)}; ${say.answers(counted(shown.n, language))}`,
  };
}

const rowOf = (label: string, figure: Figure, language: Language, under = false): IntervalRow => ({
  label,
  value: figure.shown,
  instead: insteadOf(figure, language),
  under,
});

/** Cells of a table line about a figure. */
function cells(figure: Figure, language: Language): readonly [share: string, margin: string, n: string] {
  const { shown } = figure;
  return shown === null ? [insteadOf(figure, language), "–", "–"] : [String(shown.percent), `${shown.low}–${shown.high}`, counted(shown.n, language)];
}

const chartBlock = (chart: Omit<IntervalChart, "words">, language: Language, caption: string): DocumentBlock => {
  const say = wordsIn(language);
  const whole = { ...chart, words: { of100: say.of100, between: say.between } };
  return { kind: "chart", id: chart.id, drawing: intervalChart(whole), narrow: intervalChart(whole, true), alternative: intervalAlternative(whole), caption };
};

/** Why figures are not shown, in plain words, each reason once; nothing when all are. */
function whyNot(figures: readonly Figure[], language: Language): readonly DocumentBlock[] {
  const reasons = new Set(figures.flatMap(({ withheld }) => (withheld === null ? [] : [withheld])));
  return [...reasons].map((reason) => ({ kind: "paragraph", text: withheldWords[reason][language] }));
}

/** Chart and table of several indicators with one denominator, for everyone or for a group beside everyone. */
function indicatorBlocks(
  publication: Publication,
  indicators: readonly Indicator[],
  group: Group,
  prefix: string,
  language: Language,
): readonly DocumentBlock[] {
  const say = wordsIn(language);
  const [first] = indicators;
  if (first === undefined) return [];
  const beside = Object.keys(group).length > 0;
  const among = ofWhom(first, language);
  const named = groupWords(publication, group, language);
  const rows: IntervalRow[] = [];
  const lines: string[][] = [];
  const told: PublishedShare[] = [];
  for (const indicator of indicators) {
    const figure = figureOf(publication, indicator.id, group);
    const all = figureOf(publication, indicator.id, {});
    if (figure === null || all === null) continue;
    told.push(figure, all);
    rows.push(rowOf(beside ? `${indicator.title[language]}, ${named}` : indicator.title[language], figure, language));
    if (beside) rows.push(rowOf(say.everywhere, all, language, true));
    lines.push([indicator.label[language], ...cells(figure, language), ...(beside ? cells(all, language).slice(0, 2) : [])]);
  }
  const caption = `${among}. ${publication.source[language]}.`;
  const id = `${prefix}-${first.chapter}-${first.denominator.id}`;
  const head = beside ? [say.here, say.margin, say.count, say.everywhere, say.margin] : [say.of100, say.margin, say.count];
  return [
    chartBlock({ id, title: among, description: `${among}, ${named}.`, rows }, language, caption),
    { kind: "table", caption: beside ? `${caption} ${say.of100}.` : caption, columns: [say.what, ...head], rows: lines },
    ...whyNot(told, language),
  ];
}

/** Chart and table of the answers to one question, for everyone or for a group; nothing where a group has none to show. */
function answersBlocks(publication: Publication, distribution: Distribution, group: Group, prefix: string, language: Language): readonly DocumentBlock[] {
  const say = wordsIn(language);
  const { id, title, question, categories, figures } = distribution;
  const name = groupName(group);
  const own = categories.flatMap((category) => {
    const figure = figures.find((one) => one.category === category.id && groupName(one.group) === name);
    return figure === undefined ? [] : [{ title: category.title[language], figure }];
  });
  if (own.length === 0) return [];
  const caption = `${title[language]}, ${groupWords(publication, group, language)}. ${ofWhom(distribution, language)}. ${publication.source[language]}.`;
  // Of a group without a single figure the table says it in one line.
  const shown = own.some(({ figure }) => figure.shown !== null);
  const rows = own.map(({ title: answer, figure }) => rowOf(answer, figure, language));
  const description = `${question[language]} ${ofWhom(distribution, language)}.`;
  return [
    { kind: "heading", level: 2, text: title[language] },
    { kind: "paragraph", text: `${say.asked} ${question[language]}` },
    ...(shown
      ? ([
          chartBlock({ id: `${prefix}-${id}`, title: title[language], description, rows }, language, caption),
          {
            kind: "table",
            caption,
            columns: [say.answer, say.of100, say.margin, say.count],
            rows: own.map(({ title: answer, figure }) => [answer, ...cells(figure, language)]),
          },
        ] as const)
      : []),
    ...whyNot(
      own.map(({ figure }) => figure),
      language,
    ),
  ];
}

/** The questions of a chapter with all their answers. */
const distributionBlocks = (publication: Publication, chapter: string, group: Group, prefix: string, language: Language): readonly DocumentBlock[] =>
  distributionsOf(publication)
    .filter((one) => one.chapter === chapter)
    .flatMap((one) => answersBlocks(publication, one, group, prefix, language));

/** Chart and table of one indicator over the codes of a dimension. */
function dimensionBlocks(publication: Publication, indicator: Indicator, dimension: string, prefix: string, language: Language): readonly DocumentBlock[] {
  const say = wordsIn(language);
  const found = publication.dimensions.find(({ id }) => id === dimension);
  const all = figureOf(publication, indicator.id, {});
  if (found === undefined || all === null) return [];
  const rows: IntervalRow[] = [rowOf(say.everyone, all, language)];
  const lines: string[][] = [[say.everyone, ...cells(all, language)]];
  const told: PublishedShare[] = [all];
  for (const { code, parent, title } of found.codes) {
    const figure = figureOf(publication, indicator.id, { [dimension]: code });
    if (figure === null) continue;
    told.push(figure);
    rows.push(rowOf(title[language], figure, language, parent !== null));
    lines.push([title[language], ...cells(figure, language)]);
  }
  const among = withinSentence(ofWhom(indicator, language));
  const caption = `${indicator.label[language]}, ${among}. ${publication.source[language]}.`;
  return [
    chartBlock(
      {
        id: `${prefix}-${indicator.id}-${dimension}`,
        title: `${indicator.title[language]}: ${found.title[language].toLowerCase()}`,
        description: `${indicator.label[language]}, ${among}.`,
        rows,
      },
      language,
      caption,
    ),
    { kind: "table", caption, columns: [found.title[language], say.of100, say.margin, say.count], rows: lines },
    ...whyNot(told, language),
  ];
}

/** Year of a wave that is called by its year; null for another. */
const yearOf = (wave: string): number | null => (/^\d{4}/u.test(wave) ? Number(wave.slice(0, 4)) : null);

/** Earlier figures beside ours, apart: chart, and the table with source and denominator of each. */
function earlierBlocks(publication: Publication, indicator: Indicator, prefix: string, language: Language): readonly DocumentBlock[] {
  const say = wordsIn(language);
  const { historical } = indicator;
  const year = yearOf(publication.wave);
  const own = figureOf(publication, indicator.id, {});
  const earlier = historical === null ? [] : publishedFigures.figures.filter((one) => one.indicator === historical && one.group === "all");
  if (earlier.length === 0) return [];
  // Only shares of the same people stand in one chart.
  const points = earlier.flatMap(({ wave, percent, denominator }) => (percent === null || denominator !== "office-holders" ? [] : [{ year: wave, percent }]));
  const blocks: DocumentBlock[] = [];
  if (year !== null && own !== null && own.shown !== null && points.length > 1) {
    const { percent, low, high } = own.shown;
    const trend = {
      id: `${prefix}-${indicator.id}-trend`,
      title: indicator.title[language],
      description: `${indicator.label[language]}.`,
      own: [{ year, percent, low, high }],
      others: points,
      words: { own: say.own, others: say.others, between: say.between },
    };
    blocks.push({
      kind: "chart",
      id: trend.id,
      drawing: trendChart(trend),
      narrow: trendChart(trend, true),
      alternative: trendAlternative(trend),
      caption: `${indicator.label[language]}. ${say.own}; ${say.others.toLowerCase()}.`,
    });
  }
  const sourceWords = ({ sources }: PublishedFigure): string =>
    sources.map((id) => publishedFigures.sources.find((one) => one.id === id)?.title ?? id).join("; ");
  blocks.push({
    kind: "table",
    caption: `${indicator.title[language]}. ${say.others}.`,
    columns: [say.source, say.year, say.figure, say.among, say.remark],
    rows: earlier.map((one) => [sourceWords(one), String(one.wave), one.words, denominatorWords[one.denominator][language], one.note ?? "–"]),
  });
  return blocks;
}

const stayingBlocks = ({ staying, source }: Publication, level: 1 | 2, language: Language): readonly DocumentBlock[] =>
  staying.length === 0
    ? []
    : [
        { kind: "heading", level, text: wordsIn(language).stayingTitle },
        ...staying.map(({ title, result, missed, n, denominator }): DocumentBlock => {
          const told = `${ofWhom({ denominator }, language)}; ${wordsIn(language).answers(counted(n, language))}. ${source[language]}.`;
          return { kind: "note", title: title[language], text: [result[language], missed[language], told].join("\n\n") };
        }),
      ];

function closing(publication: Publication, example: PublishedShare | null, level: 1 | 2, language: Language): readonly DocumentBlock[] {
  const say = wordsIn(language);
  const { method } = publication;
  return [
    { kind: "heading", level, text: say.readTitle },
    { kind: "list", items: say.read(method.minimum) },
    { kind: "heading", level, text: say.notTitle },
    { kind: "list", items: say.not },
    ...(example === null
      ? []
      : ([
          { kind: "heading", level, text: say.citeTitle },
          { kind: "paragraph", text: citation(publication, example, language) },
        ] as const)),
  ];
}

const inChapter = ({ indicators }: Publication, chapter: string): readonly (readonly Indicator[])[] => [
  ...Map.groupBy(
    indicators.filter((one) => one.chapter === chapter),
    ({ denominator }) => denominator.id,
  ).values(),
];

const keyOf = (publication: Publication, group: Group, language: Language): readonly KeyFigure[] =>
  keyIndicators.flatMap((id) => {
    const figure = figureOf(publication, id, group);
    const indicator = publication.indicators.find((one) => one.id === id);
    return figure === null || indicator === undefined ? [] : [keyFigure(publication, figure, indicator, language)];
  });

/** The main report. */
export function reportOf(publication: Publication, language: Language): MonitorDocument {
  const say = wordsIn(language);
  const { method } = publication;
  const lead = publication.indicators.find(({ id }) => id === "any_aggression");
  const all = figureOf(publication, "any_aggression", {});
  const blocks: DocumentBlock[] = [
    { kind: "heading", level: 1, text: say.aboutTitle },
    { kind: "paragraph", text: say.aboutText(publication) },
    ...publication.chapters.flatMap(({ id, title }): DocumentBlock[] => [
      { kind: "heading", level: 1, text: title[language] },
      ...inChapter(publication, id).flatMap((own) => indicatorBlocks(publication, own, {}, "report", language)),
      ...distributionBlocks(publication, id, {}, "report", language),
    ]),
    ...stayingBlocks(publication, 1, language),
    { kind: "heading", level: 1, text: say.groupsTitle },
    ...(lead === undefined
      ? []
      : publication.dimensions.flatMap((dimension): DocumentBlock[] => [
          { kind: "heading", level: 2, text: dimension.title[language] },
          ...dimensionBlocks(publication, lead, dimension.id, "report", language),
        ])),
    { kind: "heading", level: 1, text: say.earlierTitle },
    { kind: "paragraph", text: say.earlier },
    ...publication.indicators.flatMap((indicator) => earlierBlocks(publication, indicator, "report", language)),
    ...contradictions(language),
    ...closing(publication, all, 1, language),
    { kind: "heading", level: 1, text: say.methodTitle },
    { kind: "paragraph", text: say.weighting(publication) },
    ...method.leftOut.map(({ why }): DocumentBlock => ({ kind: "paragraph", text: say.leftOut(why[language]) })),
    { kind: "paragraph", text: say.nonResponse(publication) },
    { kind: "paragraph", text: say.download },
  ];
  return {
    id: language === "nl" ? "rapport" : "report",
    kind: "report",
    language,
    title: publication.title[language],
    lead: `${say.reportTitle}, ${dated(publication.on, language)}.`,
    date: publication.on,
    reference: publication.id,
    invented: publication.invented,
    key: keyOf(publication, {}, language),
    blocks,
  };
}

/** Figures of others that contradict each other, side by side. */
function contradictions(language: Language): readonly DocumentBlock[] {
  const sets = conflicting(publishedFigures.figures);
  if (sets.length === 0) return [];
  return [
    {
      kind: "note",
      title: language === "nl" ? "Bronnen spreken elkaar tegen" : "Sources contradict each other",
      text: sets
        .map(
          (rows) =>
            `${rows[0]?.wave ?? ""}: ${rows.map(({ words, sources }) => `${words} (${sources.map((id) => publishedFigures.sources.find((one) => one.id === id)?.title ?? id).join("; ")})`).join("; ")}.`,
        )
        .join("\n"),
    },
  ];
}

/** Groups that get a factsheet: every code of these dimensions that has figures, gathered ones too. */
const withFactsheet = ["province", "function", "size"] as const;
export function factsheetGroups(publication: Publication): readonly { readonly dimension: string; readonly code: string }[] {
  return withFactsheet.flatMap((dimension) =>
    (publication.dimensions.find(({ id }) => id === dimension)?.codes ?? []).flatMap(({ code }) =>
      figureOf(publication, "any_aggression", { [dimension]: code }) === null || code === "overig" ? [] : [{ dimension, code }],
    ),
  );
}

/** A factsheet about one group. */
export function factsheetOf(publication: Publication, dimension: string, code: string, language: Language): MonitorDocument {
  const say = wordsIn(language);
  const group: Group = { [dimension]: code };
  const name = groupWords(publication, group, language);
  const lead = figureOf(publication, "any_aggression", group);
  const crossed = publication.tables.find(({ indicator, by }) => indicator === "any_aggression" && by.length === 2 && by.includes(dimension));
  const other = crossed?.by.find((one) => one !== dimension);
  return {
    id: `${dimension}-${code}`,
    kind: "factsheet",
    language,
    title: `${say.factsheet}: ${name}`,
    lead: say.factsheetLead(name),
    date: publication.on,
    reference: `${publication.id}/${dimension}-${code}`,
    invented: publication.invented,
    key: keyOf(publication, group, language),
    blocks: [
      ...(lead === null ? [] : [{ kind: "paragraph", text: figureSentence(publication, lead, language) } as const]),
      { kind: "paragraph", text: say.aboutText(publication) },
      ...publication.chapters.flatMap(({ id, title }): DocumentBlock[] => {
        const sets = inChapter(publication, id);
        return sets.length === 0
          ? []
          : [
              { kind: "heading", level: 1, text: title[language] },
              ...sets.flatMap((own) => indicatorBlocks(publication, own, group, `${dimension}-${code}`, language)),
              ...distributionBlocks(publication, id, group, `${dimension}-${code}`, language),
            ];
      }),
      ...(crossed === undefined || other === undefined ? [] : crossedBlocks(publication, group, dimension, other, language)),
      ...closing(publication, lead, 1, language),
    ],
  };
}

/** The lead indicator of a group by a second dimension, where that was asked for. */
function crossedBlocks(publication: Publication, group: Group, dimension: string, other: string, language: Language): readonly DocumentBlock[] {
  const say = wordsIn(language);
  const indicator = publication.indicators.find(({ id }) => id === "any_aggression");
  const second = publication.dimensions.find(({ id }) => id === other);
  if (indicator === undefined || second === undefined) return [];
  const order = publication.dimensions.map(({ id }) => id);
  const rows = second.codes.flatMap(({ code, title }) => {
    const key = Object.fromEntries(Object.entries({ ...group, [other]: code }).toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b)));
    const figure = figureOf(publication, indicator.id, key);
    return figure === null ? [] : [{ code, title: title[language], figure }];
  });
  // Those that were joined with others are no group of their own to show.
  if (rows.every(({ code }) => code === "overig")) return [];
  const among = withinSentence(ofWhom(indicator, language));
  const caption = `${indicator.label[language]}, ${groupWords(publication, group, language)}, ${among}. ${publication.source[language]}.`;
  return [
    { kind: "heading", level: 1, text: `${indicator.title[language]}: ${second.title[language].toLowerCase()}` },
    chartBlock(
      {
        id: `${dimension}-${group[dimension] ?? ""}-${other}`,
        title: caption,
        description: caption,
        rows: rows.map(({ title, figure }) => rowOf(title, figure, language)),
      },
      language,
      caption,
    ),
    {
      kind: "table",
      caption,
      columns: [second.title[language], say.of100, say.margin, say.count],
      rows: rows.map(({ title, figure }) => [title, ...cells(figure, language)]),
    },
    ...whyNot(
      rows.map(({ figure }) => figure),
      language,
    ),
  ];
}
