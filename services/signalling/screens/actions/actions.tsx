/** What the reader of a signal may do now: where it is in the chain, the answer on top, the rest beside it in dialogs. Drawn by the dossier page. */
import type { JSX } from "preact";
import type { EntryKind } from "#services/dossier/contract/index.ts";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import type { ActionProps } from "#services/dossier/screens/kinds.ts";
import { Steps } from "#services/dossier/screens/steps.tsx";
import { WriteMessage } from "#services/dossier/screens/write-message.tsx";
import { allowedEntries } from "#services/dossier/workflow/enforce.ts";
import { Link, useMessages, type IconName } from "#services/interface/index.ts";
import { addSignalEvidence, sendSignalMessage, stationsOf, weighAgain } from "#services/signalling/client/index.ts";
import { SendLinks } from "#services/signalling/screens/answer/send-links.tsx";
import { Chain } from "#services/signalling/screens/chain.tsx";
import { answersFor } from "#services/signalling/screens/list/answering.ts";
import { Answers } from "#services/signalling/screens/list/answers.tsx";
import { en } from "./en.ts";
import { CloseForm, ProvisionalForm, RaiseAgainForm, RegistrationForm, WithdrawForm, type FormProps } from "./forms.tsx";
import { nl, type Messages } from "./nl.ts";

type Step = "raiseAgain" | "again" | "message" | "evidence" | "provisional" | "register" | "close" | "reopen" | "withdraw";

const icons: Readonly<Record<Step, IconName>> = {
  raiseAgain: "arrow",
  again: "alert",
  message: "message",
  evidence: "file",
  provisional: "shield",
  register: "list",
  close: "check",
  reopen: "back",
  withdraw: "cross",
};

/** The steps open to this reader besides the answers, the most needed first. */
function stepsOf(handle: DossierHandle): Step[] {
  const { actions, phase, roles } = handle.view;
  const kinds = allowedEntries(handle.workflow, phase, roles);
  const may = (kind: EntryKind): boolean => kinds.includes(kind);
  const open: readonly (readonly [Step, boolean])[] = [
    ["raiseAgain", actions.includes("raise-again")],
    ["again", actions.includes("weigh-again")],
    ["message", may("message")],
    ["evidence", may("evidence")],
    ["provisional", may("provisional")],
    ["register", may("registration")],
    ["close", actions.includes("close")],
    ["reopen", actions.includes("reopen")],
    ["withdraw", actions.includes("withdraw")],
  ];
  return open.filter(([, is]) => is).map(([step]) => step);
}

export function SignalActions({ handle, onChange }: ActionProps): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  const steps = stepsOf(handle);
  const answers = answersFor(handle.view.actions);
  const first = steps[0];
  const lead = answers.length === 0 && (first === "raiseAgain" || first === "again") ? first : null;
  return (
    <>
      <section class="card stack-medium">
        <h2>{m.chain}</h2>
        <Chain stations={stationsOf(handle)} opened={handle.view.opened} />
        <p>
          <Link to="/signalen">{m.all}</Link>
        </p>
      </section>
      {answers.length > 0 && (
        <section class="card stack-medium no-print" aria-label={m.answer}>
          <h2>{m.answer}</h2>
          <Answers actions={handle.view.actions} open={async () => handle} about="" onDone={onChange} />
        </section>
      )}
      {(handle.mine || handle.view.roles.includes("safety-desk")) && <SendLinks handle={handle} />}
      {steps.length > 0 && (
        <Steps
          title={m.what}
          steps={steps}
          lead={lead}
          icons={icons}
          words={m}
          form={(step, done) => <StepForm step={step} handle={handle} m={m} done={done} />}
          onChange={onChange}
        />
      )}
    </>
  );
}

function StepForm({ step, handle, m, done }: FormProps & { readonly step: Step }): JSX.Element {
  switch (step) {
    case "message":
      return <WriteMessage label={handle.mine ? m.message.toDesk : m.message.toPerson} onSend={(words) => done(sendSignalMessage(handle, words))} />;
    case "evidence":
      return (
        <WriteMessage
          label={m.evidence.label}
          hint={m.evidence.hint}
          button={m.evidence.send}
          files="wanted"
          wordless
          onSend={(words, attachments, onProgress) => done(addSignalEvidence(handle, words, attachments, { onProgress }))}
        />
      );
    case "again":
    case "reopen":
      return <WriteMessage label={m[step].label} hint={m[step].hint} button={m[step].send} onSend={(words) => done(weighAgain(handle, words))} />;
    case "provisional":
      return <ProvisionalForm handle={handle} m={m} done={done} />;
    case "register":
      return <RegistrationForm handle={handle} m={m} done={done} />;
    case "raiseAgain":
      return <RaiseAgainForm handle={handle} m={m} done={done} />;
    case "close":
      return <CloseForm handle={handle} m={m} done={done} />;
    case "withdraw":
      return <WithdrawForm handle={handle} m={m} done={done} />;
  }
}
