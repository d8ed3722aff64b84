/** What the commands of publication do, on this machine alone: answers are opened here and leave it as protected figures only. Loaded by commands/publications.ts. */
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { loadPaperFiles, PaperError, renderPaper, type PaperCompiler } from "@rugdekking/paper";
import { nodeCompiler } from "@rugdekking/paper/node";
import { groupsIn, makeDesign, numbersOf, parseCsv } from "@rugdekking/survey";
import { DisclosureError } from "@rugdekking/survey/disclosure";
import { type Call, CommandError, type ExitCode } from "#apps/cli/command.ts";
import { writeStream } from "#apps/cli/files.ts";
import { readText, writeAgain } from "#apps/cli/plain-files.ts";
import {
  finish,
  isThere,
  manifestFile,
  manifestOf,
  readJson,
  readPublication,
  readWhole,
  unfinishedOf,
  writeFolder,
  type PublicationFile,
} from "#apps/cli/publication-folder.ts";
import { clearedBy, dayOf, editionOf, roadWork, type PublicationRoad } from "#apps/cli/publication-road.ts";
import { publicationRules, readPublicationRules, type PublicationRules } from "#registers/publications/index.ts";
import { loadQuestionnaire, type Questionnaire } from "#registers/questionnaires/index.ts";
import { RegisterError } from "#registers/rows.ts";
import { monitorStatements } from "#services/monitor/client/index.ts";
import {
  catalogueOf,
  codebookFile,
  distributionsOf,
  factsheetGroups,
  factsheetOf,
  figureNamed,
  freeze,
  makePublication,
  nothingEarlier,
  paperOf,
  PublicationError,
  readEarlier,
  readWaveAnswers,
  reportOf,
  svgText,
  tableFiles,
  type Earlier,
  type Made,
  type MonitorDocument,
} from "#services/monitor/publication/index.ts";
import { compareLeaving } from "#services/monitor/staying/index.ts";

/** Says a refusal of the pipeline as one line. */
async function told<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PublicationError || error instanceof DisclosureError || error instanceof PaperError || error instanceof RegisterError) {
      const [what = error.message, ...mend] = error.message.split(/(?<=[.;]) /u);
      throw new CommandError(what, mend.join(" ") === "" ? "mend what it names" : mend.join(" "));
    }
    throw error;
  }
}

async function rulesFor(call: Call, questionnaire: Questionnaire): Promise<PublicationRules> {
  const path = call.text("spec");
  if (path !== null) return await told(async () => readPublicationRules(await readJson(path), path));
  const found = publicationRules.findLast((rules) => rules.questionnaire.set === questionnaire.set && rules.questionnaire.version === questionnaire.version);
  if (found !== undefined) return found;
  throw new CommandError(`there are no rules of publication for ${questionnaire.set} version ${questionnaire.version}`, "give --spec FILE");
}

/** The questionnaire the answers were given to; the first that says so decides, the others are held to it. */
async function questionnaireOf(given: ReturnType<typeof readWaveAnswers>): Promise<Questionnaire> {
  for (const { record } of given.answers) {
    if (typeof record !== "object" || record === null) continue;
    const named: unknown = Reflect.get(record, "questionnaire");
    if (typeof named !== "object" || named === null) continue;
    const [set, version]: unknown[] = [Reflect.get(named, "set"), Reflect.get(named, "version")];
    const found = typeof set === "string" && typeof version === "number" ? await loadQuestionnaire(set, version) : null;
    if (found !== null) return found;
  }
  throw new CommandError("no answer names a questionnaire that was ever published", "fetch the answers again");
}

async function earlierOf(call: Call): Promise<Earlier> {
  const path = call.need("earlier");
  if (!call.flag("first")) return await told(async () => readEarlier(await readJson(path)));
  const there = await readFile(path).then(
    () => true,
    () => false,
  );
  if (there) throw new CommandError(`${path} is there already, and --first says that nothing was published before`, "leave --first out");
  return nothingEarlier;
}

