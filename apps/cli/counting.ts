/** Facts without a name on a command line: kept sealed in the home folder, per server, until `rugdekking figures give`. visitor.ts wires it for whoever signs in. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { SealError } from "@rugdekking/seal/verify";
import { isFileError } from "./plain-files.ts";
import type { Asker, FactQueue } from "#services/figures/client/queue.ts";
import { wireFacts, type LeftFact } from "#services/figures/contract/sink.ts";
import { Problem } from "#services/problem/index.ts";
import { afterwards } from "./afterwards.ts";

/** The queue of a home folder for one server. @param home folder of pinned keys; @param asker who is signed in, or null */
export async function queueOf(home: string, server: string, asker: Asker | null): Promise<FactQueue> {
  const [{ FactQueue, KeptFacts, namelessConnection }, { fileDraftStore }] = await Promise.all([
    import("#services/figures/client/index.ts"),
    import("#services/figures/client/kept-file.ts"),
  ]);
  const store = fileDraftStore(join(home, "facts", createHash("sha256").update(server).digest("hex").slice(0, 16)));
  return new FactQueue({
    kept: new KeptFacts(() => Promise.resolve(store)),
    asker: () => asker,
    nameless: () => namelessConnection(server),
    alone: async (turn) => await turn(),
    now: () => Date.now(),
    random: Math.random,
  });
}

/** From here on the facts of this command are kept; the command's answer does not wait for it. */
export function countFrom(home: string, asker: Asker): void {
  const making: Promise<void>[] = [];
  const take = async (make: () => Promise<LeftFact | null>): Promise<void> => {
    try {
      const left = await make();
      if (left !== null) await (await queueOf(home, asker.connection.origin, asker)).take(left);
    } catch (error) {
      // A figure must not make a command fail whose work is done.
      if (!(error instanceof Problem) && !(error instanceof SealError) && !isFileError(error)) throw error;
    }
  };
  wireFacts((make) => void making.push(take(make)));
  afterwards(async () => {
    wireFacts(null);
    await Promise.all(making);
  });
}
