/** What the words of an import hold: one sentence per code, in each language. Used by the two languages beside it. */
import type { TroubleCode, TroubleData } from "#services/reporting/import/troubles.ts";

/** Sentences that say what was skipped, why, and how to mend it. */
export interface TroubleWords {
  readonly trouble: Readonly<Record<TroubleCode, (data: TroubleData) => string>>;
  /** Where it stands. @param number which one in the file or entry, 0 for the whole. */
  readonly place: (file: string, entry: string | null, number: number) => string;
}

const steps = [
  [1024 ** 3, "GB"],
  [1024 ** 2, "MB"],
  [1024, "kB"],
] as const;

/** A limit in bytes, as people say it. */
export function size(bytes: number, language: "nl" | "en"): string {
  const [step, unit] = steps.find(([least]) => bytes >= least) ?? [1, "bytes"];
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(bytes / step)} ${unit}`;
}
