/** Recording one step of a measure: the day, the real cost, and a few words; declining asks for a reason and warns. Used by the measure's card. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { Field, Notice, SendForm, TextArea } from "#services/interface/index.ts";
import { recordMeasure } from "#services/scanning/client/index.ts";
import { isDay, today } from "#services/scanning/screens/dutch-time.ts";
import type { Messages } from "./nl.ts";
import type { MeasureStep } from "./steps.ts";

export function StepForm({
  handle,
  measure,
  step,
  m,
  onDone,
}: {
  readonly handle: DossierHandle;
  readonly measure: string;
  readonly step: MeasureStep;
  readonly m: Messages;
  readonly onDone: () => void;
}): JSX.Element {
  const [on, setOn] = useState(today());
  const [cost, setCost] = useState("");
  const [words, setWords] = useState("");
  const [checked, setChecked] = useState(false);
  const asksCost = !handle.mine && step !== "returned";
  const declines = step === "declined";
  const wrongCost = asksCost && cost.trim() !== "" && !/^\d{1,8}$/.test(cost.trim());
  const lacksReason = declines && words.trim() === "";
  return (
    <SendForm
      button={m.steps[step].save}
      look={declines ? "final" : "first"}
      ready={() => {
        setChecked(true);
        return isDay(on) && !wrongCost && !lacksReason;
      }}
      send={async () => {
        await recordMeasure(handle, { measure, state: step, on, reason: words.trim(), cost: asksCost && cost.trim() !== "" ? Number(cost.trim()) : null });
        onDone();
      }}
    >
      {declines && (
        <Notice tone="amber">
          <p>{m.declineText}</p>
        </Notice>
      )}
      <Field type="date" narrow label={m.day} value={on} error={checked && !isDay(on) ? m.dayMissing : null} onInput={setOn} />
      {asksCost && <Field narrow optional keyboard="numeric" label={m.cost} value={cost} error={checked && wrongCost ? m.costWrong : null} onInput={setCost} />}
      <TextArea
        label={declines ? m.why : step === "checked" ? m.noteChecked : m.note}
        {...(declines ? { hint: m.whyHint } : {})}
        optional={!declines}
        rows={2}
        maxLength={6_000}
        value={words}
        error={checked && lacksReason ? m.whyMissing : null}
        onInput={setWords}
      />
    </SendForm>
  );
}
