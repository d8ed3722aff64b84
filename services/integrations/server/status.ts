/** Keeps the word about deliveries in a file, so that `rugdekking doctor` needs neither the database nor an address: an embedded database belongs to the server alone. For apps/server. */
import { rename, writeFile } from "node:fs/promises";
import type { DeliveryStatus } from "#services/integrations/contract/index.ts";

/** How long a word that did not change may be old, milliseconds: a fresh one shows that the job runs. */
const freshness = 60_000;

/** A writer for one file; writes when something changed, and once a minute. */
export function statusWriter(path: string): (status: DeliveryStatus) => Promise<void> {
  let last = { said: "", at: 0 };
  return async (status) => {
    const said = JSON.stringify(status.destinations);
    const at = Date.parse(status.at);
    if (said === last.said && at - last.at < freshness) return;
    await writeFile(`${path}.new`, `${JSON.stringify(status, null, 2)}\n`, { mode: 0o600 });
    await rename(`${path}.new`, path);
    last = { said, at };
  };
}
