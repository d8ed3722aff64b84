/** `rugdekking support …`: who can help, asking the support team, the team's steps, and the aftercare dates. */
import { acknowledge, openNamed, worded, wordsOf } from "#apps/cli/commands/dossiers.ts";
import { type Call, type Command, CommandError, type ExitCode, signedIn } from "#apps/cli/command.ts";
import { writeNew } from "#apps/cli/files.ts";
import { signIn, visit } from "#apps/cli/visitor.ts";
import { provisions } from "#registers/provisions/index.ts";
import { generateReceiptCode } from "@rugdekking/seal";
import type { Trust, VerifiedDesk } from "#services/directory/client/index.ts";
import { dutchDay } from "#services/dossier/workflow/terms.ts";
import {
  askHelp,
  type AskHelp,
  closeHelp,
  offerHelp,
  proposeAftercare,
  readAftercare,
  reopenHelp,
  setAftercare,
  supportDesks,
  takeUpHelp,
} from "#services/support/client/index.ts";
import { type AftercareDate, type HelpAnswers, helpPhases, helpSituations, seekers } from "#services/support/contract/index.ts";
import { matchHelp, reachableAt } from "#services/support/matching/index.ts";

/** Options for {@link answersOf}. */
const answered = {
  who: { value: "WHO", about: seekers.join(", ") },
  situation: { value: "WHAT", about: helpSituations.join(", "), multiple: true },
  phase: { value: "PHASE", about: helpPhases.join(", ") },
} as const;

function answersOf(call: Call): HelpAnswers {
  const situations = call.list("situation").map((given) => {
    const known = helpSituations.find((one) => one === given);
    if (known === undefined) throw new CommandError(`--situation does not know ${JSON.stringify(given)}`, `choose ${helpSituations.join(", ")}`);
    return known;
  });
  return {
    seeker: call.text("who") === null ? null : call.choice("who", seekers),
    situations: [...new Set(situations)],
    phase: call.text("phase") === null ? null : call.choice("phase", helpPhases),
  };
}

/** Matched on this machine; nothing is sent. */
async function find(call: Call): Promise<ExitCode> {
  const now = new Date();
  const matches = matchHelp(answersOf(call), now, provisions);
  call.screen.answer(
    {
      matches: matches.map(({ provision: { id, phone, site, hours }, reasons }) => ({
        id,
        phone: phone?.dial ?? null,
        site,
        now: reachableAt(hours, now).state,
        reasons,
      })),
    },
    matches
      .map(({ provision: { en, phone, site, page, hours } }) => {
        const ways = [phone?.shown ?? "", site ?? "", page ?? "", en.how].filter((part) => part !== "");
        return `${en.name}: ${ways.join(", ")}${phone === null ? "" : ` (${reachableAt(hours, now).state})`}`;
      })
      .join("\n"),
  );
  return 0;
}

/** The support team, or the one a call names. */
async function teamOf(call: Call, trust: Trust): Promise<VerifiedDesk> {
  const named = call.text("desk");
  if (named !== null) return trust.desk(named);
  const desks = await supportDesks(trust);
  const [only] = desks;
  if (only === undefined) throw new CommandError("there is no support team here", "call 070-373 83 14; in danger call 112");
  if (desks.length > 1)
    throw new CommandError(`there are ${desks.length} support teams`, `name one with --desk: ${desks.map(({ id, name }) => `${id} (${name})`).join(", ")}`);
  return only;
}

async function ask(call: Call): Promise<ExitCode> {
  const words = await wordsOf(call);
  const answers = answersOf(call);
  const codeFile = call.flag("guest") ? call.need("receipt-code-file") : null;
  let as: AskHelp["as"];
  let { connection, trust } = visit(call);
  if (codeFile !== null) {
    // Written before anything is sent: a code that was never kept is a dossier nobody can open again.
    const receiptCode = generateReceiptCode();
    await writeNew(codeFile, `${receiptCode}\n`);
    as = { guest: true, receiptCode };
  } else {
    const session = await signIn(call);
    ({ connection, trust } = session);
    as = { session };
  }
  const desk = await teamOf(call, trust);
  const phone = call.text("phone");
  const asked = await askHelp(connection, {
    as,
    trust,
    desk: desk.id,
    request: {
      words,
      answers,
      name: call.text("name") ?? "",
      organisationName: call.text("organisation") ?? "",
      acute: call.flag("acute"),
      contact: { how: phone === null ? "here" : "phone", reach: phone ?? "", wishes: "" },
    },
  });
  call.screen.answer(
    { dossier: asked.dossier, desk: desk.id, receipt: asked.receipt, receiptCodeFile: codeFile },
    `Received by ${desk.name}: dossier ${asked.dossier}; the receipt was checked against the pinned log.${codeFile === null ? "" : `\nYour receipt code is in ${codeFile}. It is the only way back.`}`,
  );
  return 0;
}

async function take(call: Call): Promise<ExitCode> {
  const text = await wordsOf(call);
  const { handle } = await openNamed(call);
  return acknowledge(call, handle, await takeUpHelp(handle, text), "Taken up");
}

async function offer(call: Call): Promise<ExitCode> {
  const body = {
    by: call.choice("by", ["team", "peer", "expert"]),
    name: call.need("name"),
    office: call.text("office") ?? "",
    how: call.text("how") ?? "",
    words: call.text("words") ?? "",
  };
  const { handle } = await openNamed(call);
  return acknowledge(call, handle, await offerHelp(handle, body), "Told who helps");
}

