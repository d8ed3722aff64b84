/** Which web app a house serves, and that its log says so: what `GET /api/v1/release` answers. Any room may import it. */
import Type, { type Static } from "typebox";

/** Where it is asked for. */
export const releasePath = "/api/v1/release";

/** The web app as the server read it from its disk when it started. */
export const Release = Type.Object(
  {
    /** SHA-256 of `manifest`, lower-case hexadecimal. Its leaf in the log is `rugdekking web-bundle <the same as base64url>`. */
    digest: Type.String({ pattern: "^[0-9a-f]{64}$" }),
    /** A line a file, `<sha256>  ./<path>\n`, sorted by path: what `sha256sum` prints in that folder. */
    manifest: Type.String({ maxLength: 4_000_000 }),
    /** Receipt (tlog-proof) of that leaf. */
    proof: Type.String({ maxLength: 100_000 }),
  },
  { additionalProperties: false },
);
export type Release = Static<typeof Release>;
