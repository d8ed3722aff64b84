/** What the popup may ask of the background, and what it hears. Both sides are this extension. */
import Type, { type Static } from "typebox";
import type { BridgeState } from "#services/reporting/contract/extension.ts";
import type { CaptureOutcome } from "./capture.ts";
import type { Refusal } from "./refuse.ts";

export const PopupAsk = Type.Union([
  /** How things stand, seen from this tab. */
  Type.Object({ what: Type.Literal("look"), tab: Type.Integer() }),
  Type.Object({ what: Type.Literal("capture"), tab: Type.Integer() }),
  /** The numbers are the same: these digits, of this site, are what the person saw here and on the page. */
  Type.Object({
    what: Type.Literal("pair"),
    tab: Type.Integer(),
    origin: Type.String({ maxLength: 300 }),
    fingerprint: Type.String({ minLength: 1, maxLength: 40 }),
  }),
  /** Forget what waits; with `pairing`, to whom it is paired as well. */
  Type.Object({ what: Type.Literal("erase"), pairing: Type.Boolean() }),
]);
export type PopupAsk = Static<typeof PopupAsk>;

/** The page the popup was opened on. */
export type Here =
  | { readonly kind: "page"; readonly host: string }
  | { readonly kind: "refused"; readonly why: Refusal }
  | { readonly kind: "app"; readonly state: BridgeState; readonly origin: string; readonly fingerprint: string };

/** How things stand. */
export interface Standing {
  /** `page`: where captures are handed over. */
  readonly paired: { readonly origin: string; readonly page: string } | null;
  readonly waiting: number;
  /** When something was last captured, RFC 3339. */
  readonly last: string | null;
  readonly here: Here;
}

/** Answers, by what was asked. */
export interface PopupAnswers {
  readonly look: Standing;
  readonly capture: CaptureOutcome | { readonly ok: false; readonly why: "not-paired" | "busy" };
  readonly pair: { readonly ok: boolean };
  readonly erase: { readonly ok: true };
}
