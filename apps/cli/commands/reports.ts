/** `rugdekking report`, `work …`, `norm-test`, `seriousness`, `action`, `close`: a report from filing to feedback, and the desk's worklist. */
import { bodyFrom } from "#apps/cli/body.ts";
import { acknowledge, askStamps, attachmentsFrom, openNamed, worded, wordsOf } from "#apps/cli/commands/dossiers.ts";
import { type Call, type Command, CommandError, type ExitCode, signedIn } from "#apps/cli/command.ts";
import { writeNew } from "#apps/cli/files.ts";
import { oneLine } from "#apps/cli/screen.ts";
import { signIn, visit } from "#apps/cli/visitor.ts";
import { generateReceiptCode } from "@rugdekking/seal";
import { type Connection, readOrganisation, signInAsGuest, type VerifiedDesk, type Trust } from "#services/directory/client/index.ts";
import { officeFunctions } from "#services/dossier/contract/bodies.ts";
import { openCovers, readLate, readWorklist } from "#services/dossier/client/index.ts";
import {
  closeReport,
  type FiledReport,
  fileReport,
  type FileReport,
  openReport,
  recordAction,
  recordNormTest,
  recordSeriousness,
  takeUp,
} from "#services/reporting/client/index.ts";
import { ActionBody, incidentChannels, incidentForms, ReportCover } from "#services/reporting/contract/index.ts";
import { ScanCover } from "#services/scanning/contract/index.ts";
import { HelpCover } from "#services/support/contract/index.ts";
import { SignalCover } from "#services/signalling/contract/index.ts";
import { Check } from "typebox/value";

/** The safety desk of an organisation, or the one a call names. */
async function safetyDesk(call: Call, trust: Trust, organisation: string): Promise<VerifiedDesk> {
  const named = call.text("desk");
  if (named !== null) return trust.desk(named);
  const desks = await trust.desks({ organisation, function: "safety-desk" });
  const [only] = desks;
  if (only === undefined) throw new CommandError(`${organisation} has no safety desk here`, "call the organisation; in danger call 112");
  if (desks.length > 1)
    throw new CommandError(
      `${organisation} has ${desks.length} safety desks`,
      `name one with --desk: ${desks.map(({ id, name }) => `${id} (${name})`).join(", ")}`,
    );
  return only;
}

/** A guest signs in with the code just made; the report itself is delivered whatever happens here. */
async function stampFiled(call: Call, filed: FiledReport, as: FileReport["as"], connection: Connection, trust: Trust): Promise<void> {
  const code = filed.receiptCode ?? "";
  const session = "session" in as ? as.session : await signInAsGuest(connection, { trust, device: "rugdekking", receiptCode: code });
  await askStamps(call, await openReport(session, filed.dossier));
}

async function file(call: Call): Promise<ExitCode> {
  const words = await wordsOf(call);
  const organisation = call.need("organisation");
  const guest = call.flag("guest");
  const codeFile = guest ? call.need("receipt-code-file") : null;
  const attachments = await attachmentsFrom(call.positionals);
  const forms = call.list("form").map((form) => {
    const known = incidentForms.find((one) => one === form);
    if (known === undefined) throw new CommandError(`--form does not know ${JSON.stringify(form)}`, `choose ${incidentForms.join(", ")}`);
    return known;
  });
  let as: FileReport["as"];
  let { connection, trust } = visit(call);
  if (guest && codeFile !== null) {
    // Written before anything is sent: a code that was never kept is a dossier nobody can open again.
    const receiptCode = generateReceiptCode();
    await writeNew(codeFile, `${receiptCode}\n`);
    as = { guest: true, receiptCode };
  } else {
    const session = await signIn(call);
    ({ connection, trust } = session);
    as = { session };
  }
  const desk = await safetyDesk(call, trust, organisation);
  const { name } = await readOrganisation(connection, organisation);
  const work = call.screen.progress("let in");
  const bar = call.screen.progress("upload");
  const filed = await fileReport(connection, {
    as,
    trust,
    desk: desk.id,
    attachments,
    onProgress: (sent, total) => bar.at(sent, total),
    onWork: (share) => work.at(share, 1, `${Math.round(share * 100)} %`),
    report: {
      inOwnWords: words,
      what: forms,
      channel: call.text("channel") === null ? null : call.choice("channel", incidentChannels),
      when: { at: null, words: call.text("when") ?? "" },
      where: call.text("where") ?? "",
      target: call.choice("target", ["self", "family", "both"], "self"),
      author: { known: "unknown", words: "" },
      reporterName: call.text("name") ?? "",
      function: call.text("function") === null ? null : call.choice("function", officeFunctions),
      organisationName: name,
      acute: call.flag("acute"),
      contact: { how: "here", reach: "", wishes: "" },
    },
  });
  work.end();
  bar.end();
  if (attachments.length > 0 && (await trust.anchor()).timestampRoots !== undefined) await stampFiled(call, filed, as, connection, trust);
  const out = call.text("receipt-out");
  if (out !== null) await writeNew(out, `${JSON.stringify(filed.receipt, null, 2)}\n`);
  call.screen.answer(
    { dossier: filed.dossier, desk: desk.id, receipt: filed.receipt, receiptCodeFile: codeFile },
    `Received by ${desk.name}: dossier ${filed.dossier}, entry 1; the receipt was checked against the pinned log.${codeFile === null ? "" : `\nYour receipt code is in ${codeFile}. It is the only way back: print it, keep it apart. Without it nobody can open this report for you.`}`,
  );
  return 0;
}

