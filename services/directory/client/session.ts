/** Who is signed in, with open keys: the object every signed-in client function takes. Keys live in memory only and go with the page. */
import { openDeskKeys, type Person, type SealKeyPair } from "@rugdekking/seal";
import { DeskKeys } from "#services/directory/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import type { Connection } from "./connection.ts";
import type { Trust, VerifiedDesk } from "./trust.ts";

/** A verified desk the person is a member of, with the epoch keys that open what was handed to it. */
export interface OpenDesk extends VerifiedDesk {
  /** Epoch number -> key pair, present epoch and every older one a bridge leads to. */
  readonly keys: ReadonlyMap<number, SealKeyPair>;
  /** Whether the person leads the desk in the present roster. */
  readonly lead: boolean;
}

/** What a session is made of. */
export interface SessionParts {
  readonly connection: Connection;
  readonly trust: Trust;
  readonly person: Person;
  readonly guest: boolean;
  readonly desks: readonly string[];
  readonly unconfirmed?: readonly string[];
  readonly expires: string;
  /** Sign-in name; null for a guest, and left out where it is not known. */
  readonly handle?: string | null;
}

/** One signed-in person or guest. */
export class Session {
  readonly connection: Connection;
  readonly trust: Trust;
  /** `person.person` is the id, `person.seal` opens, `person.sign` signs. */
  readonly person: Person;
  /** True when signed in with a receipt code. */
  readonly guest: boolean;
  /** Ids of the desks the server lists the person in; `openDesk` checks it. */
  readonly desks: readonly string[];
  /** Organisations whose own sign-in must confirm this session before `desks` holds their desks. */
  readonly unconfirmed: readonly string[];
  /** End of the session at the latest (absolute), UTC. */
  readonly expires: string;
  /** Sign-in name, so that a session that ended during a visit can be taken up again; null for a guest. */
  readonly handle: string | null;
  readonly #open = new Map<string, Promise<OpenDesk>>();

  constructor(parts: SessionParts) {
    this.connection = parts.connection;
    this.trust = parts.trust;
    this.person = parts.person;
    this.guest = parts.guest;
    this.desks = parts.desks;
    this.unconfirmed = parts.unconfirmed ?? [];
    this.expires = parts.expires;
    this.handle = parts.handle ?? null;
  }

  /**
   * Verifies a desk's roster and opens its keys; kept for the session. `fresh` reads it again (after a rotation).
   * @throws {@link Problem} not-found, role-forbidden (not a member), signature-invalid.
   */
  openDesk(id: string, fresh = false): Promise<OpenDesk> {
    const known = this.#open.get(id);
    if (known !== undefined && !fresh) return known;
    const opening = this.#openDesk(id);
    this.#open.set(id, opening);
    opening.catch(() => this.#open.delete(id));
    return opening;
  }

  /** Every desk of the session, opened. @throws as {@link Session.openDesk}. */
  openDesks(): Promise<OpenDesk[]> {
    return Promise.all(this.desks.map((id) => this.openDesk(id)));
  }

  async #openDesk(id: string): Promise<OpenDesk> {
    const [desk, sealed] = await Promise.all([this.trust.desk(id), this.connection.get(`/api/v1/desks/${encodeURIComponent(id)}/keys`, DeskKeys)]);
    const member = desk.roster.members.find(({ person }) => person === this.person.person);
    if (member === undefined) throw new Problem("role-forbidden", `You are not in the signed roster of desk ${id}`, "Ask a lead of the desk to add you.");
    if (sealed.desk !== id || sealed.epoch !== desk.epoch)
      throw new Problem("epoch-stale", `The keys of desk ${id} are of another epoch than its roster`, "Try again in a moment.");
    const keys = await openDeskKeys(sealed, this.person);
    if (keys.get(desk.epoch)?.publicKey !== desk.epochPublicKey) {
      throw new Problem(
        "signature-invalid",
        `The key handed to you for desk ${id} is not the one its roster names`,
        "Ask a lead to rotate the desk; tell whoever runs this server.",
      );
    }
    return { ...desk, keys, lead: member.lead };
  }
}
