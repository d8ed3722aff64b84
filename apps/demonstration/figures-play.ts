/**
 * Invented quarters of the national picture, so that /cijfers shows something and a line through time: marked as invented on every page, and laid beside the data as an operator lays a publication. And the quarter that runs, stated
 * by the demonstration's research desk, so that "Telt u mee?" is about something. Called by build.ts.
 */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { digestOf } from "@rugdekking/seal/verify";
import { nothingPublished } from "@rugdekking/survey/disclosure";
import { readQuarter, stateQuarter } from "#services/figures/client/index.ts";
import { timesOf } from "#services/figures/contract/delivery.ts";
import { quarterOf } from "#services/figures/contract/facts.ts";
import { pictureFolderOf, type Picture, type PictureBreak } from "#services/figures/contract/picture.ts";
import { inventedFacts, makePicture, pictureFiles } from "#services/figures/publication/index.ts";
import type { Stage } from "./build.ts";

/** The quarter of a moment in Dutch time, `2026-q4`. */
const quarterAt = (now: number): string =>
  quarterOf(new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Amsterdam", year: "numeric", month: "2-digit" }).format(now).slice(0, 7));

/** So many whole quarters before a quarter. */
function quartersBefore(quarter: string, many: number): string {
  const place = Number(quarter.slice(0, 4)) * 4 + Number(quarter.slice(6)) - 1 - many;
  return `${Math.floor(place / 4)}-q${(place % 4) + 1}`;
}

/** How much there is in each quarter, beside {@link inventedFacts} at full size; the last is the newest. */
const sizes = [0.68, 0.72, 0.7, 0.93, 1];
/** From this quarter on more organisations take part; the place in {@link sizes}. */
const joinedAt = 3;
const joined: PictureBreak = {
  series: ["reports", "reports-closed", "scans-requested", "scans-completed", "signals-closed", "help-asked", "help-closed"],
  about: {
    nl: "Twintig gemeenten deden voor het eerst mee (verzonnen). Daardoor komt er meer binnen.",
    en: "Twenty municipalities took part for the first time (made up). So more comes in.",
  },
};

/** Twenty days after a quarter, or the moment itself when that is earlier. */
const publishedOn = (quarter: string, now: number): string =>
  new Date(Math.min(now, timesOf(quarter).closes.getTime() + 20 * 86_400_000)).toISOString().slice(0, 10);

/**
 * Lays the invented quarters where the server hands them out, unless something lies there already.
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
  const folders: string[] = [];
  // One after the other with one memory, as a desk does: the guard weighs each beside all that came before.
  let memory = nothingPublished;
  for (const [at, size] of sizes.entries()) {
    const quarter = quartersBefore(quarterAt(now), sizes.length - at);
    const made = makePicture({
      facts: inventedFacts(quarter, size),
      counts: [
        { quarter, kind: "report-filed", given: Math.round(815 * size), arrived: Math.round(620 * size) },
        { quarter, kind: "report-closed", given: Math.round(560 * size), arrived: Math.round(480 * size) },
      ],
      quarter,
      edition: 1,
      on: publishedOn(quarter, now),
      invented: true,
      publisher: { name: "Demo onderzoek (verzonnen)", id: "https://demo.example.nl/id/onderzoek", contact: "onderzoek@demo.example.nl" },
      memory,
      breaks: at === joinedAt ? [joined] : [],
    });
    ({ memory } = made);
    folders.unshift(await lay(root, made.picture));
  }
  // The list last, and whole: what it names is there.
  await writeFile(`${list}.new`, JSON.stringify({ version: 1, publications: folders }));
  await rename(`${list}.new`, list);
  return true;
}

/** Lays one edition. @returns its folder */
async function lay(root: string, picture: Picture): Promise<string> {
  const folder = pictureFolderOf(picture);
  const files = pictureFiles(picture, `https://demo.example.nl/publicaties/${folder}/`);
  const digests = await Promise.all(files.map(async ({ name, text }) => ({ name, digest: await digestOf(new TextEncoder().encode(text)) })));
  await mkdir(join(root, folder), { recursive: true });
  for (const { name, text } of files) await writeFile(join(root, folder, name), text);
  await writeFile(join(root, folder, "inhoud.json"), JSON.stringify({ version: 1, publication: folder, wave: picture.quarter, files: digests }));
  return folder;
}

/** States the quarter that runs, unless that was done. Called at every start: a demonstration of last year goes on counting. @param now moment, for tests */
export async function playQuarter(stage: Stage, now: number): Promise<void> {
  const quarter = quarterAt(now);
  if ((await readQuarter(stage.guest().trust, quarter)) !== null) return;
  await stateQuarter(await stage.session("onderzoek"), stage.desk("research"), quarter);
}
