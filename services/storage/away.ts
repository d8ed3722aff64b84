/** Tells an error that only says "the database cannot be reached now" from every other; apps/server answers those with 503, the pool tries its next address. */

/** Node's own words for a line that is not there. ENOENT counts only for a socket file: see {@link isDatabaseAway}. */
const lineErrors = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "EHOSTDOWN", "ENOTFOUND", "EAI_AGAIN"]);

/**
 * SQLSTATEs of a server that goes, comes, or is no primary (any more): class 08, too many connections, 57P01 to 57P05, and 25006 (read-only transaction: a standby, or a primary that was
 * told to be one).
 */
const goingStates = /^(?:08\w{3}|53300|57P0\d|25006)$/u;

/** What `pg`, its pool and kysely say without any code, the last two while this server stops; a test kills a real PostgreSQL to see that they still say so. */
const sayings =
  /^(?:Connection terminated|timeout exceeded when trying to connect|timeout expired$|Client has encountered a connection error|Client was closed and is not queryable|Postgres connection has been discarded|driver has already been destroyed$|Cannot use a pool after calling end)/u;

/** Whether this error says that the database could not be reached, or went away while it was asked. What was asked may or may not have been committed. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (lineErrors.has(code) || goingStates.test(code)) return true;
  // The socket file of a PostgreSQL that does not run.
  if (code === "ENOENT") return "syscall" in error && error.syscall === "connect";
  return sayings.test(error.message);
}
