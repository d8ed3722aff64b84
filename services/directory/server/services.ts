/** What the directory's routes work with. */
import type { Admission } from "#services/admission/server/index.ts";
import type { TrustAnchor } from "#services/directory/contract/index.ts";
import type { LeafReceipt } from "#services/ledger/contract/index.ts";
import type { Database, Transaction } from "#services/storage/index.ts";
import type { Provider } from "./provider.ts";

/** Given by apps/server. */
export interface DirectoryOptions {
  readonly db: Database;
  /** Resolves when the leaf is in a committed, signed checkpoint. */
  readonly sequencer: { integrated(hash: string): Promise<LeafReceipt> };
  /** This server's own origin: sign-in statements must name it. */
  readonly origin: string;
  /** What clients pin: the log's verifier key and the registrar. */
  readonly anchor: TrustAnchor;
  /** 32 random bytes, the same on every server of this installation: decoys for unknown sign-in names are made from it. */
  readonly decoySecret: Uint8Array;
  readonly clock: () => Date;
  /** Sign-in of organisations, by organisation; none unless the operator named some. */
  readonly providers?: ReadonlyMap<string, Provider>;
  /** Asked before someone new is kept. @throws Problem storage-full when what room is left on the disk is for desks. */
  readonly room?: () => Promise<void>;
  /** Lets in who is not signed in. */
  readonly admission: Pick<Admission, "admit">;
  /** Hours that recovery waits at least between the second confirmation and the handing out; 72. */
  readonly recoveryHours?: number;
  /** Notes that there is news for someone, in the transaction of what is new; nobody is told when left out. */
  readonly news?: (trx: Transaction, targets: readonly ({ readonly person: string } | { readonly desk: string })[]) => Promise<void>;
}
