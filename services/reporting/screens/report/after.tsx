/** After sending: the code with its warning, then what happens and by when. Two groups are asked back in between, by ConfirmCode. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button, ButtonLink, Icon, Notice, ReceiptCard, saveFile } from "#services/interface/index.ts";
import type { ReportMessages } from "./nl.ts";
import type { Sent } from "./send.ts";

/** The only time the code is shown. */
export function ShowCode({ m, code, onNext }: { readonly m: ReportMessages; readonly code: string; readonly onNext: () => void }): JSX.Element {
  return (
    <div class="stack">
      <Notice tone="red" title={m.code.warnTitle}>
        <p>{m.code.warn}</p>
      </Notice>
      <ReceiptCard title={m.code.card} code={code} fileName="notitie.txt">
        <p>{m.code.cardText}</p>
        <p class="soft small no-print">{m.code.where}</p>
      </ReceiptCard>
      <div class="actions">
        <Button icon="arrow" iconLast onPress={onNext}>
          {m.code.next}
        </Button>
      </div>
    </div>
  );
}

/** What happens now, by when, and where to find it again. */
export function WhatNow({ m, sent }: { readonly m: ReportMessages; readonly sent: Sent }): JSX.Element {
  return (
    <div class="stack">
      <p class="card term-clock">
        <Icon name="clock" size={32} /> <strong>{sent.due === null ? m.done.dueUnknown : m.done.due(sent.due)}</strong>
      </p>
      {sent.earlier && (
        <Notice tone="amber" title={m.done.earlier}>
          <p>{m.done.earlierText}</p>
        </Notice>
      )}
      <ol class="numbered">
        {m.done.next.map((step) => (
          <li key={step}>
            <span>{step}</span>
          </li>
        ))}
      </ol>
      <div class="actions">
        <ButtonLink to={`/dossier/${sent.dossier}`} icon="arrow" iconLast>
          {m.done.open}
        </ButtonLink>
        <Button look="second" icon="download" onPress={() => saveFile("ontvangst.json", `${JSON.stringify(sent.receipt, null, 2)}\n`, "application/json")}>
          {m.done.proof}
        </Button>
      </div>
      <p class="soft">{m.done.proofText}</p>
      {sent.stamps !== null && <Stamps m={m} stamps={sent.stamps} />}
      <section class="card">
        <h2>{m.done.helpTitle}</h2>
        <p>{m.done.helpText}</p>
        <div class="actions">
          <ButtonLink to="tel:+31703738314" look="second" size="small" icon="phone">
            {m.done.call}
          </ButtonLink>
        </div>
      </section>
    </div>
  );
}

/** How it goes with the time stamps: one quiet sentence, which nobody has to wait for. */
function Stamps({ m, stamps }: { readonly m: ReportMessages; readonly stamps: Promise<number> }): JSX.Element {
  const [kept, setKept] = useState<number | null>(null);
  useEffect(() => void stamps.then(setKept), [stamps]);
  const w = m.done.stamps;
  return (
    <p class="soft" role="status">
      {kept === null ? w.asking : kept === 0 ? w.later : w.kept(kept)}
    </p>
  );
}
