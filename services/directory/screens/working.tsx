/** Says that the device works for its token when someone is let in without an account; only when the house is so busy that it takes more than a second. For the screens of every service that sends as a guest. */
import type { JSX } from "preact";
import type { Connection } from "#services/directory/client/index.ts";
import { createStore, ProgressBar, useMessages, useStore } from "#services/interface/index.ts";

const nl = {
  title: "Even geduld",
  text: "Het is nu druk. Uw apparaat maakt daarom eerst een rekensom. Dat duurt hooguit een halve minuut. Daarna gaat het vanzelf verder.",
  label: "Uw apparaat rekent",
};
const en: typeof nl = {
  title: "One moment",
  text: "It is busy now. That is why your device does some calculating first. It takes half a minute at most. Then it goes on by itself.",
  label: "Your device is calculating",
};

/** Work that takes less than this is not spoken of. Milliseconds. */
const unnoticed = 1_000;

/** How far the work is, 0 to 1; null when there is none worth speaking of. */
const share = createStore<number | null>(null);

/** Does what may need a token, and tells {@link Working} of the work for it. @throws what `send` throws */
export async function showingWork<T>(connection: Connection, send: () => Promise<T>): Promise<T> {
  const purse = await connection.purse();
  let since: number | null = null;
  const end = purse.watch((working) => {
    if (working !== null) since ??= performance.now();
    share.set(working !== null && working < 1 && since !== null && performance.now() - since > unnoticed ? working : null);
  });
  try {
    return await send();
  } finally {
    end();
    share.set(null);
  }
}

/** Whether there is work to speak of; whoever shows other progress shows that instead of it. */
export const useWorking = (): boolean => useStore(share) !== null;

/** Words and bar, for within a card that is read out when it changes; nothing as long as there is no work to speak of. */
export function Working(): JSX.Element | null {
  const m = useMessages<typeof nl>({ nl, en });
  const done = useStore(share);
  if (done === null) return null;
  return (
    <>
      <p>
        <strong>{m.title}</strong>
      </p>
      <p>{m.text}</p>
      <ProgressBar label={m.label} done={done} all={1} words={`${Math.round(done * 100)} %`} />
    </>
  );
}

/** The same in a card of its own, for a form. */
export const WorkingCard = (): JSX.Element | null =>
  useWorking() ? (
    <div class="card" role="status">
      <Working />
    </div>
  ) : null;
