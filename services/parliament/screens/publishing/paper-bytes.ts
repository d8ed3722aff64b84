/** One paper as PDF with its digest, made in this browser: what is signed for and published is a file by its digest. Used by the forms beside it. */
import { base64urlnopad } from "@scure/base";
import { openPaperDesk } from "#services/dossier/screens/papers/paper-desk.ts";
import type { PublicNote } from "#services/parliament/documents/index.ts";
import { settings } from "./public-version.ts";

/** SHA-256 of a public note as PDF, base64url. @throws PaperError */
export async function digestOfNote(note: PublicNote): Promise<string> {
  const { notePaper } = await import("#services/parliament/documents/index.ts");
  const desk = openPaperDesk(() => undefined);
  try {
    const { pdf } = await desk.make(
      async (set) => await set({ ...notePaper(note, settings()), assets: {}, fileName: "", leftOut: [] }),
      () => undefined,
    );
    return base64urlnopad.encode(new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(pdf))));
  } finally {
    desk.stop();
  }
}
