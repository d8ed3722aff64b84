/** `rugdekking monitor …`: what a research desk does with a wave of the survey, from the sampling frame to the opened answers. The frame and the codes stay on this machine. */
import { randomInt } from "node:crypto";
import { generateInvitationCode } from "@rugdekking/seal";
import { parseCsv, type Table } from "@rugdekking/survey";
import { loadQuestionnaire, publishedQuestionnaires, type Questionnaire } from "#registers/questionnaires/index.ts";
import { type Call, type Command, CommandError, type ExitCode, signedIn } from "#apps/cli/command.ts";
import { codeOf as fileCode, openNew, readText, writeNew } from "#apps/cli/plain-files.ts";
import { questionnaireDigest } from "#apps/cli/questionnaire-file.ts";
import { oneLine } from "#apps/cli/screen.ts";
import { signIn } from "#apps/cli/visitor.ts";
import type { Session } from "#services/directory/client/index.ts";
import { dutchDay, endOfDay, isDay } from "#services/dossier/workflow/terms.ts";
import {
  addInvitations,
  downloadAnswers,
  listUncollected,
  markOf,
  readFieldwork,
  readWave,
  readWaves,
  stateWave,
  type Wave,
} from "#services/monitor/client/index.ts";
import { leastInvited, mostHold, mostStrata, stratumName, WaveId, type Stratum } from "#services/monitor/contract/index.ts";
import { readFrame, type Frame } from "#services/monitor/frame/read-frame.ts";
import { responseOf, type Response, type WaveResponse } from "#services/monitor/frame/response.ts";
import { allocate, drawOf, stated, strataOf, type FrameStratum } from "#services/monitor/frame/strata.ts";
import { AnswerError, readRecord } from "#services/monitor/questionnaire/index.ts";
import { stat } from "node:fs/promises";
import { Check } from "typebox/value";

/** A frame with its strata, and how many are to be invited of each. */
interface Plan {
  readonly frame: Frame;
  readonly separator: "," | ";";
  readonly strata: readonly FrameStratum[];
  readonly invited: readonly number[];
}

function wholeNumber(call: Call, option: string): number | null {
  const text = call.text(option);
  if (text === null) return null;
  const value = Number(text);
  if (!/^[1-9]\d{0,6}$/u.test(text)) throw new CommandError(`--${option} ${JSON.stringify(text)} is not a whole number from 1`, `for example --${option} 4000`);
  return value;
}

async function planOf(call: Call): Promise<Plan> {
  const path = call.at(0);
  const sample = wholeNumber(call, "sample");
  const text = await readText(path);
  const frame = readFrame(text, path);
  if (frame.rows.length < leastInvited)
    throw new CommandError(`${path} has ${frame.rows.length} people, and at least ${leastInvited} make a crowd`, "give the whole frame, one line per person");
  const strata = strataOf(frame.rows.map(({ key }) => key));
  if (strata.length > mostStrata)
    throw new CommandError(
      `${path} makes ${strata.length} strata, and a wave has at most ${mostStrata}`,
      "use fewer size classes, or write overig in one of the columns",
    );
  const [head = ""] = text.split(/[\r\n]/u, 1);
  return {
    frame,
    separator: head.split(";").length > head.split(",").length ? ";" : ",",
    strata,
    invited: sample === null ? strata.map(({ rows }) => rows.length) : allocate(strata, sample),
  };
}

const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0);

