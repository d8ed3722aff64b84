/** The states of the small life of a measure and which of them mean that nothing is left to do. Used by the words and the measures page. */
import type { MeasureLife } from "#services/scanning/client/provision.ts";

export type MeasureState = MeasureLife["state"];

const settled: readonly MeasureState[] = ["placed", "on-loan", "checked", "declined", "returned"];

/** Whether the employer has nothing left to do for it. */
export const isSettled = (state: MeasureState): boolean => settled.includes(state);
