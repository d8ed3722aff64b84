/** `rugdekking backup` and `rugdekking restore`: everything a house has, sealed as it is, out of a running server and into an empty place. */
import type { Command } from "#apps/cli/command.ts";
import { placeOptions } from "#apps/cli/backup/options.ts";

/** The two commands. */
export const backupCommands: readonly Command[] = [
  {
    name: "backup",
    about: "make a backup of a house while it runs: database, sealed files, and the keys when asked",
    takes: "DIR|FILE.tar",
    options: {
      ...placeOptions,
      "keys-to": { value: "AGE-RECIPIENT", about: "take the house's secrets along, sealed to this age recipient (age1…)" },
      "keys-plain": { value: null, about: "take them along in the clear: only for a place that is itself sealed" },
    },
    example: "rugdekking backup /backups/2026-11-26 --data /srv/rugdekking --keys-to age1…",
    run: async (call) => await (await import("#apps/cli/backup/run.ts")).back(call),
  },
  {
    name: "restore",
    about: "put a backup back into an empty place, checked in every part before anybody can sign in",
    takes: "DIR|FILE.tar",
    options: {
      ...placeOptions,
      check: { value: null, about: "only look whether the backup is whole" },
      "keys-identity": { value: "FILE", about: "age identity that opens the keys in it; without, the keys are not put back" },
      checkpoint: { value: "FILE", about: "a checkpoint of the log that was kept elsewhere, which it must continue" },
    },
    example: "rugdekking restore /backups/2026-11-26 --data /srv/rugdekking-new --keys-identity backup-identity.txt",
    run: async (call) => await (await import("#apps/cli/backup/run.ts")).put(call),
  },
];
