/** The inside of the worker that opens originals: a mail, lines of a chat, an entry of an archive, as they stand in the files that were chosen. apps/web starts it; originals.ts speaks to it. */
import type { Place } from "#services/reporting/import/items.ts";
import { Originals } from "#services/reporting/import/originals.ts";
import { Refusal, type TroubleCode } from "#services/reporting/import/troubles.ts";

/** To the worker, once. */
export interface OriginalsAsked {
  readonly files: readonly { readonly name: string; readonly blob: Blob }[];
  readonly places: readonly Place[];
}
/** From the worker, one for each place, in order. */
export type OriginalsAnswered =
  | { readonly place: number; readonly bytes: Blob; readonly refused: null }
  | { readonly place: number; readonly bytes: null; readonly refused: TroubleCode };

/** What is needed of the worker's own global scope. */
interface OriginalsPort {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: MessageEvent<OriginalsAsked>) => void): void;
}

async function open(originals: Originals, place: Place, number: number): Promise<OriginalsAnswered> {
  try {
    return { place: number, bytes: await new Response(originals.original(place)).blob(), refused: null };
  } catch (error) {
    return { place: number, bytes: null, refused: error instanceof Refusal ? error.code : "file-unreadable" };
  }
}

/** Answers one order; call it once in the worker. */
export function serveOriginals(port: OriginalsPort): void {
  port.addEventListener("message", ({ data }) => {
    const originals = new Originals(data.files);
    const run = async (): Promise<void> => {
      for (const [number, place] of data.places.entries()) port.postMessage(await open(originals, place, number));
    };
    void run();
  });
}
