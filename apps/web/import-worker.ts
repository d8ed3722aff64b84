/** The worker that reads what a person has (mails, chats, archives) beside the page. Started by main.tsx only. */
import { serveImport } from "#services/reporting/import/worker.ts";

serveImport(globalThis);
