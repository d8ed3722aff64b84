/** The answers of the readiness check, kept sealed on this device and read back when the page opens. Sent nowhere. Used by the page of the check. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import type { DraftStore } from "#services/dossier/client/drafts.ts";
import { readinessAnswers } from "#services/support/readiness/index.ts";

const KeptReadiness = Type.Object({
  /** Version of the questions that were answered. */
  version: Type.Integer({ minimum: 1 }),
  organisation: Type.String({ maxLength: 120 }),
  answers: Type.Record(Type.String(), Type.Enum(readinessAnswers)),
});
/** What is kept. */
export type KeptReadiness = Static<typeof KeptReadiness>;

const draftName = "readiness";
let store: Promise<DraftStore> | null = null;

function drafts(): Promise<DraftStore> {
  store ??= import("#services/dossier/client/drafts-browser.ts").then(({ browserDraftStore }) => browserDraftStore("rugdekking-readiness"));
  store.catch(() => {
    store = null;
  });
  return store;
}

/** @param version answers to another version are not shown: their questions may have changed */
export function useAnswers(version: number): {
  readonly kept: KeptReadiness;
  readonly saving: "nothing" | "keeping" | "kept" | "not-kept";
  readonly resumed: boolean;
  readonly change: (part: Partial<KeptReadiness>) => void;
  readonly clear: () => Promise<void>;
} {
  const blank: KeptReadiness = { version, organisation: "", answers: {} };
  const [kept, setKept] = useState<KeptReadiness>(blank);
  const [saving, setSaving] = useState<"nothing" | "keeping" | "kept" | "not-kept">("nothing");
  const [resumed, setResumed] = useState(false);
  const touched = useRef(false);
  const change = useCallback((part: Partial<KeptReadiness>) => {
    touched.current = true;
    setKept((now) => ({ ...now, ...part }));
  }, []);
  useEffect(() => {
    const read = async (): Promise<void> => {
      const found = await (await drafts()).read(draftName);
      if (touched.current || !Check(KeptReadiness, found) || found.version !== version) return;
      setKept(found);
      setResumed(true);
    };
    read().catch(() => setSaving("not-kept"));
  }, [version]);
  useEffect(() => {
    if (!touched.current) return;
    setSaving("keeping");
    const keep = async (): Promise<void> => {
      try {
        await (await drafts()).write(draftName, kept);
        setSaving("kept");
      } catch {
        setSaving("not-kept");
      }
    };
    const wait = setTimeout(() => void keep(), 400);
    return () => clearTimeout(wait);
  }, [kept]);
  const clear = useCallback(async (): Promise<void> => {
    touched.current = false;
    setKept({ version, organisation: "", answers: {} });
    setResumed(false);
    setSaving("nothing");
    try {
      // The key goes as well: what may be left of the old bytes on the disk opens no more.
      await (await drafts()).clear();
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }, [version]);
  return { kept, saving, resumed, change, clear };
}
