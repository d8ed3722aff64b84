/** The one door of the storage room: PostgreSQL by address, transactions with retry, forward-only migrations. Store rooms and apps/server may import it. */
export { openDatabase, poolCounts, type Database, type OpenOptions, type Transaction } from "./database.ts";
export { isDatabaseAway } from "./away.ts";
export { addressesOf, openConnections, writableAddress, type Connections } from "./connections.ts";
export { inTransaction, isUniqueViolation, sqlState, type TransactionOptions } from "./transaction.ts";
export { together, type Together } from "./together.ts";
export { migrate, pendingMigrations, type StoreMigration } from "./migrations.ts";
export { checkPortable, distributionColumns, type PortabilityBreach } from "./portable.ts";
export { storageMigrations } from "./tables.ts";
export { sharedPace, sweepTurns, type TakeTurn } from "./turns.ts";
export { announceServer, leaveServer, runningServers, type SeenServer, type ServerSign } from "./servers.ts";
