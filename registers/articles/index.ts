/** Articles of the Wetboek van Strafrecht that may apply, cut into elements, as checked data. Read by services/reporting/acting and its screens; whether one applies is for police and OM. */
import Type, { type Static } from "typebox";
import { idPattern, onlyOnce, readRegister, RegisterError } from "#registers/register.ts";
import { cited, citesKnown } from "#registers/sources/index.ts";
import { OfficeFunction } from "#services/dossier/contract/bodies.ts";
import data from "./articles.json" with { type: "json" };

const file = "registers/articles/articles.json";
const Id = Type.String({ pattern: idPattern });
const Text = Type.String({ minLength: 1, maxLength: 600 });
/** May stay empty: nothing is open, or nothing limits it. */
const MayBeText = Type.String({ maxLength: 600 });

const Worded = Type.Object({ name: Text, elements: Type.Record(Id, Text), limits: MayBeText, open: MayBeText }, { additionalProperties: false });

/** One article with its elements. */
export const Article = Type.Object(
  {
    id: Id,
    /** Number in the Wetboek van Strafrecht: `285d`. */
    article: Type.String({ pattern: "^\\d{1,3}[a-z]{0,2}$" }),
    /** Whether the person must ask for prosecution (klacht). `if-defamation`: only where the means was a threat of defamation (art. 284 lid 2 Sr). */
    complaint: Type.Enum(["never", "always", "unless-official", "if-defamation"]),
    nl: Worded,
    en: Worded,
    /** Elements in the order of the law. */
    elements: Type.Array(Id, { minItems: 1, uniqueItems: true }),
    /** Functions a source names for one third more punishment; null where none was read. */
    heavier: Type.Union([Type.Array(OfficeFunction, { minItems: 1, uniqueItems: true }), Type.Null()]),
    ...cited,
  },
  { additionalProperties: false },
);
/** One article with its elements. */
export type Article = Static<typeof Article>;
const ArticleFile = Type.Object({ about: Type.String(), articles: Type.Array(Article, { minItems: 1 }) }, { additionalProperties: false });

/** Reads and checks the articles: ids once, sources known, both languages word exactly the elements there are. @throws {@link RegisterError} naming file and id. */
export function readArticles(value: unknown): ReadonlyMap<string, Article> {
  const { articles: rows } = readRegister(ArticleFile, value, file);
  onlyOnce(rows, file);
  citesKnown(rows, file);
  for (const { id, elements, nl, en } of rows)
    for (const [language, worded] of Object.entries({ nl, en })) {
      const words = Object.keys(worded.elements);
      if (words.length !== elements.length || elements.some((element) => !words.includes(element)))
        throw new RegisterError(`${file} ${id}: ${language} must word exactly the elements there are`);
    }
  return new Map(rows.map((row) => [row.id, row]));
}

/** Every article, by id. */
export const articles: ReadonlyMap<string, Article> = readArticles(data);
