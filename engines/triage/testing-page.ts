/** The page of the browser test: fifty thousand invented messages through the worker, while it watches how long the main thread is held up. */
// Vite makes the default export of a worker's address.
// oxlint-disable-next-line import/default
import workerUrl from "./testing-worker.ts?worker&url";
import { type Batch, triageWorker, type TriageSummary } from "./worker.ts";

/** What a run came to. */
export interface PageReport {
  readonly judged: number;
  readonly inOrder: boolean;
  readonly progress: number;
  readonly summary: Omit<TriageSummary, "campaignNumbers" | "campaigns"> & { readonly inCampaigns: number; readonly largest: number };
  /** Tasks of the main thread of 50 ms and longer, as the browser itself reports them, in ms. */
  readonly longTasks: readonly number[];
  /** Longest time between two turns of a timer, in ms. */
  readonly longestGap: number;
  readonly took: number;
}

const words = [
  "wethouder",
  "zwembad",
  "begroting",
  "fietspad",
  "vergadering",
  "buurt",
  "school",
  "parkeren",
  "bomen",
  "plan",
  "weg",
  "huis",
  "straat",
  "geld",
  "stem",
  "brief",
];

/** Invented messages of some 140 characters; one in ten is a variant of the same letter. */
function* messages(count: number): Generator<unknown> {
  let seed = 1;
  const random = (): number => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const word = (): string => `${words[Math.floor(random() * words.length)] ?? ""}${Math.floor(random() * 900).toString(36)}`;
  for (let n = 0; n < count; n++) {
    const own = Array.from({ length: 15 }, word).join(" ");
    const text =
      n % 10 === 0 ? `Beste raad, wij zijn tegen de sluiting van het zwembad aan de Demoweg en vragen u morgen tegen te stemmen, groet ${word()}` : own;
    yield { id: n, text, at: new Date(1_770_000_000_000 + n * 1000).toISOString(), author: `account${n % 997}` };
  }
}

const start = (): ReturnType<typeof triageWorker> => triageWorker(new Worker(workerUrl, { type: "module" }));

async function run(count: number): Promise<PageReport> {
  const longTasks: number[] = [];
  const watcher = new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => Math.round(duration))));
  watcher.observe({ type: "longtask" });
  let longestGap = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longestGap = Math.max(longestGap, performance.now() - last);
    last = performance.now();
  }, 4);
  const began = performance.now();
  let judged = 0;
  let progress = 0;
  let inOrder = true;
  const worker = start();
  const summary = await worker.run(messages(count), {
    onBatch({ from, judgements }: Batch) {
      inOrder &&= from === judged && judgements.every((one, at) => one?.id === from + at);
      judged += judgements.length;
    },
    onProgress: (done) => (progress = done),
  });
  const took = performance.now() - began;
  await new Promise((resolve) => setTimeout(resolve, 200));
  clearInterval(timer);
  watcher.disconnect();
  worker.stop();
  const { campaignNumbers, campaigns, ...rest } = summary;
  return {
    judged,
    inOrder,
    progress,
    summary: { ...rest, inCampaigns: campaignNumbers.filter((number) => number !== 0).length, largest: Math.max(0, ...campaigns.map((one) => one.count)) },
    longTasks,
    longestGap,
    took,
  };
}

/** Code of the error a cancelled pass ends with, and how many messages were judged by then. */
async function cancelled(): Promise<{ readonly code: unknown; readonly judged: number; readonly after: number }> {
  const worker = start();
  const stop = new AbortController();
  let judged = 0;
  const code: unknown = await worker
    .run(
      messages(50_000),
      {
        onBatch: ({ judgements }) => {
          judged += judgements.length;
          if (judged >= 1000) stop.abort();
        },
      },
      { signal: stop.signal },
    )
    .then(
      () => "done",
      (error: unknown) => (typeof error === "object" && error !== null ? Reflect.get(error, "code") : null),
    );
  let after = 0;
  await worker.run(messages(10), { onBatch: ({ judgements }) => (after += judgements.length) });
  worker.stop();
  return { code, judged, after };
}

// Called through the debugging protocol by browser.test.ts.
Object.assign(globalThis, { triage: { run, cancelled } });
