/** Whether a municipality is ready to stand behind who is threatened: questions in published versions, as checked data with a source each. Read by services/support/readiness and its screens. */
import Type, { type Static } from "typebox";
import { idPattern, onlyOnce, readRegister, RegisterError } from "#registers/register.ts";
import { cited, citesKnown } from "#registers/sources/index.ts";
import first from "./readiness-1.json" with { type: "json" };

const room = "registers/readiness";
const Text = Type.String({ minLength: 1, maxLength: 400 });

/** What the questions are about, in the order of the page. */
export const readinessTopics = ["protocol", "people", "police", "out-of-hours", "aftercare", "training", "budget", "shielding"] as const;
export type ReadinessTopic = (typeof readinessTopics)[number];

/** `text` is asked; yes means it stands. `why` says what it is good for, `step` what to do when it does not stand. */
const Worded = Type.Object({ text: Text, why: Text, step: Text }, { additionalProperties: false });

/** One question. */
export const ReadinessQuestion = Type.Object(
  {
    id: Type.String({ pattern: idPattern }),
    topic: Type.Enum(readinessTopics),
    /** What comes first when it is missing: higher first, each weight once, so that the first steps are never a matter of chance. */
    weight: Type.Integer({ minimum: 1, maximum: 100 }),
    nl: Worded,
    en: Worded,
    ...cited,
  },
  { additionalProperties: false },
);
/** One question. */
export type ReadinessQuestion = Static<typeof ReadinessQuestion>;
const ReadinessFile = Type.Object(
  { about: Type.String(), version: Type.Integer({ minimum: 1 }), date: cited.date, questions: Type.Array(ReadinessQuestion, { minItems: 1 }) },
  { additionalProperties: false },
);
/** One published version. */
export type ReadinessSet = Static<typeof ReadinessFile>;

/** Reads and checks one version: ids and weights once, sources known, every topic asked about. @throws {@link RegisterError} naming file and id. */
export function readReadiness(value: unknown, version: number): ReadinessSet {
  const file = `${room}/readiness-${version}.json`;
  const read = readRegister(ReadinessFile, value, file);
  if (read.version !== version) throw new RegisterError(`${file} version: says ${read.version}`);
  onlyOnce(read.questions, file);
  citesKnown(read.questions, file);
  const weights = new Set<number>();
  for (const { id, weight } of read.questions) {
    if (weights.has(weight)) throw new RegisterError(`${file} ${id}: weight ${weight} stands twice`);
    weights.add(weight);
  }
  const silent = readinessTopics.find((topic) => !read.questions.some((one) => one.topic === topic));
  if (silent !== undefined) throw new RegisterError(`${file} ${silent}: nothing is asked about this topic`);
  return read;
}

/** The version in use. Earlier ones stay readable under their number. */
export const readiness: ReadinessSet = readReadiness(first, 1);
