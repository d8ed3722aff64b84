/** /controleren: verifies a receipt, or a dossier someone took along, in the browser against the keys this device pinned, and says what that proves and what not. */
import { Check } from "typebox/value";
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { openDoor } from "#services/directory/screens/session.ts";
import { Receipt } from "#services/dossier/contract/index.ts";
import { Button, ErrorState, locale, Notice, Page, problemCode, TextArea, useLanguage, useMessages, writeMoment } from "#services/interface/index.ts";
import type { Vouched } from "#services/ledger/client/witnesses.ts";
import { en } from "./en.ts";
import { BundleCheck } from "./bundle-check.tsx";
import { nl, type VerifyMessages } from "./nl.ts";
import { RunningApp } from "./running-app.tsx";

type Result =
  | { readonly state: "none" | "missing" | "malformed" | "bad" | "unwitnessed" }
  | { readonly state: "good"; readonly leaf: number; readonly size: number; readonly key: string; readonly vouched: Vouched }
  | { readonly state: "failed"; readonly error: unknown };

function parse(text: string): Receipt | null {
  try {
    const value: unknown = JSON.parse(text);
    return Check(Receipt, value) ? value : null;
  } catch {
    return null;
  }
}

async function verify(text: string): Promise<Result> {
  if (text.trim() === "") return { state: "missing" };
  const receipt = parse(text);
  if (receipt === null) return { state: "malformed" };
  try {
    const [{ checkReceipt }, { vouchedForReceipt }, { trust }] = await Promise.all([
      import("#services/dossier/client/index.ts"),
      import("#services/ledger/client/witnesses.ts"),
      openDoor(),
    ]);
    const anchor = await trust.anchor();
    const { leaf, size } = await checkReceipt(receipt, anchor);
    return { state: "good", leaf, size, key: anchor.log, vouched: await vouchedForReceipt(receipt.proof, anchor.witnesses) };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "quorum-missing") return { state: "unwitnessed" };
    return problemCode(error) === "signature-invalid" ? { state: "bad" } : { state: "failed", error };
  }
}

export default function VerifyPage(): JSX.Element {
  const m = useMessages<VerifyMessages>({ nl, en });
  const [text, setText] = useState("");
  const [result, setResult] = useState<Result>({ state: "none" });
  const [busy, setBusy] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const go = async (given: string): Promise<void> => {
    setBusy(true);
    setResult(await verify(given));
    setBusy(false);
  };
  const take = async (file: File | undefined): Promise<void> => {
    // A receipt is a few kilobytes; anything larger is another file.
    if (file === undefined) return;
    const given = file.size > 100_000 ? "?" : await file.text();
    setText(given === "?" ? "" : given);
    await go(given);
  };
  const error = result.state === "missing" ? m.missing : result.state === "malformed" ? m.malformed : null;
  return (
    <Page title={m.title} lead={m.lead}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void go(text);
        }}
      >
        <TextArea label={m.label} hint={m.hint} rows={5} spellcheck={false} value={text} error={error} onInput={setText} />
        <div class="actions">
          <Button type="submit" icon="shield" busy={busy}>
            {m.go}
          </Button>
          <Button look="second" icon="file" onPress={() => chooser.current?.click()}>
            {m.file}
          </Button>
          <input
            ref={chooser}
            type="file"
            accept="application/json,.json"
            hidden
            data-role="receipt"
            onChange={(event) => {
              void take(event.currentTarget.files?.[0]);
              event.currentTarget.value = "";
            }}
          />
        </div>
      </form>
      <Outcome m={m} result={result} />
      <BundleCheck m={m.bundle} />
      <RunningApp m={m.app} />
      <section class="section">
        <h2>{m.provesTitle}</h2>
        <ul class="words">
          {m.proves.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <h2>{m.notTitle}</h2>
        <ul class="words">
          {m.not.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </section>
    </Page>
  );
}

function Outcome({ m, result }: { readonly m: VerifyMessages; readonly result: Result }): JSX.Element | null {
  const language = useLanguage();
  const number = new Intl.NumberFormat(locale(language));
  if (result.state === "good") {
    return (
      <Notice title={m.good} live>
        <p>{m.goodText(number.format(result.leaf), number.format(result.size))}</p>
        <Witnessed m={m} vouched={result.vouched} />
        <p class="soft small">
          {m.anchor} <span class="code">{result.key}</span>
        </p>
      </Notice>
    );
  }
  if (result.state === "bad")
    return (
      <Notice tone="amber" title={m.bad} live>
        <p>{m.badText}</p>
      </Notice>
    );
  if (result.state === "unwitnessed")
    return (
      <Notice tone="amber" title={m.unwitnessed} live>
        <p>{m.unwitnessedText}</p>
      </Notice>
    );
  if (result.state === "failed") return <ErrorState error={result.error} />;
  return null;
}

/** Who outside the house says that everyone is shown this log. */
function Witnessed({ m, vouched: { state, witnesses } }: { readonly m: VerifyMessages; readonly vouched: Vouched }): JSX.Element {
  const language = useLanguage();
  if (state !== "held") return <p class="soft small">{state === "before" ? m.witnessesBefore : m.witnessesUnpinned}</p>;
  return (
    <p class="soft small">
      {m.witnessesTitle}: {witnesses.length === 0 ? m.witnessesNone : witnesses.map(({ name, at }) => `${name} (${writeMoment(language, at)})`).join(", ")}
    </p>
  );
}
