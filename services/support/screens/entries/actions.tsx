/** What the reader of a request for help may do now: one clear button for the next step, the rest beside it, and the aftercare dates. Drawn by the dossier page. */
import type { JSX } from "preact";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import type { ActionProps } from "#services/dossier/screens/kinds.ts";
import { Steps } from "#services/dossier/screens/steps.tsx";
import { WriteMessage } from "#services/dossier/screens/write-message.tsx";
import { allowedEntries } from "#services/dossier/workflow/enforce.ts";
import { useMessages, type IconName } from "#services/interface/index.ts";
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

/** Buttons from the workflow. The person can always write at once, without a dialog. */
export function HelpActions({ handle, onChange }: ActionProps): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  const steps = stepsOf(handle);
  const inline = handle.mine && steps.includes("message");
  const buttons = inline ? steps.filter((step) => step !== "message") : steps;
  return (
    <>
      {steps.length > 0 && (
        <Steps
          title={m.what}
          steps={buttons}
          lead={inline ? null : (buttons[0] ?? null)}
          icons={icons}
          words={m}
          inline={
            inline ? (
              <WriteMessage
                label={m.message.toTeam}
                onSend={async (words) => {
                  await sendHelpMessage(handle, words);
                  onChange();
                }}
              />
            ) : undefined
          }
          form={(step, done) => <StepForm step={step} handle={handle} m={m} done={done} />}
          onChange={onChange}
        />
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
