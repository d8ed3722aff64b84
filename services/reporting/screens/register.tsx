/** Loaded by apps/web with the first dossier that is opened: brings in how a report shows itself there. */
import "./entries/register.ts";
