/** Recording what the desk did: aangifte with number and VPT code, a talk, a letter, a notice to a platform, aftercare. Used by the report's actions. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { today } from "#services/dossier/workflow/terms.ts";
import { Choice, Field, Select, SendForm, TextArea } from "#services/interface/index.ts";
import { recordAction } from "#services/reporting/client/steps.ts";
import type { ActionBody } from "#services/reporting/contract/index.ts";
import type { FormProps } from "./forms.tsx";
import type { Messages } from "./nl.ts";

type Type = ActionBody["type"];
type NewAction = Parameters<typeof recordAction>[1];
type Onward = "go" | "wait" | "resume";

const types: readonly Type[] = ["complaint", "police-report", "conversation", "letter", "platform-notice", "aftercare-talk", "other"];

interface Filled {
  readonly type: Type;
  readonly on: string;
  readonly note: string;
  /** The one line each sort has: number, with whom, to whom, platform, by whom, what. */
  readonly line: string;
  /** VPT code of a complaint, reference of a platform notice. */
  readonly code: string;
  readonly by: "office-holder" | "employer";
  readonly functionStated: boolean;
}

function actionOf({ type, on, note, line, code, by, functionStated }: Filled): NewAction {
  switch (type) {
    case "complaint":
      return { type, on, note, number: line, vptCode: code, by, functionStated };
    case "police-report":
      return { type, on, note, number: line };
    case "conversation":
      return { type, on, note, with: line };
    case "letter":
      return { type, on, note, to: line };
    case "platform-notice":
      return { type, on, note, platform: line, reference: code };
    case "aftercare-talk":
      return { type, on, note, by: line };
    case "other":
      return { type, on, note, what: line };
  }
}

/** Name of the one line each sort has. */
function lineOf(type: Type, m: Messages["action"]): string {
  switch (type) {
    case "complaint":
      return m.number;
    case "police-report":
      return m.policeNumber;
    case "conversation":
      return m.with;
    case "letter":
      return m.to;
    case "platform-notice":
      return m.platform;
    case "aftercare-talk":
      return m.aftercareBy;
    case "other":
      return m.otherWhat;
  }
}

const isType = (value: string): value is Type => types.some((type) => type === value);

/** One action; the last question says whether the report waits for someone else from now on. */
export function ActionForm({ handle, m, done }: FormProps): JSX.Element {
  const [filled, setFilled] = useState<Filled>({ type: "complaint", on: today(), note: "", line: "", code: "", by: "employer", functionStated: true });
  const [onward, setOnward] = useState<Onward>("go");
  const [checked, setChecked] = useState(false);
  const words = m.action;
  const change = (part: Partial<Filled>): void => setFilled((now) => ({ ...now, ...part }));
  const { type } = filled;
  const { actions } = handle.view;
  const waiting = handle.view.phase === "waiting";
  return (
    <SendForm
      button={words.save}
      ready={() => {
        setChecked(true);
        return filled.line.trim() !== "" && /^\d{4}-\d{2}-\d{2}$/.test(filled.on);
      }}
      send={() => done(recordAction(handle, actionOf(filled), onward === "go" ? {} : { step: onward }))}
    >
      <Select
        label={words.type}
        value={type}
        options={types.map((value) => ({ value, label: m.actions[value] }))}
        onChoose={(value) => {
          if (isType(value)) change({ type: value, line: "", code: "" });
        }}
      />
      <Field
        label={lineOf(type, words)}
        maxLength={400}
        error={checked && filled.line.trim() === "" ? words.missing : null}
        value={filled.line}
        onInput={(line) => change({ line })}
      />
      {type === "complaint" && (
        <>
          <Field label={words.vpt} hint={words.vptHint} optional maxLength={400} value={filled.code} onInput={(code) => change({ code })} />
          <Choice
            legend={words.by}
            columns={2}
            options={(["employer", "office-holder"] as const).map((value) => ({ value, title: m.filedBy[value] }))}
            value={filled.by}
            onChoose={(by) => change({ by })}
          />
          <Choice
            legend={words.functionStated}
            columns={2}
            options={[
              { value: "yes", title: m.yes },
              { value: "no", title: m.no },
            ]}
            value={filled.functionStated ? "yes" : "no"}
            onChoose={(value) => change({ functionStated: value === "yes" })}
          />
        </>
      )}
      {type === "platform-notice" && <Field label={words.reference} optional maxLength={400} value={filled.code} onInput={(code) => change({ code })} />}
      <Field
        type="date"
        narrow
        label={words.on}
        error={checked && filled.on === "" ? words.missing : null}
        value={filled.on}
        onInput={(on) => change({ on })}
      />
      <TextArea label={words.note} rows={3} optional value={filled.note} onInput={(note) => change({ note })} />
      {(actions.includes("wait") || actions.includes("resume")) && (
        <Choice<Onward>
          legend={words.step}
          options={
            waiting
              ? [
                  { value: "go", ...words.steps.stay },
                  { value: "resume", ...words.steps.resume },
                ]
              : [
                  { value: "go", ...words.steps.none },
                  { value: "wait", ...words.steps.wait },
                ]
          }
          value={onward}
          onChoose={setOnward}
        />
      )}
    </SendForm>
  );
}
