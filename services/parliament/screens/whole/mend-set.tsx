/** Mends a set that was opened already: the same fields as before its opening, on the set as it stands now. What was read stays as it is. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, Notice, SendForm, TextArea, useMessages } from "#services/interface/index.ts";
import { mendSet } from "#services/parliament/client/index.ts";
import { en as readingEn } from "#services/parliament/screens/upload/en.ts";
import { MendFields } from "#services/parliament/screens/upload/mend-reading.tsx";
import { beginMending, mayOpen, mendsAfter, stillWrong, type Mending } from "#services/parliament/screens/upload/mending.ts";
import { nl as readingNl, type Messages as Reading } from "#services/parliament/screens/upload/nl.ts";
import type { PartProps } from "#services/parliament/screens/work/set-actions.tsx";
import type { Messages } from "./nl.ts";

export function MendSet({ handle, view, onChange, words: m, onDone }: PartProps & { readonly words: Messages; readonly onDone: () => void }): JSX.Element {
  const reading = useMessages<Reading>({ nl: readingNl, en: readingEn });
  const [mending, setMending] = useState(() => beginMending({ ...view.set, others: [] }));
  const [reason, setReason] = useState("");
  const [said, setSaid] = useState<"nothing" | "wrong" | null>(null);
  const change = (next: Mending): void => {
    setSaid(null);
    setMending(next);
  };
  const numbers = new Set(mending.questions.map(({ number }) => number));
  const orphaned = view.questions.filter(({ number, draft }) => draft.newest !== null && !numbers.has(number)).map(({ number }) => number);
  return (
    <SendForm
      button={m.mendGo}
      ready={() => {
        const wrong = !mayOpen(stillWrong(mending));
        const none = mendsAfter(view, mending).length === 0;
        setSaid(wrong ? "wrong" : none ? "nothing" : null);
        return !wrong && !none;
      }}
      send={async () => {
        await mendSet(handle, view, mendsAfter(view, mending), reason.trim());
        onDone();
        onChange();
      }}
    >
      <h2>{m.mend}</h2>
      <p>{m.mendText}</p>
      <MendFields mending={mending} change={change} m={reading} />
      {orphaned.length > 0 && (
        <Notice tone="amber" title={m.draftGone(orphaned)} live>
          <p>{m.draftGoneText}</p>
        </Notice>
      )}
      <TextArea label={m.mendReason} rows={3} maxLength={20_000} optional value={reason} onInput={setReason} />
      {said !== null && <Notice tone={said === "wrong" ? "amber" : "info"} title={m[said]} live />}
      <div class="actions">
        <Button look="quiet" icon="back" onPress={onDone}>
          {m.mendCancel}
        </Button>
      </div>
    </SendForm>
  );
}
