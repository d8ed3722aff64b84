/** The decision stands but the employer did not get the list: what the authority sees when the second step was cut off. Used by the advice page. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Field, Page, SendForm } from "#services/interface/index.ts";
import { handOverProvisionList, requestOf } from "#services/scanning/client/index.ts";
import type { ViewProps } from "./done.tsx";

export function HandOver({ handle, lock, m, onDone }: ViewProps): JSX.Element {
  const [contact, setContact] = useState("");
  useEffect(() => {
    requestOf(handle).then(
      (request) => setContact((now) => (now === "" ? (request?.contact ?? "").slice(0, 400) : now)),
      () => undefined,
    );
  }, [handle]);
  return (
    <Page title={m.handOver.title} lead={m.handOver.text} lock={lock} part="hand-over">
      <SendForm
        button={m.handOver.go}
        send={async () => {
          await handOverProvisionList(handle, contact.trim());
          onDone("handed-over");
        }}
      >
        <Field label={m.sign.contact} hint={m.sign.contactHint} maxLength={400} value={contact} onInput={setContact} />
      </SendForm>
    </Page>
  );
}
