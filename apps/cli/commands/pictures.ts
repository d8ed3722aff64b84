/** `rugdekking figures …` of publication: make the picture of a quarter, sign for it and clear it, lay it where the server hands it out, cite a figure. The work is in ../pictures.ts, loaded when it is asked for. */
import { type Command, connected } from "#apps/cli/command.ts";
import { roadCommands, type RoadStep } from "#apps/cli/commands/publication-road.ts";

const run =
  (name: RoadStep | "publish" | "cite"): Command["run"] =>
  async (call) =>
    await (await import("#apps/cli/pictures.ts")).pictureWork[name](call);

/** Commands of publication of the national picture. */
export const pictureCommands: readonly Command[] = [
  {
    name: "figures publish",
    about: "make everything that is published of a quarter of anonymous facts: figures, table, codebook, open data; nothing is sent",
    takes: "FACTS",
    options: {
      out: { value: "DIR", about: "new folder for the publication" },
      quarter: { value: "QUARTER", about: "quarter of the facts, such as 2026-3" },
      earlier: { value: "FILE", about: "what was published before, as this command keeps it; read, then written again. Stays with the desk" },
      first: { value: null, about: "nothing was published before: begin the file of --earlier" },
      on: { value: "DAY", about: "day of publication, YYYY-MM-DD" },
      edition: { value: "NUMBER", about: "1 (default), or the next for a correction" },
      counts: { value: "FILE", about: "how complete the facts are, as they were collected (JSON; optional)" },
      breaks: { value: "FILE", about: "what is not what it was from this quarter on, in words for the line through time (JSON; optional)" },
      invented: { value: null, about: "the facts are made up: said on every page, and nobody's to clear" },
      publisher: { value: "NAME", about: "who publishes" },
      "publisher-id": { value: "URI", about: "address of the publisher in a register of organisations" },
      contact: { value: "MAIL", about: "mail address for questions" },
      site: { value: "URL", about: "address under which the folder will stand, ending in /" },
    },
    example:
      'rugdekking figures publish feiten-2026-3.jsonl --out landelijk-2026-k3 --quarter 2026-3 --earlier eerder-cijfers.json --first --on 2026-10-20 --publisher "Onderzoeksteam" --publisher-id https://example.nl/id --contact onderzoek@example.nl --site https://example.nl/publicaties/landelijk-2026-k3-1/',
    run: run("publish"),
  },
  ...roadCommands("figures", "landelijk-2026-k3", run),
  {
    name: "figures cite",
    about: "freeze a figure of a cleared publication, of the national picture or of the Monitor, with the fingerprint of its file",
    takes: "PUBLICATION FIGURE",
    options: connected,
    example: "rugdekking figures cite landelijk-2026-k3/publication.json landelijk-2026-k3/reports/alle --json",
    run: run("cite"),
  },
];
