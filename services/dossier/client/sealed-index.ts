/**
 * An index of covers as a device may keep it: sealed to one person, what is due first apart from the rest, so that the first lines can be drawn before ten
 * thousand are opened and read. Called by the work screen.
 *
 * [Note: sealed index] One fresh key per time it is stored, handed over to the person; every part is an item under that key. The head names the other parts and
 * counts the lines, so a part that is left out, exchanged or of another day is noticed, and the index is then thrown away and made again.
 */
import { generateSeed, handOver, newUuid, openItem, sealItem, takeOver, type Person } from "@rugdekking/seal";
import { dossierKinds, dossierRoles, type DossierKind, type DossierRole, type Term } from "#services/dossier/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import { CoverIndex, type IndexedLine } from "./cover-index.ts";

/** Lines in the head: about what a screen shows. */
const headLines = 30;
/** Lines in every other part: few enough that the page can answer in between. */
const partLines = 1000;
/** Other versions are not read: opening the covers again is all that is lost. */
const version = 3;

/** One sealed part; `length` is that of the opened text in bytes. */
export interface SealedPart {
  readonly item: string;
  readonly bytes: Uint8Array;
  readonly length: number;
}

/** What opens first. `key`: SealedKey of the index's own key, to the person. */
export interface SealedHead {
  readonly key: string;
  readonly head: SealedPart;
}

/** A whole sealed index: keep head and rest apart, so that the head can be read alone. */
export interface SealedIndex extends SealedHead {
  readonly rest: readonly SealedPart[];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null && !Array.isArray(value);

const isSealedPart = (value: unknown): value is SealedPart =>
  isRecord(value) && typeof value["item"] === "string" && value["bytes"] instanceof Uint8Array && typeof value["length"] === "number";

/** Whether a value read back from storage has the shape of a {@link SealedHead}; one of an older version has not. */
export const isSealedHead = (value: unknown): value is SealedHead => isRecord(value) && typeof value["key"] === "string" && isSealedPart(value["head"]);

const contextOf = (desk: string, person: string) => ({ purpose: "item", subject: `${desk}/index`, to: person }) as const;
const placeOf = (desk: string, item: string) => ({ dossier: desk, item, channel: "index" }) as const;

/** Lets the page draw and answer. */
const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Seals an index to a person for storing on this device. @throws SealError */
export async function sealIndex(index: CoverIndex, person: Pick<Person, "person" | "seal">): Promise<SealedIndex> {
  const { desk } = index;
  const lines = index.lines();
  const secret = generateSeed();
  const seal = async (item: string, value: object): Promise<SealedPart> => {
    const plain = new TextEncoder().encode(JSON.stringify(value));
    return { item, bytes: await sealItem(plain, secret, placeOf(desk, item)), length: plain.length };
  };
  const rest: SealedPart[] = [];
  for (let at = headLines; at < lines.length; at += partLines) {
    rest.push(await seal(newUuid(), { lines: lines.slice(at, at + partLines) }));
    await breath();
  }
  const parts = rest.map(({ item }) => item);
  const head = await seal(newUuid(), { version, desk, total: lines.length, parts, lines: lines.slice(0, headLines) });
  return { key: await handOver(secret, person.seal.publicKey, contextOf(desk, person.person)), head, rest };
}

const malformed = (): Problem => new Problem("input-malformed", "The stored index is of another version or not whole", "It is made again.");

// Checked by hand and not with a TypeBox schema: only this file writes what is read here, under a seal, and ten thousand lines take a schema a third of a second.
const kinds: ReadonlySet<unknown> = new Set(dossierKinds);
const isKind = (value: unknown): value is DossierKind => kinds.has(value);
const roles: ReadonlySet<unknown> = new Set(dossierRoles);
const isRole = (value: unknown): value is DossierRole => roles.has(value);
const isTerm = (value: unknown): value is Term =>
  isRecord(value) &&
  typeof value["name"] === "string" &&
  typeof value["due"] === "string" &&
  isRole(value["waitsFor"]) &&
  typeof value["overdue"] === "boolean";
const isLine = (value: unknown): value is IndexedLine =>
  isRecord(value) &&
  typeof value["id"] === "string" &&
  isKind(value["kind"]) &&
  typeof value["phase"] === "string" &&
  typeof value["opened"] === "string" &&
  typeof value["changed"] === "string" &&
  (value["term"] === null || isTerm(value["term"])) &&
  typeof value["guest"] === "boolean" &&
  "cover" in value;

/** @throws {@link Problem} input-malformed */
function linesOf(value: unknown): readonly IndexedLine[] {
  if (!Array.isArray(value) || !value.every(isLine)) throw malformed();
  return value;
}

/**
 * Opens a stored index.
 * @param rest what was stored as {@link SealedIndex.rest}; awaited after the head is open, so it may still be on its way
 * @param show called when the first lines are in the index and the rest is not
 * @throws SealError when it is another person's or was altered; {@link Problem} input-malformed when it is of another version or not whole. Make a new one then.
 */
export async function openIndex(
  desk: string,
  sealed: SealedHead,
  rest: unknown,
  person: Pick<Person, "person" | "seal">,
  show?: (index: CoverIndex) => void,
): Promise<CoverIndex> {
  const secret = await takeOver(sealed.key, person.seal, contextOf(desk, person.person));
  const read = async ({ item, bytes, length }: SealedPart): Promise<Readonly<Record<string, unknown>>> => {
    const value: unknown = JSON.parse(new TextDecoder().decode(await openItem(bytes, secret, placeOf(desk, item), length)));
    if (!isRecord(value)) throw malformed();
    return value;
  };
  const head = await read(sealed.head);
  const { total, parts } = head;
  if (head["version"] !== version || head["desk"] !== desk || typeof total !== "number" || !Array.isArray(parts)) throw malformed();
  const index = new CoverIndex(desk);
  index.restore(linesOf(head["lines"]));
  if (parts.length > 0) {
    index.expected = total;
    show?.(index);
  }
  const found: unknown = parts.length > 0 ? await rest : [];
  if (!Array.isArray(found) || found.length !== parts.length) throw malformed();
  for (const [place, part] of found.entries()) {
    if (!isSealedPart(part) || part.item !== parts[place]) throw malformed();
    await breath();
    index.restore(linesOf((await read(part))["lines"]));
  }
  if (index.size !== total) throw malformed();
  index.expected = null;
  return index;
}
