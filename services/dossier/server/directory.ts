/** Asks the directory. */
import type { DirectoryQuestions } from "./services.ts";
import type { Database } from "#services/storage/index.ts";

/** Placeholder until the directory room lands. */
export function directoryQuestions(_db: Database): DirectoryQuestions {
  throw new Error("the directory is not wired");
}