const papers = async (): Promise<PaperCompiler> => nodeCompiler(await loadPaperFiles(async (url) => new Uint8Array(await readFile(url))));

function pdfOf(compiler: PaperCompiler, document: MonitorDocument): Uint8Array {
  const { data, assets } = paperOf(document);
  return renderPaper(compiler, "uitkomsten", data, assets);
}

/** All files of a publication, by name; sub-folders by a slash. */
async function filesOf(call: Call, { publication }: Made, questionnaire: Questionnaire): Promise<readonly PublicationFile[]> {
  const text = (name: string, content: string) => ({ name, bytes: new TextEncoder().encode(content) });
  const publisher = { name: call.need("publisher"), id: call.need("publisher-id"), contact: call.need("contact"), site: call.need("site") };
  if (!/^https:\/\/\S+\/$/u.test(publisher.site))
    throw new CommandError(`--site ${JSON.stringify(publisher.site)} is no address of a folder`, "give https://…/ with the slash");
  const compiler = await papers();
  const documents = [
    reportOf(publication, "nl"),
    ...factsheetGroups(publication).map(({ dimension, code }) => factsheetOf(publication, dimension, code, "nl")),
  ];
  const tables = [...tableFiles(publication), codebookFile(publication, questionnaire)];
  const named = ["publication.json", ...tables.map(({ name }) => name), ...documents.map(({ id }) => `${id}.pdf`)];
  const catalogue = await told(() => catalogueOf(publication, publisher, named));
  const charts = documents.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === "chart" ? [text(`grafieken/${block.id}.svg`, svgText(block.drawing))] : [])),
  );
  const pdfs = await told(() => documents.map((document) => ({ name: `${document.id}.pdf`, bytes: pdfOf(compiler, document) })));
  return [
    text("publication.json", JSON.stringify(publication)),
    ...tables.map((table) => text(table.name, table.text)),
    text("catalogus.jsonld", JSON.stringify(catalogue, null, 2)),
    ...charts,
    ...pdfs,
  ];
}

/**
 * [Note: Remembered before it is out] The files are laid ready, then what was published is remembered, then the folder gets its name: cut off in between, nothing is out that the guard does not know. A run that was cut
 * off after it was remembered is taken up: its folder is whole, and only gets its name.
 */
async function publish(call: Call): Promise<ExitCode> {
  const out = call.need("out");
  const on = dayOf(call);
  const edition = editionOf(call);
  if (await isThere(out)) throw new CommandError(`${out} exists already`, "choose another name; nothing is overwritten");
  const earlier = await earlierOf(call);
  const unfinished = unfinishedOf(out);
  if (await isThere(unfinished)) {
    const taken = await readWhole(unfinished).catch(() => null);
    if (taken === null || !earlier.guard.publications.some(({ id }) => id === taken.publication.id))
      throw new CommandError(`${unfinished} is there, of a run that was cut off before anything was remembered`, "remove that folder, then run this again");
    await finish(out);
    call.screen.answer({ out, publication: taken.publication.id }, `Wrote ${out}: ${taken.publication.id}, made and remembered by a run that was cut off.`);
    return 0;
  }
  const given = await told(async () => readWaveAnswers(await readJson(call.at(0))));
  const questionnaire = await questionnaireOf(given);
  const rules = await rulesFor(call, questionnaire);
  const made = await told(() => makePublication({ answers: given, questionnaire, rules, earlier, edition, on }));
  const own = await filesOf(call, made, questionnaire);
  const files = [...own, { name: manifestFile, bytes: await manifestOf(made.publication, own) }];
  await writeFolder(unfinished, files);
  await writeAgain(call.need("earlier"), JSON.stringify(made.earlier));
  await finish(out);
  const { publication, desk } = made;
  const figures = [...publication.figures, ...distributionsOf(publication).flatMap((one) => one.figures)];
  const shown = figures.filter((figure) => figure.shown !== null).length;
  call.screen.answer(
    { out, publication: publication.id, files: files.length, figures: shown, withheld: figures.length - shown, desk },
    [
      `Wrote ${out}: ${publication.id}, ${files.length} files, ${shown} figures; ${figures.length - shown} are not shown.`,
      `For the desk alone: ${desk.protection.sensitive} cells below the minimum, ${desk.protection.forTheirSake} hidden for their sake, ${desk.protection.byGuard.length} withheld because of earlier publications.`,
      ...desk.protection.byGuard.map(({ figure, because }) => `  ${figure}: ${because}`),
      desk.silent.length === 0 ? "Every stratum has answers." : `Nobody answered in: ${desk.silent.join(", ")}.`,
      ...desk.notCompared.map((one) => `Not compared: ${one}.`),
      `${call.need("earlier")} remembers it; keep that file safe, it stays with the desk.`,
    ].join("\n"),
  );
  return 0;
}

