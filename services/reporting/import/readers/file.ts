/** Any file as it is: a screenshot, a recording, a document. One item without text; its id is the hash of its bytes. */
import { safeFileName } from "#services/file-name/index.ts";
import { digestOfStream } from "#services/reporting/import/identity.ts";
import { baseName } from "#services/reporting/import/pieces.ts";
import { Refusal } from "#services/reporting/import/troubles.ts";
import { message, type Reader } from "./reader.ts";

export const readFile: Reader = async function* (piece) {
  const { digest, size } = await digestOfStream(piece.chunks());
  if (size === 0) throw new Refusal("file-empty");
  const name = safeFileName(baseName(piece.entry ?? piece.file));
  yield {
    kind: "item",
    native: digest,
    bytes: null,
    draft: { ...message("file", "file", ""), attachments: [{ name, type: null, size, entry: piece.entry, part: null, present: true }] },
  };
};
