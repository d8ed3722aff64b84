/** The workflow tables by dossier kind, as the command line wires them into the dossier client. */
import type { Workflows } from "#services/dossier/workflow/enforce.ts";
import { questionSet } from "#services/parliament/workflow/index.ts";
import { report } from "#services/reporting/workflow/index.ts";
import { scan } from "#services/scanning/workflow/index.ts";
import { signal } from "#services/signalling/workflow/index.ts";
import { help } from "#services/support/workflow/index.ts";

export const workflows: Workflows = { report, scan, signal, help, "question-set": questionSet };
