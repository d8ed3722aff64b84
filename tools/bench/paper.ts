/** How long a paper takes: an advice of thirty pages with twenty pictures, in a worker of a real Chromium beside the native compiler in Node. Run: `node tools/bench/paper.ts`. */
import { readdirSync, readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { renderPaper, type PaperAssets, type PaperData } from "@rugdekking/paper";
import { nodeCompiler } from "@rugdekking/paper/node";
import { demonstrationAdvice, demonstrationExplanation, filesFromDisk, thirtyPages } from "@rugdekking/paper/testing";
import { openPaperPage, type PaperPage } from "@rugdekking/paper/testing-browser";
import { watchRenderers } from "./browser.ts";
import { descendantsOf } from "./server.ts";
import { mebibytes, percentile, table, tell, type Row } from "./table.ts";

const rounds = 5;
const target = 4_000;
const loadBefore = loadavg();
const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(2)} s`;
const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Photos as a tablet takes and scales them: JPEG of 1600 by 1200, grainy, made by the browser itself. */
async function photos(paper: PaperPage, count: number): Promise<Uint8Array[]> {
  const page = await paper.browser.newPage();
  const made = await page.evaluate(async (many) => {
    const out: string[] = [];
    for (let n = 0; n < many; n++) {
      const canvas = new OffscreenCanvas(1600, 1200);
      const pen = canvas.getContext("2d");
      if (pen === null) throw new Error("no canvas");
      for (let y = 0; y < 1200; y += 8) {
        for (let x = 0; x < 1600; x += 8) {
          pen.fillStyle = `hsl(${(x / 9 + n * 40) % 360} 30% ${30 + ((x * 7 + y * 13 + n) % 37)}%)`;
          pen.fillRect(x, y, 8, 8);
        }
      }
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg", quality: 0.8 })).arrayBuffer());
      let text = "";
      for (let at = 0; at < bytes.length; at += 30_000) text += String.fromCharCode(...bytes.subarray(at, at + 30_000));
      out.push(btoa(text));
    }
    return out;
  }, count);
  await page.close();
  return made.map((text) => new Uint8Array(Buffer.from(text, "base64")));
}

/** The thirty pages with real photos in the place of the demonstration's, and words of its own. */
function advice(variant: string, pictures: readonly Uint8Array[]): { readonly data: PaperData["advies"]; readonly assets: PaperAssets } {
  const { data, assets } = demonstrationAdvice({ ...thirtyPages, variant });
  return { data, assets: Object.fromEntries(Object.entries(assets).map(([name, bytes], n) => [name, name === "huis" ? bytes : (pictures[n - 1] ?? bytes)])) };
}

/** Processor time the web workers of this process's browsers have used so far, in milliseconds: what a paper costs however busy the machine is. Linux only, to 10 ms. */
async function workerTime(): Promise<number> {
  let ticks = 0;
  for (const { pid, command } of await descendantsOf(process.pid)) {
    if (!command.includes("--type=renderer")) continue;
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      const text = readFileSync(`/proc/${pid}/task/${task}/stat`, "utf8");
      const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
      if (text.includes("(DedicatedWorker")) ticks += Number(fields[11]) + Number(fields[12]);
    }
  }
  return ticks * 10;
}
/** Processor time of this thread, in milliseconds. */
const threadTime = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};

const pagesOf = (pdf: Uint8Array): string => /<xmpTPg:NPages>(\d+)</u.exec(Buffer.from(pdf).toString("latin1"))?.[1] ?? "?";

tell("starting Chromium with the engine in a worker");
const stopWatching = watchRenderers();
const paper = await openPaperPage();
const readyTime = await workerTime();
const pictures = await photos(paper, thirtyPages.photos);
const startNative = performance.now();
const native = nodeCompiler(await filesFromDisk());
renderPaper(native, "uitleg", demonstrationExplanation(1).data, demonstrationExplanation(1).assets);
const nativeReady = performance.now() - startNative;

const times = {
  browser: new Array<number>(),
  node: new Array<number>(),
  browserWork: new Array<number>(),
  nodeWork: new Array<number>(),
  letterBrowser: new Array<number>(),
  letterNode: new Array<number>(),
};
let pages = "?";
let bytes = 0;
for (let round = 0; round < rounds; round++) {
  tell(`round ${round + 1} of ${rounds}`);
  const { data, assets } = advice(`ronde ${round} `, pictures);
  let worked = await workerTime();
  const made = await paper.render("advies", data, assets);
  times.browser.push(made.took);
  times.browserWork.push((await workerTime()) - worked);
  [pages, bytes] = [pagesOf(made.pdf), made.pdf.byteLength];
  worked = threadTime();
  let started = performance.now();
  renderPaper(native, "advies", data, assets);
  times.node.push(performance.now() - started);
  times.nodeWork.push(threadTime() - worked);
  const letter = demonstrationExplanation(2 + round);
  times.letterBrowser.push((await paper.render("uitleg", letter.data, letter.assets)).took);
  started = performance.now();
  renderPaper(native, "uitleg", letter.data, letter.assets);
  times.letterNode.push(performance.now() - started);
}
const memory = await stopWatching();

const named = (pattern: RegExp): Uint8Array[] => [...paper.files].flatMap(([path, file]) => (pattern.test(path) ? [Buffer.from(file)] : []));
const gzip = (files: readonly Uint8Array[]): number => files.reduce((sum, file) => sum + gzipSync(file).byteLength, 0);
const brotli = (files: readonly Uint8Array[]): number =>
  files.reduce((sum, file) => sum + brotliCompressSync(file, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).byteLength, 0);
const raw = (files: readonly Uint8Array[]): number => files.reduce((sum, file) => sum + file.byteLength, 0);
const size = (files: readonly Uint8Array[]): string =>
  `${(raw(files) / 1e6).toFixed(2)} / ${(gzip(files) / 1e6).toFixed(2)} / ${(brotli(files) / 1e6).toFixed(2)} MB`;
tell("compressing what a browser loads");

const of = (what: string, ours: number, baseline: number, promised: boolean): Row => ({
  what,
  ours: seconds(ours),
  baseline: seconds(baseline),
  ratio: `${(ours / baseline).toFixed(1)} x`,
  ...(promised ? { target: "< 4 s after first load", met: ours < target } : {}),
});
const [firstOurs = Number.NaN, ...laterOurs] = times.browser;
const [firstNode = Number.NaN, ...laterNode] = times.node;
const [firstWork = Number.NaN, ...laterWork] = times.browserWork;
const [firstNodeWork = Number.NaN, ...laterNodeWork] = times.nodeWork;
const paperName = `${pages} pages, ${thirtyPages.photos + 1} pictures, ${(bytes / 1e6).toFixed(1)} MB`;
const rows: Row[] = [
  of(`${paperName}: the first after loading`, firstOurs, firstNode, true),
  of("the same: later ones, median", median(laterOurs), median(laterNode), true),
  of("the first: processor time of the thread that sets it", firstWork, firstNodeWork, true),
  of("later ones: processor time, median", median(laterWork), median(laterNodeWork), true),
  of("letter of four pages; median", median(times.letterBrowser), median(times.letterNode), false),
  of("first load: fetch from this machine, translate, warm up", paper.ready, nativeReady, false),
  { what: "first load: processor time of the worker's thread", ours: seconds(readyTime) },
  { what: "compiler: raw / gzip / brotli", ours: size(named(/\.wasm$/u)) },
  { what: "fonts and templates: raw / gzip / brotli", ours: size(named(/\.(?:ttf|typ)$/u)) },
  { what: "worker script: raw / gzip / brotli", ours: size(named(/worker.*\.js$/u)) },
  { what: "memory of the tab, own / most resident", ours: `${mebibytes(memory.own)} / ${mebibytes(memory.peak)}` },
];
process.stdout.write(
  table("Papers", rows, loadBefore, [
    "Ours is the WebAssembly compiler in a worker; the baseline is the native compiler in Node, on the same data, in turns.",
    "Where the machine is busy with other work, processor time says what an idle one needs at the least.",
  ]),
);
await paper.close();
