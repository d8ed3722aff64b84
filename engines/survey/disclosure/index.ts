/** The door of disclosure control: what may be published of a survey so that nobody can be found in it. Tables are suppressed with proof, and a guard remembers what was published. No I/O. README.md has the theory. */
export { DisclosureError, disclosureErrorCodes, type DisclosureErrorCode } from "./errors.ts";
export { ALL, atomValues, cellOf, cellValues, cellWords, keyOf, makeCube, populationOf, type CellKey, type Cube, type Dimension } from "./table.ts";
export { concentrationRule, DEFAULT_MINIMUM, emptyBase, minimumRule, shareRule, type ConcentrationSettings, type Sensitive } from "./rules.ts";
export { suppress, type Measure, type Suppression, type SuppressSettings, type Witness, type Zeros } from "./suppress.ts";
export { flawsOf, type Flaw } from "./certificate.ts";
export { audit, type Told } from "./audit.ts";
export { controlledRounding, roundToBase } from "./rounding.ts";
export { determinedBy, PEOPLE, type Known, type Population, type Statistic, type Term } from "./statistic.ts";
export {
  emptyGuard,
  judge,
  publish,
  readGuardState,
  withhold,
  type Atom,
  type GuardSettings,
  type GuardState,
  type Leak,
  type LeakPart,
  type Publication,
  type PublishedNumber,
  type Verdict,
} from "./guard.ts";
export { nothingPublished, readMemory, type PublishedMemory } from "./memory.ts";
