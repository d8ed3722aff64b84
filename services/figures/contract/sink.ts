/**
 * Where the clients of reporting, scanning, signalling and support leave a fact. They may import no more of this service than its contract, so the device wires the other end: apps/web gives the queue of services/figures/client,
 * and whoever gives nothing (tests, the command line) has facts go nowhere.
 */
import type { FactWithoutMonth } from "./facts.ts";

/** Takes facts of dossiers. */
export interface FactSink {
  /**
   * Leaves a fact that follows from an entry that was just acknowledged. Returns at once and never throws: a figure must not stand in the way of help. Nothing is made of a dossier whose owner said no.
   * @param dossier id of the dossier, for the one token; it is not part of the fact
   */
  keep(dossier: string, fact: FactWithoutMonth): void;
}

let wired: FactSink | null = null;

/** Called once by the device's app. */
export const wireFacts = (sink: FactSink): void => {
  wired = sink;
};

/** Leaves a fact at the sink of this device, if it has one. */
export const keepFact: FactSink["keep"] = (dossier, fact) => wired?.keep(dossier, fact);
