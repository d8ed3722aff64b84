/** The engine's door: read messages, judge them, find campaigns. No I/O, nothing leaves the device; README.md has the figures and the limits. */
export { TriageError, type TriageErrorCode, type TriageErrorData } from "./errors.ts";
export { MAX_LINE_BYTES, MAX_NAME_UNITS, MAX_TEXT_UNITS, type Message, parseLine, parseMessage, parseTime } from "./message.ts";
export { createTriage, type Finding, type Judgement, type Triage, type TriageOptions } from "./triage.ts";
export { judgeThreat, type ThreatFinding } from "./threats/index.ts";
export { findPersonal, parseWatch, type PersonalHit, type Watch } from "./personal/index.ts";
export type { Burst, Campaign, CampaignBond, CampaignReport, Tally, Timeline } from "./campaigns/index.ts";
