/** `rugdekking figures open | collect | give`: what a research desk does with the anonymous facts of a quarter, and what a command line does with its own. The opened facts stay on the desk's machine. */
import { type Call, type Command, CommandError, connected, type ExitCode, signedIn } from "#apps/cli/command.ts";
import { queueOf } from "#apps/cli/counting.ts";
import { openNew } from "#apps/cli/plain-files.ts";
import { oneLine } from "#apps/cli/screen.ts";
import { homeOf, signIn, visit } from "#apps/cli/visitor.ts";
import type { Session } from "#services/directory/client/index.ts";
import { countQuarter, downloadFacts, readQuarter, stateQuarter } from "#services/figures/client/index.ts";
import { timesOf } from "#services/figures/contract/delivery.ts";
import { factKinds, Quarter } from "#services/figures/contract/facts.ts";
import { Check } from "typebox/value";

function quarterOf(call: Call): string {
  const quarter = call.at(0).toLowerCase();
  if (!Check(Quarter, quarter)) throw new CommandError(`${JSON.stringify(call.at(0))} is no quarter`, "write the year and q1 to q4: 2026-q4");
  return quarter;
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

async function open(call: Call): Promise<ExitCode> {
  const quarter = quarterOf(call);
  const session = await signIn(call);
  const desk = await researchDesk(call, session);
  const known = await readQuarter(session.trust, quarter);
  if (known !== null && known.desk !== desk)
    throw new CommandError(`quarter ${quarter} was stated by another desk`, "one desk collects the facts of a quarter");
  if (known === null) {
    const bar = call.screen.progress("keys");
    await stateQuarter(session, desk, quarter, (share) => bar.at(share, 1, `${Math.round(share * factKinds.length)} of ${factKinds.length} keys`));
    bar.end();
  }
  const { opens, closes, ends } = timesOf(quarter);
  call.screen.answer(
    { quarter, opens: opens.toISOString(), closes: closes.toISOString(), ends: ends.toISOString() },
    `Facts of ${quarter} can come in until ${ends.toISOString()}; collect them after that. State the next quarter before this one is over: where none is stated, nothing is counted.`,
  );
  return 0;
}

async function collect(call: Call): Promise<ExitCode> {
  const quarter = quarterOf(call);
  const out = call.need("out");
  const session = await signIn(call);
  const stated = await readQuarter(session.trust, quarter);
  if (stated === null) throw new CommandError(`no desk has stated quarter ${quarter}`, "look at the quarters with rugdekking figures open");
  const file = await openNew(out);
  try {
    const bar = call.screen.progress("facts");
    const opened = await downloadFacts(session, stated, (count) => bar.at(count, Number.POSITIVE_INFINITY, `${count} opened`));
    bar.end();
    const counts = await countQuarter(session, quarter);
    // Sorted by what is in them, so that the order in which the server handed them out is not kept either.
    const lines = opened.flatMap(({ fact }) => (fact === null ? [] : [JSON.stringify(fact)])).toSorted();
    await file.write(lines.map((line) => `${line}\n`).join(""));
    const reasons = [...new Set(opened.flatMap((one) => ("why" in one ? [one.why] : [])))];
    const shown = (n: number | null): string => (n === null ? "under 5" : String(n));
    call.screen.answer(
      { quarter, facts: lines.length, unopened: opened.length - lines.length, reasons, counts, out },
      [
        `${lines.length} facts in ${out}. The file is readable: keep it on a machine of the desk, for its owner alone.`,
        ...counts.map(({ kind, given, arrived }) => `${kind}: ${shown(arrived)} arrived of ${shown(given)} tokens given`),
        ...(opened.length === lines.length
          ? []
          : [`${opened.length - lines.length} do not open or say what their token does not; they are left out. ${reasons.map(oneLine).join(" ")}`]),
      ].join("\n"),
    );
    return 0;
  } finally {
    await file.discard();
  }
}

async function give(call: Call): Promise<ExitCode> {
  const { connection } = visit(call);
  const given = await (await queueOf(homeOf(call), connection.origin, null)).give();
  call.screen.answer({ given }, given === 0 ? "Nothing is due." : `${given} given, without a name.`);
  return 0;
}

export const factCommands: readonly Command[] = [
  {
    name: "figures open",
    about: "state a quarter, so that anonymous facts of dossiers can be counted in it; called again after a cut it goes on",
    takes: "QUARTER",
    options: { ...signedIn, desk: { value: "DESK", about: "which research desk, when you are in more than one" } },
    example: "rugdekking figures open 2027-q1 --as onderzoek@example.nl",
    run: open,
  },
  {
    name: "figures collect",
    about: "open the facts of a quarter that has ended, and write them to a file on this machine, one per line",
    takes: "QUARTER",
    options: { ...signedIn, out: { value: "FILE", about: "new JSON Lines file, for rugdekking figures publish" } },
    example: "rugdekking figures collect 2026-q4 --out feiten.jsonl --as onderzoek@example.nl",
    run: collect,
  },
  {
    name: "figures give",
    about:
      "give the facts without a name that commands of this home folder left and whose moment has come; let a timer do it every hour, apart from other commands",
    takes: "",
    options: connected,
    example: "rugdekking figures give",
    run: give,
  },
];
