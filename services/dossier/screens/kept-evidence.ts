/** What the screens know of the evidence of a dossier: records and checked stamps, read once for all files of a page, and the quiet asking for stamps that are not there yet. Used by the evidence line. */
import { useEffect, useState } from "preact/hooks";
import type { DossierHandle, Evidence, StampOutcome } from "#services/dossier/client/index.ts";
import { createStore, useStore } from "#services/interface/index.ts";

/** Raised when stamps came in, so that every line is drawn anew; the dossier page itself is not, since that would take away what someone is typing. */
const round = createStore(0);

interface Known {
  readonly seq: number;
  readonly evidence: Promise<readonly Evidence[]>;
}
const known = new WeakMap<DossierHandle, Known>();
/** Dossiers whose stamps were asked for by this page already. */
const asked = new WeakSet<DossierHandle>();

async function read(handle: DossierHandle): Promise<readonly Evidence[]> {
  const { readEvidence } = await import("#services/dossier/client/index.ts");
  return readEvidence(handle);
}

function evidenceOf(handle: DossierHandle): Promise<readonly Evidence[]> {
  const before = known.get(handle);
  if (before !== undefined && before.seq === handle.view.lastSeq) return before.evidence;
  const evidence = read(handle);
  known.set(handle, { seq: handle.view.lastSeq, evidence });
  evidence.catch(() => known.delete(handle));
  return evidence;
}

/** Whether stamps can be kept in this kind of dossier. */
const keepsStamps = (handle: DossierHandle): boolean => Object.hasOwn(handle.workflow.entries, "timestamp");

/** Asks what waits now and lets the lines draw anew. @throws Problem when a stamp that was had could not be kept. */
export async function askNow(handle: DossierHandle, whose: "own" | "all"): Promise<StampOutcome> {
  const { stampEvidence } = await import("#services/dossier/client/index.ts");
  const outcome = await stampEvidence(handle, whose);
  if (outcome.kept > 0) round.set(round.get() + 1);
  return outcome;
}

/** Asks once per opened dossier for the reader's own files; a failure is tried again the next time it is opened. */
function askQuietly(handle: DossierHandle, evidence: readonly Evidence[]): void {
  const mine = handle.session.person.person;
  if (asked.has(handle) || !keepsStamps(handle) || !evidence.some(({ stamp, entry }) => stamp === null && entry.header.author.person === mine)) return;
  asked.add(handle);
  askNow(handle, "own").catch(() => undefined);
}

/** One file's evidence. */
export interface KnownEvidence {
  readonly evidence: Evidence;
  /** This server asks an authority, and this kind of dossier keeps its answers. */
  readonly stamps: boolean;
}

/** What is known of one file; null while it is read, and for a file without a record. */
export function useEvidence(handle: DossierHandle, item: string): KnownEvidence | null {
  const drawn = useStore(round);
  const [found, setFound] = useState<KnownEvidence | null>(null);
  useEffect(() => {
    let left = false;
    const look = async (): Promise<void> => {
      const [all, anchor] = await Promise.all([evidenceOf(handle), handle.session.trust.anchor()]);
      const evidence = all.find(({ note }) => note.item === item);
      if (left || evidence === undefined) return;
      // Who holds single items reads no entries with stamps, and so cannot say that there are none.
      const stamps = anchor.timestampRoots !== undefined && keepsStamps(handle) && handle.keys.channels.has("main");
      setFound({ evidence, stamps });
      if (stamps) askQuietly(handle, all);
    };
    // The file itself can still be read and saved; without its record nothing is claimed of it.
    look().catch(() => undefined);
    return () => {
      left = true;
    };
  }, [handle, item, drawn, handle.view.lastSeq]);
  return found;
}
