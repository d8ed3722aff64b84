/** The engine's door for everyone: the one call that makes a paper, its data, its errors and its files. Compilers have doors of their own (./browser, ./node), so that neither world loads the other's. */
export { renderPaper, maxAssetBytes, maxDataBytes, type PaperAssets, type PaperCompiler } from "./render.ts";
export { loadPaperFiles, paperFiles, paperFileUrls, type PaperFiles } from "./files.ts";
export { PaperError, type PaperErrorCode, type PaperErrorData } from "./errors.ts";
export { templates, type PaperData, type TemplateName } from "./templates.ts";
export { AdviceData } from "./advice.ts";
export { ProvisionData } from "./provision.ts";
export { Block, ExplanationData } from "./blocks.ts";
export { ComplaintData, complaintQuestions } from "./complaint.ts";
export { FindingsData } from "./findings.ts";
export { type Piece, type RunningBlock, RunningData } from "./running.ts";
export type { Picture } from "./parts.ts";
export { maxPictureBytes, maxPicturePixels } from "./pictures.ts";
