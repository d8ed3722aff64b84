/** What someone types on a page before sending, kept sealed on this device ([Note: Draft seal]) and read back when the page opens. The pages of every service that ask for more than a line use it. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { DraftStore } from "#services/dossier/client/drafts.ts";

/** How the keeping stands. `not-kept`: this browser keeps nothing. */
export type Saving = "nothing" | "keeping" | "kept" | "not-kept";

/** Opens a store of drafts; the same one each time. @throws DOMException when this browser keeps nothing. */
export type DraftShelf = () => Promise<DraftStore>;

/** The drafts of one kind. A database of their own, so that throwing one kind and its key away leaves the others alone. @param database its name in this browser */
export function draftShelf(database: string): DraftShelf {
  let store: Promise<DraftStore> | null = null;
  return () => {
    store ??= import("#services/dossier/client/drafts-browser.ts").then(({ browserDraftStore }) => browserDraftStore(database));
    store.catch(() => {
      store = null;
    });
    return store;
  };
}

/** A draft as a page holds it. */
export interface KeptDraft<T> {
  readonly value: T;
  readonly change: (part: Partial<T>) => void;
  /** Changes by what is there at that moment: for lists. */
  readonly revise: (by: (now: T) => T) => void;
  readonly saving: Saving;
  /** Whether an earlier draft was found and shown. */
  readonly resumed: boolean;
  /** Forgets it on the device: it was sent, or thrown away. What is shown stays, unless something is given in its place. */
  readonly drop: (instead?: T) => Promise<void>;
}

/**
 * Keeps a draft on a shelf under a name, half a second after each change and when the page is left.
 * @param is tells a draft of the present shape from anything else that may lie there
 * @param first what the draft is when nothing was kept
 */
export function useKept<T extends object>(shelf: DraftShelf, name: string, is: (value: unknown) => value is T, first: T): KeptDraft<T> {
  const [value, setValue] = useState<T>(first);
  const [saving, setSaving] = useState<Saving>("nothing");
  const [resumed, setResumed] = useState(false);
  const latest = useRef(value);
  latest.current = value;
  // Changed since it was last written; set to false for good once it was sent or thrown away.
  const dirty = useRef(false);
  const dropped = useRef(false);
  // The write that is on its way: forgetting waits for it, or the draft would stand there again.
  const writing = useRef<Promise<void>>(Promise.resolve());
  const revise = useCallback((by: (now: T) => T) => {
    dirty.current = true;
    dropped.current = false;
    setValue(by);
  }, []);
  const change = useCallback((part: Partial<T>) => revise((now) => ({ ...now, ...part })), [revise]);
  const write = useCallback(async (): Promise<void> => {
    if (!dirty.current || dropped.current) return;
    dirty.current = false;
    setSaving("keeping");
    const { current } = latest;
    try {
      writing.current = writing.current.then(async () => await (await shelf()).write(name, current));
      await writing.current;
      setSaving("kept");
    } catch {
      writing.current = Promise.resolve();
      setSaving("not-kept");
    }
  }, [name]);
  useEffect(() => {
    const read = async (): Promise<void> => {
      try {
        const kept = await (await shelf()).read(name);
        // Whoever already typed is not interrupted by an older text.
        if (!is(kept) || dirty.current) return;
        setValue(kept);
        setResumed(true);
      } catch {
        setSaving("not-kept");
      }
    };
    void read();
    const leaving = (): void => {
      if (document.visibilityState === "hidden") void write();
    };
    document.addEventListener("visibilitychange", leaving);
    return () => {
      document.removeEventListener("visibilitychange", leaving);
      void write();
    };
  }, [name]);
  useEffect(() => {
    if (!dirty.current) return;
    const wait = setTimeout(() => void write(), 500);
    return () => clearTimeout(wait);
  }, [value]);
  const drop = useCallback(
    async (instead?: T): Promise<void> => {
      dropped.current = true;
      dirty.current = false;
      setSaving("nothing");
      setResumed(false);
      if (instead !== undefined) setValue(instead);
      try {
        await writing.current;
        await (await shelf()).remove(name);
      } catch {
        // A browser that keeps nothing has nothing to forget.
      }
    },
    [name],
  );
  return { value, change, revise, saving, resumed, drop };
}
