/** The Monitor's client: waves checked, tokens and answers of a respondent, what a research desk does. Screens and the command line call it. */
export { readWave, readWaves, type Wave } from "./waves.ts";
export { collectToken, giveAnswer, lookUpInvitation, prepareToken, respondentConnection } from "./respondent.ts";
export { addInvitations, downloadAnswers, listUncollected, markOf, readFieldwork, stateWave, type OpenedAnswer, type WavePlan } from "./desk.ts";
export { monitorStatements } from "./clearance.ts";
