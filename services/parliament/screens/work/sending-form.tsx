/** Telling that it was sent to the Kamer. Drawn by the road. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { today } from "#services/dossier/workflow/terms.ts";
import { Field, SendForm } from "#services/interface/index.ts";
import { sendSet } from "#services/parliament/client/index.ts";
import type { FormProps } from "./text-form.tsx";

export function SendingForm({ handle, view, m, done }: FormProps): JSX.Element {
  const [on, setOn] = useState(today);
  const [reference, setReference] = useState("");
  const [checked, setChecked] = useState(false);
  const ready = /^\d{4}-\d{2}-\d{2}$/u.test(on) && reference.trim() !== "";
  return (
    <SendForm
      button={m.sendGo}
      ready={() => {
        setChecked(true);
        return ready;
      }}
      send={() => done(sendSet(handle, view, { on, reference: reference.trim() }))}
    >
      <Field type="date" narrow label={m.sentOn} value={on} onInput={setOn} />
      <Field label={m.reference} maxLength={400} value={reference} error={checked && !ready ? m.fill : null} onInput={setReference} />
    </SendForm>
  );
}
