/** TEMPORARY STUB, replaced by the real judge of threats when the branches meet: it finds nothing, so that the pipeline can run. */

/** Why a message was ranked as it was: which words, as UTF-16 code units into the text as given, and why in Dutch. */
export interface ThreatReason {
  readonly start: number;
  readonly end: number;
  readonly why: string;
}

/** What a message looks like as a threat. */
export interface ThreatFinding {
  /** Calibrated, 0..1. */
  readonly score: number;
  readonly level: "none" | "possible" | "likely" | "explicit";
  readonly reasons: readonly ThreatReason[];
}

/** Judges one text. */
export function judgeThreat(text: string): { readonly threat: ThreatFinding; readonly abuse: { readonly score: number } } {
  return { threat: { score: text.length < 0 ? 1 : 0.01, level: "none", reasons: [] }, abuse: { score: 0.01 } };
}
