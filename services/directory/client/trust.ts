/** What this device believes and why: the pinned trust anchor, and every desk's roster chain checked against it. Nothing is sealed to a desk that did not pass here. */
import { SealError, verifyRosterChain, type Roster } from "@rugdekking/seal/verify";
import Type, { type Static } from "typebox";
import { Base64Url, DeskView, Sha256, TrustAnchor, type DeskFunction } from "#services/directory/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import type { Connection } from "./connection.ts";

/** The newest roster this device has seen of a desk; an older one is never accepted again. */
export const DeskPin = Type.Object({ epoch: Type.Integer({ minimum: 1 }), roster: Sha256, key: Base64Url }, { additionalProperties: false });
export type DeskPin = Static<typeof DeskPin>;

/** How far this device has seen a chain of signed statements that a service keeps; a shorter or another one is never accepted again. */
export const ChainPin = Type.Object({ length: Type.Integer({ minimum: 1 }), last: Sha256 }, { additionalProperties: false });
export type ChainPin = Static<typeof ChainPin>;

/** Where pins are kept: memory, IndexedDB (`trust-browser.ts`) or a file (`trust-file.ts`). Holds public facts only. */
export interface TrustStore {
  /** The anchor pinned for this server, or null before the first visit. */
  readAnchor(origin: string): Promise<TrustAnchor | null>;
  writeAnchor(origin: string, anchor: TrustAnchor): Promise<void>;
  readDesk(origin: string, desk: string): Promise<DeskPin | null>;
  writeDesk(origin: string, desk: string, pin: DeskPin): Promise<void>;
  /** @param name of the chain: one word. */
  readChain(origin: string, name: string): Promise<ChainPin | null>;
  writeChain(origin: string, name: string, pin: ChainPin): Promise<void>;
}

/** Pins that last as long as the object: tests, and browsers that refuse storage. */
export function memoryTrustStore(): TrustStore {
  const anchors = new Map<string, TrustAnchor>();
  const desks = new Map<string, DeskPin>();
  const chains = new Map<string, ChainPin>();
  return {
    readAnchor: async (origin) => anchors.get(origin) ?? null,
    writeAnchor: async (origin, anchor) => void anchors.set(origin, anchor),
    readDesk: async (origin, desk) => desks.get(`${origin} ${desk}`) ?? null,
    writeDesk: async (origin, desk, pin) => void desks.set(`${origin} ${desk}`, pin),
    readChain: async (origin, name) => chains.get(`${origin} ${name}`) ?? null,
    writeChain: async (origin, name, pin) => void chains.set(`${origin} ${name}`, pin),
  };
}

/** A desk whose roster chain was checked from the registrar's signature to the present epoch. */
export interface VerifiedDesk {
  readonly id: string;
  readonly organisation: string;
  readonly name: string;
  readonly function: DeskFunction;
  readonly epoch: number;
  /** HPKE public key of the present epoch; hand-overs go to this one. */
  readonly epochPublicKey: string;
  readonly roster: Roster;
  /** Statement hash of the present roster. */
  readonly rosterHash: string;
  /** From genesis to present. */
  readonly history: readonly { readonly roster: Roster; readonly hash: string }[];
  /** The statements as served, to verify again or to rotate from. */
  readonly view: DeskView;
}

const sameAnchor = (a: TrustAnchor, b: TrustAnchor): boolean => a.log === b.log && a.registrar === b.registrar && a.demonstration === b.demonstration;

/** Checks what one server says against what this device has pinned for it. */
export class Trust {
  readonly connection: Connection;
  readonly #store: TrustStore;
  #anchor: Promise<TrustAnchor> | null = null;

  constructor(connection: Connection, store: TrustStore) {
    this.connection = connection;
    this.#store = store;
  }

