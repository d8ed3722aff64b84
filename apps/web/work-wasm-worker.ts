/** The worker that works for a guest's token beside the page. Started by main.tsx only; on the list of [Note: WebAssembly] in apps/server/headers.ts. */
import { serveWork } from "#services/admission/client/worker.ts";

serveWork(globalThis);
