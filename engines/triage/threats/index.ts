/** Threats in a message: how likely one is meant, how open it is, and which words say so. No I/O, no state but a cache of words. Called by triage.ts; README.md of the engine has the figures and the limits. */
import { judgedOf, levelFrom, type Reading, readingOf, weightsOf, type Weights } from "./model.ts";
import * as packedNetwork from "./network-weights.ts";
import { networkOf, networkReader, type NetworkReader } from "./network.ts";
import { reasonsOf, type Reason } from "./reasons.ts";
import { can } from "./roles.ts";
import { type Seen, seenIn } from "./rules.ts";
import { bias, joining, scale, weights as packed } from "./weights.ts";
import { readWords, type Word } from "./words.ts";

export type { Reason } from "./reasons.ts";

/** How a message is sorted. The order is that of a worklist: a person reads `explicit` first. */
export type Level = "none" | "possible" | "likely" | "explicit";

/** What was found. */
export interface ThreatFinding {
  /** 0 to 1: the share of messages with this score that are threats, among the texts it was calibrated on (tools/triage/README.md); in ordinary mail, with fewer threats, it is lower. */
  readonly score: number;
  readonly level: Level;
  /** The words that say it most, in order of place; Dutch. Empty at level `none`. */
  readonly reasons: readonly Reason[];
}

/** Log odds of a text without a word or a sign that is read: numbers and marks alone. */
const nothingSaid = -8;
const saysSomething = ({ known }: Word): boolean => (known.can & can.saysSomething) !== 0;
/** A likely threat is called explicit when the log odds of that are over this. */
const explicitFrom = 0;

/** A message longer than this many words is read in parts of about so many, each to the end of a sentence; the strongest part counts, so that dull words around a threat do not thin it. */
const wordsAtOnce = 120;

/** Opened when the first message comes; a message by itself costs too little to wait for. */
let opened: { readonly weights: Weights; readonly network: NetworkReader } | null = null;
const sigmoid = (odds: number): number => 1 / (1 + Math.exp(-odds));
/** What both say of a question beside the threat: the mean, or the weights alone where the network was not asked. */
const both = (weights: number, network: number | undefined): number => (network === undefined ? weights : 0.5 * (weights + network));

/**
 * Judges one message. Linear in its length; some 10 microseconds of processor time for 140 characters, and three times as much for one that may be a threat.
 * @param text as given; offsets in the reasons are UTF-16 code units into it
 */
export function judgeThreat(text: string): { readonly threat: ThreatFinding; readonly abuse: { readonly score: number } } {
  opened ??= { weights: weightsOf(packed(), scale, bias), network: networkReader(networkOf(packedNetwork)) };
  const { weights, network } = opened;
  let best: { odds: number; reading: Reading; words: readonly Word[]; seen: Seen } | null = null;
  let abuse = -Infinity;
  let from = 0;
  do {
    const { words, next } = readWords(text, from, wordsAtOnce);
    const seen = seenIn(words);
    const judged = judgedOf(readingOf(words, weights), seen, joining, () => network.read(words));
    const readable = words.some(saysSomething);
    const { reading, odds } = readable ? judged : { ...judged, odds: nothingSaid };
    const abusive = both(reading.whole[2], reading.network?.[2]);
    abuse = Math.max(abuse, readable ? Math.max(abusive, 0.7 * abusive + 0.3 * reading.strongest[2]) : nothingSaid);
    if (best === null || odds > best.odds) best = { odds, reading, words, seen };
    from = next;
  } while (from < text.length);
  const { odds, reading, words, seen } = best;
  const explicit = both(0.5 * (reading.whole[1] + reading.strongest[1]), reading.network?.[1]);
  const level: Level = odds < levelFrom.possible ? "none" : odds < levelFrom.likely ? "possible" : explicit >= explicitFrom ? "explicit" : "likely";
  return {
    threat: { score: rounded(sigmoid(odds)), level, reasons: level === "none" ? [] : reasonsOf(words, weights, seen) },
    abuse: { score: rounded(sigmoid(abuse)) },
  };
}

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;
