/** `rugdekking recovery …`: bring someone's keys or a desk back with two of three holders, a delay and a veto; and who held which key when. */
import { type Call, type Command, CommandError, connected, type ExitCode, signedIn } from "#apps/cli/command.ts";
import { readSecret, readText, writeNew } from "#apps/cli/files.ts";
import { oneLine } from "#apps/cli/screen.ts";
import { passphraseOf, signIn, visit } from "#apps/cli/visitor.ts";
import { workflows } from "#apps/cli/workflows.ts";
import {
  claimRecovery,
  codeOf,
  codeOfClaim,
  confirmAttempt,
  confirmWithPaper,
  endDeskRecovery,
  endRecovery,
  finishClaim,
  finishDeskRecovery,
  KeptClaim,
  parseAnswer,
  readClaim,
  readHeld,
  readRecoveries,
  readSet,
  refuseAttempt,
  requestDeskRecovery,
  setUpDeskRecovery,
  setUpRecovery,
  type CheckedShare,
  type Holder,
  type Session,
} from "#services/directory/client/index.ts";
import type { AttemptView } from "#services/directory/contract/recovery.ts";
import { keyHistory, type KeyEvent } from "#services/dossier/client/index.ts";

/** `PERSON:NAME:OFFICE`. */
function holderOf(text: string): Holder {
  const [person = "", name = "", ...office] = text.split(":");
  if (person === "" || name === "")
    throw new CommandError("--holder is PERSON:NAME:OFFICE", 'for example --holder "0199b1c4-1111-7222-8333-444455556666:Demo Griffier:griffier"');
  return { person, name, office: office.join(":") };
}

const hoursOf = (call: Call): { readonly hours?: number } => {
  const text = call.text("hours");
  if (text === null) return {};
  const hours = Number(text);
  if (!Number.isInteger(hours) || hours < 1) throw new CommandError("--hours is not a whole number", "for example --hours 72");
  return { hours };
};

async function setUp(call: Call): Promise<ExitCode> {
  const holders = call.list("holder").map(holderOf);
  const desk = call.text("desk");
  const session = await signIn(call);
  if (desk !== null) {
    const { epoch, name } = await setUpDeskRecovery(session, desk, { holders, ...hoursOf(call) });
    call.screen.answer(
      { desk, epoch },
      `${oneLine(name)} is at epoch ${epoch}, and its roster names three officers.\nTwo of them together can open everything that was handed to this desk and decide who is in it. Everyone who looks at the desk sees this.`,
    );
    return 0;
  }
  const { recovery, paper } = await setUpRecovery(session, { kind: "passphrase", passphrase: await passphraseOf(call) }, { holders, ...hoursOf(call) });
  if (paper !== null) await writeNew(call.need("paper-file"), `${paper}\n`);
  call.screen.answer(
    { recovery },
    "Two of the three can bring your keys back, after the delay and unless you say no. Print the paper share, keep it apart, then remove the file.",
  );
  return 0;
}

const lineOf = (attempt: AttemptView): string =>
  `  attempt ${attempt.attempt}  ${attempt.state}  asked ${attempt.asked}  confirmed ${attempt.confirmed.length}${attempt.opens === null ? "" : `  opens ${attempt.opens}`}`;

async function list(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  const [all, held] = [await readRecoveries(session), await readHeld(session)];
  const lines: string[] = [`This house waits ${all.hours} hours at least.`];
  for (const view of [...all.own, ...all.desks]) {
    const set = await readSet(view);
    const whose = "person" in set.subject ? "your keys" : `desk ${set.subject.desk}`;
    lines.push(`${view.recovery}  ${whose}${view.ended === null ? "" : ` (ended ${view.ended})`}: ${set.holders.map(({ name }) => oneLine(name)).join(", ")}`);
    lines.push(...view.attempts.map(lineOf));
  }
  for (const { held: one, set, whole } of held) {
    const whose = "person" in set.subject ? `person ${set.subject.person}` : `desk ${set.subject.desk}`;
    lines.push(`${one.recovery}  you hold share ${one.place} of ${whose}${whole ? "" : " (BROKEN: tell whoever set it up)"}`);
    for (const attempt of one.attempts) lines.push(lineOf(attempt), ...(attempt.temporaryKey === null ? [] : [`    digits ${(await codeOf(attempt)) ?? ""}`]));
  }
  call.screen.answer({ ...all, held: held.map(({ held: one, whole }) => ({ ...one, whole })) }, lines.join("\n"));
  return 0;
}

async function end(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  const desk = call.text("desk");
  if (desk !== null) await endDeskRecovery(session, desk);
  else await endRecovery(session, call.need("recovery"));
  call.screen.answer({ ended: true }, "Ended; the shares open nothing any more.");
  return 0;
}

async function no(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  await refuseAttempt(session, call.at(0), call.at(1));
  call.screen.answer({ refused: call.at(1) }, "Stopped; nothing is handed out for it.");
  return 0;
}

const claimIn = async (call: Call): Promise<KeptClaim> => parseAnswer(KeptClaim, JSON.parse(await readText(call.need("claim-file"))), "the claim file");

