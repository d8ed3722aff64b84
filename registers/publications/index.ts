/** Which figures of the Monitor are published, by which groups and under which rules, as versioned data. Read by services/monitor/publication. */
import Type, { type Static } from "typebox";
import { idPattern, known, onlyOnce, readRegister, RegisterError } from "#registers/register.ts";
import first from "./monitor-1.json" with { type: "json" };

const room = "registers/publications";
const Text = Type.String({ minLength: 1, maxLength: 200 });
const both = { nl: Text, en: Text } as const;
const Id = Type.String({ pattern: "^[a-z][a-z0-9_-]{0,39}$" });
const Code = Type.String({ pattern: idPattern });

const Rules = Type.Object(
  {
    about: Type.String(),
    id: Id,
    version: Type.Integer({ minimum: 1 }),
    date: Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" }),
    questionnaire: Type.Object({ set: Id, version: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }),
    ...both,
    /** Confidence level of every margin, and how it is made (an interval of engines/survey; `beta` is Korn and Graubard's). */
    level: Type.Number({ exclusiveMinimum: 0.5, exclusiveMaximum: 1 }),
    interval: Type.Enum(["logit", "wilson", "beta"]),
    /** Fewest answers under a published figure, unweighted. */
    minimum: Type.Integer({ minimum: 5, maximum: 100 }),
    /** Numbers of answers are rounded to a multiple of this. */
    roundTo: Type.Integer({ minimum: 2, maximum: 50 }),
    /** A margin wider than this many percentage points is shown as a range first. */
    wide: Type.Integer({ minimum: 1, maximum: 100 }),
    weights: Type.Object(
      {
        /** A stratum with fewer answers is joined with another for the weights. */
        leastAnswers: Type.Integer({ minimum: 2, maximum: 50 }),
        /** Bounds of the factors in calibration; afterwards they are cut off at the trim bounds. */
        lower: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
        upper: Type.Number({ minimum: 1 }),
        trimLower: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
        trimUpper: Type.Number({ minimum: 1 }),
      },
      { additionalProperties: false },
    ),
    dimensions: Type.Array(
      Type.Object(
        {
          id: Id,
          /** A part of the stratum, or a column of the answers. */
          from: Type.Union([
            Type.Object({ stratum: Type.Enum(["function", "organisationType", "province", "sizeClass"]) }, { additionalProperties: false }),
            Type.Object({ column: Id }, { additionalProperties: false }),
          ]),
          ...both,
          codes: Type.Array(
            Type.Object(
              {
                code: Code,
                /** Code it belongs to; null for the top. */
                parent: Type.Union([Code, Type.Null()]),
                /** What in the stratum or the column comes down to it; the empty text is a missing answer. None for a code that only gathers others. */
                values: Type.Array(Type.String({ maxLength: 40 })),
                ...both,
              },
              { additionalProperties: false },
            ),
            { minItems: 2 },
          ),
        },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
    /** What a denominator of the questionnaire is called above estimates, where other words are needed: the figures are about everyone in the frame, and not about who answered. */
    denominators: Type.Array(Type.Object({ id: Id, ...both }, { additionalProperties: false })),
    chapters: Type.Array(Type.Object({ id: Id, ...both }, { additionalProperties: false }), { minItems: 1 }),
    indicators: Type.Array(
      Type.Object(
        {
          id: Id,
          /** Column of 0 and 1 in the codebook; who is not asked is outside its denominator. */
          column: Id,
          chapter: Id,
          ...both,
          /** Answer that would tell something of each person of a group in which everyone gave it: such a group is not shown. */
          tells: Type.Enum(["yes", "no", "both"]),
          /** Indicator in registers/published-figures that asks by and large the same. */
          historical: Type.Union([Code, Type.Null()]),
        },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
    /**
     * Questions of which it is published how many gave each answer. The categories are all its options, each once: a rare option is taken together with a neighbour, since an answer that fewer than the minimum gave is
     * not shown. No means: between "unsafe" and "safe" lies no fixed distance.
     */
    distributions: Type.Array(
      Type.Object(
        {
          id: Type.String({ pattern: "^[a-z][a-z0-9_]{0,23}$" }),
          /** Id in the questionnaire; a question with one answer, asked of exactly the people of a denominator. */
          question: Id,
          chapter: Id,
          ...both,
          /** Dimensions it is published by, one at a time; none for everyone together. */
          by: Type.Array(Type.Array(Id, { maxItems: 1 }), { minItems: 1, uniqueItems: true }),
          categories: Type.Array(
            Type.Object(
              { id: Type.String({ pattern: "^[a-z][a-z0-9]{0,11}$" }), options: Type.Array(Id, { minItems: 1 }), ...both },
              { additionalProperties: false },
            ),
            { minItems: 3, maxItems: 12 },
          ),
        },
        { additionalProperties: false },
      ),
    ),
    /** Each line: these indicators (none: all) by these dimensions. */
    tables: Type.Array(Type.Object({ indicators: Type.Array(Id), by: Type.Array(Id, { maxItems: 2, uniqueItems: true }) }, { additionalProperties: false }), {
      minItems: 1,
    }),
  },
  { additionalProperties: false },
);
/** One version. */
export type PublicationRules = Static<typeof Rules>;

/** Reads and checks one version. @throws {@link RegisterError} naming file and id. */
export function readPublicationRules(value: unknown, file: string): PublicationRules {
  const read = readRegister(Rules, value, file);
  onlyOnce(read.dimensions, file);
  onlyOnce(read.denominators, file);
  onlyOnce(read.chapters, file);
  onlyOnce(read.indicators, file);
  for (const { id, codes } of read.dimensions) {
    onlyOnce(
      codes.map(({ code }) => ({ id: code })),
      `${file} ${id}`,
    );
    const all = new Set(codes.map(({ code }) => code));
    known(
      codes.flatMap(({ parent }) => (parent === null ? [] : [parent])),
      all,
      file,
      id,
      "code",
    );
    const values = codes.flatMap((one) => one.values);
    if (new Set(values).size < values.length) throw new RegisterError(`${file} ${id}: a value comes down to two codes`);
    const gathers = codes.find(({ code, values: own }) => own.length > 0 && codes.some(({ parent }) => parent === code));
    if (gathers !== undefined) throw new RegisterError(`${file} ${id}: ${gathers.code} gathers other codes and has values of its own`);
  }
  const chapters = new Set(read.chapters.map(({ id }) => id));
  const indicators = new Set(read.indicators.map(({ id }) => id));
  const dimensions = new Set(read.dimensions.map(({ id }) => id));
  for (const { id, chapter } of read.indicators) known([chapter], chapters, file, id, "chapter");
  onlyOnce([...read.indicators, ...read.distributions], file);
  onlyOnce(
    read.distributions.map(({ question }) => ({ id: question })),
    file,
  );
  for (const { id, chapter, by, categories } of read.distributions) {
    known([chapter], chapters, file, id, "chapter");
    known(by.flat(), dimensions, file, id, "dimension");
    onlyOnce(categories, `${file} ${id}`);
    onlyOnce(
      categories.flatMap(({ options }) => options.map((option) => ({ id: option }))),
      `${file} ${id}`,
    );
  }
  for (const table of read.tables) {
    known(table.indicators, indicators, file, `table by ${table.by.join(" and ")}`, "indicator");
    known(table.by, dimensions, file, "tables", "dimension");
  }
  return read;
}

const monitor1 = readPublicationRules(first, `${room}/monitor-1.json`);

/** Every version. */
export const publicationRules: readonly PublicationRules[] = [monitor1];
