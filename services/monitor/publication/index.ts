/**
 * The publication pipeline of the Monitor: from opened answers to figures that can be cited. Everything here is calculation and runs on the research desk's own machine (the server cannot read answers);
 * reading, documents and charts also run on the pages that show a publication.
 */
export { readWaveAnswers, WaveAnswers } from "./answers.ts";
export { intervalAlternative, intervalChart, svgText, trendAlternative, trendChart, type Shape } from "./charts/index.ts";
export { factsheetGroups, factsheetOf, reportOf, type DocumentBlock, type KeyFigure, type MonitorDocument } from "./documents.ts";
export { PublicationError, publicationErrorCodes, type PublicationErrorCode } from "./errors.ts";
export { makePublication, type Made, type PublicationOrder } from "./make.ts";
export { catalogueOf, codebookFile, licence, missingProperties, tableFiles, type OpenFile, type Publisher } from "./open-data/index.ts";
export { paperOf } from "./papers.ts";
export { nothingEarlier, readEarlier, type Earlier } from "./protection.ts";
export { citation, distributionsOf, figureNamed, figureOf, freeze, groupWords, holds, shareWords, type FrozenFigure, type PublishedFigure } from "./reading.ts";
export type { Language } from "./words.ts";
