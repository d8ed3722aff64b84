/**
 * From collected facts to a picture that can be cited: protection, counting, tables, metadata. Everything here is calculation and runs on the research desk's own machine; the server never sees a fact opened.
 * The command line and the demonstration call it.
 */
export { PictureError, pictureErrorCodes, type PictureErrorCode } from "./errors.ts";
export { inventedFacts } from "./invented.ts";
export { makePicture, type MadePicture, type PictureOrder } from "./make.ts";
export { pictureFiles, type PictureFile } from "./open-data.ts";
export { readPictureMemory } from "./protection.ts";
export { factsDigest, readFacts } from "./read-facts.ts";
