/** What the reader of a report may do now: one clear button for the next step, the rest beside it, each in a dialog of its own. Drawn by the dossier page. */
import type { JSX } from "preact";
import type { EntryKind } from "#services/dossier/contract/index.ts";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import type { ActionProps } from "#services/dossier/screens/kinds.ts";
import { Steps } from "#services/dossier/screens/steps.tsx";
import { WriteMessage } from "#services/dossier/screens/write-message.tsx";
import { allowedEntries } from "#services/dossier/workflow/enforce.ts";
import { ButtonLink, Link, Notice, useMessages, type IconName } from "#services/interface/index.ts";
import { addEvidence, reopenReport, sendMessage, takeUp } from "#services/reporting/client/steps.ts";
import { StepsPanel } from "#services/reporting/screens/acting/panel.tsx";
import { Vanishing } from "#services/reporting/screens/acting/vanishing.tsx";
import { addTo } from "#services/reporting/screens/online/begin.ts";
import { ActionForm } from "./action-form.tsx";
import { en } from "./en.ts";
import { CloseForm, NormTestForm, SeriousnessForm, WithdrawForm, type FormProps } from "./forms.tsx";
import { nl, type Messages } from "./nl.ts";

type Step = "take" | "normTest" | "seriousness" | "action" | "message" | "evidence" | "close" | "reopen" | "withdraw";

const icons: Readonly<Record<Step, IconName>> = {
  take: "check",
  normTest: "list",
  seriousness: "alert",
  action: "shield",
  message: "message",
  evidence: "file",
  close: "lock",
  reopen: "back",
  withdraw: "cross",
};

/** The steps open to this reader, the most needed first. */
function stepsOf(handle: DossierHandle): Step[] {
  const { actions, phase, roles } = handle.view;
  const kinds = allowedEntries(handle.workflow, phase, roles);
  const may = (kind: EntryKind): boolean => kinds.includes(kind);
  const open: readonly (readonly [Step, boolean])[] = [
    ["take", actions.includes("take-up")],
    ["normTest", actions.includes("start")],
    ["message", may("message")],
    ["action", may("action") && !actions.includes("start")],
    ["seriousness", may("seriousness") && !actions.includes("start")],
    ["normTest", may("norm-test") && !actions.includes("start")],
    ["evidence", may("evidence")],
    ["close", actions.includes("close")],
    ["reopen", actions.includes("reopen")],
    ["withdraw", actions.includes("withdraw")],
  ];
  return open.filter(([, is]) => is).map(([step]) => step);
}

/** Buttons from the workflow. The reporter can always write at once, without a dialog. */
export function ReportActions({ handle, onChange }: ActionProps): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  const steps = stepsOf(handle);
  const inline = handle.mine && steps.includes("message");
  const buttons = inline ? steps.filter((step) => step !== "message") : steps;
  if (steps.length === 0) return <StepsPanel handle={handle} />;
  return (
    <>
      <Steps
        title={m.what}
        steps={buttons}
        lead={inline ? null : (buttons[0] ?? null)}
        icons={icons}
        words={m}
        inline={
          inline ? (
            <WriteMessage
              label={m.message.toDesk}
              files={false}
              onSend={async (words) => {
                await sendMessage(handle, words);
                onChange();
              }}
            />
          ) : undefined
        }
        links={
          <>
            {handle.mine && <SignalLink handle={handle} m={m} />}
            {/* The office-holder agrees there; the team asks there. Whoever was shown single items has no business on that page. */}
            {(handle.mine || handle.view.roles.includes("safety-desk")) && (
              <ButtonLink to={`/zelfde-dader/${handle.id}`} look="second" size="small" icon="people">
                {m.sameActor}
              </ButtonLink>
            )}
          </>
        }
        form={(step, done) => <StepForm step={step} handle={handle} m={m} done={done} />}
        onChange={onChange}
      />
      <StepsPanel handle={handle} />
    </>
  );
}

/** To police and OM: on a page of its own, which begins from this report. */
const SignalLink = ({ handle, m }: Pick<FormProps, "handle" | "m">): JSX.Element => (
  <ButtonLink to={`/signaal/${handle.id}`} look="second" size="small" icon="alert">
    {m.signal}
  </ButtonLink>
);

function StepForm({ step, handle, m, done }: FormProps & { readonly step: Step }): JSX.Element {
  const toOther = handle.mine ? m.message.toDesk : m.message.toReporter;
  switch (step) {
    case "take":
      return <WriteMessage label={m.take.label} hint={m.take.hint} button={m.take.send} onSend={(words) => done(takeUp(handle, words))} />;
    case "message":
      return <WriteMessage label={toOther} files onSend={(words, attachments, onProgress) => done(sendMessage(handle, words, { attachments, onProgress }))} />;
    case "evidence":
      return (
        <>
          <Vanishing />
          <p class="soft">{m.evidence.final}</p>
          <WriteMessage
            label={m.evidence.label}
            hint={m.evidence.hint}
            button={m.evidence.send}
            files="wanted"
            wordless
            onSend={(words, attachments, onProgress) => done(addEvidence(handle, words, { attachments, onProgress }))}
          />
          {handle.mine && (
            <p>
              <Link to="/uitbreiding">{m.evidence.extension}</Link>
            </p>
          )}
          <p>
            <Link to="/berichten" onPress={() => addTo.set(handle.id)}>
              {m.evidence.many}
            </Link>
          </p>
        </>
      );
    case "reopen":
      return <WriteMessage label={m.reopen.label} button={m.reopen.send} onSend={(words) => done(reopenReport(handle, words))} />;
    case "normTest":
      return <NormTestForm handle={handle} m={m} done={done} />;
    case "seriousness":
      return <SeriousnessForm handle={handle} m={m} done={done} />;
    case "action":
      return <ActionForm handle={handle} m={m} done={done} />;
    case "close":
      return handle.newest("message") === null ? (
        <Notice>
          <p>{m.close.first}</p>
        </Notice>
      ) : (
        <CloseForm handle={handle} m={m} done={done} />
      );
    case "withdraw":
      return <WithdrawForm handle={handle} m={m} done={done} />;
  }
}
