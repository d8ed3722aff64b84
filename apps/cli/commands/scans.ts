/** `rugdekking scan …`: the whole road of a security scan, step by step, each by whoever the workflow lets do it. */
import Type from "typebox";
import { bodyFrom } from "#apps/cli/body.ts";
import { acknowledge, attachmentsFrom, openNamed, worded, wordsOf } from "#apps/cli/commands/dossiers.ts";
import { type Call, type Command, CommandError, type ExitCode, type OptionRule, signedIn } from "#apps/cli/command.ts";
import { writeNew } from "#apps/cli/files.ts";
import { oneLine } from "#apps/cli/screen.ts";
import { signIn } from "#apps/cli/visitor.ts";
import { SettingValues } from "#registers/functions/index.ts";
import type { Trust } from "#services/directory/client/index.ts";
import type { DeskFunction } from "#services/directory/contract/index.ts";
import { officeFunctions } from "#services/dossier/contract/bodies.ts";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import type { Receipt } from "#services/dossier/contract/index.ts";
import {
  adopt,
  appointmentOf,
  assign,
  complete,
  decideEntitlement,
  draftAdvice,
  handOverProvisionList,
  measuresOf,
  plan,
  recordDeparture,
  recordMeasure,
  recordNoShow,
  recordVisit,
  replan,
  requestScan,
  returnAdvice,
  saveAnalysis,
  saveRisk,
  submit,
  weigh,
  deciderOf,
  type KnownFacts,
  type Weighed,
} from "#services/scanning/client/index.ts";
import { SituationError } from "#services/scanning/entitlement/index.ts";
import { AdviceBody, measureStates, RequestBody, RiskAssessmentBody, ThreatAnalysisBody, VisitBody } from "#services/scanning/contract/index.ts";

/** The one desk of a function, or the one a call names. */
async function deskFor(call: Call, trust: Trust, option: string, wanted: DeskFunction, organisation?: string): Promise<string> {
  const named = call.text(option);
  if (named !== null) return named;
  const desks = await trust.desks({ function: wanted, ...(organisation === undefined ? {} : { organisation }) });
  const [only] = desks;
  if (only !== undefined && desks.length === 1) return only.id;
  throw new CommandError(
    `there are ${desks.length} desks that could be ${option}`,
    `name one with --${option}${desks.length === 0 ? "" : `: ${desks.map(({ id, name }) => `${id} (${name})`).join(", ")}`}`,
  );
}

async function request(call: Call): Promise<ExitCode> {
  const {
    version: _version,
    attachments: _attachments,
    ...body
  } = await bodyFrom(call.need("body"), RequestBody, { version: 1, attachments: [], moved: false });
  const attachments = await attachmentsFrom(call.positionals);
  const session = await signIn(call);
  const { trust } = session;
  const desks = {
    employer: await deskFor(call, trust, "employer", "employer", call.need("organisation")),
    expert: await deskFor(call, trust, "expert", "expert-desk"),
    authority: await deskFor(call, trust, "authority", "authority"),
  };
  const bar = call.screen.progress("upload");
  const asked = await requestScan(session, { request: body, desks, attachments, onProgress: (sent, total) => bar.at(sent, total) });
  bar.end();
  const out = call.text("receipt-out");
  if (out !== null) await writeNew(out, `${JSON.stringify(asked.receipt, null, 2)}\n`);
  call.screen.answer(
    { ...asked, desks },
    `Asked: dossier ${asked.dossier}, entry 1; the receipt was checked against the pinned log.\nYou signed three consents (expert desk, authority, employer: only what to provide). See them with rugdekking consent list ${asked.dossier}; each can be withdrawn.`,
  );
  return 0;
}

/** A step that only needs the open dossier. */
const step =
  (what: string, take: (handle: DossierHandle, call: Call) => Promise<Receipt>) =>
  async (call: Call): Promise<ExitCode> => {
    const { handle } = await openNamed(call);
    return acknowledge(call, handle, await take(handle, call), what);
  };

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(Date.parse(text));

