/** When someone can be reached, as one small word: open until when, closed until when, or not known. Used by the cards of help and the list of people. */
import type { JSX } from "preact";
import { Tag, useMessages } from "#services/interface/index.ts";
import type { Reachable } from "#services/support/matching/index.ts";
import { en } from "./shared-en.ts";
import { nl, type SharedWords } from "./shared-nl.ts";

/** The words for it, without a mark. */
export function reachWords(reach: Reachable, m: SharedWords["reach"]): string {
  switch (reach.state) {
    case "always":
      return m.always;
    case "open":
      return m.open(reach.until.toISOString());
    case "closed":
      return reach.opens === null ? m.shut : m.closed(reach.opens.toISOString());
    case "holiday":
      return m.holiday;
    case "unknown":
      return m.unknown;
  }
}

/** Colour never says it alone: the words do. */
export function ReachTag({ reach }: { readonly reach: Reachable }): JSX.Element {
  const m = useMessages<SharedWords>({ nl, en }).reach;
  const tone = { always: "accent", open: "accent", closed: undefined, holiday: "amber", unknown: undefined } as const;
  return (
    <Tag tone={tone[reach.state]} icon="clock">
      {reachWords(reach, m)}
    </Tag>
  );
}
