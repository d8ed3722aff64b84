/** Where the person is signed in, with a way out of each and of all. Part of the account page. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Session } from "#services/directory/client/index.ts";
import type { Device } from "#services/directory/contract/index.ts";
import { Button, ErrorState, navigate, Skeleton, Tag } from "#services/interface/index.ts";
import { LostDevice } from "./lost-device.tsx";
import type { Messages } from "./nl.ts";
import { session as signedIn } from "./session.ts";

export function Devices({ m, session }: { readonly m: Messages["account"]; readonly session: Session }): JSX.Element {
  const [devices, setDevices] = useState<readonly Device[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const attempt = async (what: () => Promise<void>): Promise<void> => {
    setError(null);
    try {
      await what();
    } catch (thrown) {
      setError(thrown);
    }
  };
  const load = async (): Promise<void> => {
    const { listDevices } = await import("#services/directory/client/index.ts");
    setDevices(await listDevices(session));
  };
  useEffect(() => void attempt(load), [session]);
  const remove = async (device: Device): Promise<void> => {
    const { removeDevice } = await import("#services/directory/client/index.ts");
    await removeDevice(session, device.id);
    await load();
  };
  const removeOthers = async (): Promise<void> => {
    const { removeOtherDevices } = await import("#services/directory/client/index.ts");
    await removeOtherDevices(session);
    await load();
  };
  const leave = async (everywhere: boolean): Promise<void> => {
    const { signOut } = await import("#services/directory/client/index.ts");
    await signOut(session, everywhere);
    signedIn.set(null);
    navigate("/", { replace: true });
  };
  return (
    <section class="section" aria-labelledby="devices">
      <h2 id="devices">{m.devices}</h2>
      {error !== null && <ErrorState error={error} onRetry={() => void attempt(load)} />}
      {devices === null && error === null && <Skeleton lines={3} />}
      <ul class="plain stack-small">
        {devices?.map((device) => (
          <li key={device.id} class="card card-tight helper">
            <div>
              <p>
                <strong>{device.label}</strong> {device.current && <Tag tone="accent">{m.thisDevice}</Tag>}
              </p>
              <p class="soft small">
                {m.lastSeen(device.lastSeen)}, {m.since(device.since)}
              </p>
            </div>
            {!device.current && (
              <Button look="second" size="small" label={m.removeDevice(device.label)} onPress={() => void attempt(() => remove(device))}>
                {m.signOutDevice}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div class="actions">
        <Button look="second" onPress={() => void attempt(() => leave(false))}>
          {m.signOut}
        </Button>
        {devices !== null && devices.length > 1 && (
          <Button look="second" onPress={() => void attempt(removeOthers)}>
            {m.others}
          </Button>
        )}
        <Button look="second" onPress={() => void attempt(() => leave(true))}>
          {m.everywhere}
        </Button>
      </div>
      <p class="soft small">{m.everywhereText}</p>
      {devices !== null && <LostDevice m={m} session={session} devices={devices} onDone={() => void attempt(load)} />}
    </section>
  );
}
