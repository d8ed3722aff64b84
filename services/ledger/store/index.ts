/** The door of the log's store: what other services' stores, apps/server and the doctor may use. */
export { keepCosigned, readCosigned } from "./cosigned.ts";
export { enqueueLeaf, enqueueLeaves } from "./enqueue.ts";
export { readCheckpoint, receiptFor } from "./receipts.ts";
export { openSequencer, type Sequencer, type SequencerOptions } from "./sequencer.ts";
export { migrations } from "./tables.ts";
export { readBundle, readTile, storedTiles } from "./public-tiles.ts";
export { checkAgainstStatements, verifyStore, type LogFault, type LogFaultCode, type StatementReport, type StoreReport } from "./verify.ts";
