/** `rugdekking same-actor …`: does one actor also hit others? A safety desk compares accounts, numbers, mail addresses and whole texts by fingerprints that tell nobody who. */
import { openNamed, acknowledge, worded, wordsOf } from "#apps/cli/commands/dossiers.ts";
import { type Call, type Command, CommandError, type ExitCode, signedIn } from "#apps/cli/command.ts";
import { readText } from "#apps/cli/files.ts";
import { oneLine } from "#apps/cli/screen.ts";
import { signIn } from "#apps/cli/visitor.ts";
import { workflows } from "#apps/cli/workflows.ts";
import type { Session } from "#services/directory/client/index.ts";
import { openDossier } from "#services/dossier/client/index.ts";
import {
  admitDesk,
  askForNetwork,
  check,
  consentToLook,
  contribute,
  makeNetwork,
  ownContributions,
  readNetworkState,
  renew,
  tidy,
  withdraw,
  type Answer,
} from "#services/signalling/client/same-actor.ts";
import { type ActorValue, platforms } from "#services/signalling/contract/actor-values.ts";
import { contributingFunctions, type Others } from "#services/signalling/contract/same-actor.ts";

/** The safety desk a call is about: the one that is named, or the only one the person is in. */
async function ownDesk(call: Call, session: Session): Promise<string> {
  const named = call.text("desk");
  if (named !== null) return named;
  const [only, ...more] = (await session.openDesks()).filter((desk) => contributingFunctions.includes(desk.function));
  if (only === undefined) throw new CommandError("you are in no safety desk", "ask a lead of the safety desk to add you");
  if (more.length > 0)
    throw new CommandError("you are in more than one safety desk", `name one with --desk: ${[only, ...more].map(({ id }) => id).join(", ")}`);
  return only.id;
}

function accountOf(text: string): ActorValue {
  const at = text.indexOf(":");
  const platform = platforms.find((one) => one === text.slice(0, Math.max(0, at)));
  if (platform === undefined) throw new CommandError("--account is PLATFORM:NAME", `choose ${platforms.join(", ")}; for example x:@naam`);
  return { kind: "account", platform, handle: text.slice(at + 1) };
}

/** Everything a call names. @throws {@link CommandError} when that is nothing. */
async function valuesOf(call: Call): Promise<ActorValue[]> {
  const values: ActorValue[] = [
    ...call.list("account").map(accountOf),
    ...call.list("phone").map((value): ActorValue => ({ kind: "phone", value })),
    ...call.list("email").map((value): ActorValue => ({ kind: "email", value })),
  ];
  for (const path of call.list("text-file")) values.push({ kind: "text", value: await readText(path) });
  if (values.length === 0) throw new CommandError(`${call.command.name} needs something to compare`, "give --account, --phone, --email or --text-file");
  return values;
}

const counted: Readonly<Record<Others, string>> = {
  none: "found at no other desk",
  "1-2": "found at 1 or 2 other desks",
  "3-5": "found at 3 to 5 other desks",
  "6-10": "found at 6 to 10 other desks",
  more: "found at more than 10 other desks",
};
const line = ({ kind, shown, others }: Answer): string => `${kind.padEnd(8)}${oneLine(shown)}: ${counted[others]}`;
const told = "Which desks, about whom and when is told to no desk. The same value can be typed by hand, borrowed or forged: it is a lead, not proof.";

async function start(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  const desk = await ownDesk(call, session);
  const next = call.flag("next");
  const seen = (await readNetworkState(session, desk)).network;
  if (next && seen === null) throw new CommandError("there is no network key yet, so none to follow", "leave --next out");
  if (!next && seen !== null)
    throw new CommandError(
      `there is a network key already (version ${seen.version})`,
      "ask for it with rugdekking same-actor ask; --next makes another version, and every desk must then ask again",
    );
  await makeNetwork(session, desk, seen?.hash ?? null);
  const { network, waiting } = await readNetworkState(session, desk);
  call.screen.answer(
    { version: network?.version ?? 0, waiting },
    `Version ${network?.version ?? 0} of the network key is made and held by your desk. Desks that ask for it get it by: rugdekking same-actor admit DESK`,
  );
  return 0;
}

