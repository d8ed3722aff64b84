/** What the commands of the national picture do, on this machine alone: facts are counted here and leave it as protected figures only. Loaded by commands/pictures.ts. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import Type from "typebox";
import { Check } from "typebox/value";
import { DisclosureError, nothingPublished, type PublishedMemory } from "@rugdekking/survey/disclosure";
import { type Call, CommandError, type ExitCode } from "#apps/cli/command.ts";
import { readText, writeAgain } from "#apps/cli/plain-files.ts";
import {
  bytesOf,
  finish,
  isThere,
  manifestFile,
  manifestOf,
  readHeld,
  readJson,
  unfinishedOf,
  writeFolder,
  type HeldFolder,
} from "#apps/cli/publication-folder.ts";
import { clearedBy, dayOf, editionOf, roadWork, type PublicationRoad } from "#apps/cli/publication-road.ts";
import { citationText, citeFigure } from "#services/figures/contract/cite.ts";
import { FactCount } from "#services/figures/contract/facts.ts";
import { Picture, PictureBreak, pictureFolderOf, pictureStatements } from "#services/figures/contract/picture.ts";
import { makePicture, PictureError, pictureFiles, readFacts, readPictureMemory } from "#services/figures/publication/index.ts";
import { monitorStatements } from "#services/monitor/client/index.ts";

/** Says a refusal of the pipeline as one line. */
async function told<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PictureError) && !(error instanceof DisclosureError)) throw error;
    const [what = error.message, ...mend] = error.message.split(/(?<=[.;]) /u);
    throw new CommandError(what, mend.join(" ") === "" ? "mend what it names" : mend.join(" "));
  }
}

async function memoryOf(call: Call): Promise<PublishedMemory> {
  const path = call.need("earlier");
  if (!call.flag("first")) return await told(async () => readPictureMemory(await readJson(path)));
  const there = await readFile(path).then(
    () => true,
    () => false,
  );
  if (there) throw new CommandError(`${path} is there already, and --first says that nothing was published before`, "leave --first out");
  return nothingPublished;
}

async function countsOf(call: Call): Promise<readonly FactCount[]> {
  const path = call.text("counts");
  if (path === null) return [];
  const value = await readJson(path);
  if (Check(Type.Array(FactCount), value)) return value;
  throw new CommandError(`${path} does not say how many facts were given and arrived`, "take the file as it was written when they were collected");
}

async function breaksOf(call: Call): Promise<readonly PictureBreak[]> {
  const path = call.text("breaks");
  if (path === null) return [];
  const value = await readJson(path);
  if (Check(Type.Array(PictureBreak), value)) return value;
  throw new CommandError(`${path} is no list of breaks`, 'write it as [{"series": ["reports"], "about": {"nl": "…", "en": "…"}}]; no series: all of them');
}

interface HeldPicture extends HeldFolder {
  readonly picture: Picture;
}

/** A folder held to its list, with the picture in it. @throws {@link CommandError} */
async function readPicture(folder: string): Promise<HeldPicture> {
  const held = await readHeld(folder);
  const bytes = held.files.find(({ name }) => name === "publication.json")?.bytes ?? new Uint8Array();
  const picture: unknown = JSON.parse(new TextDecoder().decode(bytes));
  if (!Check(Picture, picture)) throw new CommandError(`${join(folder, "publication.json")} is no national picture`, "take the folder as it was written");
  if (pictureFolderOf(picture) !== held.list.publication || picture.quarter !== held.list.wave)
    throw new CommandError(`${join(folder, manifestFile)} is the list of another publication`, "take the folder as it was written");
  return { ...held, picture };
}

