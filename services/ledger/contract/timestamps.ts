/** What a client and this server tell each other about time stamps: a hash and a nonce go out, an authority's answer comes back unread. */
import Type from "typebox";

/** Where a hash is passed on to the time-stamp authority. */
export const timestampsPath = "/api/v1/timestamps";

/** What is to be stamped: nothing but 32 bytes, and 8 more that tie the answer to them. */
export const TimestampQuestion = Type.Object(
  {
    /** SHA-256, base64url. */
    digest: Type.String({ pattern: "^[A-Za-z0-9_-]{43}$" }),
    /** 8 random bytes, base64url. */
    nonce: Type.String({ pattern: "^[A-Za-z0-9_-]{11}$" }),
  },
  { additionalProperties: false },
);

/** The authority's answer, DER TimeStampResp as base64url; this server did not read it. Check it before believing it. */
export const TimestampAnswer = Type.Object({ response: Type.String({ pattern: "^[A-Za-z0-9_-]+$", maxLength: 88_000 }) }, { additionalProperties: false });
