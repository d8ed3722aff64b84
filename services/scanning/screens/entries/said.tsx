/** The smallest pieces an entry is read by: words as they were typed, label with value, and more for who wants it. Used by all reading views of a scan. */
import type { ComponentChildren, JSX } from "preact";
import "#services/scanning/screens/scan.css";

export { Facts, Said } from "#services/dossier/screens/said.tsx";

/** More for who wants it: closed at first, opens in place. */
export function More({ title, open, children }: { readonly title: string; readonly open?: boolean; readonly children: ComponentChildren }): JSX.Element {
  return (
    <details class="scan-more" open={open}>
      <summary>{title}</summary>
      <div class="stack-medium">{children}</div>
    </details>
  );
}
