/** Makes documents in the browser: one worker while the page is open, photos scaled to what paper can show. Used by the panel beside it. */
import { paperWorker, type PaperProgress, type PaperWorker } from "@rugdekking/paper/worker";
import type { TemplateName } from "@rugdekking/paper";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import type { PaperMaking, ScanPaper } from "#services/scanning/client/papers/index.ts";
import { houseSvg, pinsOf } from "#services/scanning/screens/house/index.ts";
import { nl as houseWords } from "#services/scanning/screens/house/nl.ts";
import { startPaperWorker } from "./paper-worker-maker.ts";

/** Documents a page can offer. */
export const paperKinds = ["advice", "provision", "explanation", "statement"] as const;
export type PaperKind = (typeof paperKinds)[number];

/** A document that was made. */
export interface MadePaper {
  readonly pdf: Uint8Array;
  readonly fileName: string;
  readonly leftOut: readonly string[];
}

/** What a page holds while it makes documents. */
export interface PaperDesk {
  /** @throws PaperError, Problem. */
  readonly make: (handle: DossierHandle, kind: PaperKind, onStep: (step: "collecting" | "making") => void) => Promise<MadePaper>;
  /** Ends the worker: gives its memory back, and what it remembers of the text. */
  readonly stop: () => void;
}

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

/** @param onLoad how much of the program was fetched, the first time */
export function openPaperDesk(onLoad: PaperProgress): PaperDesk {
  let worker: PaperWorker | null = null;
  const started = (): PaperWorker => {
    if (worker !== null) return worker;
    const port = startPaperWorker();
    if (port === null) throw new Error("this browser starts no worker");
    worker = paperWorker(port, onLoad);
    return worker;
  };
  const set = async <N extends TemplateName>({ template, data, assets, fileName, leftOut }: ScanPaper<N>): Promise<MadePaper> => {
    try {
      return { pdf: await started().render(template, data, assets), fileName, leftOut };
    } catch (error) {
      // A worker that failed once is not asked again.
      worker?.stop();
      worker = null;
      throw error;
    }
  };
  return {
    make: async (handle, kind, onStep) => {
      started();
      onStep("collecting");
      const papers = await import("#services/scanning/client/papers/index.ts");
      const ready = <T>(paper: T): T => {
        onStep("making");
        return paper;
      };
      switch (kind) {
        case "advice":
          return await set(
            ready(await papers.advicePaper(handle, { fit, house: (recorded) => houseSvg(pinsOf(recorded.map(({ finding }) => finding)), houseWords.rings) })),
          );
        case "provision":
          return await set(ready(await papers.provisionPaper(handle)));
        case "explanation":
          return await set(ready(await papers.explanationPaper(handle)));
        case "statement":
          return await set(ready(await papers.adoptionPaper(handle)));
      }
    },
    stop: () => {
      worker?.stop();
      worker = null;
    },
  };
}

/** Whether this device kept the program from an earlier time (apps/web/service-worker.js). */
export async function programKept(): Promise<boolean> {
  try {
    for (const name of await caches.keys()) {
      if (!name.startsWith("large-")) continue;
      if ((await (await caches.open(name)).keys()).some(({ url }) => url.endsWith(".wasm"))) return true;
    }
  } catch {
    // A browser that keeps nothing fetches it again.
  }
  return false;
}
