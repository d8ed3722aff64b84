/** One invented quarter of the national picture, so that /cijfers shows something: marked as invented on every page. Laid beside the data as an operator lays a publication. Called by build.ts. */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { digestOf } from "@rugdekking/seal/verify";
import { nothingPublished } from "@rugdekking/survey/disclosure";
import { pictureFolderOf } from "#services/figures/contract/picture.ts";
import { inventedFacts, makePicture, pictureFiles } from "#services/figures/publication/index.ts";

/** The last whole quarter before a moment, `2026-q3`. */
function lastQuarter(now: number): string {
  const date = new Date(now);
  const quarter = Math.floor(date.getUTCMonth() / 3);
  return quarter === 0 ? `${date.getUTCFullYear() - 1}-q4` : `${date.getUTCFullYear()}-q${quarter}`;
}

/**
 * Lays the invented quarter where the server hands it out, unless something lies there already.
 * @param data the server's data directory; @param now moment, for tests
 * @returns whether it was laid now
 */
export async function playFigures(data: string, now: number): Promise<boolean> {
  const root = join(data, "publications");
  const list = join(root, "cijfers.json");
  const there = await readFile(list).then(
    () => true,
    () => false,
  );
  if (there) return false;
  const quarter = lastQuarter(now);
  const { picture } = makePicture({
    facts: inventedFacts(quarter),
    counts: [
      { quarter, kind: "report-filed", given: 815, arrived: 620 },
      { quarter, kind: "report-closed", given: 560, arrived: 480 },
    ],
    quarter,
    edition: 1,
    on: new Date(now).toISOString().slice(0, 10),
    invented: true,
    publisher: { name: "Demo onderzoek (verzonnen)", id: "https://demo.example.nl/id/onderzoek", contact: "onderzoek@demo.example.nl" },
    memory: nothingPublished,
  });
  const folder = pictureFolderOf(picture);
  const files = pictureFiles(picture, `https://demo.example.nl/publicaties/${folder}/`);
  const digests = await Promise.all(files.map(async ({ name, text }) => ({ name, digest: await digestOf(new TextEncoder().encode(text)) })));
  await mkdir(join(root, folder), { recursive: true });
  for (const { name, text } of files) await writeFile(join(root, folder, name), text);
  await writeFile(join(root, folder, "inhoud.json"), JSON.stringify({ version: 1, publication: folder, wave: quarter, files: digests }));
  // The list last, and whole: what it names is there.
  await writeFile(`${list}.new`, JSON.stringify({ version: 1, publications: [folder] }));
  await rename(`${list}.new`, list);
  return true;
}
