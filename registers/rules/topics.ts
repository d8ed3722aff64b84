/** What a finding can be about, as checked data. Read by the registers of questions and rules, and by screens that let an adviser choose one. */
import Type, { type Static } from "typebox";
import { idPattern, onlyOnce, readRegister } from "#registers/register.ts";
import { RiskDomain } from "#services/scanning/contract/index.ts";
import data from "./topics.json" with { type: "json" };

const file = "registers/rules/topics.json";
const Topic = Type.Object(
  { id: Type.String({ pattern: idPattern }), domain: RiskDomain, nl: Type.String({ minLength: 1, maxLength: 100 }) },
  { additionalProperties: false },
);
/** What a finding can be about. */
export type Topic = Static<typeof Topic>;
const TopicFile = Type.Object({ about: Type.String(), topics: Type.Array(Topic, { minItems: 1 }) }, { additionalProperties: false });

/** Reads and checks the topics. @throws {@link RegisterError} naming file and id. */
export function readTopics(value: unknown): ReadonlyMap<string, Topic> {
  const { topics: rows } = readRegister(TopicFile, value, file);
  onlyOnce(rows, file);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Every topic, by id. */
export const topics: ReadonlyMap<string, Topic> = readTopics(data);
