/** What the dossier's server room is given by apps/server, and the few questions it asks of the directory and the log. */
import type { FastifyRequest } from "fastify";
import type { Admission } from "#services/admission/server/index.ts";
import type { Envelope } from "#services/directory/contract/index.ts";
import type { DossierKind } from "#services/dossier/contract/index.ts";
import type { GuestCard } from "#services/directory/store/index.ts";
import type { LeafReceipt, Leaf } from "#services/ledger/contract/index.ts";
import type { Database, Together, Transaction } from "#services/storage/index.ts";
import type { BlobStore } from "#services/dossier/store/blobs.ts";
import type { Executor } from "#services/dossier/store/dossiers.ts";
import type { NewsTarget } from "#services/dossier/store/news.ts";
import type { Workflows } from "#services/dossier/workflow/enforce.ts";
import type { TermLengths } from "#services/dossier/workflow/lengths.ts";
import type { DeskFacts } from "./hand-overs.ts";
import type { Author } from "./submission.ts";

/** Told after the commit that there is something new for someone; says nothing about what. May be called for people who have no mail. */
export type Notify = (news: { readonly to: NewsTarget; readonly dossier: string }) => void;

/** The systems outside this house that are told "there is something new", as far as a dossier must know of them. Given by services/integrations through apps/server. */
export interface Outside {
  /** Destinations of an organisation, by the names the operator gave them, that hear of dossiers of this kind. */
  destinationsOf(organisation: string, kind: DossierKind): readonly string[];
  /** The name under which those of an organisation know a dossier: says nothing to who does not hold this house's key, and is another in each organisation. */
  pointerOf(organisation: string, dossier: string): string;
}

/** Options of the plugin, given by apps/server. */
export interface DossierOptions {
  readonly db: Database;
  readonly sequencer: { integrated(hash: string): Promise<LeafReceipt> };
  readonly blobs: BlobStore;
  /** With this house's own lengths in them. */
  readonly workflows: Workflows;
  /** Those lengths, for readers; default: none. */
  readonly termLengths?: TermLengths;
  readonly notify: Notify;
  /** Lets in who is not signed in. */
  readonly admission: Pick<Admission, "admit">;
  readonly clock: () => Date;
  /** Left out: nobody outside is told anything. */
  readonly outside?: Outside;
  /** Default: the directory of this database. */
  readonly directory?: DirectoryQuestions;
}

/** The directory, as far as dossiers ask it. */
export interface DirectoryQuestions {
  /** @throws Problem session-missing, session-expired */
  caller(request: FastifyRequest): Promise<Author>;
  /** Null when nobody is signed in. */
  callerIfAny(request: FastifyRequest): Promise<Author | null>;
  /** Desks by id, as far as they exist. */
  desks(db: Executor, ids: readonly string[]): Promise<ReadonlyMap<string, DeskFacts>>;
  /** Desks by id, as far as they exist; none of them starts a new epoch before the transaction ends. */
  holdDesks(trx: Transaction | Together, ids: readonly string[]): Promise<ReadonlyMap<string, DeskFacts>>;
  /** Whether a reader's client will find `author`, a member of the held desk now, in a roster in force at the moment (RFC 3339) they stated. */
  inOffice(trx: Transaction, desk: DeskFacts, author: Author, moment: string): Promise<boolean>;
  /** Those of `desks` that `person` is a member of now. */
  memberOf(db: Executor, person: string, desks: readonly string[]): Promise<ReadonlySet<string>>;
  /** Every desk that `person` is a member of now. */
  desksOf(db: Executor, person: string): Promise<readonly DeskFacts[]>;
  /** Ed25519 public key, base64url. @throws Problem not-found */
  personKey(db: Executor, person: string): Promise<string>;
  /** Named contacts of desks, in the order in which they are told: leads first, each in the order of the signed roster. */
  contactsOf(db: Executor, desks: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Members of a desk who lead it. */
  leadsOf(db: Executor, desk: string): Promise<ReadonlySet<string>>;
  organisationExists(db: Executor, organisation: string): Promise<boolean>;
  /** @throws Problem statement-mismatch; SealError when the card is not what it says */
  verifiedGuest(card: Envelope): Promise<GuestCard>;
  /** @throws Problem already-there */
  registerGuest(trx: Transaction | Together, guest: GuestCard): Promise<void>;
}

/** Everything a route of this room works with. */
export interface DossierServices extends Omit<DossierOptions, "sequencer" | "directory"> {
  inTransaction<T>(work: (trx: Transaction) => Promise<T>): Promise<T>;
  readonly directory: DirectoryQuestions;
  readonly ledger: {
    enqueue(trx: Transaction | Together, leaves: readonly Leaf[]): Promise<void>;
    /** Waits for the leaf to be in a signed checkpoint. */
    proofOf(hash: string): Promise<string>;
    indexOf(hash: string): Promise<number>;
  };
}
