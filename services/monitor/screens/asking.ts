/** Loads the questionnaire of a wave, as its own piece of the bundle. Used by the pages that show questions. */
import { useEffect, useState } from "preact/hooks";
import { loadQuestionnaire, type Questionnaire } from "#registers/questionnaires/index.ts";
import type { OpenWave } from "#services/monitor/client/monitor-client.ts";
import type { Asking } from "#services/monitor/questionnaire/index.ts";

/** A questionnaire as this wave asks it of this stratum. */
export const askingOf = (questionnaire: Questionnaire, { recallMonths, details }: OpenWave): Asking => ({ questionnaire, recallMonths, details });

/** `loading`, the questionnaire, or `failed` with what was thrown; an unknown version fails with null. */
export type Loaded =
  | { readonly state: "loading" }
  | { readonly state: "ready"; readonly questionnaire: Questionnaire }
  | { readonly state: "failed"; readonly error: unknown };

/** @param set null while it is not known which. */
export function useQuestionnaire(set: string | null, version: number): Loaded {
  const [loaded, setLoaded] = useState<Loaded>({ state: "loading" });
  useEffect(() => {
    if (set === null) return;
    let stale = false;
    const load = async (): Promise<void> => {
      try {
        const questionnaire = await loadQuestionnaire(set, version);
        if (!stale) setLoaded(questionnaire === null ? { state: "failed", error: null } : { state: "ready", questionnaire });
      } catch (error) {
        if (!stale) setLoaded({ state: "failed", error });
      }
    };
    setLoaded({ state: "loading" });
    void load();
    return () => {
      stale = true;
    };
  }, [set, version]);
  return loaded;
}
