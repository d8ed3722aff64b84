/** The anonymous fact of a signal in words: shown before closing and in the outcome, so that who closes knows all that is kept. */
import type { JSX } from "preact";
import { regions } from "#registers/regions/index.ts";
import { useMessages } from "#services/interface/index.ts";
import type { SignalFact } from "#services/signalling/contract/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

export function FactView({ fact }: { readonly fact: SignalFact }): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).fact;
  return (
    <section class="card card-tight" aria-label={m.title}>
      <p>
        <strong>{m.title}</strong>
      </p>
      <ul class="words">
        <li>{fact.unit === null ? m.noUnit : m.unit(regions.units.get(fact.unit)?.name ?? fact.unit)}</li>
        {fact.steps.map(({ step, answer }) => (
          <li key={step}>
            {m.steps[step]}: {m.answers[answer]}
          </li>
        ))}
        <li>{m.outcomes[fact.outcome]}</li>
      </ul>
    </section>
  );
}
