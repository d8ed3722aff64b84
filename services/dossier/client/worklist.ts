/** Reads a desk's worklist page by page. Called by the work screen and the cover index. */
import { parseAnswer, type Session } from "#services/directory/client/index.ts";
import { WorklistPage, type WorklistLine } from "#services/dossier/contract/index.ts";
import { Problem } from "#services/problem/index.ts";

/** How much, and from when. */
export interface WorklistOptions {
  /** Lines per page (default 100, at most 500). */
  readonly pageSize?: number;
  /** Lines of the first page, when another number: what a person waits for should be short. */
  readonly firstSize?: number;
  /** Only lines changed at or after this moment (UTC). */
  readonly changedSince?: string;
  readonly signal?: AbortSignal;
}

/** One page: lines ordered by due moment, then last change; `total` counts the whole worklist. */
export interface WorklistPart {
  readonly lines: readonly WorklistLine[];
  readonly total: number;
}

/** Pages of a desk's worklist, fetched as they are asked for. @throws {@link Problem} role-forbidden, unavailable. */
export async function* readWorklist(session: Session, desk: string, options: WorklistOptions = {}): AsyncGenerator<WorklistPart> {
  let after: string | null = null;
  do {
    const size: number = (after === null ? options.firstSize : undefined) ?? options.pageSize ?? 100;
    const query = new URLSearchParams({ limit: String(size) });
    if (after !== null) query.set("after", after);
    if (options.changedSince !== undefined) query.set("changedSince", options.changedSince);
    const answer = await session.connection.request("GET", `/api/v1/desks/${encodeURIComponent(desk)}/worklist?${query}`, { signal: options.signal });
    const page = parseAnswer(WorklistPage, await answer.json(), "GET worklist");
    if (page.next !== null && page.next === after) throw new Problem("input-malformed", "The server's pages do not move on", "Try again.");
    yield { lines: page.lines, total: page.total };
    after = page.next;
  } while (after !== null);
}