const dayPattern = /^\d{4}-\d{2}-\d{2}$/u;

/** The person sets or removes a date; the team proposes one; without a date, the plan as it stands. */
async function aftercare(call: Call): Promise<ExitCode> {
  const [on, remove] = [call.text("on"), call.text("remove")];
  if (on !== null && (!dayPattern.test(on) || on < dutchDay(new Date())))
    throw new CommandError(`--on ${JSON.stringify(on)} is no day from today on`, "write it as 2026-12-24");
  const what = on === null ? "" : await wordsOf(call);
  const { handle } = await openNamed(call);
  const plan = await readAftercare(handle);
  if (on !== null && !handle.mine) return acknowledge(call, handle, await proposeAftercare(handle, [{ on, what }]), "Proposed; the person decides");
  if (on !== null || remove !== null) {
    if (remove !== null && ![...plan.dates, ...plan.proposed].some(({ id }) => id === remove))
      throw new CommandError(`there is no date ${remove}`, "see rugdekking support aftercare without --on");
    const dates: AftercareDate[] = plan.dates.filter(({ id }) => id !== remove);
    if (on !== null) dates.push({ id: crypto.randomUUID(), on, what });
    const declined = remove !== null && plan.proposed.some(({ id }) => id === remove) ? [remove] : [];
    return acknowledge(call, handle, await setAftercare(handle, dates, declined), "Set");
  }
  call.screen.answer(
    { dates: plan.dates, proposed: plan.proposed },
    [
      ...plan.dates.map((date) => `${date.id}  ${date.on}  ${date.what}`),
      ...plan.proposed.map((date) => `${date.id}  ${date.on}  ${date.what} (proposed)`),
    ].join("\n") || "No dates yet.",
  );
  return 0;
}

async function close(call: Call): Promise<ExitCode> {
  const body = { outcome: call.choice("outcome", ["helped", "handed-over", "not-reached", "other"]), words: await wordsOf(call) };
  const { handle } = await openNamed(call);
  return acknowledge(call, handle, await closeHelp(handle, body), "Closed, with a word to the person");
}

async function reopen(call: Call): Promise<ExitCode> {
  const text = await wordsOf(call);
  const { handle } = await openNamed(call);
  return acknowledge(call, handle, await reopenHelp(handle, text), "Open again");
}

const example = "0199b1c4-1111-7222-8333-444455556666";
/** Commands of support. */
export const supportCommands: readonly Command[] = [
  {
    name: "support find",
    about: "who can help, matched on this machine; nothing is sent",
    takes: "",
    options: { ...answered },
    example: "rugdekking support find --who councillor --situation doxing --phase now",
    run: find,
  },
  {
    name: "support ask",
    about: "ask the support team for help, signed in or as a guest",
    takes: "",
    options: {
      ...signedIn,
      ...worded,
      ...answered,
      desk: { value: "DESK", about: "when there is more than one support team" },
      guest: { value: null, about: "without an account" },
      "receipt-code-file": { value: "FILE", about: "with --guest: new file for the receipt code" },
      acute: { value: null, about: "now: the team has one hour (in danger call 112)" },
      name: { value: "NAME", about: "your name, if you want" },
      organisation: { value: "TEXT", about: "where you hold office, if you want; sealed like the rest" },
      phone: { value: "NUMBER", about: "where the team may call you" },
    },
    example: 'rugdekking support ask --words "Ik wil iemand spreken" --who councillor --guest --receipt-code-file boncode.txt',
    run: ask,
  },
  {
    name: "support take-up",
    about: "take a request for help up, with a first word to the person",
    takes: "DOSSIER",
    options: { ...signedIn, ...worded },
    example: `rugdekking support take-up ${example} --words "Wij zoeken iemand voor u." --as demo.team@example.nl`,
    run: take,
  },
  {
    name: "support offer",
    about: "tell who helps",
    takes: "DOSSIER",
    options: {
      ...signedIn,
      ...worded,
      by: { value: "BY", about: "team, peer or expert" },
      name: { value: "NAME", about: "as the person sees it" },
      office: { value: "TEXT", about: "office or profession" },
      how: { value: "TEXT", about: "how and when there will be contact" },
    },
    example: `rugdekking support offer ${example} --by peer --name "Anna Demo" --office oud-wethouder --how "Anna belt u morgen" --as demo.team@example.nl`,
    run: offer,
  },
  {
    name: "support aftercare",
    about: "aftercare dates: the person sets and removes them, the team proposes; shows them without --on",
    takes: "DOSSIER",
    options: {
      ...signedIn,
      ...worded,
      on: { value: "DAY", about: "a day, with --words for what" },
      remove: { value: "ID", about: "the date to take away, or the proposal to turn down" },
    },
    example: `rugdekking support aftercare ${example} --on 2027-01-11 --words "Even bellen" --as demo.raadslid@example.nl`,
    run: aftercare,
  },
  {
    name: "support close",
    about: "close a request for help with a word to the person",
    takes: "DOSSIER",
    options: { ...signedIn, ...worded, outcome: { value: "OUTCOME", about: "helped, handed-over, not-reached or other" } },
    example: `rugdekking support close ${example} --outcome helped --words "U weet ons te vinden." --as demo.team@example.nl`,
    run: close,
  },
  {
    name: "support reopen",
    about: "open a closed request for help again",
    takes: "DOSSIER",
    options: { ...signedIn, ...worded },
    example: `rugdekking support reopen ${example} --words "Het begint opnieuw." --as demo.raadslid@example.nl`,
    run: reopen,
  },
];
