/** Which {@link MonitorClient} the respondent's pages use: apps/web says it, so that the pages know no server and no cryptography, and load both only when someone has a code. */
import type { MonitorClient } from "#services/monitor/client/monitor-client.ts";

let known: (() => Promise<MonitorClient>) | null = null;

/** Called once by apps/web. Without it the pages say that no survey is running here, and still show the questions. */
export function setMonitorClient(load: () => Promise<MonitorClient>): void {
  known = load;
}

/** Whether this app can take part in a wave at all. */
export const hasMonitorClient = (): boolean => known !== null;

/** The client, or null where nobody said which. */
export const monitorClient = async (): Promise<MonitorClient | null> => (known === null ? null : await known());
