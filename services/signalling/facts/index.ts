/**
 * How a signal was followed up, from the readable headers of its entries: which steps were owed, when each was answered and whether that was within its term. Pure; screens draw the chain
 * with it and the outcome keeps its anonymous fact.
 *
 * [Note: What the signal fact holds] Parliament asks whether municipality, police and OM act on signals, and nobody can say (domain.md 9, point 12). The fact answers per step and per police unit
 * whether an answer came in time, and nothing else: no name, function, organisation, date, number of days, desk, person or id. The unit is the coarsest region a police chief can act on; who
 * publishes cells does so under disclosure control. It goes out under an anonymous token by way of services/figures, with the month beside it.
 */
import type { SignalFact, SignalStep } from "#services/signalling/contract/index.ts";

/** One entry as far as the chain is concerned. */
export interface ChainEntry {
  readonly action: string | null;
  /** Moment stated in the entry. */
  readonly at: string;
}

/** Gives the due moment of a term that started at a moment in a phase; null when the phase has none. Wired from the workflow table, so that server and chain agree. */
export type DueOf = (phase: string, at: Date) => Date | null;

/** One station of the chain. */
export interface Station {
  readonly step: SignalStep;
  /** When it became owed; null: not yet. */
  readonly since: string | null;
  /** When it was answered; null: not yet. */
  readonly at: string | null;
  readonly due: string | null;
  /** `skipped`: the road went another way. */
  readonly state: "done" | "late-done" | "waiting" | "late" | "ahead" | "skipped";
}

/** What every action answers, and where it leads. Equals the workflow table; a test compares them. */
const leads: Readonly<Record<string, { readonly to: string; readonly answers: readonly SignalStep[]; readonly skips: readonly SignalStep[] }>> = {
  receive: { to: "received", answers: ["received"], skips: [] },
  "receive-around": { to: "with-prosecution", answers: ["received"], skips: ["weighed"] },
  "weigh-serious": { to: "with-prosecution", answers: ["weighed"], skips: [] },
  "weigh-basic": { to: "basic-policing", answers: ["weighed"], skips: ["presented", "decided"] },
  present: { to: "presented", answers: ["presented"], skips: [] },
  retest: { to: "presented", answers: ["presented"], skips: [] },
  "decide-local": { to: "local-measures", answers: ["decided"], skips: [] },
  "decide-nominate": { to: "nominated", answers: ["decided"], skips: [] },
  "decide-basic": { to: "basic-decided", answers: ["decided"], skips: [] },
  feedback: { to: "fed-back", answers: ["fed-back"], skips: [] },
  redirect: { to: "redirected", answers: ["received"], skips: [] },
  "redirect-around": { to: "redirected", answers: ["received"], skips: [] },
  "raise-again": { to: "raised", answers: [], skips: [] },
  "weigh-again": { to: "received", answers: [], skips: [] },
  reopen: { to: "received", answers: [], skips: [] },
  "raise-again-around": { to: "raised-around", answers: [], skips: ["weighed"] },
  "weigh-again-around": { to: "with-prosecution", answers: [], skips: ["weighed"] },
  "reopen-around": { to: "with-prosecution", answers: [], skips: ["weighed"] },
  close: { to: "closed", answers: [], skips: [] },
  withdraw: { to: "withdrawn", answers: [], skips: [] },
};
/** Every action this room knows and where it leads; the test holds it against the table. */
export const knownActions: ReadonlyMap<string, string> = new Map(Object.entries(leads).map(([action, { to }]) => [action, to]));

/** The step a phase waits for. */
const owed: Readonly<Record<string, SignalStep>> = {
  raised: "received",
  "raised-around": "received",
  received: "weighed",
  "with-prosecution": "presented",
  presented: "decided",
  "local-measures": "fed-back",
  nominated: "fed-back",
  "basic-policing": "fed-back",
  "basic-decided": "fed-back",
};
const order: readonly SignalStep[] = ["received", "weighed", "presented", "decided", "fed-back"];

/** One stay in a phase: what was owed, since when, until when. */
interface Stay {
  readonly step: SignalStep;
  readonly since: string;
  readonly due: Date | null;
  readonly answered: string | null;
  /** When the phase was left, with or without an answer; null: it waits still. */
  readonly left: string | null;
}

function staysOf(start: string, entries: readonly ChainEntry[], dueOf: DueOf): { readonly stays: readonly Stay[]; readonly skipped: Set<SignalStep> } {
  const [first] = entries;
  let phase = start;
  let since = first?.at ?? "";
  const stays: Stay[] = [];
  const skipped = new Set<SignalStep>();
  const leave = (answered: string | null, left: string | null): void => {
    const step = owed[phase];
    if (step !== undefined) stays.push({ step, since, due: dueOf(phase, new Date(since)), answered, left });
  };
  for (const { action, at } of entries.slice(1)) {
    const lead = action === null ? undefined : leads[action];
    if (lead === undefined) continue;
    leave(lead.answers.length > 0 ? at : null, at);
    for (const step of lead.answers) skipped.delete(step);
    for (const step of lead.skips) skipped.add(step);
    [phase, since] = [lead.to, at];
  }
  leave(null, null);
  return { stays, skipped };
}