const road: PublicationRoad = {
  command: "monitor",
  types: monitorStatements,
  list: "lijst.json",
  page: "/monitor/uitkomsten",
  read: async (folder) => {
    const { publication, manifest, files } = await readWhole(folder);
    return { id: publication.id, invented: publication.invented, manifest, files };
  },
};

async function report(call: Call): Promise<ExitCode> {
  const publication = await readPublication(call.at(0));
  const out = call.need("out");
  const language = call.choice("language", ["nl", "en"], "nl");
  const of = call.text("of");
  const [dimension = "", code = ""] = of === null ? [] : of.split("=");
  if (of !== null && !factsheetGroups(publication).some((one) => one.dimension === dimension && one.code === code)) {
    throw new CommandError(
      `there is no factsheet of ${of}`,
      `take one of ${factsheetGroups(publication)
        .map((one) => `${one.dimension}=${one.code}`)
        .join(", ")}`,
    );
  }
  const document = of === null ? reportOf(publication, language) : factsheetOf(publication, dimension, code, language);
  const pdf = await told(async () => pdfOf(await papers(), document));
  await writeStream(out, new Blob([new Uint8Array(pdf)]).stream());
  call.screen.answer({ out, document: document.id, bytes: pdf.byteLength }, `Wrote ${out}: ${document.title}, ${pdf.byteLength} bytes, tagged PDF (PDF/UA-1).`);
  return 0;
}

async function cite(call: Call): Promise<ExitCode> {
  const publication = await readPublication(call.at(0));
  if (!publication.invented) {
    const folder = dirname(resolve(call.at(0)));
    const whole = await readWhole(folder);
    if (JSON.stringify(whole.publication) !== JSON.stringify(publication))
      throw new CommandError(`${call.at(0)} is not the publication of its folder`, "cite from publication.json in the folder that was cleared");
    await clearedBy(call, road, folder, whole.manifest);
  }
  const frozen = await told(async () => await freeze(publication, figureNamed(publication, call.at(1)).id));
  call.screen.answer({ ...frozen }, `${frozen.citation.nl}\n${frozen.citation.en}\nsha-256 ${frozen.digest}`);
  return 0;
}

async function leaving(call: Call): Promise<ExitCode> {
  const table = parseCsv(await readText(call.at(0)));
  const strata = call.text("strata");
  const weights = call.text("weights");
  const design = makeDesign({
    rows: table.rows,
    ...(strata === null ? {} : { strata: [groupsIn(table, strata)] }),
    ...(weights === null ? {} : { weights: numbersOf(table, weights) }),
  });
  const entry = call.text("entry");
  const besides = call.text("besides");
  const found = compareLeaving(design, table.columns, {
    exit: call.need("exit"),
    left: call.need("left"),
    met: call.need("met"),
    ...(entry === null ? {} : { entry }),
    ...(besides === null ? {} : { besides }),
  });
  call.screen.answer({ ...found }, `${found.result.nl}\n${found.missed.nl}\n${found.result.en}\n${found.missed.en}`);
  return 0;
}

/** The work by the command's last word. */
export const publicationWork = { publish, ...roadWork(road), report, cite, leaving } as const;
