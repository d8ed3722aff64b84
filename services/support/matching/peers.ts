/** Which colleague or expert of the desk's own list to ask: fitting office and situation first, then who can be reached now. Pure; called by the support desk's pages. */
import type { Peer } from "#services/support/contract/peers.ts";
import type { HelpAnswers } from "#services/support/contract/situation.ts";
import { isReachable, reachableAt, type Reachable } from "./hours.ts";

/** Someone of the list, beside a request. */
export interface PeerMatch {
  readonly peer: Peer;
  /** Named for this office; someone for anyone does not count as named. */
  readonly sameOffice: boolean;
  /** Helps with something that was told. */
  readonly sameSituation: boolean;
  /** Away today: shown last, never left out. */
  readonly away: boolean;
  readonly reach: Reachable;
}

/**
 * Everyone of the list who may fit, best first; whoever is for other offices or other matters only, is left out.
 * @param today Dutch day of `moment`
 */
export function peersFor({ seeker, situations }: HelpAnswers, peers: readonly Peer[], moment: Date, today: string): readonly PeerMatch[] {
  const found = peers.flatMap((peer): PeerMatch[] => {
    const sameOffice = seeker !== null && peer.seekers.includes(seeker);
    const sameSituation = situations.some((one) => peer.situations.includes(one));
    if (seeker !== null && peer.seekers.length > 0 && !sameOffice) return [];
    if (situations.length > 0 && peer.situations.length > 0 && !sameSituation) return [];
    return [{ peer, sameOffice, sameSituation, away: peer.away !== null && today <= peer.away, reach: reachableAt(peer.hours, moment) }];
  });
  const score = (one: PeerMatch): number =>
    (one.away ? -100 : 0) + (one.sameSituation ? 4 : 0) + (one.sameOffice ? 2 : 0) + (isReachable(one.peer.hours, moment) ? 1 : 0);
  return found.toSorted((a, b) => score(b) - score(a) || a.peer.name.localeCompare(b.peer.name, "nl") || (a.peer.id < b.peer.id ? -1 : 1));
}
