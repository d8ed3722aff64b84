/** Opens pools of connections to PostgreSQL, at one address or at several of which one takes writes; called by database.ts, and by apps/server for the tables of jobs. */
import pg from "pg";
import { Problem } from "#services/problem/index.ts";
import { isDatabaseAway } from "./away.ts";

/** A pool that outlives its server: each failing connection fails what waited for it, and nothing else. */
export interface Connections {
  /** @throws the error of the last address that was tried; {@link Problem} `unavailable` when all that answer are standbys. */
  readonly connect: () => Promise<pg.PoolClient>;
  readonly end: () => Promise<void>;
  readonly pool: pg.Pool;
}

/** How a pool is opened. */
export interface ConnectionsOptions {
  readonly most: number;
  readonly types?: pg.CustomTypesConfig;
  readonly pipeline?: boolean;
  readonly name?: string;
  /** Given each fresh connection before it is used. */
  readonly onConnect?: (client: pg.PoolClient) => void;
  /** Told of errors on idle connections. */
  readonly onIdleError?: (error: Error) => void;
}

const attribute = "target_session_attrs";

/**
 * [Note: Several addresses] `postgres://user:password@a:5432,b:5432/name` names a primary and its standbys, as libpq writes it. A connection is used only where writes are taken, and the next address is tried where not, so
 * that after a promotion the servers find the new primary by themselves. `target_session_attrs` may say so (`read-write`, `primary`) and may be left out; with it, one address is held to it too.
 * @returns one address each, and whether a standby must be told apart. @throws {@link Problem} input-malformed
 */
export function addressesOf(url: string): { readonly addresses: readonly string[]; readonly primaryOnly: boolean } {
  const parts = /^(postgres(?:ql)?:\/\/(?:[^@/]*@)?)([^/?]*)([^?]*)(?:\?(.*))?$/u.exec(url);
  if (parts === null) throw new Problem("input-malformed", "The database address cannot be read", "Give postgres://user:password@host:port/name.");
  const [, before = "", hosts = "", path = "", query = ""] = parts;
  const asked = new URLSearchParams(query);
  const wanted = asked.get(attribute);
  if (wanted !== null && wanted !== "read-write" && wanted !== "primary")
    throw new Problem(
      "input-malformed",
      `The database address asks for ${attribute}=${wanted}`,
      `This server writes: leave ${attribute} out, or say read-write.`,
    );
  const names = hosts.split(",");
  if (names.length === 1 && wanted === null) return { addresses: [url], primaryOnly: false };
  asked.delete(attribute);
  const rest = asked.size === 0 ? "" : `?${asked.toString()}`;
  return { addresses: names.map((name) => `${before}${name}${path}${rest}`), primaryOnly: true };
}

const standby = (): Problem =>
  new Problem(
    "unavailable",
    "The database is a standby and takes no writes now",
    "Try again in a moment; or promote a standby when the primary is gone for good.",
  );

/** Opens a pool; no connection is made until the first is asked for. */
export function openConnections(url: string, options: ConnectionsOptions): Connections {
  const { addresses, primaryOnly } = addressesOf(url);
  /** Where the next connection goes; moves on when none could be made there, so that after a failover few tries are lost. */
  let present = 0;
  class Client extends pg.Client {
    constructor(config?: pg.ClientConfig) {
      super({ ...config, connectionString: addresses[present] });
    }
  }
  const pool = new pg.Pool({
    Client,
    max: options.most,
    ...(options.types === undefined ? {} : { types: options.types }),
    ...(options.name === undefined ? {} : { application_name: options.name }),
    ...(options.pipeline === undefined ? {} : { pipeline: options.pipeline }),
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    // A machine that vanishes sends no end; the system notices by itself that nobody answers any more.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    ...(primaryOnly
      ? {
          verify: (client: pg.PoolClient, done: (error?: Error) => void): void => {
            client.query<{ standby: boolean }>("select pg_is_in_recovery() as standby", (error: Error | null | undefined, result) =>
              done(error ?? (result.rows[0]?.standby === true ? standby() : undefined)),
            );
          },
        }
      : {}),
  });
  pool.on("connect", (client) => {
    // While a connection is in use the pool does not listen to it: a PostgreSQL that dies between two statements of a transaction would take this process along. The next statement says what happened.
    client.on("error", () => undefined);
    options.onConnect?.(client);
  });
  pool.on("error", options.onIdleError ?? (() => undefined));
  const connect = async (): Promise<pg.PoolClient> => {
    for (let tried = 1; ; tried += 1) {
      const at = present;
      try {
        return await pool.connect();
      } catch (error) {
        if (!isDatabaseAway(error) && !(error instanceof Problem)) throw error;
        // Unless somebody else, who waited beside us, moved on already.
        if (present === at) present = (at + 1) % addresses.length;
        if (tried >= addresses.length) throw error;
      }
    }
  };
  return { connect, end: async () => await pool.end(), pool };
}

/**
 * The one address that takes writes now, for a tool that knows only one (a backup, a check).
 * @throws as {@link Connections.connect}.
 */
export async function writableAddress(url: string): Promise<string> {
  const { addresses, primaryOnly } = addressesOf(url);
  const [only] = addresses;
  if (!primaryOnly && only !== undefined) return only;
  let last: unknown = standby();
  for (const address of addresses) {
    const one = openConnections(`${address}${address.includes("?") ? "&" : "?"}${attribute}=read-write`, { most: 1 });
    try {
      (await one.connect()).release();
      return address;
    } catch (error) {
      last = error;
    } finally {
      await one.end();
    }
  }
  throw last;
}
