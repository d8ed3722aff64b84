/** What the first page already knows when someone starts a report. In memory, because an address in the history must not say what a report is about. */
import { createStore, onLeave } from "#services/interface/index.ts";
import type { IncidentForm } from "#services/reporting/contract/index.ts";

/** Form of incident the person chose on the first page, or null. */
export const beginWith = createStore<IncidentForm | null>(null);

onLeave(() => beginWith.set(null));
