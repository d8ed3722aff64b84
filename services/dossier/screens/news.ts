/** Asks the server now and then whether the open dossier has something new: every half minute, and when the person comes back to the page. Used by the dossier page. */
import { useEffect, useState } from "preact/hooks";
import type { DossierHandle } from "#services/dossier/client/index.ts";

const every = 30_000;

/** Whether there is something newer than what is drawn, and a way to forget that once it is. A failed question is asked again later and never shown: the page itself still stands. */
export function useNews(handle: DossierHandle): readonly [news: boolean, clear: () => void] {
  const [news, setNews] = useState(false);
  useEffect(() => {
    setNews(false);
    let asking = false;
    let left = false;
    const ask = async (): Promise<void> => {
      if (asking || document.visibilityState === "hidden") return;
      asking = true;
      const found = await handle.hasNews().catch(() => false);
      asking = false;
      if (found && !left) setNews(true);
    };
    const look = (): void => void ask();
    const timer = setInterval(look, every);
    document.addEventListener("visibilitychange", look);
    return () => {
      left = true;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [handle]);
  return [news, () => setNews(false)];
}
