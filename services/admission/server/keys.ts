/** The keys tokens are signed with: one for each day and level, made when first asked for, sealed under a key of the house that is not in the database. For this room. */
import { generateIssuerKey, KeyBook, openIssuerKey, sealIssuerKey, tokenKey, TokenError, type BookedKey, type IssuerKey } from "@rugdekking/tokens/server";
import { labelsOf } from "#services/admission/contract/index.ts";
import { insertAdmissionKey, readAdmissionKey, readAdmissionKeys } from "#services/admission/store/index.ts";
import { Problem } from "#services/problem/index.ts";
import type { Database } from "#services/storage/index.ts";

const day = 86_400_000;
/** Small beside those of a survey: a token is worth some seconds of work, and its key is taken for two days. Making one blinds twice as quickly on a phone. */
const modulusBits = 2048;

/** The day (UTC) a moment is in: the period of a key. */
export const periodAt = (at: Date): string => at.toISOString().slice(0, 10);
/** Until when tokens made in a period are taken: two days from its beginning, so that what was made just before midnight is good for a day. */
export const endOf = (period: string): Date => new Date(Date.parse(`${period}T00:00:00Z`) + 2 * day);

/** Name of a key in the tables. */
const kindOf = (period: string, level: number): string => `${period}/${level}`;
const placeOf = (kind: string): string => `rugdekking admission key\n${kind}`;

/** A key as this process holds it. */
export interface HeldKey {
  readonly spki: string;
  readonly issuer: IssuerKey;
}
/** A token that verified: its place in the one-time table, and the level it was made at. */
export interface VerifiedToken {
  readonly kind: string;
  readonly spend: string;
  readonly level: number;
}

interface KeyPlace {
  readonly kind: string;
  readonly level: number;
  /** Its tokens are taken until then. */
  readonly ends: Date;
}
const refusal = "This token's key is over, or is not of this house.";

/** Keys of this process. */
export class AdmissionKeys {
  readonly #db: Database;
  readonly #houseKey: Uint8Array;
  readonly #held = new Map<string, Promise<HeldKey>>();
  readonly #book = new KeyBook<KeyPlace>(async (now) => await this.#published(now), refusal);

  constructor(db: Database, houseKey: Uint8Array) {
    this.#db = db;
    this.#houseKey = houseKey;
  }

  /** The key of a day and level; made by whichever server is first. @param make whether one may be made. @throws {@link Problem} unavailable */
  held(period: string, level: number, make: boolean): Promise<HeldKey> {
    const kind = kindOf(period, level);
    const known = this.#held.get(kind);
    if (known !== undefined) return known;
    // Days that went by are let go of: OpenSSL wipes a key when its last reference was collected.
    for (const one of this.#held.keys()) if (!one.startsWith(period)) this.#held.delete(one);
    const opening = this.#open(period, level, make);
    this.#held.set(kind, opening);
    opening.catch(() => this.#held.delete(kind));
    return opening;
  }

  async #open(period: string, level: number, make: boolean): Promise<HeldKey> {
    const kind = kindOf(period, level);
    const { wave, stratum } = labelsOf(period, level);
    let row = await readAdmissionKey(this.#db, kind);
    if (row === null && make) {
      const made = await generateIssuerKey(wave, stratum, modulusBits);
      const fresh = {
        kind,
        spki: Buffer.from(made.key.spki).toString("base64url"),
        secret: sealIssuerKey(made, this.#houseKey, placeOf(kind)),
        ends: endOf(period),
      };
      row = await insertAdmissionKey(this.#db, fresh);
      // Its tokens come back within the second, when the book would not be read again yet.
      this.#book.outdated();
    }
    if (row === null || row.secret === null) throw new Problem("challenge-unknown", "The key of this challenge signs no more", "Ask for a new challenge.");
    const key = await tokenKey(wave, stratum, Buffer.from(row.spki, "base64url"));
    try {
      return { spki: row.spki, issuer: openIssuerKey(key, row.secret, this.#houseKey, placeOf(kind)) };
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      throw new Problem("unavailable", "The keys of today belong to another installation", "Put back the file keys/admission of this house from the backup.");
    }
  }

  /**
   * Verifies a token and says where it belongs.
   * @throws TokenError token-malformed, signature-invalid; `key-missing` for a key that is over or is not of this house.
   */
  async verify(token: string, now: Date): Promise<VerifiedToken> {
    const { place, spent } = await this.#book.verify(token, now);
    if (place.ends <= now) throw new TokenError("key-missing", refusal);
    return { kind: place.kind, level: place.level, spend: spent.spend };
  }

  async #published(now: Date): Promise<BookedKey<KeyPlace>[]> {
    const rows = await readAdmissionKeys(this.#db, now);
    return await Promise.all(
      rows.map(async ({ kind, spki, ends }) => {
        const [period = "", level = ""] = kind.split("/");
        const { wave, stratum } = labelsOf(period, Number(level));
        return { key: await tokenKey(wave, stratum, Buffer.from(spki, "base64url")), place: { kind, level: Number(level), ends } };
      }),
    );
  }
}
