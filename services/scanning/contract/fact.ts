/** The shape of the one anonymous fact a finished scan leaves behind; what it holds and why stands in services/scanning/facts. Kept in the completion, and left at the sink of services/figures/contract when the scan is completed. */
import Type, { type Static } from "typebox";

/** Classes of a count. */
export const countClasses = ["0", "1-2", "3-5", "6-10", "11+"] as const;
/** Classes of days. */
export const dayClasses = ["0-30", "31-90", "91-180", "181-365", "366+"] as const;

const Count = Type.Enum(countClasses);
const Days = Type.Union([Type.Enum(dayClasses), Type.Null()]);

/** The fact, version 1. */
export const ScanFact = Type.Object(
  {
    version: Type.Literal(1),
    kind: Type.Literal("scan-measures"),
    /** Measures on the provision list. */
    advised: Count,
    /** Placed for good, and checked or not. */
    placed: Count,
    /** Put at disposal for the duration of the office (lid 7), returned since or not. */
    onLoan: Count,
    /** Declined by the person. */
    declined: Count,
    /** None of these yet. */
    open: Count,
    /** Calendar days from adoption within which half of what was placed or lent was there; null when nothing was. */
    daysHalf: Days,
    /** The same for the last of them. */
    daysLast: Days,
  },
  { additionalProperties: false },
);
/** The fact, version 1. */
export type ScanFact = Static<typeof ScanFact>;
