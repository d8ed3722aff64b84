/** Opens PostgreSQL by address and says once how its types look in JavaScript; called by apps/server and tests, the stores only receive the result. */
import { Kysely, PostgresDialect, type Transaction as KyselyTransaction } from "kysely";
import pg from "pg";
import { openConnections } from "./connections.ts";
import { prepareRepeated } from "./preparing.ts";

/**
 * A database as it travels between services: the tables are not said.
 * A store narrows it to what it owns with `db.$extendTables<MyTables>()`, which is a change of type only
 * (`MyTables` and its rows are `type` aliases; kysely's constraint does not take an interface). Functions take and hand on the wide type and narrow inside.
 * JavaScript values: uuid and text are `string`, bigint is `number`, boolean is `boolean`, timestamptz is `Date`, date is `string` (`YYYY-MM-DD`), bytea is `Buffer`, jsonb is the parsed value.
 */
export type Database<Tables = object> = Kysely<Tables>;

/** A database inside a transaction; code that must be part of the caller's transaction takes this type, so that it cannot be called outside one. */
export type Transaction<Tables = object> = KyselyTransaction<Tables>;

export interface OpenOptions {
  /** Connections kept at most; default 12. */
  readonly connections?: number;
  /** Told of errors on idle connections (the server went away); default: ignored, the next query reports it. */
  readonly onIdleError?: (error: Error) => void;
}

const INT8 = 20;
const DATE = 1082;

/**
 * bigint as a number, since sizes, counts and versions here stay below 2^53.
 * @throws RangeError beyond that, rather than a wrong number.
 */
function parseBigint(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The bigint ${text} does not fit a JavaScript number.`);
  return value;
}

/**
 * Opens a pool. No connection is made until the first query.
 * @param url `postgres://user:password@host:port/database`; with several hosts, see [Note: Several addresses].
 * @returns call `destroy()` on it to close all connections.
 */
export function openDatabase<Tables = object>(url: string, options: OpenOptions = {}): Database<Tables> {
  const types: pg.CustomTypesConfig = {
    getTypeParser: (oid, format) => {
      if (format !== "binary" && oid === INT8) return parseBigint;
      // A date has no time zone; as a Date it would shift with the machine's.
      if (format !== "binary" && oid === DATE) return (text: string) => text;
      return pg.types.getTypeParser(oid, format);
    },
  };
  const { connect, end, pool } = openConnections(url, {
    most: options.connections ?? 12,
    types,
    // See [Note: Sent together].
    pipeline: true,
    onConnect: prepareRepeated,
    ...(options.onIdleError === undefined ? {} : { onIdleError: options.onIdleError }),
  });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: { connect, end, options: pool.options } }) });
  pools.set(db, pool);
  return db;
}

const pools = new WeakMap<object, pg.Pool>();

/** Connections of a database that {@link openDatabase} made: open, of those idle, and requests that wait for one. Zeros for any other. */
export function poolCounts(db: Database): { readonly total: number; readonly idle: number; readonly waiting: number } {
  const pool = pools.get(db);
  return { total: pool?.totalCount ?? 0, idle: pool?.idleCount ?? 0, waiting: pool?.waitingCount ?? 0 };
}
