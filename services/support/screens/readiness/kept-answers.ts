/** The answers of the readiness check, kept sealed on this device and read back when the page opens. Sent nowhere. Used by the page of the check. */
import { useCallback } from "preact/hooks";
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import { readiness } from "#registers/readiness/index.ts";
import { draftShelf, useKept, type KeptDraft } from "#services/dossier/screens/kept-draft.ts";
import { readinessAnswers } from "#services/support/readiness/index.ts";

const KeptReadiness = Type.Object({
  /** Version of the questions that were answered. */
  version: Type.Integer({ minimum: 1 }),
  organisation: Type.String({ maxLength: 120 }),
  answers: Type.Record(Type.String(), Type.Enum(readinessAnswers)),
});
/** What is kept. */
export type KeptReadiness = Static<typeof KeptReadiness>;

const shelf = draftShelf("rugdekking-readiness");
const blank: KeptReadiness = { version: readiness.version, organisation: "", answers: {} };

/** Answers to another version are not shown: its questions may have been others. */
const isPresent = (value: unknown): value is KeptReadiness => Check(KeptReadiness, value) && value.version === readiness.version;

/** The answers as the page holds them; `clear` forgets them here and on the device. */
export function useAnswers(): Pick<KeptDraft<KeptReadiness>, "value" | "change" | "revise" | "saving" | "resumed"> & { readonly clear: () => Promise<void> } {
  const { drop, ...kept } = useKept(shelf, "readiness", isPresent, blank);
  const clear = useCallback(async (): Promise<void> => {
    await drop(blank);
    try {
      // The key goes as well: what may be left of the old bytes on the disk opens no more.
      await (await shelf()).clear();
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }, [drop]);
  return { ...kept, clear };
}
