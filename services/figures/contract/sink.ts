/**
 * Where the clients of reporting, scanning, signalling and support leave a fact. They may import no more of this service than its contract, so the device wires the other end: apps/web gives the queue of services/figures/client,
 * and where nothing is wired (tests, the command line) nothing is even made.
 */
import type { Fact, FactKind } from "./facts.ts";

/** A fact as its maker knows it: without month and province, which the queue adds. */
export type BareFact = { [K in FactKind]: Omit<Extract<Fact, { readonly kind: K }>, "month" | "province"> }[FactKind];

/** A fact with what its token is asked with. Only `fact` is ever sent as a fact. */
export interface LeftFact {
  /** Dossier it follows from, for its one token. */
  readonly dossier: string;
  /** Person or guest who wrote the entry: the token is asked with their session and no other, else a shared device would tell the server who used it. */
  readonly person: string;
  /** Organisation whose province it is counted in; null: none is needed. */
  readonly organisation: string | null;
  readonly fact: BareFact;
}

/** Takes facts. It catches what goes wrong while one is made or its token is asked: a figure must not stand in the way of help. */
export type FactSink = (make: () => Promise<LeftFact | null>) => void;

let wired: FactSink | null = null;

/** Called once by the device's app; null takes it away again. */
export const wireFacts = (sink: FactSink | null): void => {
  wired = sink;
};

/**
 * Leaves a fact that follows from an entry that was just acknowledged. Returns at once and never throws.
 * @param make called only where something takes facts; null: there is none to make
 */
export const leaveFact: FactSink = (make) => wired?.(make);