/** A day given on the line; null when left out. */
function dayOf(call: Call, option: string): string | null {
  const day = call.text(option);
  if (day !== null && !isDay(day)) throw new CommandError(`--${option} ${JSON.stringify(day)} is not a day`, `for example --${option} 2026-06-01`);
  return day;
}

/** What the desk knows beside the request, from the line. */
async function knownFacts(handle: DossierHandle, call: Call): Promise<KnownFacts> {
  const [since, until, pkvw] = [dayOf(call, "since"), dayOf(call, "until"), dayOf(call, "pkvw-until")];
  const [capacity, exception] = [call.text("capacity"), call.text("exception")];
  return {
    ...(since === null ? {} : { since }),
    ...(until === null ? {} : { until }),
    ...(capacity === null ? {} : { capacity: call.choice("capacity", ["ordinary", "acting", "suspended"]) }),
    ...(pkvw === null ? {} : { certificate: { state: "issued", issuedOn: null, validUntil: pkvw } }),
    ...(exception === null ? {} : { exception: { by: await deciderOf(handle), on: new Date().toISOString().slice(0, 10), reason: exception } }),
  };
}

/** Settings for the open points of the law, from a JSON file. */
async function chosenSettings(call: Call): Promise<Partial<SettingValues>> {
  const file = call.text("settings");
  return file === null ? {} : bodyFrom(file, Type.Partial(SettingValues), {});
}

async function weighed(handle: DossierHandle, call: Call): Promise<Weighed> {
  try {
    return await weigh(handle, await knownFacts(handle, call), await chosenSettings(call));
  } catch (error) {
    if (error instanceof SituationError)
      throw new CommandError(`the facts do not fit together: ${error.message}`, "correct the day or the setting and try again");
    throw error;
  }
}

const marks = { met: "yes", "by-exception": "exception", "not-met": "no", "not-known": "unknown" } as const;

async function conditions(call: Call): Promise<ExitCode> {
  const { handle } = await openNamed(call);
  const { decision, situation } = await weighed(handle, call);
  const lines = [
    decision.verdict.en,
    ...decision.conditions.map(({ state, article, en }) => `${marks[state].padEnd(11)}${article.padEnd(34)}${en}`),
    ...decision.todo.map(({ en, article }) => `to do      ${article.padEnd(34)}${en}`),
    ...decision.ways.map(({ en }) => `way        ${en}`),
  ];
  call.screen.answer({ ...decision, situation }, lines.join("\n"));
  return 0;
}

async function entitle(handle: DossierHandle, call: Call): Promise<Receipt> {
  const found = await weighed(handle, call);
  const wanted = call.text("decide") === null ? null : call.choice("decide", ["start", "point"]);
  return decideEntitlement(handle, found, { words: call.text("words") ?? "", ...(wanted === null ? {} : { entitled: wanted === "start" }) });
}

function appointment(handle: DossierHandle, call: Call): Promise<Receipt> {
  const start = new Date(call.need("start"));
  const minutes = Number(call.text("minutes") ?? "120");
  if (Number.isNaN(start.valueOf()))
    throw new CommandError(`--start ${JSON.stringify(call.need("start"))} is not a moment`, "for example --start 2026-12-01T13:00:00Z");
  if (!Number.isInteger(minutes) || minutes < 15 || minutes > 600)
    throw new CommandError("--minutes is not a number from 15 to 600", "for example --minutes 120");
  return plan(handle, { start: start.toISOString(), minutes, placeNote: call.text("place") ?? "" });
}

