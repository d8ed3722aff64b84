/** The shape of the one anonymous fact a signal leaves behind; what it holds and why stands in services/signalling/facts. Kept in the outcome, and left at the sink of services/figures/contract when the signal is closed. */
import Type, { type Static } from "typebox";

/** The answers of the chain that have a term. */
export const signalSteps = ["received", "weighed", "presented", "decided", "fed-back"] as const;
export type SignalStep = (typeof signalSteps)[number];

/** The fact, version 1. */
export const SignalFact = Type.Object(
  {
    version: Type.Literal(1),
    kind: Type.Literal("signal-follow-up"),
    /** Police unit that was asked last, by what the owner signed, as registers/regions names it; null: not known. `received` and `weighed` are the answers of that unit. */
    unit: Type.Union([Type.String({ maxLength: 40 }), Type.Null()]),
    /** Steps that were owed, in order, and whether the answer came within the term of that step. `open`: no answer, the term had passed or the signal ended first. */
    steps: Type.Array(Type.Object({ step: Type.Enum(signalSteps), answer: Type.Enum(["in-time", "late", "open"]) }, { additionalProperties: false }), {
      maxItems: signalSteps.length,
    }),
    /** Where it ended up. */
    outcome: Type.Enum(["local-measures", "nominated", "basic-policing", "redirected", "open"]),
  },
  { additionalProperties: false },
);
export type SignalFact = Static<typeof SignalFact>;
