/** One request to the service, tried again with growing pauses while it makes sense. Used by feed.ts. */

/** What can go wrong, each to be dealt with in its own way. */
export type FeedErrorCode = "refused" | "unavailable" | "not-odata" | "too-large" | "elsewhere" | "loops" | "cursor-expired";

/** A feed could not be read further. The message says what, where and how to mend it. */
export class FeedError extends Error {
  override readonly name = "FeedError";
  readonly code: FeedErrorCode;
  /** Status of the answer; null when there was none. */
  readonly status: number | null;
  /** The service asked to wait until then (milliseconds since 1970); null when it did not. */
  readonly retryAt: number | null;

  constructor(code: FeedErrorCode, message: string, status: number | null = null, retryAt: number | null = null) {
    super(message);
    this.code = code;
    this.status = status;
    this.retryAt = retryAt;
  }
}

/** What a request needs from outside. */
export interface Fetching {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Resolves after some milliseconds; rejects when the signal is aborted. */
  readonly wait: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
  /** 0 to 1, for the jitter. */
  readonly random: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly signal?: AbortSignal | undefined;
}

/** Tries of one request, the first included. */
export const TRIES = 6;
/** The first pause is at most this, in milliseconds; each next one at most twice as long. */
export const FIRST_PAUSE = 1_000;
/** No pause of our own is longer than a minute. */
export const LONGEST_PAUSE = 60_000;
/** When the service asks for a longer pause than this, the reading stops and says until when. */
export const LONGEST_ASKED = 10 * 60_000;
/** A page of the service is a few hundred records. */
export const MAX_BYTES = 64 * 1024 * 1024;
const TIMEOUT = 60_000;

const passing = new Set([408, 425, 429, 500, 502, 503, 504]);

/** What came back: a body, or the word that nothing changed. */
export interface Fetched {
  readonly status: 200 | 304;
  readonly body: unknown;
  readonly etag: string | null;
}

/** Milliseconds a `Retry-After` asks for (RFC 9110 section 10.2.3: seconds or a date); null when there is none. */
export function askedPause(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\d{1,9}$/u.test(header.trim())) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/** A pause before try number `attempt` (from 1), anywhere between nothing and a limit that doubles ("full jitter"), so that many readers do not come back at once. */
export const pauseBefore = (attempt: number, random: number): number => Math.floor(random * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1)));

async function limitedText(response: Response, url: string): Promise<string> {
  const decoder = new TextDecoder();
  let [size, text] = [0, ""];
  if (response.body === null) return "";
  for await (const piece of response.body) {
    size += piece.length;
    if (size > MAX_BYTES)
      throw new FeedError("too-large", `${url} sends more than ${MAX_BYTES / 1024 / 1024} MiB; ask for fewer records a page`, response.status);
    text += decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
}

/**
 * Fetches one page.
 * @param etag tag of the same page from an earlier time; the answer may then be 304.
 * @throws {@link FeedError}; the reason of the signal when it was aborted.
 */
export async function fetchPage(url: string, etag: string | null, { fetch, wait, random, now, signal }: Fetching): Promise<Fetched> {
  let last = "no answer";
  let status: number | null = null;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    signal?.throwIfAborted();
    let asked: number | null = null;
    try {
      const timeout = AbortSignal.timeout(TIMEOUT);
      const response = await fetch(url, {
        headers: { accept: "application/json;odata.metadata=minimal", "odata-maxversion": "4.0", ...(etag === null ? {} : { "if-none-match": etag }) },
        redirect: "manual",
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      });
      status = response.status;
      if (status === 304 && etag !== null) return { status, body: null, etag };
      if (status === 200) {
        const text = await limitedText(response, url);
        try {
          return { status, body: JSON.parse(text), etag: response.headers.get("etag") };
        } catch {
          // A body that was cut off looks like this too.
          last = "an answer that is no JSON";
        }
      } else {
        await response.body?.cancel();
        if (status >= 300 && status < 400) throw new FeedError("elsewhere", `${url} sends us on to another address; check the address of the service`, status);
        if (!passing.has(status))
          throw new FeedError(
            status === 410 ? "cursor-expired" : "refused",
            `${url} answers ${status}; check the query, or start again without a cursor`,
            status,
          );
        last = `answer ${status}`;
        asked = askedPause(response.headers.get("retry-after"), now());
      }
    } catch (error) {
      if (error instanceof FeedError) throw error;
      signal?.throwIfAborted();
      last = error instanceof Error ? error.message : "no connection";
    }
    if (asked !== null && asked > LONGEST_ASKED)
      throw new FeedError(
        "unavailable",
        `${url} asks to come back in ${Math.ceil(asked / 60_000)} minutes; go on then with the same cursor`,
        status,
        now() + asked,
      );
    if (attempt + 1 < TRIES) await wait(Math.max(asked ?? 0, pauseBefore(attempt + 1, random())), signal);
  }
  if (last === "an answer that is no JSON") throw new FeedError("not-odata", `${url} does not answer in OData JSON; check the address of the service`, status);
  throw new FeedError("unavailable", `${url} could not be read in ${TRIES} tries (${last}); go on later with the same cursor`, status);
}
