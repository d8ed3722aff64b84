/** What the reader of a scan may do now: the one next step on top, the rest beside it, short ones in a dialog and long ones on a page of their own. Drawn by the dossier page. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ActionProps } from "#services/dossier/screens/kinds.ts";
import { StepDialog } from "#services/dossier/screens/step-dialog.tsx";
import { WriteMessage } from "#services/dossier/screens/write-message.tsx";
import { Button, ButtonLink, useMessages, type IconName } from "#services/interface/index.ts";
import { addScanEvidence, replan, sendScanMessage } from "#services/scanning/client/index.ts";
import { en } from "./en.ts";
import { CalendarForm, NoShowForm } from "./appointment-forms.tsx";
import { AssignForm } from "./assign-form.tsx";
import { EntitleForm } from "./entitle-form.tsx";
import { MoveForm, PlanForm, WithdrawForm, type FormProps } from "./forms.tsx";
import { nl, type Messages } from "./nl.ts";
import { en as planningEn } from "#services/scanning/screens/planning/en.ts";
import { nl as planningNl, type Messages as Planning } from "#services/scanning/screens/planning/nl.ts";
import { RoadLine } from "#services/scanning/screens/planning/road-line.tsx";
import { stepsOf, type FormStep, type LinkStep, type Step } from "./steps.ts";

const icons: Readonly<Record<FormStep | LinkStep, IconName>> = {
  entitle: "check",
  assign: "person",
  plan: "clock",
  calendar: "download",
  "no-show": "info",
  visit: "home",
  again: "home",
  write: "pencil",
  finish: "pencil",
  weigh: "shield",
  handOver: "list",
  provide: "list",
  read: "file",
  measures: "list",
  message: "message",
  evidence: "file",
  replan: "clock",
  move: "home",
  withdraw: "cross",
};

/** Whether a step is the business at hand rather than something that is always possible. */
const isNext = ({ step }: Step): boolean => !["message", "evidence", "again", "calendar", "replan", "no-show", "move", "withdraw"].includes(step);

/** Buttons from the workflow; the person whose scan it is can write at once when nothing else waits for them. */
export function ScanActions({ handle, onChange }: ActionProps): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  const p = useMessages<Planning>({ nl: planningNl, en: planningEn });
  const [chosen, setChosen] = useState<FormStep | null>(null);
  const steps = stepsOf(handle);
  const first = steps[0];
  if (first === undefined) return null;
  const next = isNext(first) ? first : null;
  const inline = next === null && handle.mine && steps.some(({ step }) => step === "message") && !steps.some(isNext);
  const rest = steps.filter((step) => step !== next && !(inline && step.step === "message"));
  const words = (step: FormStep): { readonly open: string; readonly title: string } => {
    if (step === "calendar")
      return handle.view.phase === "planned" ? { open: p.calendar.open, title: p.calendar.title } : { open: p.calendar.offOpen, title: p.calendar.offTitle };
    return step === "no-show" ? p.noShow : m[step];
  };
  const whole = handle.keys.channels.has("main");
  return (
    <>
      {whole && <RoadLine handle={handle} />}
      <section class="card no-print" aria-label={m.what}>
        {inline && <WriteMessage label={m.message.toDesk} onSend={(words) => sendScanMessage(handle, words).then(onChange)} />}
        {next !== null && (
          <>
            <h2>{next.step === "read" || next.step === "measures" ? m.what : m.next}</h2>
            <div class="actions">
              <StepButton step={next} first m={m} words={words} onForm={setChosen} />
            </div>
          </>
        )}
        {(rest.length > 0 || handle.mine) && (
          <div class="actions">
            {rest.map((step) => (
              <StepButton key={step.step} step={step} m={m} words={words} onForm={setChosen} />
            ))}
            {handle.mine && (
              <ButtonLink to={`/signaal/${handle.id}`} look="second" size="small" icon="alert">
                {m.signal}
              </ButtonLink>
            )}
          </div>
        )}
        {chosen !== null && (
          <StepDialog title={words(chosen).title} onClose={() => setChosen(null)} onChange={onChange}>
            {(done) => <StepForm step={chosen} handle={handle} m={m} done={done} />}
          </StepDialog>
        )}
      </section>
    </>
  );
}

function StepButton({
  step,
  first = false,
  m,
  words,
  onForm,
}: {
  readonly step: Step;
  readonly words: (step: FormStep) => { readonly open: string };
  readonly first?: boolean;
  readonly m: Messages;
  readonly onForm: (step: FormStep) => void;
}): JSX.Element {
  const look = first ? "first" : step.step === "withdraw" ? "quiet" : "second";
  const size = first ? "normal" : "small";
  const icon = icons[step.step];
  if (step.is === "link")
    return (
      <ButtonLink to={step.to} look={look} size={size} icon={icon}>
        {m.links[step.step]}
      </ButtonLink>
    );
  return (
    <Button look={look} size={size} icon={icon} onPress={() => onForm(step.step)}>
      {words(step.step).open}
    </Button>
  );
}

function StepForm({ step, ...form }: FormProps & { readonly step: FormStep }): JSX.Element {
  const { handle, m, done } = form;
  switch (step) {
    case "entitle":
      return <EntitleForm {...form} />;
    case "assign":
      return <AssignForm {...form} />;
    case "plan":
      return <PlanForm {...form} />;
    case "calendar":
      return <CalendarForm {...form} />;
    case "no-show":
      return <NoShowForm {...form} />;
    case "move":
      return <MoveForm {...form} />;
    case "withdraw":
      return <WithdrawForm {...form} />;
    case "message":
      return <WriteMessage label={handle.mine ? m.message.toDesk : m.message.toPerson} onSend={(words) => done(sendScanMessage(handle, words))} />;
    case "replan":
      return <WriteMessage label={m.replan.label} hint={m.replan.hint} button={m.replan.send} onSend={(words) => done(replan(handle, words))} />;
    case "evidence":
      return (
        <WriteMessage
          label={m.evidence.label}
          hint={m.evidence.hint}
          button={m.evidence.send}
          files="wanted"
          wordless
          onSend={(words, attachments, onProgress) => done(addScanEvidence(handle, words, { attachments, onProgress }))}
        />
      );
  }
}
