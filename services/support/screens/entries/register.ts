/** Tells the dossier page how a request for help looks and what can be done with it. Loaded through screens/register.tsx. */
import type { EntryKind } from "#services/dossier/contract/index.ts";
import { registerKind } from "#services/dossier/screens/kinds.ts";
import type { IconName, Language } from "#services/interface/index.ts";
import { help } from "#services/support/workflow/index.ts";
import { HelpActions } from "./actions.tsx";
import { en } from "./en.ts";
import { HelpEntry } from "./entry.tsx";
import { nl, type Messages } from "./nl.ts";

const words = (language: Language): Messages => (language === "nl" ? nl : en);

const icons: Readonly<Partial<Record<EntryKind, IconName>>> = {
  "help-request": "person",
  message: "message",
  "help-offer": "people",
  "aftercare-plan": "clock",
  outcome: "check",
  withdrawal: "cross",
};

registerKind({
  kind: "help",
  workflow: help,
  title: { nl: nl.title, en: en.title },
  phase: (phase, language, mine) => (mine ? words(language).phasesMine : words(language).phasesDesk)[phase] ?? phase,
  entryName: (kind, language) => words(language).entries[kind] ?? kind,
  entryIcon: (kind) => icons[kind] ?? "message",
  Entry: HelpEntry,
  Actions: HelpActions,
});
