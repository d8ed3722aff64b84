/** `rugdekking desk arrangement`, `away`, `back`, `offices`, `hand-over`: who covers for whom, which offices are vacant, and who leads. */
import { type Call, type Command, CommandError, type ExitCode, signedIn } from "#apps/cli/command.ts";
import { oneLine } from "#apps/cli/screen.ts";
import { signIn } from "#apps/cli/visitor.ts";
import { endAbsence, handOverLeadership, readArrangement, setAbsence, setOffices, type Arrangement } from "#services/directory/client/index.ts";
import type { OpenDesk } from "#services/directory/client/session.ts";
import { dayOf } from "#services/directory/contract/arrangement.ts";

const shown = ({ number, offices, vacant, absences }: Arrangement) => ({ number, offices, vacant, absences });

function answer(call: Call, desk: OpenDesk, now: Arrangement): ExitCode {
  const nameOf = (person: string): string => oneLine(desk.roster.members.find((one) => one.person === person)?.name ?? person);
  const lines = [
    `${oneLine(desk.name)} (${desk.organisation})`,
    ...now.offices.map(({ office, holders }) => {
      const missing = now.vacant.find((one) => one.office === office)?.missing ?? 0;
      return `  ${oneLine(office)}: ${holders} wanted${missing === 0 ? "" : `, ${missing} VACANT`}`;
    }),
    ...now.absences.map(
      ({ person, standIn, from, until }) =>
        `  ${nameOf(person)} is away ${from} to ${until}; ${standIn === null ? "nobody covers" : `${nameOf(standIn)} covers`}`,
    ),
  ];
  call.screen.answer(shown(now), lines.length === 1 ? `${lines[0]}: nothing arranged.` : lines.join("\n"));
  return 0;
}

async function show(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  const desk = await session.openDesk(call.at(0));
  return answer(call, desk, await readArrangement(session, desk));
}

async function away(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  const desk = await session.openDesk(call.at(0));
  const absence = { person: call.need("person"), standIn: call.text("stand-in"), from: call.text("from") ?? dayOf(new Date()), until: call.need("until") };
  return answer(call, desk, await setAbsence(session, desk, absence));
}

async function back(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  const desk = await session.openDesk(call.at(0));
  const person = call.need("person");
  let now = await readArrangement(session, desk);
  const theirs = now.absences.filter((one) => one.person === person);
  if (theirs.length === 0) throw new CommandError(`${person} is not away`, "see rugdekking desk arrangement");
  for (const absence of theirs) now = await endAbsence(session, desk, absence);
  return answer(call, desk, now);
}

async function offices(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  const desk = await session.openDesk(call.at(0));
  const wanted = call.list("office").map((text) => {
    const [, office = "", holders = ""] = /^(.+?)(?:=(\d{1,2}))?$/u.exec(text) ?? [];
    return { office: office.trim(), holders: holders === "" ? 1 : Number(holders) };
  });
  return answer(call, desk, await setOffices(session, desk, wanted));
}

async function handOver(call: Call): Promise<ExitCode> {
  const session = await signIn(call);
  const after = await handOverLeadership(session, await session.openDesk(call.at(0)), call.need("to"));
  const lead = after.roster.members.filter((one) => one.lead).map(({ name }) => oneLine(name));
  call.screen.answer(
    { desk: after.id, epoch: after.epoch, leads: lead },
    `Handed over; ${oneLine(after.name)} is led by ${lead.join(", ")} from epoch ${after.epoch} on.`,
  );
  return 0;
}

const example = "rugdekking desk arrangement 0199b1c4-1111-7222-8333-444455556666 --as lead@example.nl";
/** Commands around how a desk is arranged. */
export const deskArrangementCommands: readonly Command[] = [
  { name: "desk arrangement", about: "show who is away, who covers, and which offices are vacant", takes: "DESK", options: signedIn, example, run: show },
  {
    name: "desk away",
    about: "say that a member is away and who covers; mail goes to the others meanwhile",
    takes: "DESK",
    options: {
      ...signedIn,
      person: { value: "PERSON", about: "who is away" },
      from: { value: "YYYY-MM-DD", about: "first day (default today)" },
      until: { value: "YYYY-MM-DD", about: "last day" },
      "stand-in": { value: "PERSON", about: "the member who covers; nobody when left out" },
    },
    example: "rugdekking desk away 0199b1c4-1111-7222-8333-444455556666 --person 0199b1c4-aaaa-7bbb-8ccc-ddddeeeeffff --until 2026-12-31 --as lead@example.nl",
    run: away,
  },
  {
    name: "desk back",
    about: "say that a member is back",
    takes: "DESK",
    options: { ...signedIn, person: { value: "PERSON", about: "who is back" } },
    example: "rugdekking desk back 0199b1c4-1111-7222-8333-444455556666 --person 0199b1c4-aaaa-7bbb-8ccc-ddddeeeeffff --as lead@example.nl",
    run: back,
  },
  {
    name: "desk offices",
    about: "say which offices a desk should have, so that a vacancy shows and leads are reminded",
    takes: "DESK",
    options: { ...signedIn, office: { value: "OFFICE[=N]", about: "an office, and how many hold it at least; none at all when left out", multiple: true } },
    example: "rugdekking desk offices 0199b1c4-1111-7222-8333-444455556666 --office griffier --office adviseur=2 --as lead@example.nl",
    run: offices,
  },
  {
    name: "desk hand-over",
    about: "hand the leadership over to another member, with new keys for the desk; you stay a member",
    takes: "DESK",
    options: { ...signedIn, to: { value: "PERSON", about: "who leads from now on" } },
    example: "rugdekking desk hand-over 0199b1c4-1111-7222-8333-444455556666 --to 0199b1c4-aaaa-7bbb-8ccc-ddddeeeeffff --as lead@example.nl",
    run: handOver,
  },
];
