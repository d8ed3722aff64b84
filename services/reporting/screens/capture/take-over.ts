/** Takes sealed captures over from the extension, opens them with the person's key and puts them into a report. The only file of these screens that knows the clients; it loads them when needed. */
import type { Session } from "#services/directory/client/index.ts";
import type { DossierView } from "#services/dossier/contract/index.ts";
import type { OpenedCapture } from "#services/reporting/client/sealed-capture.ts";
import { PieceAnswer, TakenAnswer, WaitingAnswer, type CapturedPart, type SealedCapture } from "#services/reporting/contract/extension.ts";
import { BridgeError, type Bridge } from "./bridge.ts";

/** A capture that waits; `opened` is null for one that another key opens, or that is broken. */
export interface Waiting {
  readonly capture: SealedCapture;
  readonly opened: OpenedCapture | null;
}

/** What waits, opened. @throws {@link BridgeError} */
export async function readWaiting(bridge: Bridge, session: Session): Promise<Waiting[]> {
  const [{ waiting }, { openCapture }] = await Promise.all([
    bridge.ask({ what: "waiting" }, WaitingAnswer),
    import("#services/reporting/client/sealed-capture.ts"),
  ]);
  return await Promise.all(waiting.map(async (capture) => ({ capture, opened: await openCapture(capture, session.person).catch(() => null) })));
}

/** Reports of this person that still take evidence, newest first. @throws Problem */
export async function readReports(session: Session): Promise<DossierView[]> {
  return await (await import("#services/reporting/client/index.ts")).ownReports(session);
}

/** Sealed bytes of one file, piece by piece. @throws {@link BridgeError} */
async function fetchSealed(bridge: Bridge, { id, parts }: SealedCapture, item: string, onBytes: (bytes: number) => void): Promise<Uint8Array<ArrayBuffer>> {
  const { fromBase64Url } = await import("@rugdekking/seal");
  const size = parts.find((part) => part.item === item)?.size ?? 0;
  const whole = new Uint8Array(size);
  let done = 0;
  while (done < size) {
    const { bytes } = await bridge.ask({ what: "piece", id, item, from: done }, PieceAnswer);
    const piece = fromBase64Url(bytes, "A piece");
    if (piece.length === 0 || done + piece.length > size) throw new BridgeError("malformed");
    whole.set(piece, done);
    done += piece.length;
    onBytes(piece.length);
  }
  return whole;
}

/** The picture to look at before it goes into a dossier: of what was on the screen, else of the message; null where both were too large. */
export const pictureOf = ({ parts }: OpenedCapture["sheet"]): CapturedPart | null =>
  parts.find(({ role }) => role === "visible") ?? parts.find(({ role }) => role === "whole") ?? null;

/** Its bytes. @throws {@link BridgeError}, SealError */
export async function readPicture(bridge: Bridge, capture: SealedCapture, { sheet, open }: OpenedCapture): Promise<Blob | null> {
  const part = pictureOf(sheet);
  if (part === null) return null;
  const sealed = await fetchSealed(bridge, capture, part.item, () => undefined);
  return new Blob([await open(part, sealed)], { type: "image/png" });
}

/**
 * Puts captures into a report, one after the other; each is forgotten by the extension only once it stands in the dossier.
 * @returns how many were put in; one that was there already does not count
 * @throws {@link BridgeError}, Problem, SealError: what was put in before stays there
 */
export async function takeOver(
  bridge: Bridge,
  session: Session,
  dossier: string,
  chosen: readonly { readonly capture: SealedCapture; readonly opened: OpenedCapture }[],
  onProgress: (done: number, all: number) => void,
): Promise<number> {
  const [{ openReport }, { placeCapture }] = await Promise.all([
    import("#services/reporting/client/index.ts"),
    import("#services/reporting/client/place-capture.ts"),
  ]);
  const handle = await openReport(session, dossier);
  const all = chosen.flatMap(({ capture }) => capture.parts).reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  let placed = 0;
  for (const { capture, opened } of chosen) {
    const files = new Map<string, Uint8Array<ArrayBuffer>>();
    for (const part of opened.sheet.parts) {
      const sealed = await fetchSealed(bridge, capture, part.item, (bytes) => {
        done += bytes;
        onProgress(done, all);
      });
      files.set(part.item, await opened.open(part, sealed));
    }
    if (await placeCapture(handle, opened, files)) placed += 1;
    await handle.refresh();
    await bridge.ask({ what: "taken", id: capture.id }, TakenAnswer);
  }
  return placed;
}
