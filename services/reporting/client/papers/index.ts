/** Documents of a report, made from the opened dossier on the reader's own device: facts for a complaint, a notice to a platform, a letter. What the pages and the command line hand to engines/paper. */
export { complaintPaperOf } from "./complaint.ts";
export { readyPaper } from "./paper.ts";
