/** The short form of every service: some fields and one button that sends. Kept here so that a failed sending looks and behaves the same everywhere. */
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { ErrorState } from "./blocks.tsx";
import { Button } from "./controls.tsx";
import type { IconName } from "./icons.tsx";

/**
 * A form with one button. What `send` throws is shown above the button and nothing typed is lost; a second press while sending does nothing.
 * With `look` "final" for what cannot be undone; the lock on the button says that what is sent is sealed first.
 */
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
  /** Sends; when it is done the form can be used again, unless the caller took it away. */
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