async function worklist(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  const named = call.text("desk");
  const desk = named ?? session.desks[0];
  if (desk === undefined) throw new CommandError("you are in no desk", "ask a lead of the desk to invite you");
  if (named === null && session.desks.length > 1)
    throw new CommandError(`you are in ${session.desks.length} desks`, `name one with --desk: ${session.desks.join(", ")}`);
  const open = await session.openDesk(desk);
  const limit = Number(call.text("limit") ?? "50");
  if (!Number.isInteger(limit) || limit < 1 || limit > 10_000) throw new CommandError("--limit is not a number from 1 to 10000", "for example --limit 50");
  const lines = [];
  let total = 0;
  for await (const part of readWorklist(session, desk, { pageSize: Math.min(limit, 100) })) {
    ({ total } = part);
    const covers = await openCovers(part.lines, open.keys);
    for (const [place, line] of part.lines.entries()) {
      const cover = covers[place];
      const title = Check(ReportCover, cover) || Check(ScanCover, cover) || Check(SignalCover, cover) || Check(HelpCover, cover) ? cover.title : null;
      lines.push({ id: line.id, kind: line.kind, phase: line.phase, opened: line.opened, changed: line.changed, term: line.term, title });
    }
    if (lines.length >= limit) break;
  }
  const shown = lines.slice(0, limit);
  call.screen.answer(
    { desk, total, lines: shown },
    shown.length === 0
      ? "Nothing waits here."
      : [
          `${total} dossiers`,
          ...shown.map(
            (line) =>
              `${line.id}  ${line.kind.padEnd(7)}${line.phase.padEnd(11)}${line.term === null ? "-".padEnd(26) : `${line.term.due}${line.term.overdue ? " !" : "  "}`}  ${line.title === null ? "(sealed to a key this desk does not hold)" : oneLine(line.title)}`,
          ),
        ].join("\n"),
  );
  return 0;
}

async function late(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  const desk = call.text("desk") ?? session.desks[0];
  if (desk === undefined) throw new CommandError("you are in no desk", "ask a lead of the desk to invite you");
  const { at, groups, lines } = await readLate(session, desk);
  call.screen.answer(
    { desk, at, groups, lines: lines.map(({ id, kind, phase, term }) => ({ id, kind, phase, term })) },
    groups.length === 0
      ? "Nothing is late."
      : [
          ...groups.map(
            ({ term, waitsFor, late: n, oldest }) => `${String(n).padStart(6)}  ${term.padEnd(22)}waits for ${waitsFor}, the oldest since ${oldest}`,
          ),
          ...lines.slice(0, 50).map(({ id, kind, term }) => `${id}  ${kind.padEnd(7)}${term?.name.padEnd(22) ?? ""}${term?.due ?? ""}`),
        ].join("\n"),
  );
  return 0;
}

async function take(call: Call): Promise<ExitCode> {
  const text = await wordsOf(call);
  const { handle } = await openNamed(call);
  return acknowledge(call, handle, await takeUp(handle, text), "Taken up");
}

async function normTest(call: Call): Promise<ExitCode> {
  const body = {
    outcome: call.choice("outcome", ["emotional", "crossing-the-line", "unclear"]),
    norm: call.text("norm") ?? "",
    explanation: await wordsOf(call),
  };
  const { handle } = await openNamed(call);
  return acknowledge(call, handle, await recordNormTest(handle, body), "Norm test recorded");
}

async function seriousness(call: Call): Promise<ExitCode> {
  const body = { level: call.choice("level", ["low", "medium", "high", "acute"]), grounds: await wordsOf(call), advised: call.text("advised") ?? "" };
  const { handle } = await openNamed(call);
  return acknowledge(call, handle, await recordSeriousness(handle, body), "Seriousness recorded");
}

async function action(call: Call): Promise<ExitCode> {
  const { version: _version, attachments: _none, ...body } = await bodyFrom(call.need("body"), ActionBody, { version: 1, attachments: [] });
  const step = call.text("step") === null ? {} : { step: call.choice("step", ["wait", "resume"]) };
  const attachments = await attachmentsFrom(call.positionals.slice(1));
  const { handle } = await openNamed(call);
  return acknowledge(call, handle, await recordAction(handle, body, { ...step, attachments }), "Recorded");
}

