/** The private token keys at rest: sealed under a key of the house that is not in the database, so that a stolen table signs no tokens. For this room's routes. */
import {
  generateIssuerKey,
  KeyBook,
  openIssuerKey,
  sealIssuerKey,
  tokenKey,
  TokenError,
  type BookedKey,
  type IssuerKey,
  type SpentToken,
  type TokenKey,
} from "@rugdekking/tokens/server";
import { Problem } from "#services/problem/index.ts";
import { insertKey, readKeys, readPublicKeys, readWavesEndingAfter, type KeyRow, type WaveTimes } from "#services/monitor/store/index.ts";
import type { Database } from "#services/storage/index.ts";

/** Where a key belongs, which it is sealed to. */
const sealedFor = (wave: string, stratum: string): string => `rugdekking token key\n${wave}\n${stratum}`;

const published = async (wave: string, { stratum, spki }: Pick<KeyRow, "stratum" | "spki">): Promise<TokenKey> =>
  await tokenKey(wave, stratum, Buffer.from(spki, "base64url"));

/** Token keys of this process: made, kept sealed, opened once. */
export class WaveKeys {
  readonly #db: Database;
  readonly #houseKey: Uint8Array;
  readonly #issuers = new Map<string, { readonly closes: Date; readonly opening: Promise<IssuerKey> }>();
  readonly #book = new KeyBook<WaveTimes>(async (now) => await this.#open(now), "This token is of a wave or stratum that is not open here.");

  constructor(db: Database, houseKey: Uint8Array) {
    this.#db = db;
    this.#houseKey = houseKey;
  }

  /** Public keys of these strata, base64url in their order; makes those that are not there. @throws {@link Problem} role-forbidden when another desk began this wave */
  async make(wave: string, desk: string, strata: readonly string[]): Promise<string[]> {
    const there = new Set((await readKeys(this.#db, wave)).map(({ stratum }) => stratum));
    for (const stratum of new Set(strata)) {
      if (there.has(stratum)) continue;
      const made = await generateIssuerKey(wave, stratum);
      const secret = sealIssuerKey(made, this.#houseKey, sealedFor(wave, stratum));
      await insertKey(this.#db, wave, { stratum, desk, spki: Buffer.from(made.key.spki).toString("base64url"), secret });
    }
    const now = new Map((await readKeys(this.#db, wave)).map((row) => [row.stratum, row]));
    return strata.map((stratum) => {
      const row = now.get(stratum);
      if (row === undefined || row.desk !== desk) throw new Problem("role-forbidden", `Another desk began wave ${wave}`, "Choose another name for the wave.");
      return row.spki;
    });
  }

  /** The signing key of a stratum. @throws {@link Problem} unavailable once it was destroyed */
  issuer({ wave, closes }: Pick<WaveTimes, "wave" | "closes">, stratum: string): Promise<IssuerKey> {
    const name = `${wave}\n${stratum}`;
    const known = this.#issuers.get(name);
    if (known !== undefined) return known.opening;
    const opening = this.#openIssuer(wave, stratum);
    this.#issuers.set(name, { closes, opening });
    opening.catch(() => this.#issuers.delete(name));
    return opening;
  }

  /** Lets go of signing keys of waves that give out no tokens any more. OpenSSL wipes one when the last reference to it was collected as garbage. */
  letGo(now: Date): void {
    for (const [name, { closes }] of this.#issuers) if (closes <= now) this.#issuers.delete(name);
  }

  async #openIssuer(wave: string, stratum: string): Promise<IssuerKey> {
    const row = (await readKeys(this.#db, wave)).find((one) => one.stratum === stratum);
    if (row === undefined || row.secret === null)
      throw new Problem("unavailable", "The key of this stratum was destroyed when the wave ended", "No tokens are given out any more.");
    const key = await published(wave, row);
    try {
      return openIssuerKey(key, row.secret, this.#houseKey, sealedFor(wave, stratum));
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      throw new Problem(
        "unavailable",
        "The private keys of this wave belong to another installation",
        "Put back the file keys/monitor of this data directory from the backup.",
      );
    }
  }

  /**
   * The wave a token is of, and its name in the one-time table.
   * @throws TokenError as {@link KeyBook.verify}: `key-missing` for a wave that has ended or is not of this server. The database's own error when it cannot be read.
   */
  async verify(token: string, now: Date): Promise<{ readonly wave: WaveTimes; readonly spent: SpentToken }> {
    const { place, spent } = await this.#book.verify(token, now);
    return { wave: place, spent };
  }

  async #open(now: Date): Promise<BookedKey<WaveTimes>[]> {
    const booked: BookedKey<WaveTimes>[] = [];
    for (const wave of await readWavesEndingAfter(this.#db, now))
      for (const row of await readPublicKeys(this.#db, wave.wave)) booked.push({ key: await published(wave.wave, row), place: wave });
    return booked;
  }
}
