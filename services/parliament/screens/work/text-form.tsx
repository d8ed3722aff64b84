/** The form of a step that is one text and one button: most are no more. Drawn by the road. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Done } from "#services/dossier/screens/step-dialog.tsx";
import { SendForm, TextArea } from "#services/interface/index.ts";
import type { PartProps } from "./set-actions.tsx";

/** What every form of the road is given. */
export type FormProps = Omit<PartProps, "onChange"> & { readonly done: Done };

/** One field and one button: most steps are no more. */
export function TextForm({
  m,
  done,
  text,
  label,
  button,
  optional = false,
  send,
}: FormProps & {
  readonly text?: string;
  readonly label: string;
  readonly button: string;
  readonly optional?: boolean;
  readonly send: (words: string) => Promise<unknown>;
}): JSX.Element {
  const [words, setWords] = useState("");
  const [checked, setChecked] = useState(false);
  const missing = !optional && words.trim() === "";
  return (
    <SendForm
      button={button}
      ready={() => {
        setChecked(true);
        return !missing;
      }}
      send={() => done(send(words.trim()))}
    >
      {text !== undefined && <p>{text}</p>}
      <TextArea
        label={label}
        rows={3}
        maxLength={20_000}
        optional={optional}
        value={words}
        error={checked && missing ? m.reasonMissing : null}
        onInput={setWords}
      />
    </SendForm>
  );
}
