/** A publication of an invented wave of the Monitor, laid where a server hands publications out. For the journey and the pictures of the results page. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { publicationRules } from "#registers/publications/index.ts";
import { loadQuestionnaire } from "#registers/questionnaires/index.ts";
import type { Publication } from "#services/monitor/contract/publication.ts";
import { codebookFile, makePublication, nothingEarlier } from "#services/monitor/publication/index.ts";
import { inventedStrata, inventedWave } from "#services/monitor/publication/testing-answers.ts";

/** Makes it of a quarter of the invented answers, so that there is something not to show, and lays it in this data directory. */
export async function layResults(data: string): Promise<Publication> {
  const questionnaire = await loadQuestionnaire("monitor", 1);
  const [rules] = publicationRules;
  if (questionnaire === null || rules === undefined) throw new Error("there is no questionnaire of the Monitor");
  const strata = inventedStrata().map((stratum) => ({ ...stratum, answering: Math.ceil(stratum.answering / 4) }));
  const answers = inventedWave(questionnaire, 4, undefined, strata);
  const { publication } = makePublication({ answers, questionnaire, rules, earlier: nothingEarlier, edition: 1, on: "2026-12-17" });
  const folder = join(data, "publications", publication.id);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "publication.json"), JSON.stringify(publication));
  await writeFile(join(folder, "codeboek.csv"), codebookFile(publication, questionnaire).text);
  await writeFile(join(data, "publications", "lijst.json"), JSON.stringify({ version: 1, publications: [publication.id] }));
  return publication;
}
