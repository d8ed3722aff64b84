/** A draft as a page holds it: what the dossier has and what was typed on this device, kept sealed here ([Note: Draft seal]) until it is handed to the dossier. Used by the page of a question and of the note. */
import { base64urlnopad } from "@scure/base";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { draftShelf, type Saving } from "#services/dossier/screens/kept-draft.ts";
import { Draft } from "./draft.ts";
import type { Written } from "./shared-text.ts";

const shelf = draftShelf("rugdekking-kamer");
/** Writing and reading in turn: an editor that closes still writes while the next one opens. */
let turn: Promise<unknown> = Promise.resolve();
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = turn.then(work, work);
  turn = next;
  return next;
}

const isKept = (value: unknown): value is { readonly update: string } =>
  typeof value === "object" && value !== null && "update" in value && typeof value.update === "string";

/** What a text's page needs of its draft. */
export interface KeptText {
  /** Null while it is read from this device. */
  readonly draft: Draft | null;
  readonly saving: Saving;
  /** Whether an earlier draft was found on this device. */
  readonly resumed: boolean;
  /** Something was typed: keeps it on this device. */
  readonly changed: () => void;
  /** It is in the dossier: forgets it on this device. */
  readonly drop: () => Promise<void>;
  /** Throws away what was typed here, and opens what the dossier has. */
  readonly discard: () => Promise<void>;
}

/** @param name of the text, the same each time: dossier and question. @param history what the dossier has; a new one opens the draft anew with what was typed here on top */
export function useKeptText(name: string, history: readonly Written[]): KeptText {
  const [open, setOpen] = useState<{ readonly of: string; readonly draft: Draft; readonly resumed: boolean } | null>(null);
  const [saving, setSaving] = useState<Saving>("nothing");
  const dirty = useRef<Draft | null>(null);
  const wait = useRef<ReturnType<typeof setTimeout> | null>(null);
  const of = `${name} ${history.map(({ entry }) => entry).join(" ")}`;
  const write = useCallback(async (): Promise<void> => {
    const { current: draft } = dirty;
    if (draft === null) return;
    dirty.current = null;
    setSaving("keeping");
    try {
      const update = base64urlnopad.encode(draft.update());
      await inTurn(async () => await (await shelf()).write(name, { update }));
      setSaving("kept");
    } catch {
      setSaving("not-kept");
    }
  }, [name]);
  useEffect(() => {
    let gone = false;
    const read = async (): Promise<void> => {
      const kept = await inTurn(async () => await (await shelf()).read(name)).catch(() => null);
      if (!gone) setOpen({ of, ...opened(history, isKept(kept) ? kept.update : null) });
    };
    void read();
    const leaving = (): void => {
      if (document.visibilityState === "hidden") void write();
    };
    document.addEventListener("visibilitychange", leaving);
    return () => {
      gone = true;
      document.removeEventListener("visibilitychange", leaving);
      if (wait.current !== null) clearTimeout(wait.current);
      void write();
    };
  }, [of]);
  const draft = open?.of === of ? open.draft : null;
  const changed = useCallback(() => {
    dirty.current = draft;
    if (wait.current !== null) clearTimeout(wait.current);
    wait.current = setTimeout(() => void write(), 500);
  }, [draft, write]);
  const drop = useCallback(async (): Promise<void> => {
    dirty.current = null;
    setSaving("nothing");
    await inTurn(async () => await (await shelf()).remove(name)).catch(() => {
      // A browser that keeps nothing has nothing to forget.
    });
  }, [name]);
  const discard = useCallback(async (): Promise<void> => {
    await drop();
    setOpen({ of, ...opened(history, null) });
  }, [drop, of, history]);
  return { draft, saving, discard, resumed: open?.of === of && open.resumed, changed, drop };
}

function opened(history: readonly Written[], kept: string | null): { readonly draft: Draft; readonly resumed: boolean } {
  if (kept !== null) {
    try {
      return { draft: Draft.open(history, base64urlnopad.decode(kept)), resumed: true };
    } catch {
      // Damaged on this device: what the dossier has is still whole.
    }
  }
  return { draft: Draft.open(history), resumed: false };
}
