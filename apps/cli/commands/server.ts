/** `rugdekking start` and `doctor`. */
import type { Command } from "#apps/cli/command.ts";
import { doctor } from "./doctor.ts";

export const serverCommands: readonly Command[] = [doctor];
