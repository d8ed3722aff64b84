/** `rugdekking desk …`: which desks there are, who is in them, and changing that. */
import { type Call, type Command, CommandError, connected, type ExitCode, signedIn } from "#apps/cli/command.ts";
import { readSecret } from "#apps/cli/files.ts";
import { oneLine } from "#apps/cli/screen.ts";
import { signIn, visit } from "#apps/cli/visitor.ts";
import {
  acceptInvitation,
  invite,
  listInvitations,
  ownFingerprint,
  readFingerprint,
  readInvitation,
  rotateDesk,
  type Session,
  type VerifiedDesk,
} from "#services/directory/client/index.ts";
import { deskFunctions } from "#services/directory/contract/index.ts";

const shown = (desk: VerifiedDesk) => ({
  id: desk.id,
  organisation: desk.organisation,
  name: desk.name,
  function: desk.function,
  epoch: desk.epoch,
  members: desk.roster.members.map(({ person, name, office, lead }) => ({ person, name, office, lead })),
});

const line = (desk: VerifiedDesk): string =>
  `${desk.id}  ${desk.function.padEnd(12)}${oneLine(desk.name)} (${desk.organisation}, epoch ${desk.epoch}, ${desk.roster.members.length} members)`;

async function list(call: Call): Promise<ExitCode> {
  const organisation = call.text("organisation");
  const wanted = call.text("function") === null ? null : call.choice("function", deskFunctions);
  if (organisation === null && wanted === null) throw new CommandError("desk list needs --organisation or --function", `for example: ${call.command.example}`);
  const desks = await visit(call).trust.desks({ ...(organisation === null ? {} : { organisation }), ...(wanted === null ? {} : { function: wanted }) });
  call.screen.answer({ desks: desks.map(shown) }, desks.length === 0 ? "No desk fits." : desks.map(line).join("\n"));
  return 0;
}

async function show(call: Call): Promise<ExitCode> {
  const desk = await visit(call).trust.desk(call.at(0));
  call.screen.answer(
    shown(desk),
    [
      line(desk),
      ...desk.roster.members.map((member) => `  ${member.person}  ${oneLine(`${member.name}, ${member.office}`)}${member.lead ? " (leads)" : ""}`),
    ].join("\n"),
  );
  return 0;
}

async function inviteSomeone(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  const answer = await invite(session, call.at(0), { name: call.need("name"), office: call.need("office") });
  call.screen.answer(answer, `${answer.token}\nHand this over in person; it ends ${answer.expires}.`);
  return 0;
}

async function join(call: Call): Promise<ExitCode> {
  const token = await readSecret(call.need("invitation-file"), "invitation");
  const session = await signIn(call);
  const { desk, office } = await readInvitation(session.trust, token);
  await acceptInvitation(session, token);
  const fingerprint = await ownFingerprint(session);
  call.screen.answer(
    { desk: desk.id, office, fingerprint },
    `Accepted: ${oneLine(`${office} at ${desk.name}`)}. A lead now adds you with rugdekking desk admit.\nWhen the lead telephones, read this out: ${fingerprint}`,
  );
  return 0;
}

/** Who accepted and is not in the roster yet, with the digits to compare. */
async function waitingFor(session: Session, desk: string) {
  const { roster } = await session.openDesk(desk);
  const accepted = (await listInvitations(session, desk)).flatMap(({ acceptedBy, name, office }) =>
    acceptedBy === null || roster.members.some(({ person }) => person === acceptedBy) ? [] : [{ person: acceptedBy, name, office }],
  );
  const waiting = await Promise.all(accepted.map(async (one) => ({ ...one, ...(await readFingerprint(session.connection, one.person)) })));
  if (waiting.length === 0) throw new CommandError(`nobody waits to join desk ${desk}`, "invite someone with rugdekking desk invite");
  return waiting;
}
const named = ({ name, office, fingerprint }: { readonly name: string; readonly office: string; readonly fingerprint: string }): string =>
  `  ${fingerprint}  ${oneLine(`${name}, ${office}`)}`;

async function waiting(call: Call): Promise<ExitCode> {
  const people = await waitingFor(await signIn(call), call.at(0));
  call.screen.answer(
    { waiting: people.map(({ person, name, office, fingerprint }) => ({ person, name, office, fingerprint })) },
    [...people.map(named), "Telephone them and let them read out their digits; add only who reads out the same, with rugdekking desk admit."].join("\n"),
  );
  return 0;
}

