/** The documents of a scan that this reader may make. Used by the pages of the advice. */
import type { JSX } from "preact";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { PaperList } from "#services/dossier/screens/papers/paper-list.tsx";
import { useMessages } from "#services/interface/index.ts";
import { en } from "./en.ts";
import { makeScanPaper, type PaperKind } from "./make.ts";
import { nl, type Messages } from "./nl.ts";

/** @param kinds which documents this reader may make, in order */
export function Papers({ handle, kinds }: { readonly handle: DossierHandle; readonly kinds: readonly PaperKind[] }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  return <PaperList offers={kinds.map((kind) => ({ key: kind, ...m[kind], make: async (set) => await makeScanPaper(handle, kind, set) }))} />;
}
