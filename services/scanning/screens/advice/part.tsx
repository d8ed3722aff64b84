/** What every part of the writing of an advice is given, and the authority's reasons beside it. Used by the parts in this folder. */
import type { JSX } from "preact";
import { Notice } from "#services/interface/index.ts";
import type { RecordedFinding } from "#services/scanning/client/index.ts";
import type { ReturnBody } from "#services/scanning/contract/index.ts";
import type { Draft, Proposed, Rulebook } from "./draft.ts";
import type { Messages } from "./nl.ts";

/** What each part of the writing receives. */
export interface PartProps {
  readonly m: Messages;
  readonly draft: Draft;
  readonly revise: (by: (now: Draft) => Draft) => void;
  readonly findings: readonly RecordedFinding[];
  readonly book: Rulebook;
  readonly proposed: Proposed;
  readonly returned: ReturnBody | null;
  /** Whether omissions must be shown now: the part was left once, or handing in was tried. */
  readonly checked: boolean;
}

/** Reasons for a part, as a notice; `section` is the id the authority wrote them under. */
export function Reasons({
  returned,
  section,
  m,
}: {
  readonly returned: ReturnBody | null;
  readonly section: string;
  readonly m: Messages;
}): JSX.Element | null {
  const here = (returned?.reasons ?? []).filter((one) => one.section === section);
  if (here.length === 0) return null;
  return (
    <Notice tone="amber" title={m.write.reason}>
      {here.map(({ reason }) => (
        <p key={reason} class="story">
          {reason}
        </p>
      ))}
    </Notice>
  );
}
