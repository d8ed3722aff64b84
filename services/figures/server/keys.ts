/** The private token keys of quarters at rest: sealed under a key of the house that is not in the database, so that a stolen table signs no tokens. For this room's routes. */
import { generateIssuerKey, KeyBook, openIssuerKey, sealIssuerKey, tokenKey, TokenError, type BookedKey, type IssuerKey } from "@rugdekking/tokens/server";
import { timesOf, tokenLabel } from "#services/figures/contract/delivery.ts";
import type { FactKind } from "#services/figures/contract/facts.ts";
import { insertFactKey, readFactKeys, readOpenKeys } from "#services/figures/store/index.ts";
import { Problem } from "#services/problem/index.ts";
import type { Database } from "#services/storage/index.ts";

/** Where a key belongs, which it is sealed to. */
const sealedFor = (quarter: string, kind: FactKind): string => `rugdekking fact key\n${quarter}\n${kind}`;

interface KeyPlace {
  readonly quarter: string;
  readonly kind: FactKind;
}

/** Where a token belongs, and its name in the one-time table. */
export interface VerifiedToken extends KeyPlace {
  readonly spend: string;
}

/** Token keys of this process: made, kept sealed, opened once. */
export class QuarterKeys {
  readonly #db: Database;
  readonly #houseKey: Uint8Array;
  readonly #issuers = new Map<string, { readonly ends: Date; readonly opening: Promise<IssuerKey> }>();
  readonly #book = new KeyBook<KeyPlace>(async (now) => await this.#published(now), "This token is of a quarter that takes no facts here.");

  constructor(db: Database, houseKey: Uint8Array) {
    this.#db = db;
    this.#houseKey = houseKey;
  }

  /** Public keys of these kinds, base64url in their order; makes those that are not there. @throws {@link Problem} role-forbidden when another desk began this quarter */
  async make(quarter: string, desk: string, kinds: readonly FactKind[]): Promise<string[]> {
    const there = new Set((await readFactKeys(this.#db, quarter)).map(({ kind }) => kind));
    for (const kind of kinds) {
      if (there.has(kind)) continue;
      const made = await generateIssuerKey(tokenLabel(quarter), kind);
      const secret = sealIssuerKey(made, this.#houseKey, sealedFor(quarter, kind));
      await insertFactKey(this.#db, quarter, { kind, desk, spki: Buffer.from(made.key.spki).toString("base64url"), secret });
    }
    const now = new Map((await readFactKeys(this.#db, quarter)).map((row) => [row.kind, row]));
    return kinds.map((kind) => {
      const row = now.get(kind);
      if (row === undefined || row.desk !== desk)
        throw new Problem("role-forbidden", `Another desk began quarter ${quarter}`, "One desk collects the facts of a quarter.");
      return row.spki;
    });
  }

  /** The signing key of a kind. @throws {@link Problem} unavailable once it was destroyed */
  issuer(quarter: string, kind: FactKind): Promise<IssuerKey> {
    const name = `${quarter}/${kind}`;
    const known = this.#issuers.get(name);
    if (known !== undefined) return known.opening;
    const opening = this.#openIssuer(quarter, kind);
    this.#issuers.set(name, { ends: timesOf(quarter).ends, opening });
    opening.catch(() => this.#issuers.delete(name));
    return opening;
  }

  /** Lets go of signing keys of quarters that have ended. OpenSSL wipes one when the last reference to it was collected as garbage. */
  letGo(now: Date): void {
    for (const [name, { ends }] of this.#issuers) if (ends <= now) this.#issuers.delete(name);
  }

  async #openIssuer(quarter: string, kind: FactKind): Promise<IssuerKey> {
    const row = (await readFactKeys(this.#db, quarter)).find((one) => one.kind === kind);
    if (row === undefined || row.secret === null)
      throw new Problem("unavailable", "The key of this quarter was destroyed when it ended", "No tokens are given out any more.");
    const key = await tokenKey(tokenLabel(quarter), kind, Buffer.from(row.spki, "base64url"));
    try {
      return openIssuerKey(key, row.secret, this.#houseKey, sealedFor(quarter, kind));
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      throw new Problem(
        "unavailable",
        "The private keys of this quarter belong to another installation",
        "Put back the file keys/figures of this data directory from the backup.",
      );
    }
  }

  /**
   * The quarter and kind of a token, and its name in the one-time table.
   * @throws TokenError as {@link KeyBook.verify}: `key-missing` for a quarter that has ended or is not of this server. The database's own error when it cannot be read.
   */
  async verify(token: string, now: Date): Promise<VerifiedToken> {
    const { place, spent } = await this.#book.verify(token, now);
    return { ...place, spend: spent.spend };
  }

  async #published(now: Date): Promise<BookedKey<KeyPlace>[]> {
    const rows = await readOpenKeys(this.#db, now);
    return await Promise.all(
      rows.map(async ({ quarter, kind, spki }) => ({
        key: await tokenKey(tokenLabel(quarter), kind, Buffer.from(spki, "base64url")),
        place: { quarter, kind },
      })),
    );
  }
}
