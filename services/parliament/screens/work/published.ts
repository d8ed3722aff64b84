/** What is published and can be cited: the figures of the site's own publications, each with the digest of the file it stands in. Fetched as anyone would; called by the evidence panel. */
import { Check } from "typebox/value";
import Type from "typebox";
import type { CitationState, CitedFigure } from "#services/figures/contract/citation.ts";
import { citationState, citeFigure, publishedNow, type PublishedNow } from "#services/figures/contract/cite.ts";

const List = Type.Object({ publications: Type.Array(Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,79}$" })) });
const Figures = Type.Object({ figures: Type.Array(Type.Object({ id: Type.String() })) });

/** Everything that can be cited now. */
export interface Published {
  readonly figures: readonly CitedFigure[];
  /** The newest edition of each publication, by its name without the edition. */
  readonly now: readonly PublishedNow[];
}

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

/** Reads every publication. A list names the newest edition first: only that one is cited from. @throws TypeError without a connection, SyntaxError when a file is damaged */
export async function readPublished(): Promise<Published> {
  const lists = await Promise.all([fetched("/publicaties/lijst.json"), fetched("/cijfers/lijst.json")]);
  const names = lists.flatMap((bytes, at) => {
    const list = bytes === null ? null : parsed(bytes);
    return Check(List, list) ? list.publications.map((name) => `${at === 0 ? "/publicaties" : "/cijfers"}/${name}/publication.json`) : [];
  });
  const figures: CitedFigure[] = [];
  const now = new Map<string, PublishedNow>();
  for (const address of new Set(names)) {
    const bytes = await fetched(address);
    if (bytes === null) continue;
    const publication = parsed(bytes);
    const standing = publishedNow(publication);
    if (standing === null || now.has(standing.publication)) continue;
    now.set(standing.publication, standing);
    if (!Check(Figures, publication)) continue;
    const digest = await digestOf(bytes);
    figures.push(...publication.figures.flatMap(({ id }) => citeFigure(publication, id, digest) ?? []));
  }
  return { figures, now: [...now.values()] };
}

/** What became of a citation. */
export function stateOf(figure: CitedFigure, { now }: Published): CitationState {
  const states = now.map((publication) => citationState(figure, publication));
  return states.find((state) => state !== "withdrawn") ?? "withdrawn";
}
