/** Checks that the entries a server shows are the dossier: signed, linked, none dropped, reordered or forged. Pure; the handle and the offline check call it. */
import { laterOf, mayFollow, rostersInForce, SealError, verifyStatement, type Roster } from "@rugdekking/seal/verify";
import { parseAnswer } from "#services/directory/client/index.ts";
import { EntryHeader, statementTypes, type DossierRole, type EntryView } from "#services/dossier/contract/index.ts";
import { fitsSigner } from "#services/dossier/workflow/enforce.ts";
import { Problem } from "#services/problem/index.ts";

/** One link whose signature and place were checked. */
export interface VerifiedEntry {
  readonly header: EntryHeader;
  /** Statement hash: the entry's name in the chain and in the log. */
  readonly hash: string;
  /** Ed25519 public key that signed it, and that belongs to the author (see {@link AuthorKeys}). */
  readonly signPublicKey: string;
  readonly view: EntryView;
}

/** How authors are tied to keys. A key that only the server vouches for is never enough. */
export interface AuthorKeys {
  /** Key of the dossier's owner when known beforehand (the reader is the owner); otherwise the first entry pins it. */
  readonly owner: { readonly person: string; readonly signPublicKey: string } | null;
  /** Role of the person whose dossier it is, by the workflow: the only one in which someone signs without a desk. */
  readonly ownerRole: DossierRole;
  /** Rosters of a desk from the first on, when their chain verified; throws when it does not. */
  readonly deskRosters: (desk: string) => Promise<readonly Roster[]>;
}

/** Where the part of the chain that is checked begins, and how it is seen. */
export interface ChainStart {
  /** Entry before the first one given, and the latest time an entry up to there states; null at the beginning. */
  readonly after: { readonly seq: number; readonly hash: string; readonly latest: string } | null;
  /** `whole`: every entry must be there. `parts`: the reader is shown some entries only (channel or items), gaps are allowed, neighbours are still checked. */
  readonly seen: "whole" | "parts";
}

const broken = (seq: number, why: string): Problem =>
  new Problem("chain-broken", `Entry ${seq} ${why}`, "Do not rely on this dossier; keep your receipts and tell whoever runs this server.");

/**
 * Verifies entries in the order given.
 * @param dossier id every header must name
 * @returns the entries, and the owner's key for the next call
 * @throws {@link Problem} chain-broken (dropped, reordered, dated back, other dossier), signature-invalid (forged, or a key that was not the author's at the stated time).
 */
export async function verifyChain(
  dossier: string,
  views: readonly EntryView[],
  keys: AuthorKeys,
  start: ChainStart,
): Promise<{ entries: VerifiedEntry[]; owner: AuthorKeys["owner"] }> {
  const entries: VerifiedEntry[] = [];
  let { owner } = keys;
  let last = start.after;
  for (const view of views) {
    const seq = (last?.seq ?? 0) + 1;
    const { header, hash } = await readEntry(view, seq);
    if (header.dossier !== dossier) throw broken(header.seq, "belongs to another dossier");
    checkLink(header, last, start.seen);
    owner = await checkAuthor(header, view.signPublicKey, owner, keys);
    entries.push({ header, hash, signPublicKey: view.signPublicKey, view });
    last = { seq: header.seq, hash, latest: laterOf(last?.latest ?? null, header.at) };
  }
  return { entries, owner };
}

async function readEntry(view: EntryView, seq: number): Promise<{ header: EntryHeader; hash: string }> {
  try {
    const { payload, hash } = await verifyStatement(view.statement, statementTypes.entry, view.signPublicKey);
    return { header: parseAnswer(EntryHeader, payload, `entry ${seq}`), hash };
  } catch (error) {
    if (error instanceof SealError)
      throw new Problem(
        "signature-invalid",
        `The signature under entry ${seq} does not match (${error.code})`,
        "Do not rely on this dossier; tell whoever runs this server.",
      );
    throw error;
  }
}

function checkLink(header: EntryHeader, last: ChainStart["after"], seen: ChainStart["seen"]): void {
  const next = (last?.seq ?? 0) + 1;
  if (header.seq < next) throw broken(header.seq, "comes again or out of order");
  if (!mayFollow(last?.latest ?? null, header.at)) throw broken(header.seq, "states a time before that of an entry before it");
  if (header.seq > next) {
    if (seen === "whole") throw broken(next, "is missing");
    if (header.previous === null) throw broken(header.seq, "names no entry before it");
    return;
  }
  if (header.previous !== (last?.hash ?? null)) throw broken(header.seq, "does not follow the entry before it");
}

async function checkAuthor(header: EntryHeader, key: string, owner: AuthorKeys["owner"], keys: AuthorKeys): Promise<AuthorKeys["owner"]> {
  const { person, role, desk } = header.author;
  if (desk === null) {
    if (role !== keys.ownerRole || !fitsSigner(role, null)) throw forged(header.seq, `as ${role} without a desk, and nobody is that in person here`);
    const pinned = owner ?? { person, signPublicKey: key };
    if (pinned.person !== person || pinned.signPublicKey !== key) throw forged(header.seq, "by someone other than the person whose dossier it is");
    return pinned;
  }
  // Who left a desk keeps their key: what counts is the roster of the stated time, not all there ever were. And its function: a desk speaks in its own role only.
  const rosters = rostersInForce(await keys.deskRosters(desk), header.at).filter((roster) => fitsSigner(role, roster));
  if (!rosters.some(({ members }) => members.some((member) => member.person === person && member.signPublicKey === key)))
    throw forged(header.seq, `as ${role} with a key that no signed roster of a desk for that role named at that time`);
  return owner;
}

const forged = (seq: number, how: string): Problem =>
  new Problem("signature-invalid", `Entry ${seq} is signed ${how}`, "Do not rely on this dossier; tell whoever runs this server.");
