/** Opens one scan for the pages that work on it, with the words of a scan when it is refused. Used by visit, advice and measures. */
import type { ComponentType, JSX } from "preact";
import { Refused as RefusedDossier, WithDossier, type OpenedDossierPage } from "#services/dossier/screens/opened.tsx";
import { useMessages } from "#services/interface/index.ts";
import { openScan } from "#services/scanning/client/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

export { shut } from "#services/dossier/screens/opened.tsx";

/** An opened scan as a page gets it. */
export type OpenedScan = OpenedDossierPage;

/** Draws `Draw` with the opened scan, or the state that stands in its place. */
export function WithScan({ id, title, Draw }: { readonly id: string; readonly title: string; readonly Draw: ComponentType<OpenedScan> }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  return <WithDossier id={id} title={title} open={openScan} words={m} Draw={Draw} />;
}

/** What stands in the place of a scan that did not open. */
export function Refused(props: { readonly error: unknown; readonly title: string; readonly desk: boolean; readonly onRetry: () => void }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  return <RefusedDossier {...props} words={m} />;
}