/** As `monitor publish`: laid ready, then remembered, then named; a run that was cut off after it was remembered is taken up. */
async function publish(call: Call): Promise<ExitCode> {
  const out = call.need("out");
  const on = dayOf(call);
  const asked = /^(20\d{2})-[qk]?([1-4])$/u.exec(call.need("quarter"));
  if (asked === null) throw new CommandError(`--quarter ${JSON.stringify(call.need("quarter"))} is no quarter`, "give it as 2026-3");
  const quarter = `${asked[1]}-q${asked[2]}`;
  const edition = editionOf(call);
  const site = call.need("site");
  if (!/^https:\/\/\S+\/$/u.test(site)) throw new CommandError(`--site ${JSON.stringify(site)} is no address of a folder`, "give https://…/ with the slash");
  if (await isThere(out)) throw new CommandError(`${out} exists already`, "choose another name; nothing is overwritten");
  const memory = await memoryOf(call);
  const unfinished = unfinishedOf(out);
  if (await isThere(unfinished)) {
    const taken = await readPicture(unfinished).catch(() => null);
    if (taken === null || !memory.guard.publications.some(({ id }) => id === pictureFolderOf(taken.picture)))
      throw new CommandError(`${unfinished} is there, of a run that was cut off before anything was remembered`, "remove that folder, then run this again");
    await finish(out);
    const publication = pictureFolderOf(taken.picture);
    call.screen.answer({ out, publication }, `Wrote ${out}: ${publication}, made and remembered by a run that was cut off.`);
    return 0;
  }
  const publisher = { name: call.need("publisher"), id: call.need("publisher-id"), contact: call.need("contact") };
  const text = await readText(call.at(0));
  const counts = await countsOf(call);
  const breaks = await breaksOf(call);
  const made = await told(() =>
    makePicture({ facts: readFacts(text, quarter), counts, quarter, edition, on, invented: call.flag("invented"), publisher, memory, breaks }),
  );
  const { picture, report } = made;
  const publication = pictureFolderOf(picture);
  const own = await told(() => pictureFiles(picture, site).map(({ name, text: content }) => ({ name, bytes: new TextEncoder().encode(content) })));
  const files = [...own, { name: manifestFile, bytes: await manifestOf({ id: publication, wave: quarter }, own) }];
  await writeFolder(unfinished, files);
  await writeAgain(call.need("earlier"), JSON.stringify(made.memory));
  await finish(out);
  const shown = picture.figures.filter((figure) => figure.shown !== null).length;
  const withheld = picture.figures.length - shown;
  call.screen.answer(
    { out, publication, files: files.length, figures: shown, withheld, desk: report },
    [
      `Wrote ${out}: ${publication}, ${files.length} files, ${shown} figures; ${withheld} are not shown.`,
      `For the desk alone: ${report.sensitive} cells below the minimum, ${report.forTheirSake} hidden for their sake, ${report.byGuard.length} withheld because of earlier publications.`,
      ...report.byGuard.map(({ figure, because }) => `  ${figure}: ${because}`),
      `${call.need("earlier")} remembers it; keep that file safe, it stays with the desk.`,
    ].join("\n"),
  );
  return 0;
}

const road: PublicationRoad = {
  command: "figures",
  types: pictureStatements,
  list: "cijfers.json",
  page: "/cijfers",
  read: async (folder) => {
    const { picture, list, manifest, files } = await readPicture(folder);
    return { id: list.publication, invented: picture.invented, manifest, files };
  },
};

async function cite(call: Call): Promise<ExitCode> {
  const path = resolve(call.at(0));
  const bytes = await bytesOf(path);
  const publication = await readJson(path);
  const invented = typeof publication === "object" && publication !== null && Reflect.get(publication, "invented") === true;
  if (!invented) {
    const { manifest, files } = await readHeld(dirname(path));
    const held = files.find(({ name }) => name === "publication.json")?.bytes;
    if (held === undefined || !Buffer.from(held).equals(Buffer.from(bytes)))
      throw new CommandError(`${call.at(0)} is not the publication of its folder`, "cite from publication.json in the folder that was cleared");
    await clearedBy(call, Check(Picture, publication) ? road : { command: "monitor", types: monitorStatements }, dirname(path), manifest);
  }
  const figure = citeFigure(publication, call.at(1), createHash("sha256").update(bytes).digest("hex"));
  if (figure === null)
    throw new CommandError(`${call.at(0)} shows no figure ${call.at(1)}`, "its figures are listed in cijfers.csv beside it; what is not shown cannot be cited");
  call.screen.answer({ ...figure }, `${citationText(figure)}\nsha-256 ${figure.digest}`);
  return 0;
}

/** The work by the command's last word. */
export const pictureWork = { publish, ...roadWork(road), cite } as const;
