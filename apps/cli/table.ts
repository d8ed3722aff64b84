/** The whole command table, in the order in which help shows it. Loaded for every line but `start`; see [Note: The server process] in rugdekking.ts. */
import type { Command } from "./command.ts";
import { actingCommands } from "./commands/acting.ts";
import { backupCommands } from "./commands/backup.ts";
import { bundleCommands } from "./commands/bundle.ts";
import { deskArrangementCommands } from "./commands/desk-arrangement.ts";
import { deskCommands } from "./commands/desks.ts";
import { doctor } from "./commands/doctor.ts";
import { dossierCommands } from "./commands/dossiers.ts";
import { estimateCommands } from "./commands/estimate.ts";
import { factCommands } from "./commands/facts.ts";
import { holdCommands } from "./commands/holds.ts";
import { importCommands } from "./commands/import.ts";
import { integrationCommands } from "./commands/integrations.ts";
import { joiningCommands } from "./commands/joining.ts";
import { ledgerCommands } from "./commands/ledger.ts";
import { monitorCommands } from "./commands/monitor.ts";
import { personCommands } from "./commands/persons.ts";
import { questionDocumentCommands } from "./commands/question-documents.ts";
import { questionCommands } from "./commands/questions.ts";
import { questionSetCommands } from "./commands/question-sets.ts";
import { recoveryCommands } from "./commands/recovery.ts";
import { registrarCommands } from "./commands/registrar.ts";
import { releaseCommands } from "./commands/release.ts";
import { reportCommands } from "./commands/reports.ts";
import { paperCommands } from "./commands/papers.ts";
import { pictureCommands } from "./commands/pictures.ts";
import { publicationCommands } from "./commands/publications.ts";
import { sameActorCommands } from "./commands/same-actor.ts";
import { scanCommands } from "./commands/scans.ts";
import { supportCommands } from "./commands/support.ts";
import { serverCommands } from "./commands/server.ts";
import { signalCommands } from "./commands/signals.ts";
import { triageCommands } from "./commands/triage.ts";
import { witnessCommands } from "./commands/witness.ts";

export const commands: readonly Command[] = [
  ...serverCommands,
  doctor,
  ...backupCommands,
  ...integrationCommands,
  ...bundleCommands,
  ...importCommands,
  ...ledgerCommands,
  ...witnessCommands,
  ...releaseCommands,
  ...personCommands,
  ...recoveryCommands,
  ...deskCommands,
  ...deskArrangementCommands,
  ...joiningCommands,
  ...reportCommands,
  ...dossierCommands,
  ...holdCommands,
  ...scanCommands,
  ...supportCommands,
  ...signalCommands,
  ...paperCommands,
  ...publicationCommands,
  ...pictureCommands,
  ...triageCommands,
  ...estimateCommands,
  ...actingCommands,
  ...questionCommands,
  ...questionSetCommands,
  ...questionDocumentCommands,
  ...sameActorCommands,
  ...monitorCommands,
  ...factCommands,
  ...registrarCommands,
];