async function visit(call: Call): Promise<ExitCode> {
  const { version: _version, attachments: _attachments, findings, ...body } = await bodyFrom(call.need("body"), VisitBody, { version: 1, attachments: [] });
  const attachments = await attachmentsFrom(call.positionals.slice(1));
  const { handle } = await openNamed(call);
  const bar = call.screen.progress("upload");
  const receipt = await recordVisit(
    handle,
    { ...body, findings: findings.map((finding) => ({ ...finding, photos: [] })), attachments },
    { onProgress: (sent, total) => bar.at(sent, total) },
  );
  bar.end();
  return acknowledge(call, handle, receipt, "Visit recorded");
}

async function draft(call: Call): Promise<ExitCode> {
  const [analysisFile, riskFile, adviceFile] = [call.text("threat-analysis"), call.text("risk-assessment"), call.text("advice")];
  if (analysisFile === null && riskFile === null && adviceFile === null)
    throw new CommandError("scan draft has nothing to write", `give --threat-analysis, --risk-assessment or --advice; for example: ${call.command.example}`);
  const analysis = analysisFile === null ? null : await bodyFrom(analysisFile, ThreatAnalysisBody, { version: 1, attachments: [] });
  const risk = riskFile === null ? null : await bodyFrom(riskFile, RiskAssessmentBody, { version: 1 });
  const advice = adviceFile === null ? null : await bodyFrom(adviceFile, AdviceBody, { version: 1, adviceVersion: 1, attachments: [] });
  const attachments = await attachmentsFrom(call.positionals.slice(1));
  const { handle } = await openNamed(call);
  const receipts: Receipt[] = [];
  if (analysis !== null) {
    const { version: _version, attachments: _none, ...body } = analysis;
    receipts.push(await saveAnalysis(handle, body));
  }
  if (risk !== null) {
    const { version: _version, ...body } = risk;
    receipts.push(await saveRisk(handle, body));
  }
  if (advice !== null) {
    const { version: _version, adviceVersion: _count, attachments: _none, ...body } = advice;
    receipts.push(await draftAdvice(handle, body, { attachments }));
  }
  call.screen.answer({ receipts, phase: handle.view.phase }, `Written: ${receipts.length} entries of dossier ${handle.id}, now ${handle.view.phase}.`);
  return 0;
}

async function sendBack(handle: DossierHandle, call: Call): Promise<Receipt> {
  const newest = handle.newest("advice");
  const section = call.text("section") ?? (newest === null ? "advice" : ((await handle.readBody(newest, AdviceBody)).sections[0]?.id ?? "advice"));
  return returnAdvice(handle, [{ section, reason: await wordsOf(call) }]);
}

async function decide(call: Call): Promise<ExitCode> {
  const statement = await wordsOf(call);
  const { handle } = await openNamed(call);
  const newest = handle.newest("advice");
  if (newest === null) throw new CommandError(`dossier ${handle.id} has no advice that you may read`, "see rugdekking dossier show");
  const read = call.text("advice-entry");
  if (read !== null && read !== String(newest.seq))
    throw new CommandError(`the newest advice is entry ${newest.seq}, not ${read}`, "read it first: rugdekking dossier show");
  const { adoption, provisionList } = await adopt(handle, newest, { statement });
  call.screen.answer(
    { adoption, provisionList, phase: handle.view.phase },
    `Adopted: you signed over the advice of entry ${newest.seq} (entry ${adoption.seq}); the employer received the list of what to provide (entry ${provisionList.seq}) and nothing else.`,
  );
  return 0;
}

async function provide(handle: DossierHandle, call: Call): Promise<Receipt> {
  const cost = call.text("cost");
  if (cost !== null && !/^\d{1,8}$/.test(cost)) throw new CommandError("--cost is not a number of whole euros", "for example --cost 450");
  return recordMeasure(handle, {
    measure: call.need("measure"),
    state: call.choice("state", measureStates),
    on: call.text("on") ?? new Date().toISOString().slice(0, 10),
    reason: call.text("words") ?? "",
    cost: cost === null ? null : Number(cost),
  });
}

