/** The worker of a few lines that an app writes, as README.md shows it; the tests and the bench load this one. */
import { browserCompiler } from "./browser.ts";
import { loadPaperFiles } from "./files.ts";
import { wasmAddress } from "./wasm.ts";
import { servePapers } from "./worker.ts";

const read = async (url: URL): Promise<Uint8Array> => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
};

servePapers(self, async () => await browserCompiler(await loadPaperFiles(read), new URL(wasmAddress, self.location.origin)));
