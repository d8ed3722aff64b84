/** What other pages tell this one, and what this one gives the report: in memory, because an address in the history must not say what somebody is busy with. */
import { createStore, onLeave } from "#services/interface/index.ts";

/** The dossier somebody came from to add messages to; null when they came by themselves. */
export const addTo = createStore<string | null>(null);

/** Files for a report that is about to be written; the report page takes them. */
export const brought = createStore<readonly File[]>([]);

onLeave(() => {
  addTo.set(null);
  brought.set([]);
});