async function measures(call: Call): Promise<ExitCode> {
  const { handle } = await openNamed(call);
  const known = await measuresOf(handle);
  call.screen.answer(
    { measures: known?.measures.map(({ line, state }) => ({ ...line, state })) ?? [] },
    known === null
      ? "There is no provision list yet."
      : known.measures
          .map(({ line, state }) => `${line.id.padEnd(20)}${state.padEnd(10)}${oneLine(line.what)} (${line.provided}, ${line.costLow}-${line.costHigh} euro)`)
          .join("\n"),
  );
  return 0;
}

const id = "0199b1c4-1111-7222-8333-444455556666";
const row = (name: string, about: string, options: Readonly<Record<string, OptionRule>>, example: string, run: Command["run"], takes = "DOSSIER"): Command => ({
  name: `scan ${name}`,
  about,
  takes,
  options: { ...signedIn, ...options },
  example: `rugdekking scan ${name} ${example}`,
  run,
});
const words = { words: { value: "TEXT", about: "added words" } } as const;

const facts = {
  since: { value: "DAY", about: "first day in office, or from which it was certain, when the request does not say" },
  until: { value: "DAY", about: "last day in office" },
  capacity: { value: "WHAT", about: "ordinary, acting, suspended" },
  "pkvw-until": { value: "DAY", about: "last day of the home's PKVW certificate" },
  exception: { value: "TEXT", about: "why a certificate cannot reasonably be required; you decide that, today" },
  settings: { value: "FILE", about: "JSON with other values for the open points of the law (registers/functions/settings.json)" },
} as const;

