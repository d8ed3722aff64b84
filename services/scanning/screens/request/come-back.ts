/** Brings someone back to their request after signing in: their text waits on this device, and the sign-in page knows nothing of it. Only the request page uses it. */
import { session } from "#services/directory/screens/session.ts";
import { navigate, path } from "#services/interface/index.ts";

let stop: (() => void) | null = null;

/** Where signing in and making an account happen; leaving these for anything else than their own end means the person chose another way. */
const onTheWay = ["/inloggen", "/account"];
/** Where signing in ends. */
const ends = ["/terug", "/werk"];

/** Called when someone goes from the request to sign in. */
export function comeBack(): void {
  stop?.();
  const end = path.watch((now) => {
    if (onTheWay.includes(now)) return;
    stop?.();
    stop = null;
    const signedIn = session.get();
    if (ends.includes(now) && signedIn !== null && !signedIn.guest) navigate("/scan", { replace: true });
  });
  stop = end;
}
