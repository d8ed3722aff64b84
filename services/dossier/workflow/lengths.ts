/** Term lengths a house sets for itself: no source fixes most of them, so each is a setting with the table's length as its default. Pure; the server counts by it, clients explain by it. */
import Type, { type Static } from "typebox";
import { Check, Errors } from "typebox/value";
import type { TermLength, TermRule, Workflow } from "./define.ts";

const Length = Type.Union([
  Type.Object({ hours: Type.Integer({ minimum: 1, maximum: 2_000 }) }, { additionalProperties: false }),
  Type.Object({ workingDays: Type.Integer({ minimum: 1, maximum: 500 }) }, { additionalProperties: false }),
]);
/** Lengths by the name of the term (registers/terms); `acute` replaces the length for what was raised as acute. */
export const TermLengths = Type.Record(
  Type.String({ pattern: "^[a-z-]{2,40}$" }),
  Type.Object({ length: Length, acute: Type.Optional(Length) }, { additionalProperties: false }),
);
export type TermLengths = Static<typeof TermLengths>;

/** The settings do not fit: `message` says which row and how to mend it. */
export class TermLengthError extends Error {
  override readonly name = "TermLengthError";
}

/**
 * Reads settings that were parsed from JSON.
 * @throws {@link TermLengthError} for another form, a term no table knows, or an `acute` the table does not count.
 */
export function readTermLengths(value: unknown, workflows: readonly Workflow[]): TermLengths {
  if (!Check(TermLengths, value)) {
    const [first] = Errors(TermLengths, value);
    throw new TermLengthError(
      `${first?.instancePath ?? "/"}: ${first?.message ?? "is of another form"}; write {"signal-weigh": {"length": {"workingDays": 3}, "acute": {"hours": 4}}}`,
    );
  }
  const rules = new Map(workflows.flatMap(({ terms }) => Object.values<TermRule>(terms)).map((rule) => [rule.name, rule]));
  for (const [name, { acute }] of Object.entries(value)) {
    const rule = rules.get(name);
    if (rule === undefined) throw new TermLengthError(`/${name}: no table has this term; docs/workflows.md lists them`);
    if (acute !== undefined && rule.acute === undefined) throw new TermLengthError(`/${name}/acute: this term has no acute length; leave it out`);
  }
  return value;
}

/** The length a term has in this house. */
export function lengthOf(rule: TermRule, urgency: "acute" | "normal", lengths: TermLengths): TermLength {
  const own = lengths[rule.name];
  const [length, acute] = [own?.length ?? rule.length, own?.acute ?? rule.acute];
  return urgency === "acute" && acute !== undefined ? acute : length;
}

/** A table with a house's own lengths in it; every other word of it stays. */
export function withLengths<W extends Workflow>(workflow: W, lengths: TermLengths): Workflow {
  const terms = Object.fromEntries(
    Object.entries<TermRule>(workflow.terms).map(([phase, rule]) => {
      const own = lengths[rule.name];
      return [phase, own === undefined ? rule : { ...rule, ...own }];
    }),
  );
  return { ...workflow, terms };
}

/** Lengths that concern one table: what its readers are told. */
export function lengthsFor(workflow: Workflow, lengths: TermLengths): TermLengths {
  const names = new Set(Object.values<TermRule>(workflow.terms).map(({ name }) => name));
  return Object.fromEntries(Object.entries(lengths).filter(([name]) => names.has(name)));
}
