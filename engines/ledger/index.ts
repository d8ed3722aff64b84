/** The one door of the ledger engine: an append-only transparency log in C2SP form, without I/O. Servers, browsers and command lines may all use it. */
export { LedgerError, ledgerErrorCodes, type LedgerErrorCode } from "./errors.ts";
export { emptyRoot, HASH_BYTES, hashLeaf, hashNode, rootOfLeaves, verifyConsistency, verifyInclusion, type TreeHead } from "./merkle.ts";
export { decodeBundle, encodeBundle, MAX_ENTRY_BYTES, parseTilePath, Tile, TILE_HEIGHT, TILE_WIDTH, tilePath, tileWidth, type TilePlace } from "./tiles.ts";
export { append, edgePlaces, emptyLog, rootOfEdge, type Appended, type BundlePiece, type LogState } from "./append.ts";
export { openTree, type TileReader, type Tree } from "./tree.ts";
export {
  generateNoteKey,
  parseNote,
  parseSignerKey,
  parseVerifierKey,
  signNote,
  verifyNote,
  type Note,
  type NoteSignature,
  type NoteSigner,
  type NoteVerifier,
} from "./note.ts";
export {
  addCosignatures,
  checkQuorum,
  cosign,
  generateWitnessKey,
  parseWitnessKey,
  parseWitnessSigner,
  readCosignatures,
  type Cosignature,
  type Quorum,
} from "./cosignature.ts";
export { formatAddCheckpoint, judgeCheckpoint, parseAddCheckpoint, type AddCheckpoint, type WitnessRefusal, type WitnessVerdict } from "./witness.ts";
export { formatCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint, type Checkpoint } from "./checkpoint.ts";
export { formatProof, leafBytes, leafText, parseLeafText, parseProof, verifyReceipt, type LogProof, type VerifiedReceipt } from "./receipt.ts";
