/** What the commands of publication do, on this machine alone: answers are opened here and leave it as protected figures only. Loaded by commands/publications.ts. */
import { cp, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Check } from "typebox/value";
import { loadPaperFiles, PaperError, renderPaper, type PaperCompiler } from "@rugdekking/paper";
import { nodeCompiler } from "@rugdekking/paper/node";
import { groupsIn, makeDesign, numbersOf, parseCsv } from "@rugdekking/survey";
import { DisclosureError } from "@rugdekking/survey/disclosure";
import { type Call, CommandError, type ExitCode } from "#apps/cli/command.ts";
import { writeStream } from "#apps/cli/files.ts";
import { fileTrouble, readText, writeAgain, writeNew } from "#apps/cli/plain-files.ts";
import { signIn, visit } from "#apps/cli/visitor.ts";
import { publicationRules, readPublicationRules, type PublicationRules } from "#registers/publications/index.ts";
import { loadQuestionnaire, type Questionnaire } from "#registers/questionnaires/index.ts";
import { RegisterError } from "#registers/rows.ts";
import { checkClearance, clearPublication } from "#services/monitor/client/index.ts";
import { Envelope } from "#services/directory/contract/index.ts";
import { Publication } from "#services/monitor/contract/publication.ts";
import {
  catalogueOf,
  codebookFile,
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

async function readJson(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError(`${path} is no JSON`, "take the file as it was written");
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
async function filesOf(
  call: Call,
  { publication }: Made,
  questionnaire: Questionnaire,
): Promise<readonly { readonly name: string; readonly bytes: Uint8Array }[]> {
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

/** [Note: Remembered before it is out] The files are laid ready, then what was published is remembered, then the folder gets its name: cut off in between, nothing is out that the guard does not know. */
async function publish(call: Call): Promise<ExitCode> {
  const out = call.need("out");
  const on = call.need("on");
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(on)) throw new CommandError(`--on ${JSON.stringify(on)} is no day`, "give it as 2026-12-17");
  const edition = Number(call.text("edition") ?? "1");
  if (!Number.isInteger(edition) || edition < 1) throw new CommandError("--edition is no whole number from 1", "give 1, or 2 for the first correction");
  const earlier = await earlierOf(call);
  const given = await told(async () => readWaveAnswers(await readJson(call.at(0))));
  const questionnaire = await questionnaireOf(given);
  const rules = await rulesFor(call, questionnaire);
  const made = await told(() => makePublication({ answers: given, questionnaire, rules, earlier, edition, on }));
  const files = await filesOf(call, made, questionnaire);
  const unfinished = `${out}.unfinished`;
  try {
    await mkdir(unfinished, { recursive: false });
    await mkdir(join(unfinished, "grafieken"));
    for (const { name, bytes } of files) await writeFile(join(unfinished, name), bytes, { flag: "wx" });
  } catch (error) {
    throw fileTrouble(unfinished, error);
  }
  await writeAgain(call.need("earlier"), JSON.stringify(made.earlier));
  await rename(unfinished, out).catch((error: unknown) => {
    throw fileTrouble(out, error);
  });
  const { publication, desk } = made;
  const shown = publication.figures.filter((figure) => figure.shown !== null).length;
  call.screen.answer(
    { out, publication: publication.id, files: files.length, figures: shown, withheld: publication.figures.length - shown, desk },
    [
      `Wrote ${out}: ${publication.id}, ${files.length} files, ${shown} figures; ${publication.figures.length - shown} are not shown.`,
      `For the desk alone: ${desk.protection.sensitive} cells below the minimum, ${desk.protection.forTheirSake} hidden for their sake, ${desk.protection.byGuard.length} withheld because of earlier publications.`,
      ...desk.protection.byGuard.map(({ figure, because }) => `  ${figure}: ${because}`),
      desk.silent.length === 0 ? "Every stratum has answers." : `Nobody answered in: ${desk.silent.join(", ")}.`,
      ...desk.notCompared.map((one) => `Not compared: ${one}.`),
      `${call.need("earlier")} remembers it; keep that file safe, it stays with the desk.`,
    ].join("\n"),
  );
  return 0;
}

async function readPublication(path: string): Promise<Publication> {
  const value = await readJson(path);
  if (Check(Publication, value)) return value;
  throw new CommandError(`${path} is no publication of the Monitor`, "take publication.json as it was written");
}

/** Name of the signed statement beside `publication.json`. */
const clearanceFile = "vrijgave.json";

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    throw fileTrouble(path, error);
  }
}

async function clear(call: Call): Promise<ExitCode> {
  const file = join(call.at(0), "publication.json");
  const { id, wave } = await readPublication(file);
  const session = await signIn(call);
  const envelope = await clearPublication(
    session,
    { file: await bytesOf(file), publication: id, wave, madeBy: call.need("made-by"), desk: call.need("desk") },
    new Date(),
  );
  const out = join(call.at(0), clearanceFile);
  await writeNew(out, JSON.stringify(envelope));
  call.screen.answer({ publication: id, out }, `Wrote ${out}: you cleared ${id}.`);
  return 0;
}

async function check(call: Call): Promise<ExitCode> {
  const envelope = await readJson(join(call.at(0), clearanceFile));
  if (!Check(Envelope, envelope)) throw new CommandError(`${clearanceFile} is no signed statement`, "take it as it was written");
  const payload = await checkClearance(visit(call).trust, envelope, await bytesOf(join(call.at(0), "publication.json")));
  call.screen.answer(
    { ...payload },
    `${payload.publication} is what was cleared at ${payload.at} by ${payload.by}, who did not make it (${payload.madeBy} did).`,
  );
  return 0;
}

/** Ids of what lies in a folder of publications, newest first. */
async function listed(path: string): Promise<readonly string[]> {
  const there = await readFile(path, "utf8").catch(() => null);
  if (there === null) return [];
  const value: unknown = JSON.parse(there);
  const ids: unknown = typeof value === "object" && value !== null ? Reflect.get(value, "publications") : null;
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === "string")) throw new CommandError(`${path} is no list of publications`, "mend it by hand");
  return ids;
}

async function place(call: Call): Promise<ExitCode> {
  const from = call.at(0);
  const { id, invented } = await readPublication(join(from, "publication.json"));
  // Whether the signature holds `monitor check` says; here nobody forgets that there must be one.
  if (!invented && !Check(Envelope, await readJson(join(from, clearanceFile))))
    throw new CommandError(`${clearanceFile} is no signed statement`, "let another member of the research desk run rugdekking monitor clear");
  const root = join(resolve(call.text("data") ?? process.env["RUGDEKKING_DATA"] ?? "data"), "publications");
  const list = join(root, "lijst.json");
  const before = await listed(list);
  const to = join(root, id);
  try {
    await mkdir(root, { recursive: true });
    await cp(from, `${to}.unfinished`, { recursive: true, errorOnExist: true, force: false });
    await rename(`${to}.unfinished`, to);
  } catch (error) {
    throw fileTrouble(to, error);
  }
  await writeAgain(list, JSON.stringify({ version: 1, publications: [id, ...before.filter((one) => one !== id)] }));
  call.screen.answer({ id, to }, `${id} is handed out at /publicaties/${id}/ and shown at /monitor/uitkomsten.`);
  return 0;
}

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
export const publicationWork = { publish, clear, check, place, report, cite, leaving } as const;
