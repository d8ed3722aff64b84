/** "Mijn telefoon is weg": ends that device's session, signs a set of ways to sign in without what was on it, and says what that cannot undo. Part of the account page. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Session } from "#services/directory/client/index.ts";
import type { Device, UnlockMethod } from "#services/directory/contract/index.ts";
import { Button, Choices, Dialog, ErrorState, Notice, problemCode, Select } from "#services/interface/index.ts";
import type { Messages } from "./nl.ts";

export function LostDevice({
  m,
  session,
  devices,
  onDone,
}: {
  readonly m: Messages["account"];
  readonly session: Session;
  readonly devices: readonly Device[];
  readonly onDone: () => void;
}): JSX.Element {
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState(false);
  const [unlocks, setUnlocks] = useState<readonly UnlockMethod[]>([]);
  const [device, setDevice] = useState("");
  const [gone, setGone] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const others = devices.filter(({ current }) => !current);
  const start = async (): Promise<void> => {
    setDone(false);
    setError(null);
    setGone([]);
    setDevice("");
    try {
      const { listUnlocks } = await import("#services/directory/client/index.ts");
      setUnlocks(await listUnlocks(session));
    } catch (thrown) {
      setError(thrown);
    }
    setOpen(true);
  };
  const go = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const { lostDevice } = await import("#services/directory/client/index.ts");
      await lostDevice(session, { device: device === "" ? null : device, unlocks: gone });
      setOpen(false);
      setDone(true);
      onDone();
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };
  return (
    <>
      {done && <Notice live title={m.lostDone} />}
      <div class="actions">
        <Button look="second" icon="alert" onPress={() => void start()}>
          {m.lost}
        </Button>
      </div>
      <Dialog open={open} title={m.lostTitle} onClose={() => setOpen(false)}>
        <p>{m.lostText}</p>
        <Select
          label={m.lostDevice}
          value={device}
          options={[{ value: "", label: m.lostNone }, ...others.map(({ id, label, lastSeen }) => ({ value: id, label: `${label}, ${m.lastSeen(lastSeen)}` }))]}
          onChoose={setDevice}
        />
        <Choices
          legend={m.lostWays}
          options={unlocks.map(({ id, kind, label }) => ({ value: id, title: `${m.unlockKinds[kind]}: ${label}` }))}
          values={gone}
          onChoose={setGone}
        />
        <Notice tone="amber">
          <p>{m.lostStays}</p>
        </Notice>
        {error !== null && (problemCode(error) === "requirement-missing" ? <Notice tone="amber" live title={m.lostFew} /> : <ErrorState error={error} />)}
        <div class="actions">
          <Button look="final" busy={busy} disabled={device === "" && gone.length === 0} onPress={() => void go()}>
            {m.lostGo}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
