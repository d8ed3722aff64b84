/** `rugdekking person …` and `organisation list`: who someone is here, and how they come back. */
import type { ExitCode } from "#apps/cli/command.ts";
import { type Call, type Command, CommandError, connected, signedIn } from "#apps/cli/command.ts";
import { writeNew } from "#apps/cli/files.ts";
import { oneLine } from "#apps/cli/screen.ts";
import { passphraseOf, signIn, visit } from "#apps/cli/visitor.ts";
import { listDevices, readPersonCard, registerPerson, searchOrganisations, signOut } from "#services/directory/client/index.ts";

async function create(call: Call): Promise<ExitCode> {
  const handle = call.need("handle");
  const sheetFile = call.need("sheet-file");
  const { connection } = visit(call);
  const passphrase = await passphraseOf(call);
  if ([...passphrase].length < 14)
    throw new CommandError("the passphrase is shorter than 14 characters", "choose four or more words that do not belong together");
  const bar = call.screen.progress("working out the passphrase");
  const { person, sheetCode } = await registerPerson(connection, {
    handle,
    mail: call.text("mail"),
    passphrase,
    progress: (share) => bar.at(share * 100, 100),
  });
  bar.end();
  try {
    await writeNew(sheetFile, `${sheetCode}\n`);
  } catch (error) {
    call.screen.note("The recovery sheet could not be written. Sign in with the passphrase and make a new sheet before you rely on this account.");
    throw error;
  }
  call.screen.answer(
    { person, handle, sheetFile },
    `Made ${handle} (person ${person}).\nThe recovery sheet is in ${sheetFile}: print it, keep it apart, then remove the file.\nWithout the passphrase and without the sheet nobody can open this account again, we neither.`,
  );
  return 0;
}

async function show(call: Call): Promise<ExitCode> {
  const { connection } = visit(call);
  const card = await readPersonCard(connection, call.at(0));
  call.screen.answer(
    card,
    `person   ${card.person}\nsign key ${card.signPublicKey}\nseal key ${card.sealPublicKey.slice(0, 24)}…\nCompare the sign key with the person by phone before you add them to a desk.`,
  );
  return 0;
}

async function devices(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  const list = await listDevices(session);
  if (call.flag("sign-out-everywhere")) await signOut(session, true);
  else await signOut(session);
  call.screen.answer({ devices: list }, list.map((one) => `${one.lastSeen}  ${oneLine(one.label)}${one.current ? "  (this one)" : ""}`).join("\n"));
  return 0;
}

async function organisations(call: Call): Promise<ExitCode> {
  const { connection } = visit(call);
  const query = call.positionals[0];
  const found = await searchOrganisations(connection, query === undefined ? {} : { query });
  call.screen.answer(
    { organisations: found },
    found.length === 0
      ? "No organisation has that in its name."
      : found.map((one) => `${one.id.padEnd(16)}${oneLine(one.name)}${one.demonstration ? "  (demonstration)" : ""}`).join("\n"),
  );
  return 0;
}

/** Commands around persons. */
export const personCommands: readonly Command[] = [
  {
    name: "person create",
    about: "make an account with a passphrase and a recovery sheet",
    takes: "",
    options: {
      ...connected,
      handle: { value: "HANDLE", about: "sign-in name, usually an e-mail address" },
      mail: { value: "ADDRESS", about: "where 'er is nieuws' goes (without it: no mail)" },
      "passphrase-file": { value: "FILE", about: "first line is the passphrase (or RUGDEKKING_PASSPHRASE)" },
      "sheet-file": { value: "FILE", about: "new file for the recovery sheet" },
    },
    example: "rugdekking person create --handle demo.wethouder@example.nl --passphrase-file wachtzin.txt --sheet-file herstelblad.txt",
    run: create,
  },
  {
    name: "person show",
    about: "show the public keys of a person, to compare by phone",
    takes: "PERSON",
    options: connected,
    example: "rugdekking person show 0199b1c4-1111-7222-8333-444455556666",
    run: show,
  },
  {
    name: "person devices",
    about: "show where you are signed in",
    takes: "",
    options: { ...signedIn, "sign-out-everywhere": { value: null, about: "end every session, this one too" } },
    example: "rugdekking person devices --as demo.wethouder@example.nl --passphrase-file wachtzin.txt",
    run: devices,
  },
  {
    name: "organisation list",
    about: "find an organisation by name",
    takes: "[WORDS]",
    options: connected,
    example: "rugdekking organisation list Demostad",
    run: organisations,
  },
];