async function close(call: Call): Promise<ExitCode> {
  const body = {
    outcome: call.choice("outcome", ["stopped", "prosecuted", "handed-over", "no-further-steps", "other"]),
    feedback: await wordsOf(call),
    aftercare: call.text("aftercare") ?? "",
  };
  const { handle } = await openNamed(call);
  return acknowledge(call, handle, await closeReport(handle, body), "Closed, with feedback to the reporter");
}

const example = "0199b1c4-1111-7222-8333-444455556666";
/** Commands around reports. */
export const reportCommands: readonly Command[] = [
  {
    name: "report",
    about: "report what happened, with files, signed in or as a guest",
    takes: "[FILE...]",
    options: {
      ...signedIn,
      ...worded,
      organisation: { value: "ORG", about: "organisation of the office-holder, for example gm0363" },
      desk: { value: "DESK", about: "its safety desk, when it has more than one" },
      guest: { value: null, about: "without an account" },
      "receipt-code-file": { value: "FILE", about: "with --guest: new file for the receipt code" },
      "receipt-out": { value: "FILE", about: "new file for the receipt of the entry" },
      acute: { value: null, about: "now: the desk has one hour (in danger call 112)" },
      form: { value: "FORM", about: incidentForms.join(", "), multiple: true },
      channel: { value: "CHANNEL", about: incidentChannels.join(", ") },
      when: { value: "TEXT", about: "when it happened" },
      where: { value: "TEXT", about: "where it happened" },
      target: { value: "WHO", about: "self, family or both" },
      name: { value: "NAME", about: "your name, if you want" },
      function: { value: "FUNCTION", about: officeFunctions.join(", ") },
    },
    example:
      'rugdekking report bericht.eml schermafbeelding.png --words "Ik ben bedreigd" --organisation demo-gemeente --guest --receipt-code-file boncode.txt',
    run: file,
  },
  {
    name: "work list",
    about: "a desk's worklist, what is due first",
    takes: "",
    options: { ...signedIn, desk: { value: "DESK", about: "when you are in more than one" }, limit: { value: "NUMBER", about: "at most so many (50)" } },
    example: "rugdekking work list --as demo.adviseur@example.nl --passphrase-file wachtzin.txt",
    run: worklist,
  },
  {
    name: "work late",
    about: "what is late at a desk, what waits longest first",
    takes: "",
    options: { ...signedIn, desk: { value: "DESK", about: "when you are in more than one" } },
    example: "rugdekking work late --as demo.politie@example.nl --passphrase-file wachtzin.txt",
    run: late,
  },
  {
    name: "work take-up",
    about: "take a report up, with a first word to the reporter",
    takes: "DOSSIER",
    options: { ...signedIn, ...worded },
    example: `rugdekking work take-up ${example} --words "Wij hebben uw melding. U hoort vanavond van ons." --as demo.adviseur@example.nl`,
    run: take,
  },
  {
    name: "norm-test",
    about: "record whether it crosses the line",
    takes: "DOSSIER",
    options: {
      ...signedIn,
      ...worded,
      outcome: { value: "OUTCOME", about: "emotional, crossing-the-line or unclear" },
      norm: { value: "TEXT", about: "the agreed norm it was held against" },
    },
    example: `rugdekking norm-test ${example} --outcome crossing-the-line --norm "Geen bedreigingen" --words "Er wordt met geweld gedreigd." --as demo.adviseur@example.nl`,
    run: normTest,
  },
  {
    name: "seriousness",
    about: "record how serious the desk judges it; a person decides",
    takes: "DOSSIER",
    options: { ...signedIn, ...worded, level: { value: "LEVEL", about: "low, medium, high or acute" }, advised: { value: "TEXT", about: "what is advised" } },
    example: `rugdekking seriousness ${example} --level high --words "Adres genoemd, tweede bericht." --as demo.adviseur@example.nl`,
    run: seriousness,
  },
  {
    name: "action",
    about: "record something the desk did, with files if needed",
    takes: "DOSSIER [FILE...]",
    options: {
      ...signedIn,
      body: { value: "FILE", about: "JSON: type complaint, police-report, conversation, letter, platform-notice, aftercare-talk or other, with its fields" },
      step: { value: "STEP", about: "wait or resume, when the report also moves" },
    },
    example: `rugdekking action ${example} --body aangifte.json --as demo.adviseur@example.nl`,
    run: action,
  },
  {
    name: "close",
    about: "close a report with feedback to the reporter",
    takes: "DOSSIER",
    options: {
      ...signedIn,
      ...worded,
      outcome: { value: "OUTCOME", about: "stopped, prosecuted, handed-over, no-further-steps or other" },
      aftercare: { value: "TEXT", about: "aftercare that was agreed" },
    },
    example: `rugdekking close ${example} --outcome stopped --words "Het account is verwijderd." --as demo.adviseur@example.nl`,
    run: close,
  },
];
