/** Brings an index of covers up to date with the server: first what is due first, then the rest, or only what changed since. Called by the work screen. */
import type { OpenDesk, Session } from "#services/directory/client/index.ts";
import type { WorklistLine } from "#services/dossier/contract/index.ts";
import type { CoverIndex } from "./cover-index.ts";
import { coversInThread, type CoverPool, type DeskKeyring } from "./covers.ts";
import { readWorklist } from "./worklist.ts";

/** Lines that are opened before all others, in this thread: a worker takes longer to begin than these take to open. About what a screen shows. */
const firstLines = 25;

/** Told while covers are opened. */
export type CoverProgress = (done: number, total: number) => void;

const ignore = (): void => undefined;

/**
 * Brings an index up to date: only what changed since, and a full walk when the server counts fewer or more lines than the index holds (hand-overs that ended).
 * @param desk may still be opening: what is due first is asked for meanwhile
 * @param progress told after each page of a full walk, in any order after the first; from the first call on, the index holds what is due first and can be shown.
 * @throws {@link Problem} role-forbidden, unavailable. What was taken in until then stays in the index.
 */
export async function refreshIndex(
  session: Session,
  desk: OpenDesk | Promise<OpenDesk>,
  index: CoverIndex,
  pool: CoverPool,
  progress?: CoverProgress,
): Promise<void> {
  const closed: WorklistLine[] = [];
  const take = async (lines: readonly WorklistLine[], keys: DeskKeyring): Promise<void> => {
    await index.update(lines, keys, lines.length <= firstLines ? coversInThread() : pool);
    closed.push(...lines.filter(({ id, cover }) => cover !== null && index.get(id)?.cover === null));
  };
  if (!(await takeChanges(session, desk, index, take))) await walk(session, desk, index, take, progress);
  index.expected = null;
  await openWithNewKeys(session, desk, index, closed);
}

type Take = (lines: readonly WorklistLine[], keys: DeskKeyring) => Promise<void>;

/** @returns whether the index now holds as many lines as the server counts */
async function takeChanges(session: Session, desk: OpenDesk | Promise<OpenDesk>, index: CoverIndex, take: Take): Promise<boolean> {
  const { changedSince } = index;
  if (changedSince === null) return false;
  let total = index.size;
  const parts = readWorklist(session, index.desk, { pageSize: 200, changedSince });
  let coming = parts.next();
  coming.catch(ignore);
  const { keys } = await desk;
  for (let part = await coming; part.done !== true; part = await coming) {
    coming = parts.next();
    coming.catch(ignore);
    ({ total } = part.value);
    await take(part.value.lines, keys);
  }
  return total === index.size;
}

async function walk(session: Session, desk: OpenDesk | Promise<OpenDesk>, index: CoverIndex, take: Take, progress: CoverProgress | undefined): Promise<void> {
  const seen = new Set<string>();
  const parts = readWorklist(session, index.desk, { firstSize: firstLines, pageSize: 500 });
  let coming = parts.next();
  // When a page fails, that is heard where it is awaited; likewise for its opening.
  coming.catch(ignore);
  const { keys } = await desk;
  let done = 0;
  // Two pages are being opened while the next is on its way: a worker that is done with one need not wait for the other worker.
  let [before, last] = [Promise.resolve(), Promise.resolve()];
  for (let part = await coming; part.done !== true; part = await coming) {
    const { lines, total } = part.value;
    index.expected = total;
    coming = parts.next();
    coming.catch(ignore);
    await before;
    before = last;
    last = take(lines, keys).then(() => progress?.((done += lines.length), total));
    last.catch(ignore);
    if (seen.size === 0) await last;
    for (const { id } of lines) seen.add(id);
  }
  await before;
  await last;
  index.keepOnly(seen);
}

/** Covers that did not open may have been handed to an epoch that began after the desk was opened here. */
async function openWithNewKeys(session: Session, desk: OpenDesk | Promise<OpenDesk>, index: CoverIndex, closed: readonly WorklistLine[]): Promise<void> {
  if (closed.length === 0) return;
  const [old, now] = await Promise.all([desk, session.openDesk(index.desk, true)]);
  if (now.epoch !== old.epoch) await index.update(closed, now.keys, coversInThread());
}
