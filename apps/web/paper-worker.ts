/** The worker that makes documents beside the page: fetches the compiler and its fonts from this server, tells how far it is, sets papers. Started by main.tsx only, when someone wants a document. */
import { loadPaperFiles } from "@rugdekking/paper";
import { browserCompiler } from "@rugdekking/paper/browser";
import { wasmAddress, wasmBytes } from "@rugdekking/paper/wasm";
import { servePapers, type PaperProgress } from "@rugdekking/paper/worker";

async function fetchOwn(url: URL): Promise<Response> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status}`);
  return answer;
}

/** The compiler, counted while it streams in: translating begins with the first bytes. */
async function countedWasm(progress: PaperProgress): Promise<Response> {
  const answer = await fetchOwn(new URL(wasmAddress, self.location.origin));
  let done = 0;
  let told = 0;
  const counted = answer.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        done += piece.byteLength;
        controller.enqueue(piece);
        if (done - told < 500_000 && done < wasmBytes) return;
        told = done;
        progress(Math.min(done, wasmBytes), wasmBytes);
      },
    }),
  );
  return new Response(counted ?? null, { headers: { "Content-Type": "application/wasm" } });
}

servePapers(self, async (progress) => {
  const [files, wasm] = await Promise.all([loadPaperFiles(async (url) => new Uint8Array(await (await fetchOwn(url)).arrayBuffer())), countedWasm(progress)]);
  return await browserCompiler(files, wasm);
});
