/** The one door of this room: reading the settings, the key of pointers, what dossiers know of the outside, and the job. For apps/server and the command line. */
export { outsideOf, startDeliveries, type RunningDeliveries } from "./deliver.ts";
export { pointerKeyMark } from "./pointer.ts";
export { showDeliveries } from "./show.ts";
export { readIntegrations, type Destination } from "./settings.ts";
export { statusWriter } from "./status.ts";
