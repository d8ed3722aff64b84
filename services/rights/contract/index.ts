/** What a person is told about themselves, and what is left of an account; clients and the server share it. */
import Type, { type Static } from "typebox";
import { Envelope } from "#services/directory/contract/index.ts";

/** All the server holds of one table that names the caller. Sealed bytes are told by their length; words about the table are the screens', by its name. */
export const InsightTable = Type.Object(
  {
    table: Type.String(),
    /** Rows there are; at most 200 of them are shown. */
    count: Type.Integer({ minimum: 0 }),
    rows: Type.Array(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]))),
  },
  { additionalProperties: false },
);
export type InsightTable = Static<typeof InsightTable>;

/** `GET /api/v1/insight`. */
export const Insight = Type.Object({ at: Type.String(), person: Type.String(), tables: Type.Array(InsightTable) }, { additionalProperties: false });
export type Insight = Static<typeof Insight>;

/** `POST /api/v1/account/erasure`: the person's signed request. */
export const AccountErasure = Type.Object({ statement: Envelope }, { additionalProperties: false });
