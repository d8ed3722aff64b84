/** The data of the template `advies`: a security advice with everything it rests on. Used by templates.ts and by callers that make one. */
import Type, { type Static } from "typebox";
import { closed, Code, Day, Digest, Domain, Euros, Head, Line, Picture, Provided, Text, Title, Who } from "./parts.ts";

const Seriousness = Type.Union([Type.Literal("low"), Type.Literal("medium"), Type.Literal("high")]);
const Likelihood = Type.Union([Type.Literal("unlikely"), Type.Literal("possible"), Type.Literal("likely")]);
const Weighed = closed({ seriousness: Seriousness, likelihood: Likelihood });
const codes = Type.Array(Code, { maxItems: 150 });

/** One thing seen, in the ring around the home where it was seen (`none` outside the home). */
const Finding = closed({
  code: Code,
  domain: Domain,
  ring: Type.Union([
    Type.Literal("surroundings"),
    Type.Literal("plot"),
    Type.Literal("shell"),
    Type.Literal("inside"),
    Type.Literal("safe-room"),
    Type.Literal("none"),
  ]),
  observation: Text,
  seriousness: Seriousness,
  photos: Type.Array(Picture, { maxItems: 20 }),
});

/** One scenario, weighed as it is now and as it will be after the measures. */
const Risk = closed({ code: Code, domain: Domain, scenario: Text, findings: codes, before: Weighed, after: Weighed });

/** One advised measure; `costLow` and `costHigh` in whole euros, VAT included. */
const Measure = closed({
  code: Code,
  domain: Domain,
  what: Title,
  why: Text,
  findings: codes,
  /** The rule it rests on, such as "art. 3.9 lid 1"; may be empty. */
  rule: Line,
  provided: Provided,
  costLow: Euros,
  costHigh: Euros,
  who: Who,
  byWhen: Type.Union([Day, Type.Null()]),
});

/** Who adopted it and over which bytes the signature goes. A concept has none. */
const Signature = closed({
  name: Title,
  office: Title,
  on: Day,
  statement: Text,
  /** What exactly was signed, in words: "het advies, versie 2". */
  signed: Line,
  /** SHA-256 of what was signed. */
  digest: Digest,
  /** Id of the key that signed; may be empty. */
  keyId: Line,
  /** What to do to check it without network, step by step. */
  check: Type.Array(Line, { minItems: 1, maxItems: 12 }),
});

/** What is different from the version before. */
const Changes = closed({
  version: Type.Integer({ minimum: 1 }),
  date: Day,
  items: Type.Array(closed({ kind: Type.Union([Type.Literal("added"), Type.Literal("changed"), Type.Literal("removed")]), what: Title, note: Text }), {
    maxItems: 200,
  }),
});

/** Data of the template `advies`. Texts may be empty unless their schema says otherwise; the template then says that nothing was written. */
export const AdviceData = closed({
  document: Head,
  status: Type.Union([Type.Literal("concept"), Type.Literal("adopted")]),
  subject: closed({ name: Title, function: Line, organisation: Line, address: Line }),
  author: closed({ name: Line, office: Line }),
  summary: Text,
  /** The rules it rests on, in words. */
  grounds: Text,
  threat: closed({
    history: Text,
    localInformation: Text,
    sources: Type.Array(closed({ who: Line, on: Day }), { maxItems: 40 }),
    /** Why no local information was asked for; empty when it was. */
    notAsked: Text,
    conclusion: Text,
  }),
  assessment: closed({ visits: Type.Array(closed({ on: Day, present: Line }), { maxItems: 20 }), note: Text }),
  risks: Type.Array(Risk, { maxItems: 150 }),
  /** Free chapters of the adviser, per domain; null for one about the whole. */
  sections: Type.Array(closed({ domain: Type.Union([Domain, Type.Null()]), title: Title, text: Text }), { maxItems: 60 }),
  findings: Type.Array(Finding, { maxItems: 150 }),
  /** Cut-away picture of the home with the rings, or null. */
  house: Type.Union([Picture, Type.Null()]),
  measures: Type.Array(Measure, { maxItems: 150 }),
  remainingRisk: Text,
  signature: Type.Union([Signature, Type.Null()]),
  changes: Type.Union([Changes, Type.Null()]),
});
export type AdviceData = Static<typeof AdviceData>;
