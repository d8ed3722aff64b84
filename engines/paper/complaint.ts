/** The data of the template `aangifte`: facts laid ready for a criminal complaint. It has no field for a home address and none for a verdict. Used by templates.ts and by callers that make one. */
import Type, { type Static } from "typebox";
import { closed, Code, Digest, Head, Line, Text, Title } from "./parts.ts";

/** The seven W's of the Politie Informatie Formulier, in its order. */
export const complaintQuestions = ["who", "what", "where", "with-what", "in-what-way", "when", "why"] as const;

/** One article that may apply; `seen` is the person's word, never a finding. */
const ConsideredArticle = closed({
  /** Number in the Wetboek van Strafrecht. */
  article: Type.String({ pattern: "^\\d{1,3}[a-z]{0,2}$" }),
  name: Title,
  elements: Type.Array(closed({ text: Type.String({ minLength: 1, maxLength: 1_000, pattern: "\\S" }), seen: Type.Boolean() }), { minItems: 1, maxItems: 20 }),
  /** The person's own words beside it; may be empty. */
  note: Text,
  /** Whether prosecution hangs on asking for it; may be empty. */
  request: Text,
  /** What is known of a heavier punishment for this function; may be empty. */
  heavier: Text,
  /** Where the article ends; may be empty. */
  limits: Text,
  /** What no source settles; may be empty. */
  open: Text,
  source: Line,
});

/** One file. Times come as words in Dutch time. */
const Evidence = closed({
  code: Code,
  name: Title,
  note: Text,
  /** When it was captured, as the device says; empty when unknown. */
  captured: Line,
  /** When it came into the dossier. */
  received: Line,
  digest: Digest,
  /** A time stamp of someone else; null when there is none. */
  stamp: Type.Union([closed({ at: Line, authority: Line }), Type.Null()]),
  /** Where it was found: platform, account, address; may be empty. */
  found: Text,
});

/** Data of the template `aangifte`. */
export const ComplaintData = closed({
  document: Head,
  by: Type.Union([Type.Literal("office-holder"), Type.Literal("employer")]),
  person: closed({ name: Line, function: Line, organisation: Line }),
  /** Who goes to the police for the employer; empty lines otherwise. */
  filer: closed({ name: Line, office: Line }),
  /** Address in the complaint: the office's. */
  domicile: closed({ name: Line, address: Line, place: Line }),
  contact: Line,
  /** Whether the person asks for prosecution (klacht). */
  prosecution: Type.Boolean(),
  /** Each of the seven once, in order; an answer may be empty. */
  questions: Type.Array(closed({ id: Type.Enum(complaintQuestions), text: Text }), { minItems: 7, maxItems: 7 }),
  articles: Type.Array(ConsideredArticle, { maxItems: 30 }),
  /** What was reported that these articles do not cover; may be empty. */
  beyond: Text,
  evidence: Type.Array(Evidence, { maxItems: 500 }),
  /** What is not in this paper. */
  leftOut: Type.Array(Text, { minItems: 1, maxItems: 40 }),
});
export type ComplaintData = Static<typeof ComplaintData>;
