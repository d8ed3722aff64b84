/** Who outside the house vouches that everyone is shown the same log, as a trust anchor names them. Any room may import it. */
import Type, { type Static } from "typebox";

/** Witnesses that a client pins with the rest of its anchor. Left out where a house asks none. */
export const Witnesses = Type.Object(
  {
    /** Verifier keys (C2SP tlog-cosignature, type 0x04): `<name>+<hash>+<base64>`. */
    keys: Type.Array(Type.String({ maxLength: 300 }), { minItems: 1, maxItems: 20 }),
    /** How many of them must have cosigned; 0 asks for none and only shows who did. */
    quorum: Type.Integer({ minimum: 0, maximum: 20 }),
    /** Leaves the log had when witnesses were first asked: a receipt against a checkpoint of no more than these was made before. */
    from: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
);
export type Witnesses = Static<typeof Witnesses>;
