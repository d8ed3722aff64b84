/** Loaded by apps/web with the first dossier that is opened: brings in how a request for help shows itself there. */
import "./entries/register.ts";
