/** A process that carries out erasing eight days from now and is killed at a named step; started by erasure.test.ts. */
import { testAdmission } from "#services/admission/server/testing.ts";
import { enqueueLeaves } from "#services/ledger/store/index.ts";
import { inTransaction, openDatabase } from "#services/storage/index.ts";
import { directoryBlobs } from "#services/dossier/store/blobs.ts";
import { report } from "#services/reporting/workflow/index.ts";
import { scan } from "#services/scanning/workflow/index.ts";
import { signal } from "#services/signalling/workflow/index.ts";
import { help } from "#services/support/workflow/index.ts";
import { questionSet } from "#services/parliament/workflow/index.ts";
import { directoryQuestions } from "./directory.ts";
import { runErasures } from "./erasure.ts";

const [, , url, blobRoot, step] = process.argv;
if (url === undefined || blobRoot === undefined || step === undefined) throw new Error("give the database, the folder of blobs and the step");
const db = openDatabase(url, { connections: 2 });
await runErasures({
  services: {
    db,
    admission: testAdmission(db),
    blobs: await directoryBlobs(blobRoot),
    workflows: { report, scan, signal, help, "question-set": questionSet },
    notify: () => undefined,
    clock: () => new Date(Date.now() + 8 * 86_400_000),
    inTransaction: async (work) => await inTransaction(db, work),
    directory: directoryQuestions(),
    ledger: { enqueue: enqueueLeaves, proofOf: async () => "", indexOf: async () => 0 },
  },
  settings: { coolingDays: 7, retention: [], origin: "https://demo.example.nl", elsewhere: async () => undefined },
  between: async (at) => {
    if (at === step) process.kill(process.pid, "SIGKILL");
    // A signal to oneself is on its way, not there yet.
    await new Promise((resolve) => setTimeout(resolve, at === step ? 10_000 : 0));
  },
});
await db.destroy();