/** Which digits were compared by telephone; null when all who accepted were asked for in so many words. @throws {@link CommandError} when neither or both were said. */
function comparedDigits(call: Call): string | null {
  const all = call.flag("all-accepted");
  if (call.text("fingerprint") !== null && all)
    throw new CommandError(
      "desk admit takes --fingerprint or --all-accepted, not both",
      "compare digits one by one with --fingerprint; leave --all-accepted out",
    );
  if (all) return null;
  return call.need("fingerprint").replaceAll(/\D/g, "");
}

const notCompared =
  "WARNING: nobody's digits were compared, and these people can read from now on. Let each read out theirs by telephone; " +
  "if anyone reads out others: rugdekking desk remove, and tell whoever runs this server.";

async function admit(call: Call): Promise<ExitCode> {
  const compared = comparedDigits(call);
  const session = await signIn(call);
  const desk = call.at(0);
  const people = (await waitingFor(session, desk)).filter(({ fingerprint }) => compared === null || fingerprint.replaceAll(" ", "") === compared);
  if (people.length === 0) throw new CommandError("nobody who waits has these digits", "do not add them; tell whoever runs this server");
  const after = await rotateDesk(session, desk, {
    add: people.map(({ person, name, office, signPublicKey }) => ({ person, name, office, signPublicKey, lead: false })),
  });
  const warning = compared === null ? notCompared : null;
  call.screen.answer(
    { ...shown(after), added: people.map(({ person, name, fingerprint }) => ({ person, name, fingerprint })), warning },
    [`Added; ${line(after)}`, ...people.map(named), ...(warning === null ? [] : [warning])].join("\n"),
  );
  return 0;
}

async function remove(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  const after = await rotateDesk(session, call.at(0), { remove: [call.need("person")] });
  call.screen.answer(shown(after), `Removed; ${line(after)}\nThis protects what comes after. What the person has read before cannot be unread.`);
  return 0;
}

/** Commands around desks. */
export const deskCommands: readonly Command[] = [
  {
    name: "desk list",
    about: "list desks whose rosters go back to the pinned registrar",
    takes: "",
    options: { ...connected, organisation: { value: "ORG", about: "for example gm0363" }, function: { value: "FUNCTION", about: deskFunctions.join(", ") } },
    example: "rugdekking desk list --organisation demo-gemeente",
    run: list,
  },
  {
    name: "desk show",
    about: "show who is in a desk",
    takes: "DESK",
    options: connected,
    example: "rugdekking desk show 0199b1c4-1111-7222-8333-444455556666",
    run: show,
  },
  {
    name: "desk invite",
    about: "invite someone to a desk you lead",
    takes: "DESK",
    options: { ...signedIn, name: { value: "NAME", about: "their name" }, office: { value: "OFFICE", about: "what they do" } },
    example: 'rugdekking desk invite 0199b1c4-1111-7222-8333-444455556666 --name "D. Demo" --office "adviseur OOV" --as lead@example.nl',
    run: inviteSomeone,
  },
  {
    name: "desk join",
    about: "accept an invitation",
    takes: "",
    options: { ...signedIn, "invitation-file": { value: "FILE", about: "first line is the invitation" } },
    example: "rugdekking desk join --invitation-file uitnodiging.txt --as nieuw@example.nl --passphrase-file wachtzin.txt",
    run: join,
  },
  {
    name: "desk waiting",
    about: "show who accepted, with the digits to compare by telephone",
    takes: "DESK",
    options: signedIn,
    example: "rugdekking desk waiting 0199b1c4-1111-7222-8333-444455556666 --as lead@example.nl",
    run: waiting,
  },
  {
    name: "desk admit",
    about: "add who read out these digits by telephone, with new keys for the desk",
    takes: "DESK",
    options: {
      ...signedIn,
      fingerprint: { value: "DIGITS", about: "what they read out by telephone (see desk waiting)" },
      "all-accepted": { value: null, about: "instead: add everyone who accepted, nobody compared; says so in a warning" },
    },
    example: 'rugdekking desk admit 0199b1c4-1111-7222-8333-444455556666 --fingerprint "12345 67890 12345 67890 12345" --as lead@example.nl',
    run: admit,
  },
  {
    name: "desk remove",
    about: "remove a member, with new keys for the desk",
    takes: "DESK",
    options: { ...signedIn, person: { value: "PERSON", about: "who leaves" } },
    example: "rugdekking desk remove 0199b1c4-1111-7222-8333-444455556666 --person 0199b1c4-aaaa-7bbb-8ccc-ddddeeeeffff --as lead@example.nl",
    run: remove,
  },
];
