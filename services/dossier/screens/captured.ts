/** Takes files in the moment they are chosen, pasted or photographed: the hash is made before anything else happens to them, and the record waits until they are sent. For every screen where files are added. */
import type { CaptureFacts } from "#services/dossier/client/capture.ts";
import type { CaptureRecord, CaptureWay } from "#services/dossier/contract/capture.ts";

const records = new WeakMap<File, Promise<CaptureRecord>>();
/** One file is hashed after the other: a phone has one disk and little memory. */
let turn: Promise<unknown> = Promise.resolve();

async function capture(file: File, how: CaptureWay, capturedAt: string, from: CaptureFacts["from"] = {}): Promise<CaptureRecord> {
  const { captureFile } = await import("#services/dossier/client/capture.ts");
  return captureFile(file, { name: file.name, how, capturedAt, modifiedAt: new Date(file.lastModified).toISOString(), from, where: "browser" });
}

/** Starts to write the records; what goes wrong shows when the file is sent. @param from where the files were found, when that is known. */
export function takeIn(files: readonly File[], how: CaptureWay, from?: CaptureFacts["from"]): void {
  const capturedAt = new Date().toISOString();
  for (const file of files) {
    if (records.has(file)) continue;
    const record = turn.then(async () => await capture(file, how, capturedAt, from));
    turn = record.catch(() => undefined);
    records.set(file, record);
  }
}

/** The record of a file that was taken in; made now for one that was not. @throws what reading the file throws. */
export function recordOf(file: File): Promise<CaptureRecord> {
  takeIn([file], "file");
  return records.get(file) ?? capture(file, "file", new Date().toISOString());
}
