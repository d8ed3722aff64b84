/** Gathers what the evidence page says from signed statements, opened bodies and the list of files; build and verify call it with what each has, and must come to the same. */
import type { ConsentPayload, EntryHeader, GrantPayload } from "#services/dossier/contract/index.ts";
import { hexOf } from "#services/dossier/contract/hexadecimal.ts";
import { custodyOf } from "./custody.ts";
import type { PageEvidence, PageFacts } from "./evidence-page.ts";
import { type BundleFile, type BundleIndex, attachmentsOf, stampsOf } from "./format.ts";

/** What both sides have. */
export interface PageSource {
  readonly index: Pick<BundleIndex, "dossier" | "madeAt" | "takenBy" | "view" | "trust" | "files">;
  /** Entries in order, with their opened bodies; null for one that is not readable. */
  readonly bodies: readonly { readonly header: EntryHeader; readonly body: unknown }[];
  readonly grants: readonly GrantPayload[];
  readonly consents: readonly ConsentPayload[];
  /** Desk id -> name in its newest roster. */
  readonly desks: ReadonlyMap<string, string>;
}

/** SHA256SUMS: a line per readable file, as `sha256sum` writes and checks it. */
export const sumsOf = (files: readonly BundleFile[]): string =>
  inFolder(files, "originals/")
    .map(({ name, sha256 }) => `${hexOf(sha256)}  ${name}\n`)
    .join("");

const inFolder = (files: readonly BundleFile[], folder: string): BundleFile[] =>
  files.filter(({ name, item }) => item !== undefined && name.startsWith(folder));

/** The facts, in the order of the entries. */
export function pageFactsOf({ index, bodies, grants, consents, desks }: PageSource): PageFacts {
  const originals = new Map(inFolder(index.files, "originals/").map(({ item, name }) => [item, name]));
  const captures = new Map(inFolder(index.files, "captures/").map(({ item, name }) => [item, name]));
  const answers = Map.groupBy(inFolder(index.files, "timestamps/"), ({ item }) => item);
  const stamps = Map.groupBy(
    bodies.flatMap(({ header, body }) => stampsOf(header, body)),
    ({ item }) => item,
  );
  const evidence = bodies.flatMap(({ header, body }) =>
    attachmentsOf(header, body).flatMap(({ item, capture: record }): PageEvidence[] => {
      const capture = captures.get(item);
      if (record === undefined || capture === undefined) return [];
      const kept = (stamps.get(item) ?? []).map(({ at, authority }, place) => ({ file: answers.get(item)?.[place]?.name ?? "", at, authority }));
      return [{ original: originals.get(item) ?? null, capture, record, entry: header.seq, stamps: kept }];
    }),
  );
  const headers = bodies.map(({ header }) => header);
  return {
    dossier: index.dossier,
    madeAt: index.madeAt,
    demonstration: index.trust.demonstration,
    whole: index.view === "whole",
    evidence,
    custody: custodyOf({ headers, grants, consents, desks, takenBy: index.takenBy, madeAt: index.madeAt }),
  };
}
