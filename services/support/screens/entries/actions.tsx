/** What the reader of a request for help may do now: one clear button for the next step, the rest beside it, and the aftercare dates. Drawn by the dossier page. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import type { ActionProps } from "#services/dossier/screens/kinds.ts";
import { StepDialog } from "#services/dossier/screens/step-dialog.tsx";
import { WriteMessage } from "#services/dossier/screens/write-message.tsx";
import { allowedEntries } from "#services/dossier/workflow/enforce.ts";
import { Button, useMessages, type IconName } from "#services/interface/index.ts";
import { reopenHelp, sendHelpMessage, takeUpHelp } from "#services/support/client/index.ts";
import { AftercarePanel } from "./aftercare-panel.tsx";
import { en } from "./en.ts";
import { CloseForm, OfferForm, WithdrawForm, type FormProps } from "./forms.tsx";
import { nl, type Messages } from "./nl.ts";

type Step = "take" | "offer" | "message" | "close" | "reopen" | "withdraw";

const icons: Readonly<Record<Step, IconName>> = { take: "check", offer: "people", message: "message", close: "lock", reopen: "back", withdraw: "cross" };

/** The steps open to this reader, the most needed first. */
function stepsOf(handle: DossierHandle): Step[] {
  const { actions, phase, roles } = handle.view;
  const kinds = allowedEntries(handle.workflow, phase, roles);
  const open: readonly (readonly [Step, boolean])[] = [
    ["take", actions.includes("take-up")],
    ["offer", actions.includes("contact")],
    ["message", kinds.includes("message")],
    // Another helper besides the first.
    ["offer", kinds.includes("help-offer")],
    ["close", actions.includes("close")],
    ["reopen", actions.includes("reopen")],
    ["withdraw", actions.includes("withdraw")],
  ];
  return open.filter(([, is]) => is).map(([step]) => step);
}

/** Buttons from the workflow; what is pressed opens in a dialog. The person can always write at once, without a dialog. */
export function HelpActions({ handle, onChange }: ActionProps): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  const [chosen, setChosen] = useState<Step | null>(null);
  const steps = stepsOf(handle);
  const inline = handle.mine && steps.includes("message");
  const buttons = inline ? steps.filter((step) => step !== "message") : steps;
  return (
    <>
      {steps.length > 0 && (
        <section class="card no-print" aria-label={m.what}>
          {inline && (
            <WriteMessage
              label={m.message.toTeam}
              onSend={async (words) => {
                await sendHelpMessage(handle, words);
                onChange();
              }}
            />
          )}
          {!inline && <h2>{m.what}</h2>}
          <div class="actions">
            {buttons.map((step, place) => (
              <Button
                key={step}
                look={place === 0 && !inline ? "first" : step === "withdraw" ? "quiet" : "second"}
                size={place === 0 && !inline ? "normal" : "small"}
                icon={icons[step]}
                onPress={() => setChosen(step)}
              >
                {m[step].open}
              </Button>
            ))}
          </div>
          {chosen !== null && (
            <StepDialog title={m[chosen].title} onClose={() => setChosen(null)} onChange={onChange}>
              {(done) => <StepForm step={chosen} handle={handle} m={m} done={done} />}
            </StepDialog>
          )}
        </section>
      )}
      <AftercarePanel handle={handle} m={m} onChange={onChange} />
    </>
  );
}

function StepForm({ step, handle, m, done }: FormProps & { readonly step: Step }): JSX.Element {
  switch (step) {
    case "take":
      return <WriteMessage label={m.take.label} hint={m.take.hint} button={m.take.send} onSend={(words) => done(takeUpHelp(handle, words))} />;
    case "message":
      return <WriteMessage label={m.message.toPerson} onSend={(words) => done(sendHelpMessage(handle, words))} />;
    case "reopen":
      return <WriteMessage label={m.reopen.label} button={m.reopen.send} onSend={(words) => done(reopenHelp(handle, words))} />;
    case "offer":
      return <OfferForm handle={handle} m={m} done={done} />;
    case "close":
      return <CloseForm handle={handle} m={m} done={done} />;
    case "withdraw":
      return <WithdrawForm handle={handle} m={m} done={done} />;
  }
}
