/** The pieces the data of several templates share: texts, days, the head of a document, pictures. Used by the schema files beside it. */
import Type, { type Static, type TSchema } from "typebox";

/** A closed object: a field the template does not know is refused, so that nothing reaches a paper unseen. */
export const closed = <P extends Record<string, TSchema>>(properties: P) => Type.Object(properties, { additionalProperties: false });

/** Text of any length; a blank line starts a paragraph, a line end breaks the line. Nothing else in it means anything. */
export const Text = Type.String({ maxLength: 60_000 });
/** One line. */
export const Line = Type.String({ maxLength: 400 });
/** One line that may not be empty. */
export const Title = Type.String({ minLength: 1, maxLength: 400, pattern: "\\S" });
/** Calendar day `YYYY-MM-DD`. */
export const Day = Type.String({ pattern: "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$" });
/** What the paper calls a finding, measure or risk: `B3`, `M12`. */
export const Code = Type.String({ pattern: "^[A-Za-z0-9.-]{1,12}$" });
/** Name under which a picture is handed in. */
export const AssetName = Type.String({ pattern: "^[A-Za-z0-9_-]{1,80}$" });
/** Whole euros, VAT included. */
export const Euros = Type.Integer({ minimum: 0, maximum: 100_000_000 });
/** SHA-256 in lower-case hexadecimal. */
export const Digest = Type.String({ pattern: "^[0-9a-f]{64}$" });

/** Head of every document: what it is, which version, of when. The date is also the PDF's creation date, so that the same data gives the same bytes. */
export const Head = closed({
  title: Title,
  /** Reference, printed as "kenmerk"; may be empty. */
  reference: Line,
  version: Type.Union([Type.Integer({ minimum: 1, maximum: 100_000 }), Type.Null()]),
  date: Day,
  /** Language it is written in; Dutch when left out. `uitleg` and `uitkomsten` have no words of their own and are there in English too; the other templates are Dutch. */
  language: Type.Optional(Type.Union([Type.Literal("nl"), Type.Literal("en")])),
  /** Printed at the head of every page, such as "Vertrouwelijk"; may be empty. */
  marking: Line,
  /** True prints DEMONSTRATIE at the head of every page and on the first. */
  demonstration: Type.Boolean(),
});
export type Head = Static<typeof Head>;

/** A picture handed in as an asset. The alternative text is for who cannot see it; the caption is for everyone and may be empty. */
export const Picture = closed({ asset: AssetName, alt: Type.String({ minLength: 1, maxLength: 2_000, pattern: "\\S" }), caption: Line });
export type Picture = Static<typeof Picture>;

/** The four risk domains, in the advisers' words. */
export const Domain = Type.Union([Type.Literal("wonen"), Type.Literal("werk"), Type.Literal("digitaal"), Type.Literal("verplaatsen")]);
/** Given for good, or on loan for the time of office (Regeling art. 3.9 lid 1 and 7). */
export const Provided = Type.Union([Type.Literal("provided"), Type.Literal("on-loan")]);
/** Who arranges it: the employer, or the person at their own account. */
export const Who = Type.Union([Type.Literal("employer"), Type.Literal("own")]);
