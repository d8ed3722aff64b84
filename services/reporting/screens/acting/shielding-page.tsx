/** /stappen/:id/afschermen: the checklist of shielding steps, and one step at a time with its letter. Kept in the dossier, so that a delegate can go on. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { today } from "#services/dossier/workflow/terms.ts";
import { shieldingGroups } from "#registers/shielding/index.ts";
import { Button, Page, ProgressBar, Tag, useLanguage, type PageProps } from "#services/interface/index.ts";
import { shieldingProgress, standingSteps, type StandingStep } from "#services/reporting/acting/index.ts";
import { ActingPage, WaysOut, type ActingProps } from "./known.tsx";
import { ShieldingStepView } from "./shielding-step.tsx";

export default function ShieldingPage({ parameters }: PageProps): JSX.Element {
  return <ActingPage id={parameters["id"] ?? ""} title={(m) => m.shielding.title} Draw={Shielding} />;
}

function Shielding(page: ActingProps): JSX.Element {
  const { handle, lock, known, reload, m } = page;
  const w = m.shielding;
  const language = useLanguage();
  const [open, setOpen] = useState<string | null>(null);
  const steps = standingSteps(known.prepared.shielding, today());
  const chosen = steps.find(({ step }) => step.id === open);
  const back = (
    <div class="actions">
      <Button look="quiet" icon="back" onPress={() => setOpen(null)}>
        {w.toList}
      </Button>
    </div>
  );
  if (chosen !== undefined)
    return (
      <Page title={chosen.step[language].title} lock={lock} part={chosen.step.id} above={back}>
        <ShieldingStepView key={chosen.step.id} {...page} standing={chosen} onSaved={reload} />
      </Page>
    );
  const { done, all } = shieldingProgress(steps);
  const due = steps.filter((one) => one.due).length;
  return (
    <Page title={w.title} lead={w.lead} lock={lock} part="list">
      <ProgressBar label={w.progress} done={done} all={all} words={w.progressOf(done, all)} />
      {due > 0 && <p>{w.count(due)}</p>}
      {shieldingGroups.map((group) => (
        <section key={group} class="stack-small">
          <h2>{w.groups[group]}</h2>
          <ul class="acting-steps">
            {steps
              .filter(({ step }) => step.group === group)
              .map((standing) => (
                <li key={standing.step.id}>
                  <button type="button" class="acting-step" onClick={() => setOpen(standing.step.id)}>
                    <span class="acting-code" aria-hidden="true">
                      {standing.code}
                    </span>
                    <span class="acting-name">
                      <span class="hidden-words">{w.show(standing.code, standing.step[language].title)}</span>
                      <span aria-hidden="true">{standing.step[language].title}</span>
                    </span>
                    <Standing standing={standing} m={m} />
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
      <WaysOut id={handle.id} m={m} />
    </Page>
  );
}

function Standing({ standing, m }: { readonly standing: StandingStep; readonly m: ActingProps["m"] }): JSX.Element {
  const w = m.shielding;
  const { step, state, again, due } = standing;
  if (step.nothing)
    return (
      <span class="acting-state">
        <Tag>{w.nothing}</Tag>
      </span>
    );
  return (
    <span class="acting-state">
      <Tag tone={state === "open" ? undefined : "accent"} icon={state === "done" ? "check" : undefined}>
        {m.states[state]}
      </Tag>
      {again !== null && (
        <Tag tone={due ? "amber" : undefined} icon="clock">
          {due ? w.due : w.again(again)}
        </Tag>
      )}
    </span>
  );
}
