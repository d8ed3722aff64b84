/** Transactions that try again when the database asks for it; called by store rooms. */
import { setTimeout as pause } from "node:timers/promises";
import type { Database, Transaction } from "./database.ts";

export interface TransactionOptions {
  /** Default `read committed`. `serializable` where a decision rests on rows that another transaction may be changing. */
  readonly isolation?: "read committed" | "serializable";
  /** Tries in all, default 8. */
  readonly attempts?: number;
}

/** 40001 serialization_failure and 40P01 deadlock_detected: the database undid everything and asks to try again (PostgreSQL appendix A). */
const retryable = new Set(["40001", "40P01"]);

/** The SQLSTATE of an error of the database, or null when it is not one. Tested by code, never by class (tech B2). */
export function sqlState(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : null;
}

/** Did this error come from a unique index (SQLSTATE 23505)? With `constraint`, from that one only. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (sqlState(error) !== "23505") return false;
  return constraint === undefined || (error instanceof Error && "constraint" in error && error.constraint === constraint);
}

/**
 * Runs `work` in one transaction: all of it is committed, or nothing.
 * `work` may run several times, so it must change nothing but the database, and must use the `trx` it is given.
 * @throws whatever `work` throws; the database's own error after the last attempt.
 */
export async function inTransaction<Tables, Result>(
  db: Database<Tables>,
  work: (trx: Transaction<Tables>) => Promise<Result>,
  options: TransactionOptions = {},
): Promise<Result> {
  const attempts = options.attempts ?? 8;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db
        .transaction()
        .setIsolationLevel(options.isolation ?? "read committed")
        .execute(work);
    } catch (error) {
      const state = sqlState(error);
      if (state === null || !retryable.has(state) || attempt >= attempts) throw error;
      // Chance in the pause keeps two rivals from meeting again at the same moment.
      await pause(Math.random() * Math.min(200, 4 * 2 ** attempt));
    }
  }
}
