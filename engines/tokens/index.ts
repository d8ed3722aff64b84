/** The door of the token engine for clients: published keys, asking for a token, finishing it, its text (RFC 9474). Runs in a browser and in Node; `@rugdekking/tokens/server` is the issuer's half. */
export { TokenError, tokenErrorCodes, type TokenErrorCode } from "./errors.ts";
export {
  checkLabel,
  keyOfStratum,
  parseTokenKeyId,
  readKeyStatement,
  tokenKey,
  tokenKeyId,
  writeKeyStatement,
  TOKEN_VARIANT,
  type TokenKey,
  type TokenKeyId,
} from "./key.ts";
export { decodePending, encodePending, finishToken, requestToken, type PendingToken } from "./request.ts";
export { decodeToken, encodeToken, PREPARED_BYTES, type Token } from "./token.ts";
