/** From findings to measures and risks: proposals with finding and rule, the adviser's acts on them, the risk table. Pure; clients and screens call it. */
export {
  compareEdits,
  compareMeasures,
  compareSections,
  compareText,
  type Change,
  type EditChange,
  type MeasureChange,
  type Piece,
  type SectionChange,
} from "./compare.ts";
export { ProposalError, type ProposalErrorCode } from "./edits.ts";
export {
  adviceMeasures,
  editsFor,
  holds,
  propose,
  proposeWhatFits,
  totalsOf,
  type Because,
  type Fitting,
  type Proposal,
  type Proposals,
  type RuledFinding,
  type StandingMeasure,
  type Totals,
} from "./propose.ts";
export { riskOf, rowsToWeigh, weigh, type RiskRow, type RowToWeigh, type Weighed } from "./risk.ts";
