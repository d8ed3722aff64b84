/** A gate for tests of rooms above: the real one, with next to no work, and a device that earns its tokens the real way. Imported by tests only. */
import { Purse, type Need } from "#services/admission/client/index.ts";
import { tokenHeader } from "#services/admission/contract/index.ts";
import type { Database } from "#services/storage/index.ts";
import { openAdmission, type Admission, type AdmissionOptions } from "./index.ts";

/** The gate on a database, under a key of tests. */
export const testAdmission = (db: Database, more: Partial<AdmissionOptions> = {}): Admission =>
  openAdmission({ db, houseKey: new Uint8Array(32).fill(5), clock: () => new Date(), deskLoad: async () => 0, work: 1, ...more });

/** A device that knows one server. @returns the header that lets it in for a use */
export function testDevice(base: () => string): (need: Need) => Promise<Record<string, string>> {
  const purse = new Purse({
    post: async (path, value, _schema) => {
      const answer = await fetch(`${base()}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", "X-Rugdekking": "1" },
        body: JSON.stringify(value),
      });
      const told: unknown = await answer.json();
      if (!answer.ok) throw Object.assign(new Error(JSON.stringify(told)), told);
      // What the server of this very test says; the contract is held by the server's own answer schema.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return told as never;
    },
  });
  return async (need) => {
    await purse.keep(need);
    return { [tokenHeader]: purse.tokenFor(need.use) ?? "" };
  };
}
