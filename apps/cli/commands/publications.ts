/** `rugdekking monitor …` of the research desk: publish a wave, sign for it and clear it, lay it where the server hands it out, set its report again, cite a figure, compare leaving. The work is in ../publications.ts, loaded when it is asked for. */
import { type Command, connected } from "#apps/cli/command.ts";
import { roadCommands, type RoadStep } from "#apps/cli/commands/publication-road.ts";

const run =
  (name: RoadStep | "publish" | "report" | "cite" | "leaving"): Command["run"] =>
  async (call) =>
    await (await import("#apps/cli/publications.ts")).publicationWork[name](call);

/** Commands of publication. */
export const publicationCommands: readonly Command[] = [
  {
    name: "monitor publish",
    about: "make everything that is published of a wave: tables, charts, factsheets, report, open data; nothing is sent",
    takes: "ANSWERS",
    options: {
      out: { value: "DIR", about: "new folder for the publication" },
      earlier: { value: "FILE", about: "what was published before, as this command keeps it; read, then written again. Stays with the desk" },
      first: { value: null, about: "nothing was published before: begin the file of --earlier" },
      on: { value: "DAY", about: "day of publication, YYYY-MM-DD" },
      edition: { value: "NUMBER", about: "1 (default), or the next for a correction" },
      spec: { value: "FILE", about: "rules of publication; default those for the questionnaire in registers/publications" },
      publisher: { value: "NAME", about: "who publishes" },
      "publisher-id": { value: "URI", about: "address of the publisher in a register of organisations" },
      contact: { value: "MAIL", about: "mail address for questions" },
      site: { value: "URL", about: "address under which the folder will stand, ending in /" },
    },
    example:
      'rugdekking monitor publish antwoorden-2026.json --out monitor-2026 --earlier eerder.json --first --on 2026-12-17 --publisher "Onderzoeksteam" --publisher-id https://example.nl/id --contact onderzoek@example.nl --site https://example.nl/monitor-2026/',
    run: run("publish"),
  },
  ...roadCommands("monitor", "monitor-2026", run),
  {
    name: "monitor report",
    about: "set the report or a factsheet of a publication as tagged PDF",
    takes: "PUBLICATION",
    options: {
      out: { value: "FILE", about: "new file ending in .pdf" },
      of: { value: "GROUP", about: "a factsheet, such as province=utrecht; left out: the report" },
      language: { value: "LANGUAGE", about: "nl (default), en" },
    },
    example: "rugdekking monitor report monitor-2026/publication.json --of province=utrecht --out utrecht.pdf",
    run: run("report"),
  },
  {
    name: "monitor cite",
    about: "say a figure of a publication that was cleared as it is cited, and freeze it with its fingerprint",
    takes: "PUBLICATION FIGURE",
    options: connected,
    example: "rugdekking monitor cite monitor-2026/publication.json monitor-2026-1/any_aggression/alle",
    run: run("cite"),
  },
  {
    name: "monitor leaving",
    about: "compare how soon people leave office with and without aggression, from a file of terms of office: a row a person",
    takes: "CSV",
    options: {
      exit: { value: "COLUMN", about: "last whole period in office" },
      entry: { value: "COLUMN", about: "last whole period before it was observed (optional)" },
      left: { value: "COLUMN", about: "1 left by choice in that period, 0 not" },
      met: { value: "COLUMN", about: "1 met aggression, 0 did not" },
      besides: { value: "TERMS", about: "held still as well, as function + size (optional)" },
      strata: { value: "COLUMN", about: "strata of the sample (optional)" },
      weights: { value: "COLUMN", about: "weights (optional)" },
    },
    example: "rugdekking monitor leaving ambtstermijnen.csv --exit jaren --left gestopt --met agressie",
    run: run("leaving"),
  },
];
