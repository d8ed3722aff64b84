/** Makes the files of the messages that belong, and gives them to a new report or to a dossier that is there already. Loads the clients only when asked. */
import type { Session } from "#services/directory/client/index.ts";
import type { AttachmentSource } from "#services/dossier/client/index.ts";
import type { CaptureFacts } from "#services/dossier/client/capture.ts";
import { recordOf, takeIn } from "#services/dossier/screens/captured.ts";
import type { Place } from "#services/reporting/import/items.ts";
import { addTo, brought } from "./begin.ts";
import { accountOf, MOST_FILES, overviewOf, platformOf, type Piece } from "./evidence.ts";
import type { Found } from "./found.ts";
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

/** Files could not be opened; nothing was sent. The person may go on without them. */
export class Unopened extends Error {
  override readonly name = "Unopened";
  /** Names of the files, as they would have gone along. */
  readonly files: readonly string[];
  /** Whether any other file is left to go along. */
  readonly others: boolean;
  constructor(files: readonly string[], others: boolean) {
    super(`${files.length} files could not be opened`);
    this.files = files;
    this.others = others;
  }
}

/** Opens the bytes of places, in order; null where that failed. */
type Open = (places: readonly Place[], progress: (done: number) => void) => Promise<readonly (Blob | null)[]>;
const fromHere: Open = async (places, progress) => await openOriginals(work.files(), places, progress);

/** How the files are made. */
interface Going {
  /** Files that cannot be opened stay behind, and the list names them. */
  readonly without: boolean;
  readonly open?: Open;
}

/** Lists that were made here: a newer one takes the place of one that was not sent yet. */
const lists = new WeakSet<File>();

/**
 * The list and the originals.
 * @throws {@link Unopened} where one cannot be opened and nobody said to go on without it
 */
export async function make(
  found: Found,
  pieces: readonly Piece[],
  tell: (progress: HandingOver) => void,
  { without, open = fromHere }: Going,
): Promise<readonly Made[]> {
  tell({ at: "making", done: 0, all: pieces.length });
  const opened = await open(
    pieces.map(({ place }) => place),
    (done) => tell({ at: "making", done, all: pieces.length }),
  );
  const made: Made[] = [];
  const there: Piece[] = [];
  const broken: string[] = [];
  for (const [place, piece] of pieces.entries()) {
    const bytes = opened[place] ?? null;
    if (bytes === null) {
      broken.push(piece.name);
      continue;
    }
    there.push(piece);
    made.push({
      file: new File([bytes], piece.name, { type: piece.mediaType }),
      from: { account: accountOf(found, piece), platform: platformOf(found, piece) },
    });
  }
  if (broken.length > 0 && (!without || there.length === 0)) throw new Unopened(broken, there.length > 0);
  const words = { ...nl.overview, levels: nl.read.levels, kinds: nl.kinds };
  const list = new File([overviewOf(found, there, words, broken)], "overzicht.txt", { type: "text/plain" });
  lists.add(list);
  return [{ file: list, from: {} }, ...made];
}

/** Lays the files ready for a report that is written next. What lies there already comes once. */
export async function bringToReport(pieces: readonly Piece[], tell: (progress: HandingOver) => void, going: Going): Promise<void> {
  const made = await make(work.found, pieces, tell, going);
  for (const { file, from } of made) takeIn([file], "import", from);
  const before = brought.get().filter((file) => !lists.has(file));
  const known = new Set<string>();
  for (const file of before) known.add((await recordOf(file)).sha256);
  const fresh: File[] = [];
  for (const { file } of made) if (!known.has((await recordOf(file)).sha256)) fresh.push(file);
  brought.set([...before, ...fresh]);
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

/**
 * Seals and adds the files to a dossier, in as many entries as they need. Files that it holds already are not added again, whoever added them: going on after a lost connection, or with
 * some more messages, brings what is new.
 * @returns how many files were added; 0 when all of them were there
 * @throws Problem: what was added stays, and is said; {@link Unopened} as {@link make}.
 */
export async function addToDossier(
  session: Session,
  dossier: string,
  pieces: readonly Piece[],
  tell: (progress: HandingOver) => void,
  without: boolean,
): Promise<number> {
  const made = await make(work.found, pieces, tell, { without });
  const [{ openReport, addEvidence }, { captureFile }, { readEvidence }] = await Promise.all([
    import("#services/reporting/client/index.ts"),
    import("#services/dossier/client/capture.ts"),
    import("#services/dossier/client/index.ts"),
  ]);
  const handle = await openReport(session, dossier);
  const known = new Set((await readEvidence(handle)).map(({ record }) => record.sha256));
  const fresh: AttachmentSource[] = [];
  for (const { file, from } of made) {
    const capture = await captureFile(file, { name: file.name, how: "import", ...(from === undefined ? {} : { from }), where: "browser" });
    if (!known.has(capture.sha256)) fresh.push({ name: file.name, mediaType: file.type, bytes: file, capturedAt: capture.capturedAt, note: "", capture });
  }
  const sizeOf = (sources: readonly AttachmentSource[]): number => sources.reduce((sum, { bytes }) => sum + (bytes instanceof Blob ? bytes.size : 0), 0);
  const all = sizeOf(fresh);
  if (fresh.length > 0) tell({ at: "sending", sent: 0, all });
  const parts = Math.ceil(fresh.length / MOST_FILES);
  const messages = new Set(pieces.flatMap(({ items }) => items)).size;
  let before = 0;
  for (let part = 0; part < parts; part++) {
    const attachments = fresh.slice(part * MOST_FILES, (part + 1) * MOST_FILES);
    const note = part === 0 ? nl.overview.note(messages, fresh.length, made.length - fresh.length) : nl.overview.noteMore(part + 1, parts);
    const base = before;
    await addEvidence(handle, note, { attachments, onProgress: (sent) => tell({ at: "sending", sent: base + sent, all }) });
    before += sizeOf(attachments);
  }
  return fresh.length;
}
