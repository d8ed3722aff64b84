/** What a query of this room runs on. */
import type { QueryExecutorProvider } from "kysely";

/** A transaction or the pool: whatever can run a statement. */
export type Executor = QueryExecutorProvider;