async function ask(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  const desk = await ownDesk(call, session);
  await askForNetwork(session, desk);
  call.screen.answer({ desk, asked: true }, `Asked. A safety desk that holds the key hands it over by: rugdekking same-actor admit ${desk}`);
  return 0;
}

async function admit(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  const desk = await admitDesk(session, await ownDesk(call, session), call.at(0));
  call.screen.answer(
    { admitted: desk.id, name: desk.name, organisation: desk.organisation },
    `Handed the network key to ${oneLine(desk.name)} (${desk.organisation}).`,
  );
  return 0;
}

async function agree(call: Call): Promise<ExitCode> {
  const text = await wordsOf(call);
  const { handle } = await openNamed(call);
  const desk = call.text("desk") ?? handle.view.participants.find(({ role }) => role === "safety-desk")?.desk ?? null;
  if (desk === null) throw new CommandError("no safety desk takes part in this dossier", "this is agreed with the safety desk that helps you");
  const months = Number(call.text("months") ?? 12);
  if (!Number.isInteger(months) || months < 1 || months > 24) throw new CommandError("--months is not a number from 1 to 24", "for example --months 12");
  const until = new Date();
  until.setUTCMonth(until.getUTCMonth() + months);
  return acknowledge(
    call,
    handle,
    await consentToLook(handle, { desk, text, until: until.toISOString() }),
    "Agreed; take it back with rugdekking consent withdraw",
  );
}

async function add(call: Call): Promise<ExitCode> {
  const values = await valuesOf(call);
  const { handle, session } = await openNamed(call);
  const answers = await contribute(session, await ownDesk(call, session), handle, values);
  call.screen.answer({ answers }, [...answers.map(line), told].join("\n"));
  return 0;
}

async function look(call: Call): Promise<ExitCode> {
  const values = await valuesOf(call);
  const session = await signIn(call);
  const desk = await ownDesk(call, session);
  const answers = await check(session, desk, values);
  const { left } = await readNetworkState(session, desk);
  call.screen.answer({ answers, left }, [...answers.map(line), `Your desk may have ${left} more values compared now.`, told].join("\n"));
  return 0;
}

async function list(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  const desk = await ownDesk(call, session);
  const own = await ownContributions(session, desk);
  const lines = own.map(
    ({ id, month, others, label }) =>
      `${id}  ${month}  ${(label?.kind ?? "?").padEnd(8)}${label === null ? "(opens with no key of this desk)" : oneLine(label.shown)}: ${counted[others]}`,
  );
  if (own.length > 0) lines.push("Whether their consents still stand is looked at by: rugdekking same-actor tidy");
  call.screen.answer({ contributions: own }, lines.length === 0 ? "Your desk has contributed nothing." : lines.join("\n"));
  return 0;
}

async function tidyUp(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  const desk = await ownDesk(call, session);
  const gone = await tidy(session, desk, await ownContributions(session, desk), async (dossier) => await openDossier(session, dossier, workflows));
  call.screen.answer({ takenBack: gone }, `${gone.length} taken back: their consent ended, or the dossier is no longer your desk's.`);
  return 0;
}

async function takeBack(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  await withdraw(session, await ownDesk(call, session), call.at(0));
  call.screen.answer({ withdrawn: call.at(0) }, "Taken back; it counts for nobody from now on.");
  return 0;
}

async function again(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  const desk = await ownDesk(call, session);
  const own = await ownContributions(session, desk);
  const done = await renew(session, desk, own, async (dossier) => await openDossier(session, dossier, workflows));
  const lines = [`${done.renewed} made anew under the newest network key.`];
  if (done.takenBack > 0) lines.push(`${done.takenBack} taken back: their consent ended, or the dossier is no longer your desk's.`);
  if (done.left > 0) lines.push(`${done.left} wait for more turns: run this again tomorrow.`);
  call.screen.answer({ ...done }, lines.join("\n"));
  return 0;
}

