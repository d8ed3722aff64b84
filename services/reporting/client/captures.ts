/** Sees to it that no file of a report goes without a capture record: what the caller did not write down is written down here, before sealing. Used by this room. */
import { captureFile, type AttachmentSource } from "#services/dossier/client/index.ts";

/** The sources with a record each; a stream that can be read only once and came without one stays as it is. */
export const withRecords = (sources: readonly AttachmentSource[]): Promise<AttachmentSource[]> =>
  Promise.all(
    sources.map(async (source) =>
      source.capture !== undefined || !(source.bytes instanceof Blob)
        ? source
        : { ...source, capture: await captureFile(source.bytes, { name: source.name, how: "file", modifiedAt: source.capturedAt }) },
    ),
  );
