/** The book of public keys a house verifies tokens by, read again when a token names a key that is not in it. For servers, several of which may share one table of keys; server.ts hands it out. */
import { TokenError } from "./errors.ts";
import type { TokenKey, TokenKeyId } from "./key.ts";
import { decodeToken } from "./token.ts";
import { TokenVerifier, type SpentToken } from "./verifier.ts";

/** A published key, and where its tokens belong. */
export interface BookedKey<Place> {
  readonly key: TokenKey;
  readonly place: Place;
}

interface Reading<Place> {
  /** Milliseconds of the monotonic clock at which it began: what was made later is not in it. */
  readonly began: number;
  readonly placeOf: ReadonlyMap<TokenKeyId, Place>;
  readonly verifier: TokenVerifier;
}

/** Least time between two readings, in milliseconds. */
const readEvery = 1_000;

/**
 * Keys that were published do not change, so what is known is not read again. For a key that is not known the table is read, at most once a second and once for everyone who waits: another server may have
 * made the key a moment ago, so nobody is refused for what was read before; and tokens that name no key at all cost one look together.
 */
export class KeyBook<Place> {
  readonly #read: (now: Date) => Promise<readonly BookedKey<Place>[]>;
  readonly #refusal: string;
  /** The last one that was read whole: a reading that fails leaves it as it is. */
  #last: Reading<Place> = { began: Number.NEGATIVE_INFINITY, placeOf: new Map(), verifier: new TokenVerifier([]) };
  #reading: Promise<Reading<Place>> | null = null;

  /**
   * @param read all keys whose tokens are taken at that moment
   * @param refusal what is said of a token whose key is not among them
   */
  constructor(read: (now: Date) => Promise<readonly BookedKey<Place>[]>, refusal: string) {
    this.#read = read;
    this.#refusal = refusal;
  }

  /** This process made a key: the next token of it need not wait. */
  outdated(): void {
    this.#last = { ...this.#last, began: Number.NEGATIVE_INFINITY };
  }

  /**
   * Verifies a token and says where it belongs; may take up to a second when it names a key that is not known. That a key's time is over since it was read is for the caller to see.
   * @throws TokenError `token-malformed`, `signature-invalid`, or `key-missing`; what `read` throws, and the next token has it tried again
   */
  async verify(token: string, now: Date): Promise<{ readonly place: Place; readonly spent: SpentToken }> {
    const { keyId } = decodeToken(token);
    const known = this.#last.placeOf.has(keyId) ? this.#last : await this.#readAgain(now);
    const place = known.placeOf.get(keyId);
    if (place === undefined) throw new TokenError("key-missing", this.#refusal);
    return { place, spent: known.verifier.verify(token) };
  }

  #readAgain(now: Date): Promise<Reading<Place>> {
    this.#reading ??= this.#readSoon(now)
      .then((read) => (this.#last = read))
      .finally(() => {
        this.#reading = null;
      });
    return this.#reading;
  }

  async #readSoon(now: Date): Promise<Reading<Place>> {
    const wait = this.#last.began + readEvery - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const began = performance.now();
    const booked = await this.#read(now);
    return { began, placeOf: new Map(booked.map(({ key, place }) => [key.id, place])), verifier: new TokenVerifier(booked.map(({ key }) => key)) };
  }
}