/** Lines in columns: the first as wide as its longest, numbers to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => [...(row[at] ?? "")].length)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

async function showFrame(call: Call): Promise<ExitCode> {
  const { frame, strata, invited } = await planOf(call);
  const merged = (stratum: FrameStratum): number => new Set(stratum.rows.map((row) => stratumName(frame.rows[row]?.key ?? stratum.key))).size;
  const rows = strata.map((stratum, at) => ({
    stratum: stratumName(stratum.key),
    population: stratum.rows.length,
    invited: invited[at] ?? 0,
    joined: merged(stratum),
  }));
  call.screen.answer(
    { people: frame.rows.length, invited: sum(invited), strata: rows, labels: frame.labels },
    [
      table([
        ["stratum", "people", "invited", "joined from"],
        ...rows.map((row) => [row.stratum, String(row.population), String(row.invited), row.joined === 1 ? "" : `${row.joined} groups`]),
        ["all", String(frame.rows.length), String(sum(invited)), ""],
      ]),
      `An answer carries its stratum and nothing else; groups under ${leastInvited} were joined with others. Nothing left this machine.`,
    ].join("\n"),
  );
  return 0;
}

const quoted = (field: string, separator: string): string =>
  field.includes(separator) || /["\r\n]/u.test(field) || field !== field.trim() ? `"${field.replaceAll('"', '""')}"` : field;
/** With the mark by which spreadsheets know UTF-8. */
const csv = (rows: readonly (readonly string[])[], separator: string): string =>
  `\uFEFF${rows.map((row) => row.map((field) => quoted(field, separator)).join(separator)).join("\r\n")}\r\n`;

/** What `monitor open` adds to each row. */
const added = ["wave", "stratum", "code", "link"] as const;

/** The mail-merge file: whoever has it can answer for everyone who did not yet, so it is for its owner alone. */
interface Invitations {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly codes: readonly { readonly code: string; readonly stratum: string }[];
}

const textAt = (read: Table, column: string, row: number): string => {
  const found = read.columns.get(column);
  return found?.kind === "category" ? (found.levels[found.codes[row] ?? -1] ?? "") : "";
};

async function readInvitations(path: string, wave: string): Promise<Invitations> {
  const read = parseCsv(await readText(path), { verbatim: true, name: path });
  const columns = [...read.columns.keys()];
  const missing = added.find((name) => !read.columns.has(name));
  if (missing !== undefined)
    throw new CommandError(`${path}: line 1: there is no column ${JSON.stringify(missing)}`, "give the file that rugdekking monitor open wrote");
  const rows = Array.from({ length: read.rows }, (_, row) => columns.map((column) => textAt(read, column, row)));
  const codes = rows.map((_, row) => ({ code: textAt(read, "code", row), stratum: textAt(read, "stratum", row), wave: textAt(read, "wave", row) }));
  const strange = codes.findIndex((one) => one.wave !== wave || one.code === "" || one.stratum === "");
  if (strange !== -1)
    throw new CommandError(
      `${path}: line ${read.lines?.[strange] ?? strange + 2} is no invitation to wave ${wave}`,
      "give the file that rugdekking monitor open wrote for this wave, with its lines as they were",
    );
  return { columns, rows, codes };
}

const isThere = async (path: string): Promise<boolean> => {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (fileCode(error) === "ENOENT") return false;
    throw error;
  }
};

/** Draws who is invited, and gives each a code. */
function draw({ frame, strata, invited }: Plan, wave: string, site: string): Invitations {
  const taken = added.find((name) => frame.columns.includes(name));
  if (taken !== undefined)
    throw new CommandError(`the frame has a column ${JSON.stringify(taken)}, which the invitations need for themselves`, "give that column another name");
  const stratumOf = new Map<number, string>();
  strata.forEach((stratum, at) => {
    const size = invited[at] ?? 0;
    const chosen = size === stratum.rows.length ? stratum.rows : drawOf(stratum, size, () => randomInt(2 ** 47) / 2 ** 47);
    for (const row of chosen) stratumOf.set(row, stratumName(stratum.key));
  });
  const codes: { code: string; stratum: string }[] = [];
  const rows = frame.rows.flatMap(({ fields }, row) => {
    const stratum = stratumOf.get(row);
    if (stratum === undefined) return [];
    const code = generateInvitationCode();
    codes.push({ code, stratum });
    return [[...fields, wave, stratum, code, `${site}/monitor#${code}`]];
  });
  return { columns: [...frame.columns, ...added], rows, codes };
}

/** `2026-11-01` as the first or the last moment of that day in the Netherlands; anything else as a moment. */
function momentOf(call: Call, option: string, end: boolean): string {
  const text = call.need(option);
  if (isDay(text)) {
    const last = endOfDay(text).getTime() + 1_000;
    if (end) return new Date(last).toISOString();
    const before = new Date(Date.parse(`${text}T12:00:00Z`) - 86_400_000);
    return new Date(endOfDay(dutchDay(before)).getTime() + 1_000).toISOString();
  }
  const moment = /^\d{4}-\d{2}-\d{2}T/u.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(moment))
    throw new CommandError(`--${option} ${JSON.stringify(text)} is no day and no moment`, `for example --${option} 2026-11-02, or 2026-11-02T09:00:00+01:00`);
  return new Date(moment).toISOString();
}

