/** Tells the dossier page how a set of questions looks and where it is worked on; apps/web loads this file with the first dossier that is opened. */
import type { EntryKind } from "#services/dossier/contract/index.ts";
import { registerKind, type ActionProps } from "#services/dossier/screens/kinds.ts";
import type { ComponentType, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ErrorState, Skeleton, type IconName, type Language } from "#services/interface/index.ts";
import { questionSet } from "#services/parliament/workflow/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { SetEntry } from "./work/entry.tsx";

const words = (language: Language): Messages => (language === "nl" ? nl : en);

const icons: Readonly<Partial<Record<EntryKind, IconName>>> = {
  "question-set": "file",
  assignment: "people",
  "co-signing": "people",
  "fact-request": "arrow",
  "fact-answer": "list",
  draft: "pencil",
  note: "pencil",
  comment: "message",
  verdict: "shield",
  initial: "check",
  submission: "arrow",
  presentation: "arrow",
  decision: "shield",
  return: "back",
  signature: "key",
  sending: "arrow",
  publication: "check",
  postponement: "clock",
};

/** The place where a set is worked on is fetched when a set opens: every other dossier, on every phone, loads this file too. */
function Work(props: ActionProps): JSX.Element {
  const [work, setWork] = useState<{ readonly Draw: ComponentType<ActionProps> } | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    import("./work/set-actions.tsx").then(({ SetActions }) => setWork({ Draw: SetActions }), setError);
  }, []);
  if (error !== null) return <ErrorState error={error} />;
  return work === null ? <Skeleton lines={8} /> : <work.Draw {...props} />;
}

registerKind({
  kind: "question-set",
  workflow: questionSet,
  title: { nl: nl.title, en: en.title },
  phase: (phase, language) => words(language).phases[phase] ?? phase,
  entryName: (kind, language) => words(language).entries[kind] ?? kind,
  entryIcon: (kind) => icons[kind] ?? "message",
  Entry: SetEntry,
  Actions: Work,
});
