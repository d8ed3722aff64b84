/** Lets a connection prepare statements that come again, so that PostgreSQL parses and plans them once; only database.ts calls it. */
import type pg from "pg";

/** Statements in all that get a name; each costs PostgreSQL some memory in every connection. */
const most = 200;
/** A text is prepared from this use on: what runs once at the start is not worth a name. */
const fromUse = 3;
/** Longer texts are lists of many rows, of another length each time. */
const longest = 4_000;

const uses = new Map<string, number>();
const names = new Map<string, string>();

/** Name of a statement by its text; null as long as it has none. The same for all connections of this process. */
function nameOf(text: string): string | null {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (text.length > longest || names.size >= most) return null;
  const count = (uses.get(text) ?? 0) + 1;
  if (count < fromUse) {
    if (uses.size >= 10 * most) uses.clear();
    uses.set(text, count);
    return null;
  }
  uses.delete(text);
  const name = `s${names.size + 1}`;
  names.set(text, name);
  return name;
}

/** SQLSTATE feature_not_supported, here: "cached plan must not change result type", after a newer server of the same database migrated a table. */
const planIsOld = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "0A000";

/**
 * [Note: Prepared once] Of a statement of a few rows PostgreSQL spends more on parsing and planning than on running it. Statements with parameters are given a name
 * when they come again and are then only bound and run. PostgreSQL itself goes on comparing the general plan with one made for the values.
 * @param client a fresh connection of a pool; from now on its `query(text, values)` does so.
 */
export function prepareRepeated(client: pg.PoolClient): void {
  const plain = client.query.bind(client);
  const { stream } = client.connection;
  const query = (text: unknown, values: unknown, ...more: readonly unknown[]): unknown => {
    // What is asked in one turn of the event loop goes out in one write. See [Note: Sent together].
    stream.cork();
    process.nextTick(() => stream.uncork());
    const name = typeof text === "string" && Array.isArray(values) && values.length > 0 ? nameOf(text) : null;
    if (name === null) return Reflect.apply(plain, client, [text, values, ...more]);
    const answer: unknown = Reflect.apply(plain, client, [{ name, text, values }, ...more]);
    // A connection that holds an old plan is of no more use; the pool opens another in its place.
    if (answer instanceof Promise) answer.catch((error: unknown) => planIsOld(error) && stream.destroy());
    return answer;
  };
  Reflect.set(client, "query", query);
}