const desk = { desk: { value: "DESK", about: "your safety desk, when you are in more than one" } };
const values = {
  account: { value: "PLATFORM:NAME", about: `an account; ${platforms.join(", ")}`, multiple: true },
  phone: { value: "NUMBER", about: "a telephone number; without + it is Dutch", multiple: true },
  email: { value: "ADDRESS", about: "a mail address", multiple: true },
  "text-file": { value: "FILE", about: "a whole message of ten words or more; only the same whole text matches", multiple: true },
};
const example = "0199b1c4-1111-7222-8333-444455556666";
const as = "--as demo.adviseur@example.nl";

/** Commands around one actor with many victims. */
export const sameActorCommands: readonly Command[] = [
  {
    name: "same-actor start",
    about: "make the network key of safety desks, or its next version",
    takes: "",
    options: { ...signedIn, ...desk, next: { value: null, about: "make a next version, which every other desk must ask for again" } },
    example: `rugdekking same-actor start ${as}`,
    run: start,
  },
  {
    name: "same-actor ask",
    about: "ask for the network key",
    takes: "",
    options: { ...signedIn, ...desk },
    example: `rugdekking same-actor ask ${as}`,
    run: ask,
  },
  {
    name: "same-actor admit",
    about: "hand the network key to a safety desk that asked",
    takes: "OTHER-DESK",
    options: { ...signedIn, ...desk },
    example: `rugdekking same-actor admit ${example} ${as}`,
    run: admit,
  },
  {
    name: "same-actor agree",
    about: "agree, as the person whose dossier it is, that your safety desk compares",
    takes: "DOSSIER",
    options: {
      ...signedIn,
      ...worded,
      desk: { value: "DESK", about: "the safety desk, when more than one takes part" },
      months: { value: "NUMBER", about: "for so many months (12)" },
    },
    example: `rugdekking same-actor agree ${example} --words "U mag nagaan of dit ook anderen raakt." --as demo.raadslid@example.nl`,
    run: agree,
  },
  {
    name: "same-actor add",
    about: "contribute what a dossier knows of an actor, and see how many other desks have it",
    takes: "DOSSIER",
    options: { ...signedIn, ...desk, ...values },
    example: `rugdekking same-actor add ${example} --account x:@boze_demo --phone 06-12345678 ${as}`,
    run: add,
  },
  {
    name: "same-actor check",
    about: "see how many other desks have it, and leave nothing behind",
    takes: "",
    options: { ...signedIn, ...desk, ...values },
    example: `rugdekking same-actor check --account telegram:boze_demo ${as}`,
    run: look,
  },
  {
    name: "same-actor list",
    about: "your desk's own contributions, with how many others each hits now",
    takes: "",
    options: { ...signedIn, ...desk },
    example: `rugdekking same-actor list ${as}`,
    run: list,
  },
  {
    name: "same-actor tidy",
    about: "take back what nobody agrees to any more; opens every dossier your desk contributed from",
    takes: "",
    options: { ...signedIn, ...desk },
    example: `rugdekking same-actor tidy ${as}`,
    run: tidyUp,
  },
  {
    name: "same-actor withdraw",
    about: "take a contribution back",
    takes: "CONTRIBUTION",
    options: { ...signedIn, ...desk },
    example: `rugdekking same-actor withdraw 3f1c2b7a-9d4e-4c1b-8a55-0123456789ab ${as}`,
    run: takeBack,
  },
  {
    name: "same-actor renew",
    about: "make old contributions anew under the newest network key",
    takes: "",
    options: { ...signedIn, ...desk },
    example: `rugdekking same-actor renew ${as}`,
    run: again,
  },
];