async function questionnaireOf(call: Call): Promise<Questionnaire> {
  const named = call.need("questionnaire");
  const [set = "", version = ""] = named.split("@");
  const questionnaire = /^[1-9]\d*$/u.test(version) ? await loadQuestionnaire(set, Number(version)) : null;
  if (questionnaire !== null) return questionnaire;
  const known = publishedQuestionnaires.map((one) => `${one.set}@${one.version}`).join(", ");
  throw new CommandError(`there is no questionnaire ${JSON.stringify(named)}`, `choose ${known}`);
}

/** The research desk the caller sits at. */
async function researchDesk(call: Call, session: Session): Promise<string> {
  const named = call.text("desk");
  const desks = (await session.openDesks()).filter((desk) => desk.function === "research" && (named === null || desk.id === named));
  const [first, second] = desks;
  if (first === undefined)
    throw new CommandError(named === null ? "you are in no research desk" : `you are in no research desk ${named}`, "ask a lead of the desk to add you");
  if (second !== undefined) throw new CommandError("you are in more than one research desk", `name one with --desk: ${desks.map(({ id }) => id).join(", ")}`);
  return first.id;
}

/** Strata as the file of invitations has them: on a restart it, and not the draw of today, says who was invited. */
function statedBy(plan: Plan, { codes }: Invitations, path: string): readonly Omit<Stratum, "spki">[] {
  const count = new Map([...Map.groupBy(codes, ({ stratum }) => stratum)].map(([stratum, own]) => [stratum, own.length]));
  const strata = plan.strata.map((stratum, at) => {
    const invited = count.get(stratumName(stratum.key)) ?? 0;
    if (invited !== plan.invited[at])
      throw new CommandError(
        `${path} has ${invited} invitations in stratum ${stratumName(stratum.key)}, and this frame gives ${plan.invited[at] ?? 0}`,
        "call it with the frame and the --sample it was begun with, or choose another --out and another --wave",
      );
    return stated(stratum, invited);
  });
  if (sum([...count.values()]) !== sum(strata.map(({ invited }) => invited)))
    throw new CommandError(`${path} has invitations in strata this frame has not`, "call it with the frame it was begun with");
  return strata;
}

const sameStrata = (wave: Wave, strata: readonly Omit<Stratum, "spki">[]): boolean => {
  const stands = new Map(wave.strata.map((one) => [stratumName(one.key), one]));
  return (
    strata.length === stands.size &&
    strata.every(({ key, population, invited }) => {
      const there = stands.get(stratumName(key));
      return there?.population === population && there.invited === invited;
    })
  );
};

/**
 * [Note: The file before the server] The codes are on the desk's disk before anything is sent, so that a line that was cut off leaves no invitation nobody has the code of. Called again with the same words it reads
 * the file, states the wave unless it stands already, and puts in the invitations, which count once.
 */
