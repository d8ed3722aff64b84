/** Invented facts of one quarter, for the demonstration and for tests: drawn from a fixed seed, so that the same quarter always gives the same. Nothing in them is measured anywhere. */
import {
  channelClasses,
  factSignalSteps,
  formClasses,
  functionClasses,
  helpClasses,
  monthsOf,
  provinces,
  type Fact,
} from "#services/figures/contract/facts.ts";

/** mulberry32: small, fixed, good enough for invented data. */
function drawer(seed: number): () => number {
  let state = seed;
  return () => {
    state = Math.trunc(state + 0x6d2b79f5);
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = Math.trunc(mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** @param quarter `2026-q3`; @param size 1 for some 1,500 facts */
export function inventedFacts(quarter: string, size = 1): readonly Fact[] {
  const random = drawer([...quarter].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7));
  const chance = (of: number): boolean => random() < of;
  /** One of a list; the weights are relative. */
  const pick = <T>(list: readonly T[], weights: readonly number[] = list.map(() => 1)): T => {
    let left = random() * weights.reduce((sum, one) => sum + one, 0);
    for (const [at, one] of list.entries()) {
      left -= weights[at] ?? 0;
      if (left <= 0) return one;
    }
    const [last] = list.slice(-1);
    if (last === undefined) throw new RangeError("nothing to pick from");
    return last;
  };
  const month = (): string => pick(monthsOf(quarter), [3, 3, 4]);
  // Zeeland and Flevoland come out below the minimum now and then, so that a demonstration shows what that looks like.
  const province = () => (chance(0.03) ? null : pick(provinces, [5, 6, 4, 8, 3, 14, 10, 18, 22, 2, 15, 7]));
  const office = () => pick(functionClasses, [30, 55, 6, 5, 4]);
  const times = <T>(many: number, make: () => T): readonly T[] => Array.from({ length: Math.round(many * size) }, make);
  return [
    ...times(620, (): Fact => {
      const channel = pick(channelClasses, [42, 22, 7, 6, 14, 3, 6]);
      const forms = formClasses.filter((_, at) => chance([0.62, 0.34, 0.05, 0.11, 0.04, 0.06][at] ?? 0));
      const online = channel === "unknown" ? null : channel === "social-media" || channel === "message";
      return { version: 1, kind: "report-filed", month: month(), province: province(), function: office(), forms, channel, online, doxing: chance(0.08) };
    }),
    ...times(480, (): Fact => {
      const weighed = chance(0.83);
      return {
        version: 1,
        kind: "report-closed",
        month: month(),
        province: province(),
        function: office(),
        complaint: chance(0.16),
        weighed,
        followUp: chance(weighed ? 0.72 : 0.4),
      };
    }),
    ...times(130, (): Fact => ({ version: 1, kind: "scan-requested", month: month(), province: province(), function: office() })),
    ...times(105, (): Fact => {
      const advised = pick(["0", "1-2", "3-5", "6-10"] as const, [4, 30, 50, 16]);
      const placed = advised === "0" ? "0" : pick(["0", "1-2", "3-5"] as const, [3, 6, 3]);
      return {
        version: 1,
        kind: "scan-completed",
        month: month(),
        throughput: chance(0.05) ? null : pick(["0-30", "31-90", "91-180", "181-365"] as const, [15, 50, 28, 7]),
        advised,
        placed,
        onLoan: advised === "0" ? "0" : pick(["0", "1-2"] as const, [8, 2]),
        declined: "0",
        open: advised === "0" ? "0" : pick(["0", "1-2"] as const, [6, 4]),
        daysHalf: placed === "0" ? null : "31-90",
        daysLast: placed === "0" ? null : "91-180",
      };
    }),
    ...times(85, (): Fact => ({
      version: 1,
      kind: "signal-closed",
      month: month(),
      unit: null,
      steps: factSignalSteps
        .filter((_, at) => chance([1, 0.97, 0.45, 0.45, 0.9][at] ?? 0))
        .map((step) => ({ step, answer: pick(["in-time", "late", "open"] as const, step === "received" ? [88, 9, 3] : [68, 22, 10]) })),
      outcome: pick(["local-measures", "nominated", "basic-policing", "redirected", "open"] as const, [30, 4, 50, 8, 8]),
    })),
    ...times(140, (): Fact => ({
      version: 1,
      kind: "help-asked",
      month: month(),
      function: office(),
      why: helpClasses.filter((_, at) => chance([0.45, 0.4, 0.18, 0.36, 0.08][at] ?? 0)),
      acute: chance(0.17),
    })),
    ...times(120, (): Fact => ({
      version: 1,
      kind: "help-given",
      month: month(),
      outcome: pick(["helped", "handed-over", "not-reached", "other"] as const, [70, 18, 8, 4]),
      by: pick(["team", "peer", "expert", null] as const, [60, 20, 14, 6]),
    })),
  ];
}