async function claim(call: Call): Promise<ExitCode> {
  const { connection } = visit(call);
  const made = await claimRecovery(connection, call.need("handle"));
  await writeNew(call.need("claim-file"), `${JSON.stringify(made)}\n`);
  const code = await codeOfClaim(made);
  call.screen.answer(
    { recovery: made.recovery, attempt: made.attempt, code },
    `Asked. Call two holders and read these digits out:\n\n  ${code}\n\nKeep the claim file: without it you start again. Whether anything is set up under this name is told to nobody.`,
  );
  return 0;
}

async function paper(call: Call): Promise<ExitCode> {
  const { connection } = visit(call);
  await confirmWithPaper(connection, await claimIn(call), await readSecret(call.need("paper-file"), "paper share"));
  call.screen.answer({ confirmed: true }, "The share on paper counts. One holder is needed beside it.");
  return 0;
}

async function status(call: Call): Promise<ExitCode> {
  const { connection } = visit(call);
  const state = await readClaim(connection, await claimIn(call));
  call.screen.answer(state, `${state.state}, confirmed ${state.confirmed}${state.opens === null ? "" : `, opens ${state.opens}`}`);
  return 0;
}

async function finish(call: Call): Promise<ExitCode> {
  const { connection } = visit(call);
  const file = call.text("paper-file");
  const passphrase = await passphraseOf(call);
  const share = file === null ? {} : { paper: await readSecret(file, "paper share") };
  const { person, sheet } = await finishClaim(connection, await claimIn(call), { passphrase, ...share });
  await writeNew(call.need("sheet-file"), `${sheet}\n`);
  call.screen.answer(
    { person },
    "You are back: the new passphrase and the new sheet are your ways in, the old ones are gone, and every session ended. Set recovery up again.",
  );
  return 0;
}

async function shareFor(session: Session, recovery: string): Promise<CheckedShare> {
  const found = (await readHeld(session)).find(({ set }) => set.recovery === recovery);
  if (found === undefined) throw new CommandError("you hold no share of that recovery", "see rugdekking recovery list");
  return found;
}

async function confirm(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  const share = await shareFor(session, call.at(0));
  const attempt = share.held.attempts.find((one) => one.attempt === call.at(1));
  if (attempt === undefined) throw new CommandError("there is no such attempt", "see rugdekking recovery list");
  await confirmAttempt(session, share, attempt, call.text("digits"));
  call.screen.answer({ confirmed: attempt.attempt }, "Passed on. With two of three the delay begins; whoever it is about can still say no.");
  return 0;
}

async function ask(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  const members = call.list("member").map((text) => ({ ...holderOf(text), lead: true }));
  if (members.length === 0) throw new CommandError("nobody would be in the desk", "give --member PERSON:NAME:OFFICE");
  const attempt = await requestDeskRecovery(session, await shareFor(session, call.at(0)), members);
  call.screen.answer({ attempt }, `Asked as attempt ${attempt}. A second officer confirms it by: rugdekking recovery confirm ${call.at(0)} ${attempt}`);
  return 0;
}

async function finishDesk(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  const desk = await finishDeskRecovery(session, await shareFor(session, call.at(0)), call.at(1));
  call.screen.answer(
    { desk: desk.id, epoch: desk.epoch },
    `${oneLine(desk.name)} is back at epoch ${desk.epoch}: ${desk.roster.members.map(({ name }) => oneLine(name)).join(", ")}. Its lead sets recovery up again.`,
  );
  return 0;
}

const who = (people: readonly { readonly name: string; readonly office: string }[]): string =>
  people.map(({ name, office }) => oneLine(office === "" ? name : `${name} (${office})`)).join(", ");

function told({ facts }: KeyEvent): string {
  switch (facts.is) {
    case "handed-over":
      return `key (${facts.reads === "items" ? `${facts.items} items` : facts.reads}) to ${facts.desk ?? "a person"} as ${facts.role}${facts.people.length === 0 ? "" : `: ${who(facts.people)}`}`;
    case "consent":
      return `consent for ${facts.desk} until ${facts.until}`;
    case "withdrawn":
      return `consent for ${facts.desk} taken back`;
    case "desk-changed":
      return `${facts.desk}, key ${facts.epoch}: in ${who(facts.joined) || "-"}; out ${who(facts.left) || "-"}${facts.recovered ? " (by two officers)" : ""}${facts.recoverable.length === 0 ? "" : `; can be brought back by ${who(facts.recoverable)}`}`;
    case "unlocks":
      return `ways to sign in: ${facts.kinds.map(({ kind, label }) => `${kind} ${oneLine(label)}`).join(", ")}${facts.recovered ? " (after recovery)" : ""}`;
    case "recovery-set":
      return `recovery set up: ${who(facts.holders)}; waits ${facts.hours} hours`;
    default:
      return `${facts.is}${facts.by === null ? "" : ` by ${oneLine(facts.by)}`}`;
  }
}

