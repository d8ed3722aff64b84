/** Documents of a scan, made from the opened dossier on the reader's own device: what the pages and the command line hand to engines/paper. Loaded only when someone wants a document. */
export { advicePaper } from "./advice.ts";
export { adoptionPaper, explanationPaper } from "./explanation.ts";
export type { PaperMaking } from "./paper.ts";
export { provisionPaper } from "./provision.ts";
