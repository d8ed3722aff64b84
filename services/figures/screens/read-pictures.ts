/** Fetches what is published from the open data API and checks it before anything is shown. Called by both pages. */
import { useEffect, useState } from "preact/hooks";
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import { Picture } from "#services/figures/contract/picture.ts";
import { Trend } from "#services/figures/contract/trend.ts";

/** As much of the list as the pages use. */
const List = Type.Object({
  publications: Type.Array(
    Type.Object({
      publication: Type.String(),
      kind: Type.String(),
      title: Type.Object({ nl: Type.String(), en: Type.String() }),
      files: Type.String({ pattern: "^/publicaties/[a-z0-9-]+/$" }),
      digest: Type.String(),
    }),
  ),
});
/** A publication in the list. */
export type Listed = Static<typeof List>["publications"][number];

/** What became of fetching. */
export type Reading =
  | { readonly state: "here"; readonly picture: Picture; readonly listed: Listed; readonly quarters: readonly Listed[]; readonly monitor: boolean }
  | { readonly state: "none" | "gone" | "broken" | "away" };

const root = "/api/v1/open-data/publications";

/** @throws TypeError without a connection; SyntaxError for what is no JSON */
async function fetched(address: string): Promise<unknown> {
  const answer = await fetch(address, { credentials: "omit" });
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new TypeError(`${address} answered ${answer.status}`);
  return await answer.json();
}

/** The picture of that name, or the newest. Throws nothing. */
async function readPicture(name: string | null): Promise<Reading> {
  try {
    const list = await fetched(root);
    if (!Check(List, list)) return { state: "broken" };
    const quarters = list.publications.filter(({ kind }) => kind === "figures");
    const [newest] = quarters;
    if (newest === undefined) return { state: "none" };
    const listed = name === null ? newest : quarters.find(({ publication }) => publication === name);
    if (listed === undefined) return { state: "gone" };
    const picture = await fetched(`${root}/${listed.publication}`);
    if (!Check(Picture, picture)) return { state: "broken" };
    return { state: "here", picture, listed, quarters, monitor: list.publications.some(({ kind }) => kind === "monitor") };
  } catch (error) {
    return { state: error instanceof SyntaxError ? "broken" : "away" };
  }
}

/** What was last read by name: going from the overview to one figure fetches nothing. */
const kept = new Map<string, Reading>();

/** The picture of that name as it is fetched; null while it is. @returns with how to try again */
export function usePicture(name: string | null): readonly [Reading | null, () => void] {
  const key = name ?? "";
  const [reading, setReading] = useState<Reading | null>(() => kept.get(key) ?? null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let wanted = true;
    const read = async (): Promise<void> => {
      const found = await readPicture(name);
      if (found.state === "here") {
        kept.set(key, found);
        kept.set(found.picture.id, found);
      }
      if (wanted) setReading(found);
    };
    const before = kept.get(key);
    if (before === undefined) void read();
    else setReading(before);
    return () => {
      wanted = false;
    };
  }, [key, tries]);
  const again = (): void => {
    setReading(null);
    setTries(tries + 1);
  };
  return [reading, again];
}

const trends = new Map<string, Trend>();

/** The line of a series as it is fetched; null while it is, `none` where there is none or it cannot be had: a page says everything without it. */
export function useTrend(series: string, group: string): Trend | "none" | null {
  const key = `${series}/${group}`;
  const [read, setRead] = useState<readonly [key: string, trend: Trend | "none" | null]>([key, trends.get(key) ?? null]);
  useEffect(() => {
    let wanted = true;
    const fetchLine = async (): Promise<void> => {
      const found = trends.get(key) ?? (await fetched(`/api/v1/open-data/trends/${key}`).catch(() => null));
      const trend = Check(Trend, found) ? found : "none";
      if (trend !== "none") trends.set(key, trend);
      if (wanted) setRead([key, trend]);
    };
    void fetchLine();
    return () => {
      wanted = false;
    };
  }, [key]);
  return read[0] === key ? read[1] : null;
}
