/** `rugdekking organisation ask`, `asked`, `waiting`, `verify`, `refuse`, `origin`: an organisation that asks to take part, and the two authorities who verify it. The registrar's part is in registrar.ts. */
import { type Call, type Command, CommandError, connected, type ExitCode, signedIn } from "#apps/cli/command.ts";
import { oneLine } from "#apps/cli/screen.ts";
import { signIn, visit } from "#apps/cli/visitor.ts";
import {
  listJoining,
  listOwnJoining,
  readDeskOrigin,
  readJoining,
  readOrganisation,
  requestJoining,
  ruleOnJoining,
  type CheckedJoining,
  type Verdict,
} from "#services/directory/client/index.ts";
import { joiningFunctions, verificationsNeeded, verifyingFunctions } from "#services/directory/contract/joining.ts";

const shown = ({ view, asked, fingerprint, verdicts, verified }: CheckedJoining) => ({
  request: view.request,
  state: view.state,
  verified,
  organisation: asked.organisation,
  function: asked.function,
  deskName: asked.deskName,
  person: asked.person,
  name: asked.name,
  office: asked.office,
  fingerprint,
  desk: view.desk,
  expires: view.expires,
  verdicts: verdicts.map(({ payload, desk, name, office }) => ({
    verdict: payload.verdict,
    reason: payload.reason,
    at: payload.at,
    by: payload.by,
    name,
    office,
    desk: desk.id,
    deskName: desk.name,
    organisation: desk.organisation,
  })),
});

const told = (one: CheckedJoining): string =>
  [
    `${one.view.request}  ${one.view.state}  ${one.asked.organisation}, ${one.asked.function} "${oneLine(one.asked.deskName)}"`,
    `  asked by ${oneLine(`${one.asked.name}, ${one.asked.office}`)} (${one.asked.person}), digits ${one.fingerprint}`,
    ...one.verdicts.map(
      ({ payload, name, office, desk }) =>
        `  ${payload.verdict} by ${oneLine(`${name}, ${office}, ${desk.name}`)} (${desk.organisation}) at ${payload.at}${payload.reason === null ? "" : `: ${oneLine(payload.reason)}`}`,
    ),
  ].join("\n");

async function ask(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  const organisation = await readOrganisation(session.connection, call.need("organisation"));
  const made = await requestJoining(session, {
    organisation: organisation.id,
    function: call.choice("function", joiningFunctions, "safety-desk"),
    deskName: call.need("name"),
    name: call.need("lead"),
    office: call.need("office"),
  });
  call.screen.answer(
    shown(made),
    `${told(made)}\nTwo authorities will look up ${oneLine(organisation.name)} themselves and telephone. Read these digits out then: ${made.fingerprint}\nThe request ends ${made.view.expires}.`,
  );
  return 0;
}

async function asked(call: Call): Promise<ExitCode> {
  const found = await listOwnJoining(await signIn(call));
  call.screen.answer({ requests: found.map(shown) }, found.length === 0 ? "You asked for nothing." : found.map(told).join("\n"));
  return 0;
}

async function waiting(call: Call): Promise<ExitCode> {
  const found = await listJoining(await signIn(call));
  call.screen.answer({ requests: found.map(shown) }, found.length === 0 ? "Nothing waits for a verdict." : found.map(told).join("\n"));
  return 0;
}

async function rule(call: Call, verdict: Verdict): Promise<ExitCode> {
  const session = await signIn(call);
  const request = await readJoining(session.trust, call.at(0));
  const after = await ruleOnJoining(session, call.need("desk"), request, verdict);
  const missing = verificationsNeeded - after.verdicts.length;
  call.screen.answer(
    shown(after),
    `${told(after)}\n${after.verified ? `Verified: the registrar can make the desk with rugdekking organisation admit ${after.view.request}.` : verdict.verdict === "refused" ? "Refused; the applicant sees the reason." : `${missing} more needed, of a desk of another organisation.`}`,
  );
  return 0;
}

async function origin(call: Call): Promise<ExitCode> {
  const { connection, trust } = visit(call);
  const found = await readDeskOrigin(connection, trust, await trust.desk(call.at(0)));
  call.screen.answer({ origin: found === null ? null : shown(found) }, found === null ? "The registrar enrolled this desk without a request." : told(found));
  return 0;
}

const deskOption = { value: "DESK", about: `the desk you sign for: ${verifyingFunctions.map((one) => one.function).join(", ")}` };

/** Commands around organisations that ask to take part. */
export const joiningCommands: readonly Command[] = [
  {
    name: "organisation ask",
    about: "ask that a municipality, province or water authority may take part, with you as its first lead",
    takes: "",
    options: {
      ...signedIn,
      organisation: { value: "ORG", about: "for example gm0363" },
      function: { value: "FUNCTION", about: `what its first desk is for: ${joiningFunctions.join(", ")} (default safety-desk)` },
      name: { value: "NAME", about: "name of the desk" },
      lead: { value: "NAME", about: "your name, as its roster will show it" },
      office: { value: "OFFICE", about: "your office there" },
    },
    example: 'rugdekking organisation ask --organisation gm0363 --name "Veiligheidsdesk" --lead "D. Demo" --office griffier --as d.demo@example.nl',
    run: ask,
  },
  {
    name: "organisation asked",
    about: "show what you asked and what came of it",
    takes: "",
    options: signedIn,
    example: "rugdekking organisation asked --as d.demo@example.nl",
    run: asked,
  },
  {
    name: "organisation waiting",
    about: "show requests that wait for a verdict, for members of desks that may verify",
    takes: "",
    options: signedIn,
    example: "rugdekking organisation waiting --as bva@example.nl",
    run: waiting,
  },
  {
    name: "organisation verify",
    about: "sign that you telephoned an organisation by a number you looked up yourself, and its applicant read out these digits",
    takes: "REQUEST",
    options: { ...signedIn, desk: deskOption, fingerprint: { value: "DIGITS", about: "what they read out by telephone" } },
    example:
      'rugdekking organisation verify 3b241101-e2bb-4255-8caf-4136c566a962 --desk 0199b1c4-1111-7222-8333-444455556666 --fingerprint "12345 67890 12345 67890 12345" --as bva@example.nl',
    run: (call) => rule(call, { verdict: "verified", fingerprint: call.need("fingerprint") }),
  },
  {
    name: "organisation refuse",
    about: "refuse a request, with a reason the applicant sees",
    takes: "REQUEST",
    options: { ...signedIn, desk: deskOption, reason: { value: "TEXT", about: "why, at most 500 characters, without names" } },
    example:
      'rugdekking organisation refuse 3b241101-e2bb-4255-8caf-4136c566a962 --desk 0199b1c4-1111-7222-8333-444455556666 --reason "De griffie kent deze aanvraag niet." --as bva@example.nl',
    run: (call) => rule(call, { verdict: "refused", reason: call.need("reason") }),
  },
  {
    name: "organisation origin",
    about: "show which request and which two authorities a desk comes from, every signature checked here",
    takes: "DESK",
    options: connected,
    example: "rugdekking organisation origin 0199b1c4-1111-7222-8333-444455556666",
    run: async (call) => {
      if (!/^[0-9a-f-]{36}$/u.test(call.at(0))) throw new CommandError(`${call.at(0)} is not the id of a desk`, "find it with rugdekking desk list");
      return await origin(call);
    },
  },
];
