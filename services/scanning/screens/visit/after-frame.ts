/** Runs work after the next frame is on the screen, so that a tap is answered before its consequences are drawn. Used by the questions and the ways about a visit. */
import { useRef, useState } from "preact/hooks";

/** A page out of sight gets no frames; then it does not wait longer than this. Milliseconds. */
const patience = 100;

/** Runs `work` once, after the next frame. */
export function afterFrame(work: () => void): void {
  let done = false;
  const once = (): void => {
    if (done) return;
    done = true;
    clearTimeout(late);
    work();
  };
  const late = setTimeout(once, patience);
  requestAnimationFrame(() => setTimeout(once, 0));
}

/** A way to another place on the page: where one is going shows in the next frame (`going`, null when one is there), the place itself is drawn after. */
export function useGoing<Place extends string>(goNow: (to: Place) => void): { readonly going: Place | null; readonly go: (to: Place) => void } {
  const [going, setGoing] = useState<Place | null>(null);
  const go = (to: Place): void => {
    setGoing(to);
    afterFrame(() => {
      goNow(to);
      setGoing(null);
    });
  };
  return { going, go };
}

/** Words being typed: shown at once, told to whoever keeps them after the frame, so that a letter never waits for all that hangs on them. `kept` is what is kept now. */
export function useTyped(kept: string, tell: (words: string) => void): { readonly value: string; readonly write: (words: string) => void } {
  const [typed, setTyped] = useState<string | null>(null);
  const newest = useRef<string | null>(null);
  const write = (words: string): void => {
    newest.current = words;
    setTyped(words);
    afterFrame(() => {
      // A later letter takes this one's place.
      if (newest.current !== words) return;
      newest.current = null;
      tell(words);
      setTyped(null);
    });
  };
  return { value: typed ?? kept, write };
}
