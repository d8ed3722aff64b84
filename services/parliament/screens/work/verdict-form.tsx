/** What a ministry that signs along says of the whole: agree, agree with a change, object. Drawn by the road. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Choice, Select, SendForm, TextArea } from "#services/interface/index.ts";
import { giveVerdict } from "#services/parliament/client/index.ts";
import { verdicts } from "#services/parliament/contract/set.ts";
import type { FormProps } from "./text-form.tsx";

export function VerdictForm({ handle, view, m, done }: FormProps): JSX.Element {
  const [verdict, setVerdict] = useState<(typeof verdicts)[number] | null>(null);
  const [text, setText] = useState("");
  const [question, setQuestion] = useState("");
  const [checked, setChecked] = useState(false);
  const ready = verdict !== null && (verdict === "agree" || text.trim() !== "") && (verdict !== "agree-with-change" || question !== "");
  return (
    <SendForm
      button={m.verdictGo}
      ready={() => {
        setChecked(true);
        return ready;
      }}
      send={async () => {
        if (verdict === null) return;
        const numbers = question === "" ? [] : [Number(question)];
        const change =
          verdict === "agree-with-change" ? { changes: numbers.map((number) => ({ question: number, text: text.trim() })) } : { reason: text.trim() };
        await done(giveVerdict(handle, view, { verdict, questions: numbers, ...change }));
      }}
    >
      <Choice
        legend={m.verdict}
        error={checked && !ready ? m.reasonMissing : null}
        options={verdicts.map((value) => ({ value, title: m.verdicts[value] }))}
        value={verdict}
        onChoose={setVerdict}
      />
      <Select
        label={m.verdictQuestion}
        value={question}
        options={[{ value: "", label: m.whole }, ...view.questions.map(({ number }) => ({ value: String(number), label: m.questionTab(number) }))]}
        onChoose={setQuestion}
      />
      <TextArea
        label={verdict === "agree-with-change" ? m.change : m.reason}
        rows={3}
        maxLength={20_000}
        optional={verdict === "agree"}
        value={text}
        onInput={setText}
      />
    </SendForm>
  );
}
