/** Which {@link MonitorClient} the respondent's pages use: apps/web says it, so that the pages know no server and no cryptography, and load both only when someone has a code. */
import type { MonitorClient } from "#services/monitor/client/monitor-client.ts";

let known: (() => Promise<MonitorClient>) | null = null;

/** Called once by apps/web, before a page is drawn. */
export function setMonitorClient(load: () => Promise<MonitorClient>): void {
  known = load;
}

/** The client. @throws Error where nobody said which: the app is wired wrongly. */
export async function monitorClient(): Promise<MonitorClient> {
  if (known === null) throw new Error("No client of the Monitor was set: call setMonitorClient where the app is wired");
  return await known();
}