/** Phase in which the table begins, from its first action: the road around the driehoek begins with the OM. */
const startOf = (entries: readonly ChainEntry[]): string =>
  entries.some(({ action }) => action === "receive-around" || action === "redirect-around") ? "raised-around" : "raised";

/**
 * The five stations of a signal, in order, each with the newest time it was owed.
 * @param entries all entries in order, the first one included
 * @param around whether it began with the OM (known before the first answer from the phase or the signal's route)
 */
export function chainOf(entries: readonly ChainEntry[], dueOf: DueOf, now: Date, around: boolean = startOf(entries) === "raised-around"): Station[] {
  const { stays, skipped } = staysOf(around ? "raised-around" : "raised", entries, dueOf);
  if (around) skipped.add("weighed");
  return order.map((step): Station => {
    const stay = stays.findLast((one) => one.step === step);
    if (stay === undefined) return { step, since: null, at: null, due: null, state: skipped.has(step) ? "skipped" : "ahead" };
    const due = stay.due?.toISOString() ?? null;
    const past = (moment: Date): boolean => stay.due !== null && moment > stay.due;
    if (stay.answered !== null) return { step, since: stay.since, at: stay.answered, due, state: past(new Date(stay.answered)) ? "late-done" : "done" };
    // A stay that ended without an answer (withdrawn, raised again) waits for nobody any more.
    return { step, since: stay.since, at: null, due, state: stay.left !== null ? "skipped" : past(now) ? "late" : "waiting" };
  });
}

/** Where the road ended up. */
function outcomeOf(entries: readonly ChainEntry[]): SignalFact["outcome"] {
  const last = entries.findLast(({ action }) => action !== null && /^(?:decide-|weigh-basic|redirect)/u.test(action))?.action;
  switch (last) {
    case "decide-local":
      return "local-measures";
    case "decide-nominate":
      return "nominated";
    case "decide-basic":
    case "weigh-basic":
      return "basic-policing";
    case "redirect":
    case "redirect-around":
      return "redirected";
    default:
      return "open";
  }
}

/** A fact with what of it the unit it names owed itself. */
export interface Followed extends SignalFact {
  readonly ofUnit?: SignalFact["steps"];
}

/** The steps since the signal was last raised again: the unit that is asked now owed no answer before that. */
export function stepsOfUnit(
  entries: readonly ChainEntry[],
  dueOf: DueOf,
  now: Date,
  around: boolean = startOf(entries) === "raised-around",
): SignalFact["steps"] {
  const again = entries.findLastIndex(({ action }) => action === "raise-again");
  return factOf(again === -1 ? entries : entries.slice(again), dueOf, null, now, around).steps;
}

/**
 * The fact that is kept when a signal is closed. It names one unit, the one that was asked last, so receiving and weighing are answered for that unit alone: it is not given the lateness of one that pointed on.
 */
export function keptFact(
  entries: readonly ChainEntry[],
  dueOf: DueOf,
  unit: string | null,
  now: Date,
  around: boolean = startOf(entries) === "raised-around",
): SignalFact {
  const [fact, own] = [factOf(entries, dueOf, unit, now, around), stepsOfUnit(entries, dueOf, now, around)];
  const ofUnit = ({ step }: SignalFact["steps"][number]): boolean => step === "received" || step === "weighed";
  return { ...fact, steps: [...own.filter(ofUnit), ...fact.steps.filter((one) => !ofUnit(one))] };
}

/** The anonymous fact of a signal: for each step that was ever owed, whether it was answered in time; with more than one stay the worst counts. */
export function factOf(
  entries: readonly ChainEntry[],
  dueOf: DueOf,
  unit: string | null,
  now: Date,
  around: boolean = startOf(entries) === "raised-around",
): SignalFact {
  const { stays } = staysOf(around ? "raised-around" : "raised", entries, dueOf);
  const worst = { "in-time": 0, late: 1, open: 2 } as const;
  const steps = order.flatMap((step): SignalFact["steps"] => {
    const answers = stays
      .filter((stay) => stay.step === step)
      .flatMap((stay): (keyof typeof worst)[] => {
        if (stay.answered !== null) return [stay.due !== null && new Date(stay.answered) > stay.due ? "late" : "in-time"];
        // Ended before its term had passed: nobody failed to answer.
        return stay.due !== null && (stay.left === null ? now : new Date(stay.left)) > stay.due ? ["open"] : [];
      });
    const [answer] = answers.toSorted((a, b) => worst[b] - worst[a]);
    return answer === undefined ? [] : [{ step, answer }];
  });
  return { version: 1, kind: "signal-follow-up", unit, steps, outcome: outcomeOf(entries) };
}
