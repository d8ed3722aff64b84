/** Telling that it takes longer, with the reasons the Speaker hears. Drawn by the road. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { today } from "#services/dossier/workflow/terms.ts";
import { Field, SendForm, TextArea } from "#services/interface/index.ts";
import { postpone } from "#services/parliament/client/index.ts";
import type { FormProps } from "./text-form.tsx";

export function PostponeForm({ handle, view, m, done }: FormProps): JSX.Element {
  const [on, setOn] = useState(today);
  const [reasons, setReasons] = useState("");
  const [reference, setReference] = useState("");
  const [checked, setChecked] = useState(false);
  const ready = /^\d{4}-\d{2}-\d{2}$/u.test(on) && reasons.trim() !== "";
  return (
    <SendForm
      button={m.postponeGo}
      ready={() => {
        setChecked(true);
        return ready;
      }}
      send={() => done(postpone(handle, view, { on, reasons: reasons.trim(), reference }))}
    >
      <p>{m.postponeText}</p>
      <Field type="date" narrow label={m.postponedOn} value={on} onInput={setOn} />
      <TextArea label={m.postponeReasons} rows={3} maxLength={20_000} value={reasons} error={checked && !ready ? m.reasonMissing : null} onInput={setReasons} />
      <Field label={m.reference} optional maxLength={400} value={reference} onInput={setReference} />
    </SendForm>
  );
}
