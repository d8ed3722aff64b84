/** Takes files in the moment they are chosen, pasted or photographed: the hash is made before anything else happens to them, and the record waits until they are sent. For every screen where files are added. */
import type { CaptureFacts } from "#services/dossier/client/capture.ts";
import type { CaptureRecord, CaptureWay } from "#services/dossier/contract/capture.ts";

interface Taken {
  readonly how: CaptureWay;
  readonly from: CaptureFacts["from"];
  /** Null after it failed: a disk or network that was away is tried again when the file is sent. */
  record: Promise<CaptureRecord> | null;
}
const taken = new WeakMap<File, Taken>();
/** One file is hashed after the other: a phone has one disk and little memory. */
let turn: Promise<unknown> = Promise.resolve();

async function capture(file: File, how: CaptureWay, capturedAt: string, from: CaptureFacts["from"] = {}): Promise<CaptureRecord> {
  const { captureFile } = await import("#services/dossier/client/capture.ts");
  return captureFile(file, { name: file.name, how, capturedAt, modifiedAt: new Date(file.lastModified).toISOString(), from, where: "browser" });
}

/** Writes the record after those before it. One that fails is forgotten; how the file came in is not. */
function begin(file: File, one: Taken): Promise<CaptureRecord> {
  const capturedAt = new Date().toISOString();
  const record = turn.then(async () => await capture(file, one.how, capturedAt, one.from));
  turn = record.catch(() => {
    one.record = null;
  });
  one.record = record;
  return record;
}

/** Starts to write the records; what goes wrong shows when the file is sent. @param from where the files were found, when that is known. */
export function takeIn(files: readonly File[], how: CaptureWay, from?: CaptureFacts["from"]): void {
  for (const file of files) {
    if (taken.has(file)) continue;
    const one: Taken = { how, from, record: null };
    taken.set(file, one);
    void begin(file, one).catch(() => undefined);
  }
}

/** The record of a file that was taken in; made now for one that was not, and again for one that failed. @throws what reading the file throws. */
export function recordOf(file: File): Promise<CaptureRecord> {
  takeIn([file], "file");
  const one = taken.get(file) ?? { how: "file", from: undefined, record: null };
  return one.record ?? begin(file, one);
}
