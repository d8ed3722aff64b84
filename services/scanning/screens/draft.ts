/** What someone types on a scan page before sending, kept sealed on this device and read back when the page opens. The pages of request, visit and advice use it. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { DraftStore } from "#services/dossier/client/drafts.ts";

export type Saving = "nothing" | "keeping" | "kept" | "not-kept";

let store: Promise<DraftStore> | null = null;

/** The drafts of scans. A database of their own, so that throwing away a report's draft and its key leaves these alone. @throws DOMException when this browser keeps nothing. */
export function scanDrafts(): Promise<DraftStore> {
  store ??= import("#services/dossier/client/drafts-browser.ts").then(({ browserDraftStore }) => browserDraftStore("rugdekking-scan-drafts"));
  store.catch(() => {
    store = null;
  });
  return store;
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
  /** Forgets it, here and on the device. */
  readonly drop: () => Promise<void>;
}

/**
 * Keeps a draft under a name, half a second after each change and when the page is left.
 * @param is tells a draft of the present shape from anything else that may lie there
 * @param first what the draft is when nothing was kept
 */
export function useKept<T extends object>(name: string, is: (value: unknown) => value is T, first: T): KeptDraft<T> {
  const [value, setValue] = useState<T>(first);
  const [saving, setSaving] = useState<Saving>("nothing");
  const [resumed, setResumed] = useState(false);
  const latest = useRef(value);
  latest.current = value;
  // Changed since it was last written; set to false for good once it was sent or thrown away.
  const dirty = useRef(false);
  const dropped = useRef(false);
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
    try {
      await (await scanDrafts()).write(name, latest.current);
      setSaving("kept");
    } catch {
      setSaving("not-kept");
    }
  }, [name]);
  useEffect(() => {
    const read = async (): Promise<void> => {
      try {
        const kept = await (await scanDrafts()).read(name);
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
  const drop = useCallback(async (): Promise<void> => {
    dropped.current = true;
    dirty.current = false;
    try {
      await (await scanDrafts()).remove(name);
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }, [name]);
  return { value, change, revise, saving, resumed, drop };
}
