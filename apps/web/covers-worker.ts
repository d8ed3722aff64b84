/** The worker that opens covers beside the page, so that a long worklist does not hold up the screen. Started by main.tsx only. */
import { serveCovers } from "#services/dossier/client/covers-worker.ts";

serveCovers(globalThis);