async function openWave(call: Call): Promise<ExitCode> {
  const name = call.need("wave");
  if (!Check(WaveId, name))
    throw new CommandError(`--wave ${JSON.stringify(name)} is no name of a wave`, "use at most 40 lower-case letters, digits and hyphens: 2026");
  const out = call.need("out");
  const questionnaire = await questionnaireOf(call);
  const recallMonths = call.choice("recall", ["6", "12"], "12") === "6" ? 6 : 12;
  const [opens, closes, ends] = [momentOf(call, "opens", false), momentOf(call, "closes", true), momentOf(call, "ends", true)];
  if (closes <= opens) throw new CommandError("--closes is not after --opens", "give the last day on which invitations can be used");
  if (Date.parse(ends) - Date.parse(closes) < mostHold * 3_600_000)
    throw new CommandError(
      `--ends is less than ${mostHold} hours after --closes`,
      "answers wait on the respondent's device for up to a day before they are sent; give a later day",
    );
  const plan = await planOf(call);
  const session = await signIn(call);
  const desk = await researchDesk(call, session);
  const known = (await readWaves(session.trust)).find(({ wave }) => wave === name);
  const began = await isThere(out);
  if (known !== undefined && !began)
    throw new CommandError(
      `wave ${name} was stated already, and ${out} with its codes is not there`,
      "name the file of invitations it was begun with, or choose another --wave",
    );
  const site = (call.text("site") ?? session.connection.origin).replace(/\/$/u, "");
  const invitations = began ? await readInvitations(out, name) : draw(plan, name, site);
  const strata = statedBy(plan, invitations, out);
  if (!began) await writeNew(out, csv([invitations.columns, ...invitations.rows], plan.separator));
  if (known !== undefined && (known.desk !== desk || !sameStrata(known, strata)))
    throw new CommandError(
      `wave ${name} was stated with other strata than this frame gives`,
      "call it with the frame it was begun with, or choose another --wave",
    );
  if (known === undefined) {
    const bar = call.screen.progress("keys");
    const title = call.text("title") ?? `Monitor Integriteit en Veiligheid ${name}`;
    const english = call.text("title-en") ?? (call.text("title") === null ? `Integrity and Safety Monitor ${name}` : title);
    const { set, version } = questionnaire;
    await stateWave(
      session,
      {
        desk,
        wave: name,
        title: { nl: title, en: english, fy: call.text("title-fy") ?? title },
        questionnaire: { set, version, digest: await questionnaireDigest(set, version) },
        recallMonths,
        opens,
        closes,
        ends,
        strata,
        labels: plan.frame.labels,
      },
      (share) => bar.at(share, 1, `${Math.round(share * strata.length)} of ${strata.length} keys`),
    );
    bar.end();
  }
  const filling = call.screen.progress("invitations");
  const count = await addInvitations(session, name, invitations.codes, (share) =>
    filling.at(share, 1, `${Math.round(share * invitations.codes.length)} of ${invitations.codes.length}`),
  );
  filling.end();
  const wave = await readWave(session.trust, name);
  call.screen.answer(
    { wave: name, statement: wave.hash, strata: strata.length, population: sum(strata.map(({ population }) => population)), invitations: count, out },
    [
      `Wave ${name} stands: ${strata.length} strata, ${count} invitations, from ${wave.opens} to ${wave.closes}; answers until ${wave.ends}.`,
      `${out} has a code and a link beside each row, for a mail merge. Whoever has a code can answer in that person's place: keep the file to yourself, and erase it when the fieldwork is over.`,
    ].join("\n"),
  );
  return 0;
}

const percent = (share: number): string => (100 * share).toFixed(1);
const responseWords = ({ response }: Response): string =>
  response === null ? "" : `${percent(response.share)} % (${percent(response.low)} to ${percent(response.high)})`;
const marginWords = ({ margin }: Response): string => (margin === null ? "" : `± ${percent(margin)}`);

function fieldworkTable({ strata, all, untold }: WaveResponse): string {
  const cells = (label: string, one: Response, least: boolean): string[] => [
    label,
    String(one.population),
    String(one.invitations),
    String(one.collected),
    one.answered === null ? "under 5" : `${least ? "at least " : ""}${one.answered}`,
    responseWords(one),
    marginWords(one),
  ];
  return table([
    ["stratum", "people", "invited", "collected", "answered", "response (95 %)", "margin of 50 %"],
    ...strata.map((one) => cells(one.name, one, false)),
    cells("all", all, untold > 0),
  ]);
}

async function fieldwork(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  const wave = await readWave(session.trust, call.at(0));
  const response = responseOf(wave, await readFieldwork(session, wave.wave));
  const thin = response.strata.filter((one) => one.thin);
  call.screen.answer(
    { wave: wave.wave, opens: wave.opens, closes: wave.closes, ends: wave.ends, ...response },
    [
      `Wave ${wave.wave}: ${oneLine(wave.title.en)}; invitations until ${wave.closes}, answers until ${wave.ends}.`,
      fieldworkTable(response),
      "Response: of those invited, with Wilson's interval. Margin of 50 %: what a share of one half would have, if who answers is like who does not; weighting makes it wider.",
      ...(response.untold === 0
        ? []
        : [
            `In ${response.untold} strata under 5 answered; which number is not told while the wave runs. The total counts the others, and the upper end of its response as many as there can be.`,
          ]),
      ...(thin.length === 0 ? [] : [`Too thin to publish by themselves: ${thin.map(({ name }) => name).join(", ")}.`]),
    ].join("\n"),
  );
  return 0;
}

