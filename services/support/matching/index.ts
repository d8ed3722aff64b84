/** Matching help to what someone said, on their own device: which provisions, in which order and why; who can be reached now; which peer is free. */
export { reachableAt, type Reachable } from "./hours.ts";
export { matchHelp, type Match, type MatchReason } from "./match.ts";
export { peersFor, type PeerMatch } from "./peers.ts";
