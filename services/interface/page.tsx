/** The inside of every page: its heading (which receives focus after a navigation), lead, lock line, and width. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { LockLine, type Reader } from "./blocks.tsx";
import { headingWanted } from "./router.tsx";

interface PageWords {
  readonly title: string;
  readonly lead?: ComponentChildren;
  /** Who can read what stands here, in one sentence; left out on pages that show nothing of anybody. */
  readonly lock?: { readonly sentence: string; readonly readers: readonly Reader[] } | undefined;
  /** Something above the heading (steps of a wizard, a way back). */
  readonly above?: ComponentChildren;
  /** `column` 40 rem; `wide` 66 rem; `desk` 80 rem. */
  readonly width?: "column" | "wide" | "desk" | undefined;
  /** Changes when the page shows another part under the same address (a wizard step): focus moves to the heading again. */
  readonly part?: string | number | undefined;
  readonly children: ComponentChildren;
}

/** Every page is drawn inside one of these. */
export function Page({ title, lead, lock, above, width = "column", part, children }: PageWords): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(part);
  useEffect(() => {
    if (headingWanted()) heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    if (shown.current === part) return;
    shown.current = part;
    scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [part]);
  const widths = { column: "column", wide: "column wide", desk: "column desk-width" } as const;
  return (
    <div class={widths[width]}>
      {above}
      <header class="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead !== undefined && <p class="lead">{lead}</p>}
      </header>
      {lock !== undefined && <LockLine sentence={lock.sentence} readers={lock.readers} />}
      {children}
    </div>
  );
}
