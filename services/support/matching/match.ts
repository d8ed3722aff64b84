/**
 * Which provisions fit what someone said, in which order and why. Pure and deterministic: the same answers at the same moment give the same list on every device, with or without a connection.
 * Called by the page /hulp; the answers go nowhere.
 */
import { provisions as register, type Provision } from "#registers/provisions/index.ts";
import type { HelpAnswers, HelpPhase, HelpSituation, Seeker } from "#services/support/contract/situation.ts";
import { isReachable } from "./hours.ts";

/** Why a provision is shown; screens word it as "omdat u zei dat …". */
export type MatchReason =
  | { readonly code: "seeker"; readonly seeker: Seeker }
  | { readonly code: "situation"; readonly situation: HelpSituation }
  | { readonly code: "phase"; readonly phase: HelpPhase }
  | { readonly code: "unsure"; readonly seeker: Seeker }
  | { readonly code: "everyone" };

/** A provision that fits. */
export interface Match {
  readonly provision: Provision;
  /** In the order they weigh; never empty. */
  readonly reasons: readonly MatchReason[];
  /** What it was ordered by; shown nowhere, looked at in tests. */
  readonly score: number;
}

/** What an answer weighs. A fitting situation weighs most, so that 113 or Veilig Thuis comes first for who needs it; who is there for anything fits too, a little less than who is there for just this. */
const weights = { situation: 60, anything: 45, seeker: 15, phase: 5, unsure: -25, reachable: 10, number: 8 } as const;

/**
 * The fitting provisions, best first.
 *
 * A question that was not answered leaves nothing out. Someone the sources do not name is shown it all the same, lower and told to ask: no source says they may not.
 * Emergency numbers (weight 100) always stand first. When it happens now, who can be reached now comes before who may be (a number of which
 * no source gives the hours), and that before who cannot.
 */
export function matchHelp(answers: HelpAnswers, moment: Date, among: readonly Provision[] = register): readonly Match[] {
  const found = among.flatMap((provision): (Match & { readonly place: number })[] => {
    const reasons = reasonsFor(provision, answers);
    return reasons === null ? [] : [{ provision, reasons, score: scoreOf(provision, reasons, answers, moment), place: among.indexOf(provision) }];
  });
  return found.toSorted((a, b) => b.score - a.score || a.place - b.place).map(({ provision, reasons, score }) => ({ provision, reasons, score }));
}

/** Null when it does not fit. */
function reasonsFor(
  { seekers, unsure, situations, phases, weight }: Provision,
  { seeker, situations: told, phase }: HelpAnswers,
): readonly MatchReason[] | null {
  if (weight === 100) return [{ code: "everyone" }];
  const named = seeker !== null && seekers !== "any" && seekers.includes(seeker);
  const asking = seeker !== null && unsure.includes(seeker);
  if (seeker !== null && seekers !== "any" && !named && !asking) return null;
  const fitting = situations === "any" ? [] : told.filter((one) => situations.includes(one));
  if (told.length > 0 && situations !== "any" && fitting.length === 0) return null;
  if (phase !== null && !phases.includes(phase)) return null;
  const reasons: MatchReason[] = [
    ...fitting.map((situation) => ({ code: "situation", situation }) as const),
    ...(named ? [{ code: "seeker", seeker } as const] : []),
    ...(phase !== null && phases.length < 4 ? [{ code: "phase", phase } as const] : []),
    ...(asking ? [{ code: "unsure", seeker } as const] : []),
  ];
  return reasons.length === 0 ? [{ code: "everyone" }] : reasons;
}

function scoreOf(
  { weight, situations, phone, page, hours }: Provision,
  reasons: readonly MatchReason[],
  { situations: told, phase }: HelpAnswers,
  moment: Date,
): number {
  if (weight === 100) return 1_000;
  // Several situations that fit count once: who told much must not push a general desk above the one that is there for one of them.
  const codes = new Set(reasons.map(({ code }) => code));
  const reachable = page !== null || (phone !== null && isReachable(hours, moment));
  const now = reachable ? weights.reachable : phone !== null && hours === null ? weights.number : 0;
  return (
    weight +
    (codes.has("situation") ? weights.situation : 0) +
    (situations === "any" && told.length > 0 ? weights.anything : 0) +
    (codes.has("seeker") ? weights.seeker : 0) +
    (codes.has("phase") ? weights.phase : 0) +
    (codes.has("unsure") ? weights.unsure : 0) +
    (phase === "now" ? now : 0)
  );
}
