/** Reads a desk's worklist page by page. Called by the work screen and the cover index. */
import { parseAnswer, type Session } from "#services/directory/client/index.ts";
import { Base64Url, Envelope, Moment, SealedKey, Uuid } from "#services/directory/contract/index.ts";
import { dossierKinds, dossierRoles, LateList, WorklistPage, type WorklistLine } from "#services/dossier/contract/index.ts";
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

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null && !Array.isArray(value);
/** Whether a value is text of a schema's pattern; the pattern is made once. */
function fits(schema: object): (value: unknown) => boolean {
  if (!("pattern" in schema) || typeof schema.pattern !== "string") throw new Error("a contract type lost its pattern");
  const shape = new RegExp(schema.pattern, "u");
  return (value) => typeof value === "string" && shape.test(value);
}
const [isUuid, isMoment, isSealed, isBase64Url] = [fits(Uuid), fits(Moment), fits(SealedKey), fits(Base64Url)];
const isPayloadType = fits(Envelope.properties.payloadType);
const { keyid: keyIdType, sig: signatureType } = Envelope.properties.signatures.items.properties;
const [isKeyId, isSignature] = [fits(keyIdType), fits(signatureType)];
const [kinds, roles] = [new Set<unknown>(dossierKinds), new Set<unknown>(dossierRoles)];

const isTerm = (value: unknown): boolean =>
  isRecord(value) && typeof value["name"] === "string" && isMoment(value["due"]) && roles.has(value["waitsFor"]) && typeof value["overdue"] === "boolean";

function isGrant(value: unknown): boolean {
  if (!isRecord(value) || !isRecord(value["statement"]) || !isRecord(value["sealed"])) return false;
  const { payloadType, payload, signatures } = value["statement"];
  const signed = Array.isArray(signatures) && signatures.length === 1 && isRecord(signatures[0]) ? signatures[0] : {};
  return (
    isPayloadType(payloadType) &&
    isBase64Url(payload) &&
    isKeyId(signed["keyid"]) &&
    isSignature(signed["sig"]) &&
    Object.values(value["sealed"]).every(isSealed)
  );
}

const isLine = (value: unknown): boolean =>
  isRecord(value) &&
  isUuid(value["id"]) &&
  kinds.has(value["kind"]) &&
  typeof value["phase"] === "string" &&
  isMoment(value["opened"]) &&
  isMoment(value["changed"]) &&
  (value["term"] === null || isTerm(value["term"])) &&
  (value["cover"] === null || isBase64Url(value["cover"])) &&
  typeof value["guest"] === "boolean" &&
  isGrant(value["grant"]);

/**
 * Whether a page is surely as the contract says, in a twentieth of the time its schema takes: TypeBox makes every pattern anew at every value, which for ten
 * thousand lines is more than a second. Looks at every field that is read, not for fields nobody knows; what does not pass here is for the schema to judge.
 */
export const isPage = (value: unknown): value is WorklistPage =>
  isRecord(value) &&
  Array.isArray(value["lines"]) &&
  value["lines"].every(isLine) &&
  (value["next"] === null || typeof value["next"] === "string") &&
  Number.isInteger(value["total"]);

/** Pages of a desk's worklist, fetched as they are asked for. @throws {@link Problem} role-forbidden, unavailable. */
export async function* readWorklist(session: Session, desk: string, options: WorklistOptions = {}): AsyncGenerator<WorklistPart> {
  let after: string | null = null;
  do {
    const size: number = (after === null ? options.firstSize : undefined) ?? options.pageSize ?? 100;
    const query = new URLSearchParams({ limit: String(size) });
    if (after !== null) query.set("after", after);
    if (options.changedSince !== undefined) query.set("changedSince", options.changedSince);
    const answer = await session.connection.request("GET", `/api/v1/desks/${encodeURIComponent(desk)}/worklist?${query}`, { signal: options.signal });
    const told: unknown = await answer.json();
    const page: WorklistPage = isPage(told) ? told : parseAnswer(WorklistPage, told, "GET worklist");
    if (page.next !== null && page.next === after) throw new Problem("input-malformed", "The server's pages do not move on", "Try again.");
    yield { lines: page.lines, total: page.total };
    after = page.next;
  } while (after !== null);
}

/** What is late at a desk: how much of what, and all lines, what waits longest first. @throws {@link Problem} not-found when the reader is no member, unavailable. */
export async function readLate(session: Session, desk: string): Promise<Pick<LateList, "at" | "groups" | "lines">> {
  const lines: WorklistLine[] = [];
  for (let after: string | null = null; ;) {
    const query: string = after === null ? "limit=500" : `limit=500&after=${encodeURIComponent(after)}`;
    const page: LateList = await session.connection.get(`/api/v1/desks/${encodeURIComponent(desk)}/late?${query}`, LateList);
    lines.push(...page.lines);
    if (page.next === null) return { at: page.at, groups: page.groups, lines };
    if (page.next === after) throw new Problem("input-malformed", "The server's pages do not move on", "Try again.");
    after = page.next;
  }
}
