/** The worker that sorts messages beside the page. Started by main.tsx only. */
import { serveTriage } from "@rugdekking/triage/worker";

serveTriage(globalThis);