async function remind(call: Call): Promise<ExitCode> {
  const out = call.need("out");
  const session = await signIn(call);
  const wave = await readWave(session.trust, call.at(0));
  const path = call.at(1);
  const { columns, rows, codes } = await readInvitations(path, wave.wave);
  const wanted = call.list("stratum");
  const strange = wanted.find((name) => !wave.strata.some(({ key }) => stratumName(key) === name));
  if (strange !== undefined)
    throw new CommandError(`wave ${wave.wave} has no stratum ${JSON.stringify(strange)}`, `see rugdekking monitor fieldwork ${wave.wave}`);
  if (Date.now() >= Date.parse(wave.closes))
    throw new CommandError(`wave ${wave.wave} is closed since ${wave.closes}`, "invitations can no longer be used; there is nothing to remind of");
  const file = await openNew(out);
  try {
    const whole = call.flag("all");
    const waiting = whole ? null : await listUncollected(session, wave.wave);
    const marks = whole ? [] : await Promise.all(codes.map(async ({ code }) => await markOf(code, wave.wave)));
    const kept = rows.filter(
      (_, at) => (wanted.length === 0 || wanted.includes(codes[at]?.stratum ?? "")) && (waiting === null || waiting.has(marks[at] ?? "")),
    );
    const elsewhere = waiting === null ? 0 : [...waiting].filter((mark) => !new Set(marks).has(mark)).length;
    await file.write(csv([columns, ...kept], (await readText(path)).split(/[\r\n]/u, 1)[0]?.includes(";") === true ? ";" : ","));
    if (elsewhere > 0)
      call.screen.complain(`${elsewhere} invitations of wave ${wave.wave} without a token are not in ${path}: it is not the whole file of invitations`);
    call.screen.answer(
      { wave: wave.wave, reminders: kept.length, of: rows.length, elsewhere, out },
      `${kept.length} of ${rows.length} invitations in ${out}: ${whole ? "everyone, whether or not a token was collected" : "who collected no token yet"}. Who has a token and did not answer cannot be told from who did.`,
    );
    return 0;
  } finally {
    await file.discard();
  }
}

/** Whether a record answers the questionnaire as it was asked; what does not is left out like what did not open. */
function fits(questionnaire: Questionnaire, record: unknown): boolean {
  try {
    readRecord(questionnaire, record);
    return true;
  } catch (error) {
    if (error instanceof AnswerError) return false;
    throw error;
  }
}

async function answers(call: Call): Promise<ExitCode> {
  const out = call.need("out");
  const session = await signIn(call);
  const wave = await readWave(session.trust, call.at(0));
  const { set, version } = wave.questionnaire;
  const questionnaire = await loadQuestionnaire(set, version);
  if (questionnaire === null)
    throw new CommandError(`this program does not know version ${version} of questionnaire ${set}`, "use the version the server runs", 2);
  const file = await openNew(out);
  try {
    const bar = call.screen.progress("answers");
    const opened = await downloadAnswers(session, wave, (count) => bar.at(count, Number.POSITIVE_INFINITY, `${count} opened`));
    bar.end();
    const closed = opened.filter(({ record }) => record === null);
    const misfit = opened.filter(({ record }) => record !== null && !fits(questionnaire, record));
    // Sorted by what is in them, so that the order in which the server handed them out is not kept either.
    const lines = opened
      .map(({ stratum, record }) => ({ stratum, record: record !== null && fits(questionnaire, record) ? record : null }))
      .toSorted((a, b) => (a.stratum === b.stratum ? (JSON.stringify(a.record) < JSON.stringify(b.record) ? -1 : 1) : a.stratum < b.stratum ? -1 : 1));
    await file.write(
      `${JSON.stringify({
        version: 1,
        wave: wave.wave,
        opens: wave.opens,
        ends: wave.ends,
        invented: false,
        strata: wave.strata.map(({ key, population, invited }) => ({ key, population, invited })),
        answers: lines,
      })}\n`,
    );
    const reasons = [...new Set(closed.map((one) => ("why" in one ? one.why : "")))].filter((why) => why !== "");
    call.screen.answer(
      {
        wave: wave.wave,
        answers: opened.length,
        usable: opened.length - closed.length - misfit.length,
        unopened: closed.length,
        misfit: misfit.length,
        reasons,
        out,
      },
      [
        `${opened.length} answers, ${opened.length - closed.length - misfit.length} of them usable, in ${out}. The file is readable: keep it on a machine of the desk, for its owner alone.`,
        ...(closed.length === 0 ? [] : [`${closed.length} do not open; they are counted, and their record is null. ${reasons.map(oneLine).join(" ")}`]),
        ...(misfit.length === 0 ? [] : [`${misfit.length} do not fit questionnaire ${set} version ${version}; they are counted, and their record is null.`]),
      ].join("\n"),
    );
    return 0;
  } finally {
    await file.discard();
  }
}

