/** Two small states that the page /uitbreiding and its list share: the extension does not answer, and nothing waits. */
import type { JSX } from "preact";
import { EmptyState, ErrorState, Notice } from "#services/interface/index.ts";
import { BridgeError } from "./bridge.ts";
import type { CaptureMessages } from "./nl.ts";

/** What went wrong with the bridge in its own words; anything else as everywhere. */
export function Failed({ m, error }: { readonly m: CaptureMessages; readonly error: unknown }): JSX.Element {
  return error instanceof BridgeError ? <Notice tone="amber" live title={m.failed[error.code]} /> : <ErrorState error={error} />;
}

/** Nothing waits. */
export const Nothing = ({ m }: { readonly m: CaptureMessages }): JSX.Element => (
  <EmptyState icon="camera" title={m.empty.title}>
    <p>{m.empty.text}</p>
  </EmptyState>
);
