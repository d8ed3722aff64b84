/** What asking for a scan leads to: the steps with their terms from the workflow table, what the visit is like, and the certificate in plain words. Shown on the request page. */
import type { JSX } from "preact";
import { scan } from "#services/scanning/workflow/index.ts";
import { More } from "#services/scanning/screens/entries/said.tsx";
import type { Messages } from "./nl.ts";

/** The words that stand beside the questions. */
export function Road({ m }: { readonly m: Messages }): JSX.Element {
  const { requested, entitled, assigned, planned, visited, submitted, adopted } = scan.terms;
  const steps = m.road.steps(
    requested.length.workingDays,
    entitled.length.workingDays,
    assigned.length.workingDays,
    planned.length.workingDays,
    visited.length.workingDays,
    submitted.length.workingDays,
    adopted.length.workingDays,
  );
  return (
    <div class="stack-small">
      <More title={m.road.title}>
        <ol class="numbered">
          {steps.map((step) => (
            <li key={step}>
              <span>{step}</span>
            </li>
          ))}
        </ol>
        <p>{m.road.pay}</p>
      </More>
      <More title={m.road.visitTitle}>
        <ul class="words">
          {m.road.visit.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </More>
      <Certificate m={m} />
    </div>
  );
}

/** The police certificate in plain words. */
export function Certificate({ m }: { readonly m: Messages }): JSX.Element {
  return (
    <More title={m.road.pkvwTitle}>
      <ul class="words">
        {m.road.pkvw.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </More>
  );
}
