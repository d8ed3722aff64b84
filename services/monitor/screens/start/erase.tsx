/** Asks before a token is erased for good: it exists once, and its code gives no other. Used by the pages of this room that can lose one. */
import type { JSX } from "preact";
import { Button, Dialog } from "#services/interface/index.ts";
import type { Participation } from "#services/monitor/client/participation.ts";
import { forget } from "#services/monitor/screens/kept-participation.ts";
import { useMonitorLanguage } from "#services/monitor/screens/language.ts";

/** @param onErased called when it is gone; not when another tab went on or the browser did not erase it */
export function EraseForGood({
  open,
  participation,
  onClose,
  onErased,
}: {
  readonly open: boolean;
  readonly participation: Participation;
  readonly onClose: () => void;
  readonly onErased?: () => void;
}): JSX.Element {
  const w = useMonitorLanguage().m.erase;
  const erase = async (): Promise<void> => {
    onClose();
    if (await forget(participation)) onErased?.();
  };
  return (
    <Dialog open={open} title={w.title} onClose={onClose}>
      <p>{participation.state === "collecting" ? w.collecting : w.text}</p>
      <div class="actions">
        <Button look="final" onPress={() => void erase()}>
          {w.yes}
        </Button>
        <Button look="second" onPress={onClose}>
          {w.no}
        </Button>
      </div>
    </Dialog>
  );
}
