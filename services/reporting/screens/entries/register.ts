/** Tells the dossier page how a report looks and what can be done with it. Loaded through screens/register.tsx. */
import type { EntryKind } from "#services/dossier/contract/index.ts";
import { registerKind } from "#services/dossier/screens/kinds.ts";
import type { IconName, Language } from "#services/interface/index.ts";
import { report } from "#services/reporting/workflow/index.ts";
import { ReportActions } from "./actions.tsx";
import { en } from "./en.ts";
import { ReportEntry } from "./entry.tsx";
import { nl, type Messages } from "./nl.ts";

const words = (language: Language): Messages => (language === "nl" ? nl : en);

const icons: Readonly<Partial<Record<EntryKind, IconName>>> = {
  report: "person",
  evidence: "file",
  message: "message",
  "norm-test": "list",
  seriousness: "alert",
  action: "shield",
  referral: "people",
  preparation: "pencil",
  outcome: "check",
  withdrawal: "cross",
  timestamp: "clock",
};

registerKind({
  kind: "report",
  workflow: report,
  title: { nl: nl.title, en: en.title },
  phase: (phase, language, mine) => (mine ? words(language).phasesMine : words(language).phasesDesk)[phase] ?? phase,
  entryName: (kind, language) => words(language).entries[kind] ?? kind,
  entryIcon: (kind) => icons[kind] ?? "message",
  Entry: ReportEntry,
  Actions: ReportActions,
});
