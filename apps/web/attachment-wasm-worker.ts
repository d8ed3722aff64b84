/** The worker that seals, opens and hashes large files beside the page. Started by main.tsx only; on the list of [Note: WebAssembly] in apps/server/headers.ts. */
import { serveAttachments } from "#services/dossier/client/attachment-worker.ts";

serveAttachments(globalThis);
