/** Statements that do not wait for each other's answers, sent to PostgreSQL in one go; called by server and store rooms. */
import type { DatabaseConnection, QueryExecutorProvider } from "kysely";
import type { Transaction } from "./database.ts";

/** Makes a {@link Together} something that only this file can make. */
const insideTransaction: unique symbol = Symbol("inside a transaction");

/** Stands for a transaction while its statements are sent {@link together}; whatever takes a `QueryExecutorProvider` runs on it. */
export interface Together extends QueryExecutorProvider {
  readonly [insideTransaction]: true;
}

/**
 * [Note: Sent together] Inside a transaction every statement costs a round trip, and on a busy machine the two programs waking each other cost more than the
 * statements themselves. Statements that need nothing of each other are written to the line at once; PostgreSQL runs them one after the other, in the order in which
 * `work` began them, and their answers come back together.
 *
 * Waits for all of them, also when one fails: a statement that is still to come must not run after the caller's ROLLBACK.
 * @returns what each gave, in order.
 * @throws the error that came first: those after it only say that the transaction was broken off.
 */
export async function together<const Work extends readonly Promise<unknown>[]>(
  trx: Transaction,
  work: (line: Together) => Work,
): Promise<{ -readonly [K in keyof Work]: Awaited<Work[K]> }> {
  const executor = trx.getExecutor();
  return await executor.provideConnection(async (connection) => {
    const failures: unknown[] = [];
    const running = work({ [insideTransaction]: true, getExecutor: () => executor.withConnectionProvider(only(connection)) });
    for (const one of running) one.catch((error: unknown) => failures.push(error));
    await Promise.allSettled(running);
    if (failures.length > 0) throw failures[0];
    return await Promise.all(running);
  });
}

/** Gives the one connection to whoever asks, also while it is in use: the driver keeps the order. */
const only = (connection: DatabaseConnection) => ({
  provideConnection: async <T>(consumer: (connection: DatabaseConnection) => Promise<T>): Promise<T> => await consumer(connection),
});
