/** Makes the files of the messages that belong, and gives them to a new report or to a dossier that is there already. Loads the clients only when asked. */
import type { Session } from "#services/directory/client/index.ts";
import type { AttachmentSource } from "#services/dossier/client/index.ts";
import type { CaptureFacts } from "#services/dossier/client/capture.ts";
import { takeIn } from "#services/dossier/screens/captured.ts";
import { addTo, brought } from "./begin.ts";
import { accountOf, MOST_FILES, overviewOf, platformOf, type Piece } from "./evidence.ts";
import { nl } from "./nl.ts";
import { openOriginals } from "./originals.ts";
import { work } from "./work.ts";

/** How far it is. */
export type HandingOver =
  | { readonly at: "making"; readonly done: number; readonly all: number }
  | { readonly at: "sending"; readonly sent: number; readonly all: number };

/** A file with what is known of where it came from. */
interface Made {
  readonly file: File;
  readonly from: CaptureFacts["from"];
}

/** Files could not be opened; nothing was sent. */
export class Unopened extends Error {
  override readonly name = "Unopened";
  readonly count: number;
  constructor(count: number) {
    super(`${count} files could not be opened`);
    this.count = count;
  }
}

/** The list and the originals. @throws {@link Unopened} rather than leave one out. */
async function make(pieces: readonly Piece[], tell: (progress: HandingOver) => void): Promise<readonly Made[]> {
  tell({ at: "making", done: 0, all: pieces.length });
  const opened = await openOriginals(
    work.files(),
    pieces.map(({ place }) => place),
    (done) => tell({ at: "making", done, all: pieces.length }),
  );
  const failed = pieces.filter((_, place) => (opened[place] ?? null) === null).length;
  if (failed > 0) throw new Unopened(failed);
  const list = new File([overviewOf(work.found, pieces, { ...nl.overview, levels: nl.read.levels, kinds: nl.kinds })], "overzicht.txt", { type: "text/plain" });
  return [
    { file: list, from: {} },
    ...pieces.map((piece, place) => ({
      file: new File([opened[place] ?? new Blob()], piece.name, { type: piece.mediaType }),
      from: { account: accountOf(work.found, piece), platform: platformOf(work.found, piece) },
    })),
  ];
}

/** Lays the files ready for a report that is written next. */
export async function bringToReport(pieces: readonly Piece[], tell: (progress: HandingOver) => void): Promise<void> {
  const made = await make(pieces, tell);
  for (const { file, from } of made) takeIn([file], "import", from);
  brought.set([...brought.get(), ...made.map(({ file }) => file)]);
}

/** A dossier that evidence can be added to. */
export interface Target {
  readonly id: string;
  readonly opened: string;
}

/** The person's own reports that still take evidence, and the dossier they came from when it does. @throws Problem */
export async function readTargets(session: Session): Promise<readonly Target[]> {
  return await (await import("#services/reporting/client/index.ts")).ownReports(session, addTo.get());
}

/** Seals and adds the files to a dossier, in as many entries as they need. @throws Problem: what was added stays, and is said. */
export async function addToDossier(session: Session, dossier: string, pieces: readonly Piece[], tell: (progress: HandingOver) => void): Promise<void> {
  const made = await make(pieces, tell);
  const [{ openReport, addEvidence }, { captureFile }] = await Promise.all([
    import("#services/reporting/client/index.ts"),
    import("#services/dossier/client/capture.ts"),
  ]);
  const handle = await openReport(session, dossier);
  const all = made.reduce((sum, { file }) => sum + file.size, 0);
  tell({ at: "sending", sent: 0, all });
  const parts = Math.ceil(made.length / MOST_FILES);
  const messages = new Set(pieces.flatMap(({ items }) => items)).size;
  let before = 0;
  for (let part = 0; part < parts; part++) {
    const attachments: AttachmentSource[] = [];
    for (const { file, from } of made.slice(part * MOST_FILES, (part + 1) * MOST_FILES)) {
      const capture = await captureFile(file, { name: file.name, how: "import", ...(from === undefined ? {} : { from }), where: "browser" });
      attachments.push({ name: file.name, mediaType: file.type, bytes: file, capturedAt: capture.capturedAt, note: "", capture });
    }
    const note = part === 0 ? nl.overview.note(messages, made.length) : nl.overview.noteMore(part + 1, parts);
    const base = before;
    await addEvidence(handle, note, { attachments, onProgress: (sent) => tell({ at: "sending", sent: base + sent, all }) });
    before += attachments.reduce((sum, { bytes }) => sum + (bytes instanceof Blob ? bytes.size : 0), 0);
  }
}
