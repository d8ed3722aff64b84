/** What each document of a scan is made from, with photos scaled to what paper can show. Used by the panel beside it. */
import type { DossierHandle } from "#services/dossier/client/index.ts";
import type { MadePaper, SetPaper } from "#services/dossier/screens/papers/paper-desk.ts";
import type { PaperMaking } from "#services/scanning/client/papers/index.ts";
import { houseSvg, pinsOf } from "#services/scanning/screens/house/index.ts";
import { nl as houseWords } from "#services/scanning/screens/house/nl.ts";

/** Documents a page can offer. */
export type PaperKind = "advice" | "provision" | "explanation" | "statement";

/** Photos wider or higher than this are scaled down: a page shows no more. */
const widest = 1_600;
/** Up to this many bytes a PNG or JPEG goes in as it is. */
const smallEnough = 600_000;

/** A photo a document can hold, or null when this browser cannot read it. */
const fit: NonNullable<PaperMaking["fit"]> = async (bytes, mediaType) => {
  if (bytes.byteLength <= smallEnough && (mediaType === "image/png" || mediaType === "image/jpeg")) return bytes;
  try {
    const picture = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: mediaType }));
    const scale = Math.min(1, widest / Math.max(picture.width, picture.height));
    const canvas = new OffscreenCanvas(Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale)));
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg", quality: 0.85 })).arrayBuffer());
  } catch {
    return null;
  }
};

/** Collects one document and has it set. @throws PaperError, Problem. */
export async function makeScanPaper(handle: DossierHandle, kind: PaperKind, set: SetPaper): Promise<MadePaper> {
  const papers = await import("#services/scanning/client/papers/index.ts");
  switch (kind) {
    case "advice":
      return await set(
        await papers.advicePaper(handle, { fit, house: (recorded) => houseSvg(pinsOf(recorded.map(({ finding }) => finding)), houseWords.rings) }),
      );
    case "provision":
      return await set(await papers.provisionPaper(handle));
    case "explanation":
      return await set(await papers.explanationPaper(handle));
    case "statement":
      return await set(await papers.adoptionPaper(handle));
  }
}
