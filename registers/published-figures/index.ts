/**
 * What earlier waves of the Monitor came to, as others published it: a row per figure and edition, with its denominator. Read by services/monitor/publication and its screens.
 *
 * [Note: Conflicts stay] Sources contradict each other (2014: 23, 24 and 26) and count shares of different things. Rows are shown side by side and never merged, averaged or chosen from; a figure without a
 * published margin is never compared with one of ours as if it had one.
 */
import Type, { type Static } from "typebox";
import { idPattern, known, onlyOnce, readRegister, RegisterError } from "#registers/register.ts";
import data from "./figures.json" with { type: "json" };

const file = "registers/published-figures/figures.json";
const Text = Type.String({ minLength: 1, maxLength: 300 });
const Percent = Type.Number({ minimum: 0, maximum: 100 });

/** What a share is a share of. */
export const publishedDenominators = [
  "office-holders",
  "victims",
  "incidents",
  "aggression",
  "verbal-aggression",
  "threat-incidents",
  "physical-incidents",
  "civil-servants",
  "not-stated",
] as const;
export type PublishedDenominator = (typeof publishedDenominators)[number];

/** Denominators in words that go on from "van". */
export const denominatorWords: Readonly<Record<PublishedDenominator, { readonly nl: string; readonly en: string }>> = {
  "office-holders": { nl: "alle politieke ambtsdragers", en: "all political office-holders" },
  victims: { nl: "wie zelf agressie meemaakte", en: "those who experienced aggression" },
  incidents: { nl: "alle voorvallen", en: "all incidents" },
  aggression: { nl: "alle agressie", en: "all aggression" },
  "verbal-aggression": { nl: "alle verbale agressie", en: "all verbal aggression" },
  "threat-incidents": { nl: "alle bedreigingen", en: "all threats" },
  "physical-incidents": { nl: "al het fysieke geweld", en: "all physical violence" },
  "civil-servants": { nl: "ambtenaren", en: "civil servants" },
  "not-stated": { nl: "een groep die de bron niet noemt", en: "a group the source does not name" },
};

/** About whom. */
export const publishedGroups = [
  "all",
  "municipalities",
  "provinces",
  "mayor",
  "alderman",
  "executive",
  "councillor",
  "women",
  "men",
  "civil-servants",
] as const;
export type PublishedGroup = (typeof publishedGroups)[number];

const PublishedFigure = Type.Object(
  {
    id: Type.String({ pattern: "^[a-z0-9-]{1,80}$" }),
    /** Year of the wave. */
    wave: Type.Integer({ minimum: 2010, maximum: 2100 }),
    /** What happened; rows with the same word ask for the same thing, by and large. */
    indicator: Type.String({ pattern: idPattern }),
    group: Type.Enum(publishedGroups),
    denominator: Type.Enum(publishedDenominators),
    /** As published; null where the source gives words or a range. */
    percent: Type.Union([Percent, Type.Null()]),
    /** What the words come to, lowest and highest; null where a number was given or nothing follows from the words. */
    range: Type.Union([Type.Tuple([Percent, Percent]), Type.Null()]),
    /** The source itself says "about". */
    about: Type.Boolean(),
    /** Answers it rests on, where that was published. */
    n: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
    /** As a reader sees it. */
    words: Text,
    /** Ids of sources that give it. */
    sources: Type.Array(Type.String({ pattern: idPattern }), { minItems: 1, uniqueItems: true }),
    note: Type.Union([Text, Type.Null()]),
  },
  { additionalProperties: false },
);
/** One figure as one edition gave it. */
export type PublishedFigure = Static<typeof PublishedFigure>;

const PublishedSource = Type.Object(
  { id: Type.String({ pattern: idPattern }), title: Text, url: Type.String({ pattern: "^https://" }) },
  { additionalProperties: false },
);
/** Where a figure was read. */
export type PublishedSource = Static<typeof PublishedSource>;

const PublishedFigures = Type.Object(
  {
    about: Type.String(),
    read: Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" }),
    sources: Type.Array(PublishedSource, { minItems: 1 }),
    figures: Type.Array(PublishedFigure, { minItems: 1 }),
  },
  { additionalProperties: false },
);
/** The whole register. */
export type PublishedFigures = Static<typeof PublishedFigures>;

/** Reads and checks the register: ids once, sources known and used, a number or words that say why there is none. @throws {@link RegisterError} naming file and id. */
export function readPublishedFigures(value: unknown): PublishedFigures {
  const read = readRegister(PublishedFigures, value, file);
  onlyOnce(read.sources, file);
  onlyOnce(read.figures, file);
  const sources = new Set(read.sources.map(({ id }) => id));
  const used = new Set<string>();
  for (const row of read.figures) {
    known(row.sources, sources, file, row.id, "source");
    for (const one of row.sources) used.add(one);
    if (row.percent !== null && row.range !== null) throw new RegisterError(`${file} ${row.id}: has a number and a range; give one`);
    if (row.range !== null && row.range[0] > row.range[1]) throw new RegisterError(`${file} ${row.id}: the range runs backwards`);
  }
  const idle = read.sources.find(({ id }) => !used.has(id));
  if (idle !== undefined) throw new RegisterError(`${file} ${idle.id}: no figure cites this source`);
  return read;
}

/** The register. */
export const publishedFigures: PublishedFigures = readPublishedFigures(data);

/** Figures about the same thing, group, denominator and wave that do not agree, in sets. */
export function conflicting(figures: readonly PublishedFigure[]): readonly (readonly PublishedFigure[])[] {
  const same = Map.groupBy(figures, ({ wave, indicator, group, denominator }) => `${wave} ${indicator} ${group} ${denominator}`);
  return [...same.values()].filter((rows) => new Set(rows.map(({ percent, words }) => percent ?? words)).size > 1);
}
