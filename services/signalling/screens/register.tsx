/** Tells the dossier page how a signal looks and what can be done with it; apps/web loads this file with the first dossier that is opened. */
import type { EntryKind } from "#services/dossier/contract/index.ts";
import { loadKinds, registerKind } from "#services/dossier/screens/kinds.ts";
import { revoke } from "#services/signalling/client/index.ts";
import type { IconName, Language } from "#services/interface/index.ts";
import { signal } from "#services/signalling/workflow/index.ts";
import { SignalActions } from "./actions/actions.tsx";
import { en } from "./en.ts";
import { SignalEntry } from "./entries/entry.tsx";
import { nl, type Messages } from "./nl.ts";

const words = (language: Language): Messages => (language === "nl" ? nl : en);

const icons: Readonly<Partial<Record<EntryKind, IconName>>> = {
  signal: "alert",
  receipt: "check",
  weighing: "list",
  redirection: "arrow",
  decision: "shield",
  provisional: "shield",
  feedback: "message",
  registration: "list",
  outcome: "check",
  message: "message",
  evidence: "file",
  withdrawal: "cross",
  timestamp: "clock",
};

registerKind({
  kind: "signal",
  workflow: signal,
  title: { nl: nl.title, en: en.title },
  phase: (phase, language, mine) => (mine ? words(language).phasesMine : words(language).phasesDesk)[phase] ?? phase,
  entryName: (kind, language) => words(language).entries[kind] ?? kind,
  entryIcon: (kind) => icons[kind] ?? "message",
  revoke: async (handle, desk) => await revoke(handle, desk, (await loadKinds()).workflows),
  Entry: SignalEntry,
  Actions: SignalActions,
});