async function history(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  const { events, log, unread } = await keyHistory(session, workflows);
  const one = call.positionals[0];
  const chosen = one === undefined ? events : events.filter(({ dossier }) => dossier === one);
  const lines = chosen.map((event) => `${event.at}  ${event.proof.padEnd(11)}${event.dossier ?? "all"}  ${told(event)}`);
  lines.push(`Checked here against the log of ${log.size} leaves. It says who held a key, not who read.`);
  if (unread.length > 0) lines.push(`Not checked: ${unread.join(", ")}`);
  call.screen.answer({ events: chosen, log, unread }, lines.join("\n"));
  return 0;
}

const example = "0199b1c4-1111-7222-8333-444455556666";
const as = "--as demo.raadslid@example.nl";
const holder = { value: "PERSON:NAME:OFFICE", about: "someone who holds a share; compare their digits first (person show)", multiple: true };
const hours = { value: "NUMBER", about: "hours to wait at least (72)" };
const claimFile = { value: "FILE", about: "the claim: a secret until you are back" };
const paperFile = { value: "FILE", about: "the share on paper" };

/** Commands around recovery. */
export const recoveryCommands: readonly Command[] = [
  {
    name: "recovery set-up",
    about: "name who can bring your keys back: two people and paper, or three; or three officers for a desk you lead",
    takes: "",
    options: {
      ...signedIn,
      holder,
      hours,
      desk: { value: "DESK", about: "for this desk instead of yourself" },
      "paper-file": { ...paperFile, about: "new file for the share on paper" },
    },
    example: `rugdekking recovery set-up --holder ${example}:Demo:griffier --holder ${example}:Demo:partner --paper-file deel.txt ${as}`,
    run: setUp,
  },
  {
    name: "recovery list",
    about: "who can bring what back, attempts, and the shares you hold",
    takes: "",
    options: signedIn,
    example: `rugdekking recovery list ${as}`,
    run: list,
  },
  {
    name: "recovery end",
    about: "end recovery of your keys, or of a desk you lead",
    takes: "",
    options: { ...signedIn, recovery: { value: "RECOVERY", about: "of your own keys" }, desk: { value: "DESK", about: "of a desk" } },
    example: `rugdekking recovery end --recovery ${example} ${as}`,
    run: end,
  },
  {
    name: "recovery refuse",
    about: "say no to an attempt: as the one it is about, or as a holder",
    takes: "RECOVERY ATTEMPT",
    options: signedIn,
    example: `rugdekking recovery refuse ${example} ${example} ${as}`,
    run: no,
  },
  {
    name: "recovery claim",
    about: "ask for your own keys, when every way to sign in is lost",
    takes: "",
    options: { ...connected, handle: { value: "HANDLE", about: "your sign-in name" }, "claim-file": { ...claimFile, about: "new file for the claim" } },
    example: "rugdekking recovery claim --handle demo.raadslid@example.nl --claim-file aanvraag.json",
    run: claim,
  },
  {
    name: "recovery paper",
    about: "confirm your claim with the share on paper",
    takes: "",
    options: { ...connected, "claim-file": claimFile, "paper-file": paperFile },
    example: "rugdekking recovery paper --claim-file aanvraag.json --paper-file deel.txt",
    run: paper,
  },
  {
    name: "recovery status",
    about: "how far your claim is",
    takes: "",
    options: { ...connected, "claim-file": claimFile },
    example: "rugdekking recovery status --claim-file aanvraag.json",
    run: status,
  },
  {
    name: "recovery finish",
    about: "come back after the delay, with a new passphrase and a new sheet",
    takes: "",
    options: {
      ...connected,
      "claim-file": claimFile,
      "paper-file": paperFile,
      "passphrase-file": { value: "FILE", about: "first line is the new passphrase (or RUGDEKKING_PASSPHRASE)" },
      "sheet-file": { value: "FILE", about: "new file for the new recovery sheet" },
    },
    example: "rugdekking recovery finish --claim-file aanvraag.json --passphrase-file nieuw.txt --sheet-file blad.txt",
    run: finish,
  },
  {
    name: "recovery confirm",
    about: "pass your share on, after you called and compared the digits",
    takes: "RECOVERY ATTEMPT",
    options: { ...signedIn, digits: { value: "DIGITS", about: "the 25 digits that were read out to you; none for a desk" } },
    example: `rugdekking recovery confirm ${example} ${example} --digits "12345 12345 12345 12345 12345" ${as}`,
    run: confirm,
  },
  {
    name: "recovery ask",
    about: "ask, as an officer, for a desk whose leads are gone",
    takes: "RECOVERY",
    options: { ...signedIn, member: { value: "PERSON:NAME:OFFICE", about: "who is to lead the desk from then on", multiple: true } },
    example: `rugdekking recovery ask ${example} --member ${example}:Demo:adviseur ${as}`,
    run: ask,
  },
  {
    name: "recovery finish-desk",
    about: "bring the desk back, after the delay",
    takes: "RECOVERY ATTEMPT",
    options: signedIn,
    example: `rugdekking recovery finish-desk ${example} ${example} ${as}`,
    run: finishDesk,
  },
  {
    name: "recovery history",
    about: "who held which key when, over all dossiers or one",
    takes: "[DOSSIER]",
    options: signedIn,
    example: `rugdekking recovery history ${as}`,
    run: history,
  },
];
