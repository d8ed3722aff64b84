/** The worker that opens the originals of chosen messages beside the page. Started by main.tsx only. */
import { serveOriginals } from "#services/reporting/screens/online/originals-worker.ts";

serveOriginals(globalThis);
