/** How a command is told where a house keeps what it has; light, since the table of commands reads it for every line. */
import type { OptionRule } from "#apps/cli/command.ts";

/** Options of the commands that look into a house from within. */
export const placeOptions: Readonly<Record<string, OptionRule>> = {
  data: { value: "DIR", about: "data directory of the house (or RUGDEKKING_DATA; default ./data)" },
  database: { value: "URL", about: "its PostgreSQL server, when it is not embedded; with a password, use RUGDEKKING_DATABASE" },
  keys: { value: "DIR", about: "folder of its secrets (or RUGDEKKING_KEYS; default DATA/keys)" },
  blobs: { value: "DIR|FILE", about: "folder of its sealed files, or the JSON file of its S3 store (or RUGDEKKING_BLOBS; default DATA/blobs)" },
};
