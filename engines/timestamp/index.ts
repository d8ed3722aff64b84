/** The door of the time-stamp engine: what to ask an authority (RFC 3161), and whether its answer may be believed. No I/O. `@rugdekking/timestamp/request` is the half that asks, without the parser. */
export { TimestampError, timestampErrorCodes, type TimestampErrorCode } from "./errors.ts";
export { DIGEST_BYTES, NONCE_BYTES, timestampNonce, timestampRequest } from "./request.ts";
export { verifyTimestamp, type Timestamp, type TimestampToCheck } from "./verify.ts";
export { readCertificates, writeCertificates } from "./certificates.ts";
