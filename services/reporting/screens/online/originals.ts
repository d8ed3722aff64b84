/** The page's side of opening originals: asks a worker for the bytes of each piece, so that a large archive never holds up the screen. */
import type { Place } from "#services/reporting/import/items.ts";
import { Problem } from "#services/problem/index.ts";
import type { OriginalsAnswered, OriginalsAsked } from "./originals-worker.ts";
import { startWorker } from "./workers.ts";

/**
 * The bytes of each place, in order; null where they could not be read.
 * @throws {@link Problem} unavailable when the worker cannot run.
 */
export async function openOriginals(
  files: OriginalsAsked["files"],
  places: readonly Place[],
  progress: (done: number) => void,
): Promise<readonly (Blob | null)[]> {
  if (places.length === 0) return [];
  const worker = startWorker("originals");
  try {
    return await new Promise((resolve, reject) => {
      const opened: (Blob | null)[] = [];
      worker.addEventListener("message", ({ data }: MessageEvent<OriginalsAnswered>) => {
        opened[data.place] = data.bytes;
        progress(data.place + 1);
        if (data.place + 1 === places.length) resolve(opened);
      });
      const fail = (): void =>
        reject(new Problem("unavailable", "The part of the app that opens files could not do its work", "Reload the page and choose the files again."));
      worker.addEventListener("error", fail);
      worker.addEventListener("messageerror", fail);
      // Files come in rounds here, and a place counts within its round; by name each is known, since no two here have the same.
      const known = new Map(files.map(({ name }, index) => [name, index]));
      worker.postMessage({ files, places: places.map((place) => ({ ...place, index: known.get(place.file) ?? -1 })) } satisfies OriginalsAsked);
    });
  } finally {
    worker.terminate();
  }
}
