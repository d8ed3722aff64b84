/** Where each measure of an advice comes from: the finding, the rule in its own sentence, and the adviser's choices with their reasons. For who weighs the advice; the rules are fetched when it is drawn. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { ErrorState, Skeleton } from "#services/interface/index.ts";
import { findingsOf, type AdviceVersion, type RecordedFinding } from "#services/scanning/client/index.ts";
import "./advice.css";
import { ruled, type Rulebook } from "./draft.ts";
import { MeasureCard } from "./measure-card.tsx";
import type { Messages } from "./nl.ts";
import { TotalsLine } from "./write-measures.tsx";

interface Held {
  readonly findings: readonly RecordedFinding[];
  readonly book: Rulebook;
}

export function Origins({ handle, advice, m }: { readonly handle: DossierHandle; readonly advice: AdviceVersion; readonly m: Messages }): JSX.Element {
  const [held, setHeld] = useState<Held | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    Promise.all([findingsOf(handle), import("./rulebook.ts")]).then(([findings, book]) => setHeld({ findings, book }), setError);
  }, [handle]);
  if (error !== null) return <ErrorState error={error} />;
  if (held === null) return <Skeleton lines={4} />;
  const { findings, book } = held;
  const { measures, edits } = advice.body;
  const about = findings.map(ruled);
  const fit = book.proposeWhatFits(about, edits ?? book.editsFor(measures, about, m.measures));
  const days = new Map(measures.map(({ id, byWhen }) => [id, byWhen ?? undefined]));
  // What was dropped with a reason is weighed too; what the rules propose only since then is not part of this advice.
  const shown = fit.list.filter(({ measure, state }) => days.has(measure) || (state === "dropped" && edits !== undefined));
  return (
    <div class="stack-medium">
      <TotalsLine book={book} measures={measures} w={m.measures} />
      <ul class="plain stack-small">
        {shown.map((proposal) => (
          <MeasureCard key={proposal.measure} proposal={proposal} byWhen={days.get(proposal.measure)} findings={findings} book={book} m={m.measures} />
        ))}
      </ul>
    </div>
  );
}