/** Commands of a research desk. */
export const monitorCommands: readonly Command[] = [
  {
    name: "monitor frame",
    about: "read a sampling frame and show its strata after joining small ones; nothing leaves this machine",
    takes: "FRAME",
    options: { sample: { value: "NUMBER", about: "how many to invite in all; left out: everyone" } },
    example: "rugdekking monitor frame kader.csv --sample 4000",
    run: showFrame,
  },
  {
    name: "monitor open",
    about: "state a wave of the survey and make invitations for everyone or a sample; called again after a cut it goes on",
    takes: "FRAME",
    options: {
      ...signedIn,
      wave: { value: "NAME", about: "for example 2026, or 2027-pulse" },
      questionnaire: { value: "SET@VERSION", about: publishedQuestionnaires.map(({ set, version }) => `${set}@${version}`).join(", ") },
      recall: { value: "MONTHS", about: "12 (default) or 6" },
      opens: { value: "DAY", about: "first day, or moment, on which codes can be used" },
      closes: { value: "DAY", about: "last day, or moment, on which a token can be collected" },
      ends: { value: "DAY", about: "last day, or moment, on which answers are taken; at least a day after --closes" },
      sample: { value: "NUMBER", about: "how many to invite in all; left out: everyone" },
      out: { value: "FILE", about: "CSV for the mail merge, with a code and a link beside each row" },
      site: { value: "URL", about: "where respondents go (default: the server)" },
      title: { value: "TEXT", about: "title of the wave in Dutch" },
      "title-en": { value: "TEXT", about: "and in English" },
      "title-fy": { value: "TEXT", about: "and in Frisian" },
      desk: { value: "DESK", about: "which research desk, when you are in more than one" },
    },
    example:
      "rugdekking monitor open kader.csv --wave 2026 --questionnaire monitor@1 --recall 12 --opens 2026-11-02 --closes 2026-11-29 --ends 2026-12-02 --out uitnodigingen.csv --as onderzoek@example.nl",
    run: openWave,
  },
  {
    name: "monitor fieldwork",
    about: "show the response per stratum with its margins",
    takes: "WAVE",
    options: signedIn,
    example: "rugdekking monitor fieldwork 2026 --as onderzoek@example.nl",
    run: fieldwork,
  },
  {
    name: "monitor remind",
    about: "write a mail merge for who collected no token yet, or for all; who answered is in no list",
    takes: "WAVE INVITATIONS",
    options: {
      ...signedIn,
      stratum: { value: "NAME", about: "only this stratum", multiple: true },
      all: { value: null, about: "everyone, also who has a token" },
      out: { value: "FILE", about: "new CSV" },
    },
    example: "rugdekking monitor remind 2026 uitnodigingen.csv --out herinnering.csv --as onderzoek@example.nl",
    run: remind,
  },
  {
    name: "monitor answers",
    about: "open the answers of a wave that has ended, and write them to a file on this machine",
    takes: "WAVE",
    options: { ...signedIn, out: { value: "FILE", about: "new JSON file" } },
    example: "rugdekking monitor answers 2026 --out antwoorden.json --as onderzoek@example.nl",
    run: answers,
  },
];
