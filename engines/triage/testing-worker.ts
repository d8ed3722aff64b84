/** The worker of one line that an app writes, as README.md shows it; the browser test loads this one. */
import { serveTriage } from "./worker.ts";

serveTriage(self);
