/** What a ministry that signs along says of the whole: agree, agree with changes (each for one question, in words), object with a reason. Drawn by the road. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, Choice, Select, SendForm, TextArea } from "#services/interface/index.ts";
import { giveVerdict, type SetView } from "#services/parliament/client/index.ts";
import { verdicts, type VerdictBody } from "#services/parliament/contract/set.ts";
import type { PartProps } from "./set-actions.tsx";
import type { FormProps } from "./text-form.tsx";

type Verdict = (typeof verdicts)[number];
interface Change {
  readonly question: string;
  readonly text: string;
}
const noChange: Change = { question: "", text: "" };

export function VerdictForm({ handle, view, m, done }: FormProps): JSX.Element {
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [reason, setReason] = useState("");
  const [question, setQuestion] = useState("");
  const [changes, setChanges] = useState<readonly Change[]>([noChange]);
  const [checked, setChecked] = useState(false);
  const whole = changes.every((one) => one.question !== "" && one.text.trim() !== "");
  const ready = verdict === "agree" || (verdict === "object" && reason.trim() !== "") || (verdict === "agree-with-change" && whole);
  const given = (): Pick<VerdictBody, "verdict"> & Partial<Pick<VerdictBody, "reason" | "questions" | "changes">> => {
    if (verdict === "agree-with-change") {
      const asked = changes.map((one) => ({ question: Number(one.question), text: one.text.trim() }));
      return { verdict, changes: asked, questions: [...new Set(asked.map((one) => one.question))], reason: reason.trim() };
    }
    return { verdict: verdict ?? "agree", reason: reason.trim(), questions: question === "" ? [] : [Number(question)] };
  };
  return (
    <SendForm
      button={m.verdictGo}
      ready={() => {
        setChecked(true);
        return ready;
      }}
      send={() => done(giveVerdict(handle, view, given()))}
    >
      <Choice
        legend={m.verdict}
        error={checked && verdict === null ? m.choose : null}
        options={verdicts.map((value) => ({ value, title: m.verdicts[value] }))}
        value={verdict}
        onChoose={setVerdict}
      />
      {verdict === "object" && (
        <Select label={m.verdictQuestion} value={question} options={[{ value: "", label: m.whole }, ...questionOptions(view, m)]} onChoose={setQuestion} />
      )}
      {verdict === "agree-with-change" && <Changes changes={changes} checked={checked} view={view} m={m} onChange={setChanges} />}
      {verdict !== null && (
        <TextArea
          label={m.reason}
          rows={3}
          maxLength={20_000}
          optional={verdict !== "object"}
          value={reason}
          error={checked && verdict === "object" && reason.trim() === "" ? m.reasonMissing : null}
          onInput={setReason}
        />
      )}
    </SendForm>
  );
}

const questionOptions = ({ questions }: SetView, m: PartProps["m"]): { value: string; label: string }[] =>
  questions.map(({ number }) => ({ value: String(number), label: m.questionTab(number) }));

function Changes({
  changes,
  checked,
  view,
  m,
  onChange,
}: Pick<PartProps, "view" | "m"> & {
  readonly changes: readonly Change[];
  readonly checked: boolean;
  readonly onChange: (changes: readonly Change[]) => void;
}): JSX.Element {
  const set = (at: number, part: Partial<Change>): void => onChange(changes.map((one, other) => (other === at ? { ...one, ...part } : one)));
  return (
    <>
      {changes.map(({ question, text }, at) => (
        <fieldset key={at} class="kamer-change">
          <legend>{m.changeNumber(at + 1)}</legend>
          <Select
            label={m.verdictQuestion}
            error={checked && (question === "" || text.trim() === "") ? m.changeMissing : null}
            value={question}
            options={[{ value: "", label: m.choose }, ...questionOptions(view, m)]}
            onChoose={(value) => set(at, { question: value })}
          />
          <TextArea label={m.change} rows={3} maxLength={20_000} value={text} onInput={(value) => set(at, { text: value })} />
          {changes.length > 1 && (
            <Button look="quiet" size="small" icon="bin" onPress={() => onChange(changes.toSpliced(at, 1))}>
              {m.changeOut(at + 1)}
            </Button>
          )}
        </fieldset>
      ))}
      <div class="actions">
        <Button look="second" size="small" icon="pencil" onPress={() => onChange([...changes, noChange])}>
          {m.changeAdd}
        </Button>
      </div>
    </>
  );
}
