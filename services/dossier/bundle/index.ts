/** The door of the take-away bundle: make it, check it, keep it in a ZIP or folder. Runs in browser and Node; never on the server. See README.md for the format. */
export { type BuildOptions, type BundleSource, buildBundle } from "./build.ts";
export {
  type CheckId,
  type CheckResult,
  Complaint,
  type FirstComplaint,
  type ProvenDecision,
  type ProvenEvidence,
  type Verdict,
  checkIds,
  checkTitles,
} from "./complaint.ts";
export { type BundleReader, type BundleWriter, ContainerError, type ContainerErrorCode, type Measured, isBundlePath, memoryBundle } from "./container.ts";
export { BUNDLE_VERSION, type BundleFile, type BundleIndex } from "./format.ts";
export { openWithPassphrase, protectWithPassphrase } from "./identity.ts";
export { type HashMaker, type RunningHash, portableHash } from "./hashing.ts";
export { checkReceipt } from "./receipts.ts";
export { type VerifyOptions, verifyBundle } from "./verify.ts";
export { type RandomAccess, blobAccess, zipReader, zipWriter } from "./zip.ts";
