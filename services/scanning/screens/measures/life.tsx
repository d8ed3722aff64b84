/** One measure as a card: what it is, how far it is in its small life, and the steps open to the reader. Used by the measures page. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { Button, Dialog, Icon, Tag, useInterfaceMessages, useLanguage, useMessages, writeDay } from "#services/interface/index.ts";
import type { MeasureLife } from "#services/scanning/client/index.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { Facts } from "#services/scanning/screens/entries/said.tsx";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import type { Messages } from "./nl.ts";
import { StepForm } from "./step-form.tsx";
import { lifeOf, openSteps, type MeasureStep } from "./steps.ts";

interface LifeProps {
  readonly handle: DossierHandle;
  readonly life: MeasureLife;
  readonly m: Messages;
  readonly onChange: () => void;
}

export function MeasureCard({ handle, life, m, onChange }: LifeProps): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const frame = useInterfaceMessages();
  const language = useLanguage();
  const [chosen, setChosen] = useState<MeasureStep | null>(null);
  const { line, state, steps } = life;
  const spent = steps.findLast(({ body }) => body.cost !== null)?.body.cost ?? null;
  const words = steps.filter(({ body }) => body.reason.trim() !== "");
  return (
    <article class="card" aria-label={line.what}>
      <div class="row row-between">
        <h3>{line.what}</h3>
        <Tag tone={state === "declined" ? "amber" : "accent"}>{shared.states[state]}</Tag>
      </div>
      <LifeLine life={life} m={m} />
      <Facts
        facts={[
          [m.kind, shared.provided[line.provided]],
          [m.estimate, shared.cost(line.costLow, line.costHigh)],
          [m.real, spent === null ? "" : shared.euro(spent)],
          [m.before, line.byWhen === null ? "" : writeDay(language, line.byWhen)],
          ...words.map(({ body }) => [shared.states[body.state], body.reason] as const),
        ]}
      />
      {openSteps(handle, life).length > 0 && (
        <div class="actions no-print">
          {openSteps(handle, life).map((step) => (
            <Button
              key={step}
              look={step === "declined" ? "quiet" : "second"}
              size="small"
              icon={step === "declined" ? "cross" : "check"}
              label={m.stepOf(m.steps[step].open, line.what)}
              onPress={() => setChosen(step)}
            >
              {m.steps[step].open}
            </Button>
          ))}
        </div>
      )}
      {chosen !== null && (
        <Dialog open title={m.steps[chosen].title} onClose={() => setChosen(null)}>
          <p>
            <strong>{line.what}</strong>
          </p>
          <StepForm
            handle={handle}
            measure={line.id}
            step={chosen}
            m={m}
            onDone={() => {
              setChosen(null);
              onChange();
            }}
          />
          <Button look="quiet" size="small" onPress={() => setChosen(null)}>
            {frame.cancel}
          </Button>
        </Dialog>
      )}
    </article>
  );
}

/** The states in a row, with the day each was reached; on a phone under each other. */
function LifeLine({ life, m }: Pick<LifeProps, "life" | "m">): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const whole = lifeOf(life);
  const now = Math.max(0, whole.indexOf(life.state));
  // What was passed over (placed without being ordered here) did not happen, so it is not shown as done.
  const line = whole.filter((state, place) => place === 0 || place >= now || life.steps.some(({ body }) => body.state === state));
  const reached = Math.max(0, line.indexOf(life.state));
  return (
    <ol class="life" aria-label={m.life}>
      {line.map((state, place) => {
        const done = place <= reached;
        // Checked in the old home and lent anew for the next: what lies ahead again shows no day.
        const step = done ? life.steps.findLast(({ body }) => body.state === state) : undefined;
        return (
          <li key={state} data-done={done ? "" : undefined} aria-current={place === reached ? "step" : undefined}>
            <span class="life-dot">{done && <Icon name={state === "declined" ? "cross" : "check"} size={16} />}</span>
            <span>
              {shared.states[state]}
              {step !== undefined && (
                <span class="soft small life-day">
                  {m.on(step.body.on)}, {step.byOwner ? m.byPerson : m.byEmployer}
                </span>
              )}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
