/** The page of the browser tests and the bench: starts the worker and puts it where a test can reach it. */
// Vite makes the default export of a worker's address.
// oxlint-disable-next-line import/default
import workerUrl from "./testing-worker.ts?worker&url";
import { paperWorker, type PaperWorker } from "./worker.ts";

interface Policy {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): { createScriptURL(url: string): string };
}
const isPolicy = (value: unknown): value is Policy => typeof value === "object" && value !== null && "createPolicy" in value;
const types: unknown = Reflect.get(globalThis, "trustedTypes");
const own = isPolicy(types) ? types.createPolicy("rugdekking", { createScriptURL: (url) => url }) : null;

const start = (): PaperWorker => paperWorker(new Worker(own?.createScriptURL(workerUrl) ?? workerUrl, { type: "module" }));

// Called through the debugging protocol by testing-browser.ts.
Object.assign(globalThis, { bench: { start } });
