/** The half of this room that shows a publication: documents, charts and words, and nothing of answers, weights or disclosure control. Screens import this door, so that a reader's page stays small. */
export type { Shape } from "./charts/index.ts";
export { factsheetGroups, factsheetOf, reportOf, type DocumentBlock, type KeyFigure, type MonitorDocument } from "./documents.ts";
export { groupWords } from "./reading.ts";
