/** Tells the dossier page how a scan looks and what can be done with it; apps/web loads this file with the first dossier that is opened. */
import type { EntryKind } from "#services/dossier/contract/index.ts";
import { registerKind } from "#services/dossier/screens/kinds.ts";
import type { IconName, Language } from "#services/interface/index.ts";
import { scan } from "#services/scanning/workflow/index.ts";
import { ScanActions } from "./actions/actions.tsx";
import { en } from "./en.ts";
import { ScanEntry } from "./entries/entry.tsx";
import { nl, type Messages } from "./nl.ts";

const words = (language: Language): Messages => (language === "nl" ? nl : en);
const entryWords = (language: Language): Readonly<Record<string, string>> => words(language).entries;

const icons: Readonly<Partial<Record<EntryKind, IconName>>> = {
  request: "person",
  entitlement: "check",
  assignment: "person",
  appointment: "clock",
  visit: "home",
  "threat-analysis": "alert",
  "risk-assessment": "list",
  advice: "pencil",
  submission: "arrow",
  return: "back",
  adoption: "shield",
  "provision-list": "list",
  measure: "key",
  completion: "check",
  message: "message",
  evidence: "file",
  withdrawal: "cross",
  "no-show": "info",
  departure: "leave",
};

registerKind({
  kind: "scan",
  workflow: scan,
  title: { nl: nl.title, en: en.title },
  phase: (phase, language, mine) => (mine ? words(language).phasesMine : words(language).phasesDesk)[phase] ?? phase,
  entryName: (kind, language) => entryWords(language)[kind] ?? kind,
  entryIcon: (kind) => icons[kind] ?? "message",
  Entry: ScanEntry,
  Actions: ScanActions,
});
