/** Adopting an advice: a panel that says exactly what is signed, by whom, in which office, and that it is final. Used by the weighing of an advice. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { Button, Dialog, ErrorState, Field, Notice, SendForm, Skeleton, TextArea, useInterfaceMessages } from "#services/interface/index.ts";
import { adopt, requestOf, signerOf, type AdviceVersion } from "#services/scanning/client/index.ts";
import type { AdoptionBody } from "#services/scanning/contract/index.ts";
import { Facts } from "#services/scanning/screens/entries/said.tsx";
import type { Messages } from "./nl.ts";

interface SignProps {
  readonly handle: DossierHandle;
  readonly m: Messages;
  readonly advice: AdviceVersion;
  readonly onDone: () => void;
  readonly reload: () => Promise<void>;
}

/** Statement and contact first; the signing itself in a dialog of its own. */
export function Signing(props: SignProps): JSX.Element {
  const { handle, m } = props;
  const w = m.sign;
  const [statement, setStatement] = useState(w.statementStart);
  const [contact, setContact] = useState("");
  const [checked, setChecked] = useState(false);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    requestOf(handle).then(
      (request) => setContact((now) => (now === "" ? (request?.contact ?? "").replace(/\s+/g, " ").slice(0, 400) : now)),
      () => undefined,
    );
  }, [handle]);
  return (
    <>
      <TextArea label={w.statement} rows={3} value={statement} error={checked && statement.trim() === "" ? w.statementMissing : null} onInput={setStatement} />
      <Field label={w.contact} hint={w.contactHint} maxLength={400} value={contact} onInput={setContact} />
      <div class="actions">
        <Button
          icon="shield"
          onPress={() => {
            setChecked(true);
            if (statement.trim() !== "") setOpen(true);
          }}
        >
          {m.weigh.toSign}
        </Button>
      </div>
      {open && <SignDialog {...props} statement={statement.trim()} contact={contact.trim()} onClose={() => setOpen(false)} />}
    </>
  );
}

function SignDialog({
  handle,
  m,
  advice,
  onDone,
  reload,
  statement,
  contact,
  onClose,
}: SignProps & { readonly statement: string; readonly contact: string; readonly onClose: () => void }): JSX.Element {
  const w = m.sign;
  const frame = useInterfaceMessages();
  const [signer, setSigner] = useState<AdoptionBody["signedBy"] | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    signerOf(handle).then(setSigner, setError);
  }, [handle]);
  const sign = async (): Promise<void> => {
    try {
      await adopt(handle, advice.entry, { statement, contact });
    } catch (thrown) {
      // The decision itself may stand while the list did not reach the employer: the page then offers that step alone.
      if (handle.view.phase !== "adopted") throw thrown;
      await reload();
      return;
    }
    onDone();
  };
  return (
    <Dialog open title={w.title} onClose={onClose}>
      {error !== null && <ErrorState error={error} />}
      {signer === null && error === null && <Skeleton lines={4} />}
      {signer !== null && (
        <SendForm button={w.go} look="final" send={sign}>
          <p>
            <strong>{w.what}</strong>
          </p>
          <Facts
            facts={[
              [w.version, String(advice.body.adviceVersion)],
              [w.digest, advice.entry.header.body.digest],
              [w.statement, statement],
              [w.name, signer.name],
              [w.office, signer.office],
            ]}
          />
          <p class="soft small">{w.roster}</p>
          <Notice tone="red">
            <p>{w.final}</p>
          </Notice>
        </SendForm>
      )}
      <Button look="quiet" size="small" onPress={onClose}>
        {frame.cancel}
      </Button>
    </Dialog>
  );
}
