/** A form with one button: what sending throws is shown, and nothing typed is lost. Used by every short form of a scan. */
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, ErrorState, type IconName } from "#services/interface/index.ts";

export function SendForm({
  button,
  look = "first",
  icon = look === "final" ? undefined : "lock",
  ready = () => true,
  send,
  children,
}: {
  readonly button: string;
  readonly look?: "first" | "final";
  /** A lock, for what is sealed and sent, unless told otherwise. */
  readonly icon?: IconName | undefined;
  /** Checks what was filled in; false keeps the form open with its errors shown. */
  readonly ready?: () => boolean;
  readonly send: () => Promise<void>;
  readonly children: ComponentChildren;
}): JSX.Element {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const go = async (): Promise<void> => {
    setError(null);
    if (!ready()) return;
    setBusy(true);
    try {
      await send();
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };
  return (
    <form
      class="stack-medium"
      noValidate
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void go();
      }}
    >
      {children}
      {error !== null && <ErrorState error={error} />}
      <div class="actions">
        <Button type="submit" look={look} icon={icon} busy={busy}>
          {button}
        </Button>
      </div>
    </form>
  );
}
