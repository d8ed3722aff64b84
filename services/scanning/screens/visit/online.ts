/** Whether the server can be reached. The browser's own word is only half of it: a network that leads nowhere counts as one. Nothing is refused by it, it only chooses words. */
import { useEffect, useState } from "preact/hooks";
import { readAnchorUnverified } from "#services/directory/screens/session.ts";

/** How long a server may keep silent before it counts as away, in milliseconds. */
const patience = 4_000;

const answers = async (): Promise<boolean> =>
  await Promise.race([readAnchorUnverified().then((anchor) => anchor !== null), new Promise<boolean>((done) => setTimeout(() => done(false), patience))]);

export function useOnline(): boolean {
  const [online, setOnline] = useState(() => navigator.onLine);
  useEffect(() => {
    let stale = false;
    const tell = async (): Promise<void> => {
      const reached = navigator.onLine && (await answers());
      if (!stale) setOnline(reached);
    };
    const look = (): void => void tell();
    look();
    addEventListener("online", look);
    addEventListener("offline", look);
    return () => {
      stale = true;
      removeEventListener("online", look);
      removeEventListener("offline", look);
    };
  }, []);
  return online;
}
