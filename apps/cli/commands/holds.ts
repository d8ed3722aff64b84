/** `rugdekking dossier holds`, `hold`, `hold-end`: what keeps a dossier from being erased for a while. */
import { type Call, type Command, CommandError, type ExitCode, signedIn } from "#apps/cli/command.ts";
import { oneLine } from "#apps/cli/screen.ts";
import { signIn } from "#apps/cli/visitor.ts";
import { workflows } from "#apps/cli/workflows.ts";
import { endHold, openHolds, placeHold } from "#services/dossier/client/index.ts";
import { holdGrounds } from "#services/dossier/contract/erasure.ts";
import { openNamed, wordsOf } from "./dossiers.ts";

async function list(call: Call): Promise<ExitCode> {
  const { holds } = await openHolds(await signIn(call), call.at(0), workflows);
  const lines = holds.map(({ id, desk, by, ground, reason, until, ended }) => {
    const who = desk === null ? "its owner" : `${oneLine(desk.name)} (${oneLine(by?.name ?? "unknown")})`;
    return `${id}  ${ended === null ? `until ${until}` : `ended ${ended}`}  ${ground}  ${who}: ${reason === null ? "sealed" : oneLine(reason)}`;
  });
  call.screen.answer({ holds }, lines.length === 0 ? "Nothing holds up erasing this dossier." : lines.join("\n"));
  return 0;
}

async function place(call: Call): Promise<ExitCode> {
  const ground = holdGrounds.find((one) => one === call.need("ground"));
  if (ground === undefined) throw new CommandError(`--ground ${call.need("ground")} is no ground of AVG article 17(3)`, `choose ${holdGrounds.join(", ")}`);
  const until = call.need("until");
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(until)) throw new CommandError(`--until ${until} is no day`, "write it as 2026-12-31");
  const { handle } = await openNamed(call);
  await placeHold(handle, { desk: handle.mine ? null : call.need("desk"), ground, reason: await wordsOf(call), until });
  call.screen.answer({ dossier: handle.id, ground, until }, `Dossier ${handle.id} is not erased up to and including ${until}; its owner is told.`);
  return 0;
}

async function end(call: Call): Promise<ExitCode> {
  await endHold(await signIn(call), call.at(0), call.at(1));
  call.screen.answer({ dossier: call.at(0), hold: call.at(1) }, "The hold is ended; if erasing was asked for, the dossier goes now.");
  return 0;
}

const example = "rugdekking dossier holds 0199b1c4-1111-7222-8333-444455556666 --as lead@example.nl";
/** Commands around holds. */
export const holdCommands: readonly Command[] = [
  {
    name: "dossier holds",
    about: "show what keeps a dossier from being erased, who signed it and until when",
    takes: "DOSSIER",
    options: signedIn,
    example,
    run: list,
  },
  {
    name: "dossier hold",
    about: "keep a dossier from being erased for at most a year, as a lead of a desk that has it whole, or as its owner",
    takes: "DOSSIER",
    options: {
      ...signedIn,
      desk: { value: "DESK", about: "the desk that needs it; not for the owner" },
      ground: { value: "GROUND", about: `ground of AVG article 17(3): ${holdGrounds.join(", ")}` },
      until: { value: "YYYY-MM-DD", about: "last day" },
      words: { value: "TEXT", about: "why; sealed, and read by whoever has the dossier" },
      "words-file": { value: "FILE", about: "or a file with the text, so that it is not in the shell's history" },
    },
    example:
      "rugdekking dossier hold 0199b1c4-1111-7222-8333-444455556666 --desk 0199b1c4-aaaa-7bbb-8ccc-ddddeeeeffff --ground legal-claim --until 2026-12-31 --words-file reden.txt --as lead@example.nl",
    run: place,
  },
  {
    name: "dossier hold-end",
    about: "end a hold before its time; what waited for it is erased then",
    takes: "DOSSIER HOLD",
    options: signedIn,
    example: "rugdekking dossier hold-end 0199b1c4-1111-7222-8333-444455556666 0199b1c4-2222-4333-8444-555566667777 --as lead@example.nl",
    run: end,
  },
];
