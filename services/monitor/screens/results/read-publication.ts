/** Fetches the newest publication: static files the server hands out as they are, checked before anything is shown. Called by results-page.tsx. */
import { Check } from "typebox/value";
import Type from "typebox";
import { Publication, PublicationId } from "#services/monitor/contract/publication.ts";

/** Names of what is published, newest first: `publicaties/lijst.json`. */
const PublicationList = Type.Object({ version: Type.Literal(1), publications: Type.Array(PublicationId) }, { additionalProperties: false });

/** What became of fetching. */
export type Reading = { readonly state: "here"; readonly publication: Publication; readonly folder: string } | { readonly state: "none" | "broken" | "away" };

/** One JSON file; undefined when there is none. @throws TypeError without a connection */
async function fetched(address: string): Promise<unknown> {
  const answer = await fetch(address, { credentials: "omit" });
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new TypeError(`${address} answered ${answer.status}`);
  return await answer.json();
}

/** The newest publication. Throws nothing. */
export async function readNewest(): Promise<Reading> {
  try {
    const list = await fetched("/publicaties/lijst.json");
    if (list === undefined) return { state: "none" };
    if (!Check(PublicationList, list)) return { state: "broken" };
    const [newest] = list.publications;
    if (newest === undefined) return { state: "none" };
    const folder = `/publicaties/${newest}/`;
    const publication = await fetched(`${folder}publication.json`);
    return Check(Publication, publication) && publication.id === newest ? { state: "here", publication, folder } : { state: "broken" };
  } catch (error) {
    return { state: error instanceof SyntaxError ? "broken" : "away" };
  }
}
