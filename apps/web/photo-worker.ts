/** The worker that makes photos of a visit fit to keep, beside the page. Started by main.tsx only. */
import { servePhotos } from "#services/scanning/screens/visit/photo-work.ts";

servePhotos(globalThis);
