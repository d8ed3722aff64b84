/** The checklist of shielding steps: the register, with what was done of it and what is due to be looked at again. */
import { shielding, type ShieldingStep } from "#registers/shielding/index.ts";
import type { ShieldingPreparation } from "#services/reporting/contract/preparation.ts";
import { laterDay } from "./document.ts";

/** A step as it stands. */
export interface StandingStep {
  readonly step: ShieldingStep;
  /** Letter of the checklist: A, B, C …. */
  readonly code: string;
  readonly state: ShieldingPreparation["state"];
  /** Since when it stands so; null when nothing was written yet. */
  readonly on: string | null;
  readonly again: string | null;
  /** The day to look again has come. */
  readonly due: boolean;
  readonly note: string;
}

/** Every step in order. @param today `YYYY-MM-DD` */
export function standingSteps(kept: ReadonlyMap<string, ShieldingPreparation>, today: string): StandingStep[] {
  return shielding.steps.map((step, at) => {
    const now = kept.get(step.id);
    const again = now?.again ?? null;
    return {
      step,
      code: String.fromCharCode(65 + at),
      state: now?.state ?? "open",
      on: now?.on ?? null,
      again,
      due: again !== null && again <= today,
      note: now?.note ?? "",
    };
  });
}

/** How many of the steps that ask something are settled. */
export function shieldingProgress(steps: readonly StandingStep[]): { readonly done: number; readonly all: number } {
  const asking = steps.filter(({ step }) => !step.nothing);
  return { done: asking.filter(({ state }) => state === "done" || state === "not-needed").length, all: asking.length };
}

/** When to look again after this change: by the register for what was asked or done, never for what is not needed. */
export const nextLook = (step: ShieldingStep, state: ShieldingPreparation["state"], today: string): string | null =>
  step.againDays === null || state === "open" || state === "not-needed" ? null : laterDay(today, step.againDays);

/** A step's state as it is kept. */
export const keptStep = (step: ShieldingStep, given: Pick<ShieldingPreparation, "state" | "on" | "again" | "note">): ShieldingPreparation => ({
  version: 1,
  type: "shielding",
  step: step.id,
  register: shielding.version,
  ...given,
});
