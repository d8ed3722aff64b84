/** The one error class of this engine, so that callers can switch on a closed set of codes; any file here and any user of the engine may import it. */

/**
 * Every code a {@link TriageError} can carry. Stable: screens, scripts and tests switch on them.
 * The first group is about one message (the rest can still be read); the second about the protected data; the last about the worker.
 */
export type TriageErrorCode =
  | "line-too-long"
  | "line-too-complex"
  | "encoding-wrong"
  | "json-malformed"
  | "message-malformed"
  | "id-malformed"
  | "text-malformed"
  | "text-too-long"
  | "at-malformed"
  | "author-malformed"
  | "channel-malformed"
  | "watch-malformed"
  | "worker-failed"
  | "worker-cancelled";

/** Facts beside the code: lengths, limits, field names. Never a piece of a message or of protected data. */
export type TriageErrorData = Readonly<Record<string, string | number>>;

/** Anything this engine refuses. The message says what, where and how to mend it, and quotes nothing of what people wrote. */
export class TriageError extends Error {
  override readonly name = "TriageError";
  readonly code: TriageErrorCode;
  readonly data: TriageErrorData;

  constructor(code: TriageErrorCode, message: string, data: TriageErrorData = {}) {
    super(message);
    this.code = code;
    this.data = data;
  }
}