  /**
   * The pinned anchor; on the very first visit the server's anchor is pinned (or compared with `expected`, when the app was built with one).
   * @throws {@link Problem} signature-invalid when the server now shows another anchor than the pinned one.
   */
  anchor(expected?: TrustAnchor): Promise<TrustAnchor> {
    this.#anchor ??= this.#pinAnchor(expected).catch((error: unknown) => {
      this.#anchor = null;
      throw error;
    });
    return this.#anchor;
  }

  async #pinAnchor(expected: TrustAnchor | undefined): Promise<TrustAnchor> {
    const { origin } = this.connection;
    const pinned = expected ?? (await this.#store.readAnchor(origin));
    const shown = await this.connection.get("/api/v1/trust-anchor", TrustAnchor);
    if (pinned !== null && !sameAnchor(pinned, shown)) {
      throw new Problem(
        "signature-invalid",
        `${origin} shows other keys for its log or registrar than this device has pinned`,
        "Do not enter anything. Ask your organisation by phone whether its keys were changed; only then remove the pin.",
      );
    }
    // A server that comes to ask an authority may say so later; roots that are pinned stay, so a stamp under others is refused, and only that.
    // The key of fingerprints likewise: an older server has none.
    const { timestampRoots: told, fingerprints: shownKey, witnesses: shownWitnesses, ...rest } = shown;
    const timestampRoots = pinned?.timestampRoots ?? told;
    const fingerprints = pinned?.fingerprints ?? shownKey;
    const witnesses = pinned?.witnesses ?? shownWitnesses;
    const anchor: TrustAnchor = {
      ...rest,
      ...(witnesses === undefined ? {} : { witnesses }),
      ...(timestampRoots === undefined ? {} : { timestampRoots }),
      ...(fingerprints === undefined ? {} : { fingerprints }),
    };
    await this.#store.writeAnchor(origin, anchor);
    return anchor;
  }

  /**
   * Fetches one desk and checks its roster chain and its pin.
   * @throws {@link Problem} not-found; signature-invalid when the chain, the description or the pin does not fit.
   */
  async desk(id: string): Promise<VerifiedDesk> {
    const view = await this.connection.get(`/api/v1/desks/${encodeURIComponent(id)}`, DeskView);
    if (view.id !== id)
      throw new Problem("signature-invalid", "The server answered with another desk than was asked for", "Try again; tell your organisation if it stays.");
    return this.verify(view);
  }

  /**
   * Desks of a function or an organisation, each verified. One that does not verify is an error, not a shorter list: a server must not be able to steer by leaving out.
   * @throws {@link Problem} input-malformed without a filter; signature-invalid.
   */
  async desks(filter: { readonly organisation?: string; readonly function?: DeskFunction }): Promise<VerifiedDesk[]> {
    const query = new URLSearchParams();
    if (filter.organisation !== undefined) query.set("organisation", filter.organisation);
    if (filter.function !== undefined) query.set("function", filter.function);
    if (query.size === 0) throw new Problem("input-malformed", "Desks are asked for by organisation or function", "Give at least one of the two.");
    const { desks } = await this.connection.get(`/api/v1/desks?${query}`, Type.Object({ desks: Type.Array(DeskView) }));
    const verified = await Promise.all(desks.map((view) => this.verify(view)));
    for (const desk of verified) {
      const fits =
        (filter.organisation === undefined || desk.organisation === filter.organisation) &&
        (filter.function === undefined || desk.function === filter.function);
      if (!fits)
        throw new Problem("signature-invalid", "The server answered with a desk that was not asked for", "Try again; tell your organisation if it stays.");
    }
    return verified;
  }

  /**
   * Checks one desk as served: genesis by the registrar, each next roster by a lead of the one before, description equal to the signed roster, and never behind or beside the pin.
   * @throws {@link Problem} signature-invalid.
   */
  async verify(view: DeskView): Promise<VerifiedDesk> {
    const anchor = await this.anchor();
    const { present, hash, history } = await chainOf(view, anchor.registrar);
    const told =
      present.desk === view.id &&
      present.organisation === view.organisation &&
      present.name === view.name &&
      present.function === view.function &&
      present.epoch === view.epoch;
    if (!told) throw refused(view, "is described otherwise than its signed roster");
    await this.#checkPin(view, history);
    await this.#store.writeDesk(this.connection.origin, view.id, { epoch: present.epoch, roster: hash, key: present.epochPublicKey });
    return {
      id: view.id,
      organisation: view.organisation,
      name: view.name,
      function: view.function,
      epoch: present.epoch,
      epochPublicKey: present.epochPublicKey,
      roster: present,
      rosterHash: hash,
      history,
      view,
    };
  }

  /**
   * How far this device has seen a chain of a service, null when never. Whoever reads the chain asks *before* asking the server: two readings side by side may then come back in any order.
   * @param name one word, of the service
   */
  async chainSeen(name: string): Promise<ChainPin | null> {
    return await this.#store.readChain(this.connection.origin, name);
  }

  /** Remembers how far a chain goes that its reader verified, and found to hold what {@link chainSeen} told. Never goes back. */
  async rememberChain(name: string, pin: ChainPin): Promise<void> {
    const seen = await this.chainSeen(name);
    if (seen === null || seen.length < pin.length) await this.#store.writeChain(this.connection.origin, name, pin);
  }

  async #checkPin(view: DeskView, history: VerifiedDesk["history"]): Promise<void> {
    const pin = await this.#store.readDesk(this.connection.origin, view.id);
    if (pin === null) return;
    const then = history.find(({ roster }) => roster.epoch === pin.epoch);
    if (then === undefined) throw refused(view, `is shown at an older epoch than ${pin.epoch}, which this device has seen before`);
    if (then.hash !== pin.roster) throw refused(view, `has another history than this device has seen before (epoch ${pin.epoch})`);
  }
}

const refused = (view: DeskView, why: string): Problem =>
  new Problem("signature-invalid", `Desk ${view.id} ${why}`, "Nothing was sealed to it. Ask the organisation by phone, and tell whoever runs this server.");

async function chainOf(view: DeskView, registrar: string): Promise<Awaited<ReturnType<typeof verifyRosterChain>>> {
  try {
    return await verifyRosterChain(view.rosters, registrar);
  } catch (error) {
    if (error instanceof SealError) throw refused(view, `has a roster chain that does not verify (${error.code})`);
    throw error;
  }
}