/** Commands of the scan road, in its order. */
export const scanCommands: readonly Command[] = [
  row(
    "request",
    "ask for a security scan; signs three consents",
    {
      body: {
        value: "FILE",
        about: `JSON of the request: name, function (${officeFunctions.slice(0, 3).join(", ")}, …), organisationName, standing, since, address, homeMunicipality, ontheffing, pkvw, reasons, householdSize, contact`,
      },
      organisation: { value: "ORG", about: "the employer, for example gm0363" },
      employer: { value: "DESK", about: "its employer desk, when it has more than one" },
      expert: { value: "DESK", about: "expert desk, when there is more than one" },
      authority: { value: "DESK", about: "authority desk, when there is more than one" },
      "receipt-out": { value: "FILE", about: "new file for the receipt" },
    },
    "--body aanvraag.json --organisation demo-gemeente --as demo.wethouder@example.nl",
    request,
    "[FILE...]",
  ),
  row(
    "conditions",
    "how the claim stands: every condition of the Regeling by article and lid, what is still to be done, and where else to go",
    facts,
    `${id} --as demo.planner@example.nl`,
    conditions,
  ),
  row(
    "entitle",
    "record whether the scan may begin, by those conditions; another decision than theirs needs --words",
    { ...words, ...facts, decide: { value: "WHAT", about: "start, or point elsewhere (what the conditions say)" } },
    `${id} --since 2026-06-01 --as demo.planner@example.nl`,
    step("Entitlement recorded", entitle),
  ),
  row(
    "assign",
    "assign an adviser of the expert desk",
    { ...words, expert: { value: "PERSON", about: "person id, from rugdekking desk show" } },
    `${id} --expert ${id} --as demo.planner@example.nl`,
    step("Assigned", (handle, call) => assign(handle, call.need("expert"), call.text("words") ?? "")),
  ),
  row(
    "plan",
    "make the appointment",
    {
      start: { value: "MOMENT", about: "with Z or an offset" },
      minutes: { value: "NUMBER", about: "15 to 600 (120)" },
      place: { value: "TEXT", about: "where exactly" },
    },
    `${id} --start 2026-12-01T13:00:00Z --as demo.adviseur@example.nl`,
    step("Planned", appointment),
  ),
  row(
    "replan",
    "the appointment is off",
    worded,
    `${id} --words "Ik ben verhinderd." --as demo.adviseur@example.nl`,
    step("Appointment off", async (handle, call) => replan(handle, await wordsOf(call))),
  ),
  row(
    "no-show",
    "someone was not there at the appointment: who, and how to go on",
    { ...words, absent: { value: "WHO", about: "office-holder, expert, both" }, next: { value: "WHAT", about: "new-appointment, call-first, other-adviser" } },
    `${id} --absent office-holder --next call-first --as demo.adviseur@example.nl`,
    step("No-show recorded", async (handle, call) =>
      recordNoShow(handle, {
        absent: call.choice("absent", ["office-holder", "expert", "both"]),
        next: call.choice("next", ["new-appointment", "call-first", "other-adviser"]),
        note: call.text("words") ?? "",
        appointment: (await appointmentOf(handle))?.body.start ?? null,
      }),
    ),
  ),
  row(
    "visit",
    "record the visit, with photos",
    { body: { value: "FILE", about: "JSON: on, present, findings (id, domain, ring, observation, seriousness, photos []), note" } },
    `${id} voordeur.jpg --body bezoek.json --as demo.adviseur@example.nl`,
    visit,
    "DOSSIER [FILE...]",
  ),
  row(
    "draft",
    "write the threat analysis, the risk assessment and the advice",
    {
      "threat-analysis": { value: "FILE", about: "JSON" },
      "risk-assessment": { value: "FILE", about: "JSON" },
      advice: { value: "FILE", about: "JSON: address, sections, measures" },
    },
    `${id} --threat-analysis dreiging.json --risk-assessment risico.json --advice advies.json --as demo.adviseur@example.nl`,
    draft,
    "DOSSIER [FILE...]",
  ),
  row(
    "submit",
    "hand the advice to the authority",
    words,
    `${id} --as demo.adviseur@example.nl`,
    step("Submitted", (handle, call) => submit(handle, call.text("words") ?? "")),
  ),
  row(
    "return",
    "send the advice back, with a reason",
    { ...worded, section: { value: "SECTION", about: "section the reason is about (the first)" } },
    `${id} --words "De achterdeur ontbreekt." --as demo.bva@example.nl`,
    step("Returned", sendBack),
  ),
  row(
    "adopt",
    "adopt the newest advice: your signature over exactly that text",
    { ...worded, "advice-entry": { value: "NUMBER", about: "number of the advice you read; another newest one is refused" } },
    `${id} --words "Vastgesteld." --as demo.bva@example.nl`,
    decide,
  ),
  row(
    "hand-over",
    "give the employer the provision list, when that step failed after adopting",
    {},
    `${id} --as demo.bva@example.nl`,
    step("Handed over", (handle) => handOverProvisionList(handle)),
  ),
  row("measures", "what to provide, and how far each measure is", {}, `${id} --as demo.werkgever@example.nl`, measures),
  row(
    "provide",
    "record a step of one measure",
    {
      ...words,
      measure: { value: "ID", about: "from rugdekking scan measures" },
      state: { value: "STATE", about: measureStates.join(", ") },
      on: { value: "DAY", about: "YYYY-MM-DD (today)" },
      cost: { value: "EUROS", about: "whole euros" },
    },
    `${id} --measure m1 --state ordered --as demo.werkgever@example.nl`,
    step("Recorded", provide),
  ),
  row(
    "leave",
    "the person leaves office: loans come back",
    { ...words, "last-day": { value: "DAY", about: "last day in office, YYYY-MM-DD" } },
    `${id} --last-day 2027-03-31 --as demo.werkgever@example.nl`,
    step("Departure recorded", (handle, call) =>
      recordDeparture(handle, { lastDay: dayOf(call, "last-day") ?? call.need("last-day"), note: call.text("words") ?? "" }),
    ),
  ),
  row(
    "complete",
    "everything is provided or declined",
    words,
    `${id} --as demo.werkgever@example.nl`,
    step("Completed", (handle, call) => complete(handle, call.text("words") ?? "")),
  ),
];
