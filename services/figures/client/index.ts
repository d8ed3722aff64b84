/** The client of anonymous facts: quarters checked, tokens and facts of a device, what a research desk does. apps/web, the command line and tests call it. */
export { readQuarter, readQuarters, type StatedQuarter } from "./quarters.ts";
export { collectToken, giveFact, namelessConnection, prepareToken } from "./deliver.ts";
export { countQuarter, downloadFacts, stateQuarter, type OpenedFact } from "./desk.ts";
export { FactQueue, type QueueOptions } from "./queue.ts";
export { KeptFacts } from "./waiting.ts";
