/** The three example scans: one just visited, one with the authority, one adopted after the authority sent it back once. Called by plays.ts; the CLI road test walks the same steps. */
import {
  adopt,
  assign,
  decideEntitlement,
  draftAdvice,
  openScan,
  plan,
  recordVisit,
  requestScan,
  returnAdvice,
  saveAnalysis,
  saveRisk,
  submit,
  weigh,
} from "#services/scanning/client/index.ts";
import type { Stage } from "./build.ts";
import { doorPhoto } from "./photo.ts";
import { advice, analysis, asked, day, findings, risk, type Asker } from "./scan-words.ts";

const DAY = 24 * 60 * 60 * 1000;

const askers = {
  visited: { player: "wethouder-tweede", name: "Wies Demo", function: "alderman", address: "Demolaan 12, Demostad" },
  submitted: { player: "burgemeester", name: "Bo Demo", function: "mayor", address: "Demoplein 3, Demostad" },
  adopted: { player: "wethouder", name: "Wil Demo", function: "alderman", address: "Demostraat 1, Demostad" },
} as const satisfies Readonly<Record<string, Asker>>;

/** Plays every scan that was not played yet. */
export async function playScans(stage: Stage): Promise<void> {
  const once = async (name: string, play: () => Promise<string>): Promise<void> => {
    if (stage.known(name) === null) await stage.remember({ dossier: [name, await play()] });
  };
  await once("scan-visited", () => untilVisited(stage, askers.visited));
  await once("scan-submitted", () => untilSubmitted(stage, askers.submitted, "Eerste versie."));
  await once("scan-adopted", () => untilAdopted(stage, askers.adopted));
}

async function untilVisited(stage: Stage, asker: Asker): Promise<string> {
  const owner = await stage.session(asker.player);
  const { dossier } = await requestScan(owner, {
    request: asked(asker),
    desks: { expert: stage.desk("expert"), authority: stage.desk("authority"), employer: stage.desk("employer") },
  });
  const planner = await openScan(await stage.session("planner"), dossier);
  await decideEntitlement(planner, await weigh(planner));
  await assign(planner, stage.person("adviseur"), "Demonstratie");
  const expert = await openScan(await stage.session("adviseur"), dossier);
  await plan(expert, { start: new Date(Date.now() + DAY).toISOString(), minutes: 120, placeNote: "Demonstratie: aan de keukentafel" });
  await recordVisit(expert, {
    on: day(0),
    present: asker.name,
    note: "Demonstratie. Rustig gesprek.",
    findings: findings.map((finding) => ({ ...finding, photos: finding.id === "f1" ? [doorPhoto()] : [] })),
  });
  return dossier;
}

async function untilSubmitted(stage: Stage, asker: Asker, text: string): Promise<string> {
  const dossier = await untilVisited(stage, asker);
  const expert = await openScan(await stage.session("adviseur"), dossier);
  await saveAnalysis(expert, analysis);
  await saveRisk(expert, risk);
  await draftAdvice(expert, advice(asker.address, text));
  await submit(expert, "Demonstratie");
  return dossier;
}

async function untilAdopted(stage: Stage, asker: Asker): Promise<string> {
  const dossier = await untilSubmitted(stage, asker, "Eerste versie, nog zonder de achterdeur.");
  const first = await openScan(await stage.session("bva-tweede"), dossier);
  await returnAdvice(first, [{ section: "s1", reason: "Demonstratie. De achterdeur ontbreekt in de tekst." }]);
  const expert = await openScan(await stage.session("adviseur"), dossier);
  await draftAdvice(expert, advice(asker.address, "Tweede versie, met de achterdeur."));
  await submit(expert, "Demonstratie");
  const authority = await openScan(await stage.session("bva"), dossier);
  const read = authority.newest("advice");
  if (read === null) throw new Error("the demonstration's advice did not reach the authority");
  await adopt(authority, read, { statement: "Demonstratie. Vastgesteld." });
  return dossier;
}
