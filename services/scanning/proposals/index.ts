/** From findings to measures and risks: proposals with finding and rule, the adviser's acts on them, the risk table. Pure; clients and screens call it. */
export { ProposalError, type ProposalErrorCode } from "./edits.ts";
export { adviceMeasures, holds, propose, type Because, type Proposal, type Proposals, type RuledFinding, type StandingMeasure } from "./propose.ts";
export { riskOf, rowsToWeigh, weigh, type RiskRow, type RowToWeigh, type Weighed } from "./risk.ts";
