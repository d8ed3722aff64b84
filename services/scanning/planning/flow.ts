/** How scans flow: in each phase how many there are, how long ago they were asked for, and how many are late. Called by the planning page. */

/** One phase of the road. */
export interface FlowRow {
  readonly phase: string;
  readonly count: number;
  readonly late: number;
  /** Days since the last step, the middle one of these scans; null without any. */
  readonly waiting: number | null;
  /** Days since the request, the middle one; null without any. */
  readonly age: number | null;
}

/** What of a scan the flow is made of. */
export interface FlowingScan {
  readonly phase: string;
  readonly opened: string;
  readonly changed: string | null;
  readonly late: boolean;
}

const middle = (numbers: readonly number[]): number | null => numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) / 2)] ?? null;

/** @param phases in the order of the road; @param now moment in milliseconds */
export function flowOf(scans: readonly FlowingScan[], phases: readonly string[], now: number): FlowRow[] {
  const days = (since: string): number => Math.max(0, Math.floor((now - Date.parse(since)) / 86_400_000));
  return phases.map((phase) => {
    const here = scans.filter((scan) => scan.phase === phase);
    return {
      phase,
      count: here.length,
      late: here.filter(({ late }) => late).length,
      waiting: middle(here.flatMap(({ changed }) => (changed === null ? [] : [days(changed)]))),
      age: middle(here.map(({ opened }) => days(opened))),
    };
  });
}
