/** Rules, measures, risk table and what is calculated with them, in one piece that is fetched when an advice is written or weighed: about 72 kB that nobody else waits for. Import it with `import()`; its type is `Rulebook` in draft.ts. */
export { measures, type MeasureRow } from "#registers/measures/index.ts";
export { riskTable, rules, topics, type RiskLevel } from "#registers/rules/index.ts";
export { sources } from "#registers/sources/index.ts";
export {
  adviceMeasures,
  editsFor,
  holds,
  proposeWhatFits,
  riskOf,
  rowsToWeigh,
  totalsOf,
  weigh,
  type Fitting,
  type Proposal,
  type RuledFinding,
} from "#services/scanning/proposals/index.ts";
