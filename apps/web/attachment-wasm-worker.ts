/** The worker that seals, opens and hashes large files beside the page. Started by main.tsx only. A name ending in `-wasm-worker` makes the server let its file compile WebAssembly (apps/server/headers.ts). */
import { serveAttachments } from "#services/dossier/client/attachment-worker.ts";

serveAttachments(globalThis);
