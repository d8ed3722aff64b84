/** The four steps after a publication was made, as commands of `rugdekking monitor …` and `rugdekking figures …`. For publications.ts and pictures.ts beside it; the work is in ../publication-road.ts. */
import { type Command, connected, signedIn } from "#apps/cli/command.ts";

/** The steps by their last word. */
export type RoadStep = "made" | "clear" | "check" | "place";

/** @param first the commands' first word; @param example folder of a publication in the examples; @param run what a step does */
export const roadCommands = (first: "monitor" | "figures", example: string, run: (step: RoadStep) => Command["run"]): readonly Command[] => [
  {
    name: `${first} made`,
    about: "sign that you made a publication: every file of it, as its list says",
    takes: "DIR",
    options: { ...signedIn, desk: { value: "DESK", about: "id of the research desk" } },
    example: `rugdekking ${first} made ${example} --desk 0199b1c4-1111-7222-8333-444455556666 --as maker@example.nl --passphrase-file wachtzin.txt`,
    run: run("made"),
  },
  {
    name: `${first} clear`,
    about: "sign that a publication may go out: by a member of the research desk other than who signed to have made it",
    takes: "DIR",
    options: signedIn,
    example: `rugdekking ${first} clear ${example} --as tweede@example.nl --passphrase-file wachtzin.txt`,
    run: run("clear"),
  },
  {
    name: `${first} check`,
    about: "check that a folder is, to the last file, the publication that was cleared, by whom and when",
    takes: "DIR",
    options: connected,
    example: `rugdekking ${first} check ${example} --server https://rugdekking.example.nl`,
    run: run("check"),
  },
  {
    name: `${first} place`,
    about: "lay a publication that was cleared where this server hands it out, and put it first in the list",
    takes: "DIR",
    options: { ...connected, data: { value: "DIR", about: "the server's data directory (or RUGDEKKING_DATA; default ./data)" } },
    example: `rugdekking ${first} place ${example} --data data`,
    run: run("place"),
  },
];
