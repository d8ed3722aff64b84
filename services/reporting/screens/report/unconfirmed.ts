/** A code that is not yet confirmed outlives a wrong press in the frame: coming back to the report page shows it again. In memory only, and gone with "Snel weg". Used by that page. */
import { createStore, onLeave } from "#services/interface/index.ts";
import type { Sent } from "./send.ts";

export const unconfirmed = createStore<Sent | null>(null);

onLeave(() => unconfirmed.set(null));
