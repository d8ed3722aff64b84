/** One step of a dossier, open over the page: its form, a way out, and what happens once it is sent. Used by the actions of every kind. */
import type { JSX } from "preact";
import { Button, Dialog, useInterfaceMessages } from "#services/interface/index.ts";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import type { ActionProps } from "./kinds.ts";

/** Waits for the sending, then closes the dialog and draws the dossier anew; throws what the sending throws, so that the form stays with what was typed. */
export type Done = (sending: Promise<unknown>) => Promise<void>;

/** What the form of a step is given, with the words of its service. */
export interface StepFormProps<Words> {
  readonly handle: DossierHandle;
  readonly m: Words;
  readonly done: Done;
}

/** The dialog around a step's form. The form shows itself that it is busy and what went wrong. */
export function StepDialog({
  title,
  onClose,
  onChange,
  children,
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly onChange: ActionProps["onChange"];
  /** Draws the form of the step. */
  readonly children: (done: Done) => JSX.Element;
}): JSX.Element {
  const frame = useInterfaceMessages();
  const done: Done = async (sending) => {
    await sending;
    onClose();
    onChange();
  };
  return (
    <Dialog open title={title} onClose={onClose}>
      {children(done)}
      <Button look="quiet" size="small" onPress={onClose}>
        {frame.cancel}
      </Button>
    </Dialog>
  );
}
