/** `rugdekking triage` as the command table shows it; the work is in ../triage.ts. */
import type { Command } from "#apps/cli/command.ts";

/** The command of engines/triage. */
export const triageCommands: readonly Command[] = [
  {
    name: "triage",
    about: "find threats, personal data and campaigns in messages: JSON lines from stdin to stdout, on this machine",
    takes: "",
    options: {
      watch: { value: "FILE", about: "the person's own protected data (JSON); hits on it are marked" },
      campaigns: { value: "FILE", about: "also write the campaigns in full, with their timelines, to a new file (JSON)" },
      json: { value: null, about: "tell about bad lines as JSON on stderr (findings are JSON lines in any case)" },
      progress: { value: null, about: "draw a bar on stderr" },
    },
    example: "rugdekking triage --watch protected.json --progress < messages.jsonl > findings.jsonl",
    // The model and its weights are megabytes: no other command waits for them.
    run: async (call) => (await import("#apps/cli/triage.ts")).triage(call),
  },
];
