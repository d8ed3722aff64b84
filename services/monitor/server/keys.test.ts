/** Token keys of a server at work: a database that fails for a moment stops no answers afterwards, many strange tokens make one reading, and keys of a closed wave are let go. */
import { randomBytes } from "node:crypto";
import { sql, type KyselyPlugin } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { encodeToken, finishToken, requestToken, tokenKey } from "@rugdekking/tokens";
import { signBlinded } from "@rugdekking/tokens/server";
import { monitorMigrations } from "#services/monitor/store/index.ts";
import { openTestDatabase, type TestDatabase } from "#services/storage/testing.ts";
import { tendMonitor } from "./index.ts";
import { WaveKeys } from "./keys.ts";

let database: TestDatabase;
let spki = "";
const houseKey = randomBytes(32);
const stratum = "raadslid/gemeente/utrecht/alle";
const now = Date.now();
const today = new Date(now);
const hour = 3_600_000;
const wave = { wave: "2026-proef", opens: new Date(now - hour), closes: new Date(now + hour), ends: new Date(now + 2 * hour) };
let token = "";

const code = async (attempt: Promise<unknown>): Promise<string> =>
  await attempt.then(
    () => "done",
    (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : "unknown"),
  );

/** Counts the queries of a reading. */
const counted = (): { readonly plugin: KyselyPlugin; readonly queries: () => number } => {
  let queries = 0;
  return {
    plugin: {
      transformQuery: ({ node }) => {
        queries += 1;
        return node;
      },
      transformResult: async ({ result }) => result,
    },
    queries: () => queries,
  };
};

beforeAll(async () => {
  database = await openTestDatabase(monitorMigrations);
  const desk = crypto.randomUUID();
  await sql`INSERT INTO monitor_wave (wave, hash, statement, desk, opens, closes, ends)
    VALUES (${wave.wave}, 'h', '{}', ${desk}, ${wave.opens}, ${wave.closes}, ${wave.ends})`.execute(database.db);
  const keys = new WaveKeys(database.db, houseKey);
  [spki = ""] = await keys.make(wave.wave, desk, [stratum]);
  const key = await tokenKey(wave.wave, stratum, Buffer.from(spki, "base64url"));
  const pending = await requestToken(key);
  token = encodeToken(await finishToken(key, pending, Uint8Array.from(signBlinded(await keys.issuer(wave, stratum), pending.blinded))));
});
afterAll(async () => await database.close());

describe("the book of keys that tokens are verified by", () => {
  let keys: WaveKeys;
  beforeEach(() => {
    keys = new WaveKeys(database.db, houseKey);
  });

  it("is read again after a reading that failed", async () => {
    await database.db.schema.alterTable("monitor_wave").renameTo("monitor_away").execute();
    expect(await code(keys.verify(token, today))).toBe("42P01");
    await database.db.schema.alterTable("monitor_away").renameTo("monitor_wave").execute();
    expect((await keys.verify(token, today)).spent).toMatchObject({ wave: wave.wave, stratum });
  });

  it("stays as it was when a strange token makes a reading that fails", async () => {
    await keys.verify(token, today);
    const strange = `${token.slice(0, 8)}${token[8] === "A" ? "B" : "A"}${token.slice(9)}`;
    await database.db.schema.alterTable("monitor_wave").renameTo("monitor_away").execute();
    const failed = await code(keys.verify(strange, today));
    const held = await code(keys.verify(token, today));
    await database.db.schema.alterTable("monitor_away").renameTo("monitor_wave").execute();
    expect([failed, held, await code(keys.verify(strange, today))]).toEqual(["42P01", "done", "key-missing"]);
  });

  it("is read once by many who come at once, and knows no wave that has ended", async () => {
    const { plugin, queries } = counted();
    const counting = new WaveKeys(database.db.withPlugin(plugin), houseKey);
    await Promise.all(Array.from({ length: 20 }, async () => await counting.verify(token, today)));
    expect(queries()).toBe(2);
    expect(await code(new WaveKeys(database.db, houseKey).verify(token, wave.ends))).toBe("key-missing");
  });
});

describe("signing keys", () => {
  it("are let go in memory when the wave closes, and destroyed in the tables when it ends, whatever is wrong with its answers", async () => {
    const keys = new WaveKeys(database.db, houseKey);
    expect(await code(keys.issuer(wave, stratum))).toBe("done");
    await database.db.schema.alterTable("monitor_mixed").renameTo("monitor_away").execute();
    await expect(tendMonitor({ db: database.db, clock: () => wave.ends })).rejects.toThrow();
    await database.db.schema.alterTable("monitor_away").renameTo("monitor_mixed").execute();
    keys.letGo(new Date(wave.closes.getTime() - 1));
    expect(await code(keys.issuer(wave, stratum))).toBe("done");
    keys.letGo(wave.closes);
    expect(await code(keys.issuer(wave, stratum))).toBe("unavailable");
  });
});

describe("tending", () => {
  it("clears the pages also when nothing is to be mixed: a copy that was being made may have kept an earlier one from it", async () => {
    const size = async (): Promise<number> =>
      (await sql<{ bytes: number }>`SELECT pg_relation_size('monitor_inbox') AS bytes`.execute(database.db)).rows[0]?.bytes ?? -1;
    const tend = async (): Promise<void> => await tendMonitor({ db: database.db, clock: () => wave.ends });
    await sql`INSERT INTO monitor_inbox (wave, stratum, id, key, sealed) VALUES (${wave.wave}, ${stratum}, ${crypto.randomUUID()}, 'h1.sleutel', '\\x00')`.execute(
      database.db,
    );
    // What pg_dump does: one view of everything, held until it is through.
    await database.db
      .transaction()
      .setIsolationLevel("repeatable read")
      .execute(async (copy) => {
        await sql`SELECT count(*) FROM monitor_inbox`.execute(copy);
        await tend();
        expect(await size()).toBeGreaterThan(0);
      });
    await tend();
    expect(await size()).toBe(0);
  });
});
