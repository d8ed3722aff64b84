/** The steps open to a reader of a dossier: a button each, and the form of the one that was pressed in a dialog. Used by the actions of every kind that has nothing of its own to add to it. */
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, type IconName } from "#services/interface/index.ts";
import { StepDialog, type Done } from "./step-dialog.tsx";

/** What a kind says of its steps. */
export interface StepsProps<S extends string> {
  /** Names the section, and stands above it when nothing is written at once. */
  readonly title: string;
  /** In the order in which they are needed. */
  readonly steps: readonly S[];
  /** The one clear next step, drawn large; null when none stands out. */
  readonly lead: S | null;
  readonly icons: Readonly<Record<S, IconName>>;
  readonly words: Readonly<Record<S, { readonly open: string; readonly title: string }>>;
  /** What can be written at once, without a dialog; takes the place of the title. */
  readonly inline?: ComponentChildren;
  /** Ways to other pages, behind the buttons. */
  readonly links?: ComponentChildren;
  readonly form: (step: S, done: Done) => JSX.Element;
  readonly onChange: () => void;
}

export function Steps<S extends string>({ title, steps, lead, icons, words, inline, links, form, onChange }: StepsProps<S>): JSX.Element {
  const [chosen, setChosen] = useState<S | null>(null);
  return (
    <section class="card no-print" aria-label={title}>
      {inline ?? <h2>{title}</h2>}
      <div class="actions">
        {steps.map((step) => (
          <Button
            key={step}
            look={step === lead ? "first" : step === "withdraw" ? "quiet" : "second"}
            size={step === lead ? "normal" : "small"}
            icon={icons[step]}
            onPress={() => setChosen(step)}
          >
            {words[step].open}
          </Button>
        ))}
        {links}
      </div>
      {chosen !== null && (
        <StepDialog title={words[chosen].title} onClose={() => setChosen(null)} onChange={onChange}>
          {(done) => form(chosen, done)}
        </StepDialog>
      )}
    </section>
  );
}
