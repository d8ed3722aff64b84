/** Joins the three rooms (threats, personal, campaigns) into one pass over messages. Exported by index.ts; the command line and the worker call it. */
import { type CampaignFinder, createCampaigns, type CampaignReport } from "./campaigns/index.ts";
import type { Message } from "./message.ts";
import { findPersonal, type PersonalHit, type Watch } from "./personal/index.ts";
import { judgeThreat, type ThreatFinding } from "./threats/index.ts";

/** What one message shows by itself. */
export interface Judgement {
  /** The message's own. */
  readonly id: string | number;
  /** How much it looks like a threat, at which level, because of which words. */
  readonly threat: ThreatFinding;
  /** How much it looks like abuse that threatens nothing, 0..1. */
  readonly abuse: { readonly score: number };
  /** Personal data in it, in order of appearance. */
  readonly personal: readonly PersonalHit[];
}

/** A judgement with what only all messages together show. The order of the fields is that of the lines the command writes. */
export interface Finding extends Judgement {
  /** The campaign it belongs to (`c1`, `c2`, … in order of first message), or null. */
  readonly campaign: string | null;
}

/** One pass over messages. */
export interface Triage {
  /** Judges one message and keeps of it what campaigns need: about 40 bytes, never its text. */
  judge(message: Message): Judgement;
  /** How many messages were judged. */
  readonly count: number;
  /**
   * Finds the campaigns, once, after the last message.
   * @param recall gives message number `n` (0 = first judged) back: texts are compared in full, and the engine keeps none.
   */
  finish(recall: (n: number) => Message): CampaignReport;
}

/** What a pass may be told. */
export interface TriageOptions {
  /** The person's own protected data, from `parseWatch`; hits on it carry `watched`. */
  readonly watch?: Watch;
}

/** Starts a pass. */
export function createTriage({ watch }: TriageOptions = {}): Triage {
  const campaigns: CampaignFinder = createCampaigns();
  return {
    judge(message) {
      campaigns.add(message);
      const { threat, abuse } = judgeThreat(message.text);
      return { id: message.id, threat, abuse, personal: findPersonal(message.text, watch) };
    },
    get count() {
      return campaigns.count;
    },
    finish: (recall) => campaigns.finish(recall),
  };
}
