/**
 * What is published and can be cited: the national picture and the Monitor, from the open data of this place, each figure with the digest of the file it stands in. Fetched as anyone would; called by the evidence panel
 * and by the road. A publication is fetched when someone searches it or when a draft cites it, and kept by its digest: what has one digest never changes.
 */
import { Check } from "typebox/value";
import Type, { type Static } from "typebox";
import type { CitationState, CitedFigure } from "#services/figures/contract/citation.ts";
import { citationState, citeFigure, publishedNow, stemOf, type PublishedNow } from "#services/figures/contract/cite.ts";

const Name = Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,79}$" });
/** A publication as the list names it. */
const Source = Type.Object({
  publication: Name,
  kind: Type.Enum(["figures", "monitor"]),
  edition: Type.Integer(),
  title: Type.Object({ nl: Type.String(), en: Type.String() }),
  digest: Type.String(),
});
export type Source = Static<typeof Source>;
const List = Type.Object({ publications: Type.Array(Source) });
const Figures = Type.Object({ figures: Type.Array(Type.Object({ id: Type.String() })) });

/** What one publication says. */
interface Standing {
  readonly now: PublishedNow;
  readonly figures: readonly CitedFigure[];
}

const root = "/api/v1/open-data/publications";
const kept = new Map<string, Promise<Standing | null>>();

/** @returns null where nothing stands at that address @throws TypeError without a connection or when the server fails */
async function fetched(address: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const answer = await fetch(address, { credentials: "omit" });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new TypeError(`${address} answered ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}
const parsed = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));
async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Every publication, newest first, of each the highest edition; empty where nothing is published. @throws TypeError without a connection, SyntaxError when the list is damaged */
export async function listPublished(): Promise<readonly Source[]> {
  const bytes = await fetched(root);
  if (bytes === null) return [];
  const list = parsed(bytes);
  if (!Check(List, list)) throw new SyntaxError(`${root} is no list of publications`);
  const { publications } = list;
  const isNewest = (one: Source): boolean =>
    publications.every((other) => stemOf(other.publication) !== stemOf(one.publication) || other.edition <= one.edition);
  return publications.filter(isNewest);
}

async function readAnew({ publication }: Source): Promise<Standing | null> {
  const bytes = await fetched(`${root}/${publication}`);
  const value = bytes === null ? null : parsed(bytes);
  const now = publishedNow(value);
  if (bytes === null || now === null || !Check(Figures, value)) return null;
  const digest = await digestOf(bytes);
  return { now, figures: value.figures.flatMap(({ id }) => citeFigure(value, id, digest) ?? []) };
}
function read(source: Source): Promise<Standing | null> {
  const known = kept.get(source.digest);
  if (known !== undefined) return known;
  const reading = readAnew(source);
  kept.set(source.digest, reading);
  // What failed is tried again the next time.
  reading.catch(() => kept.delete(source.digest));
  return reading;
}

/** The figures of these publications that are shown, in their order. @throws TypeError without a connection, SyntaxError when a file is damaged */
export async function figuresOf(sources: readonly Source[]): Promise<readonly CitedFigure[]> {
  return (await Promise.all(sources.map(read))).flatMap((standing) => standing?.figures ?? []);
}

/** What is searched when someone names no publication: the newest of each kind. */
export const newestOfEach = (sources: readonly Source[]): readonly Source[] =>
  sources.filter(({ kind }, at) => sources.findIndex((other) => other.kind === kind) === at);

/** What became of a citation, and how the figure is published now; null when it is not. */
export interface CitedNow {
  readonly state: CitationState | "unknown";
  readonly now: CitedFigure | null;
}

const tailOf = (figure: string): string => figure.slice(figure.indexOf("/") + 1);

async function citedNow(figure: CitedFigure, sources: readonly Source[]): Promise<CitedNow> {
  const [publication = ""] = figure.figure.split("/");
  const source = sources.find((one) => stemOf(one.publication) === stemOf(publication));
  if (source === undefined) return { state: "withdrawn", now: null };
  try {
    const standing = await read(source);
    if (standing === null) return { state: "unknown", now: null };
    const now = standing.figures.find((one) => tailOf(one.figure) === tailOf(figure.figure)) ?? null;
    return { state: citationState(figure, standing.now), now };
  } catch {
    return { state: "unknown", now: null };
  }
}

/** What became of each of these citations, by {@link nameOf} the figure. */
export async function citedNowOf(figures: readonly CitedFigure[], sources: readonly Source[]): Promise<ReadonlyMap<string, CitedNow>> {
  const names = new Map(figures.map((figure) => [nameOf(figure), figure]));
  return new Map(await Promise.all([...names].map(async ([name, figure]) => [name, await citedNow(figure, sources)] as const)));
}

/** One frozen figure: the same name with another digest is another freezing of it. */
export const nameOf = ({ figure, digest }: CitedFigure): string => `${figure} ${digest}`;
