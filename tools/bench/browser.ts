/** A throttled or instrumented Chromium for the benches; the browser itself is found as the journeys find it. Used by the benches in this folder only. */
import { fileURLToPath } from "node:url";
import type { BrowserContext, CDPSession, Page } from "playwright-core";
import { build } from "vite";
import { descendantsOf, memoryOf } from "./server.ts";

/** Calls `look` in the page at every frame until it gives something else than null; runs beside the page's own script, from before its first line. */
export async function watchFrom(context: BrowserContext, watch: () => void): Promise<void> {
  await context.addInitScript(watch);
}

/** A phone of the throttle in the targets: 4 times slower processor, 1.6 Mbit/s down, 0.75 up, 150 ms there and back. */
export async function throttle(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 });
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  return session;
}

/** Bundles one file of `page/` to a single script. */
export async function bundle(name: string): Promise<string> {
  const entry = fileURLToPath(new URL(`./page/${name}`, import.meta.url));
  const made = await build({
    configFile: false,
    logLevel: "error",
    build: { write: false, minify: true, target: "es2022", lib: { entry, formats: ["iife"], name: "bench" } },
  });
  const [first] = Array.isArray(made) ? made : [made];
  const chunk = first !== undefined && "output" in first ? first.output[0] : undefined;
  if (chunk === undefined) throw new Error(`${name} was not bundled`);
  return chunk.code;
}

/** Memory of the tab with the most, sampled until stopped: the renderer process's own pages (no program files), and its largest resident set. */
export interface TabMemory {
  /** Most bytes of its own at any sample. */
  readonly own: number;
  /** Most bytes resident at any moment, program files included (the system's own high-water mark). */
  readonly peak: number;
}

/** Watches the renderer processes below this one; call the result to stop and read. Linux only. */
export function watchRenderers(): () => Promise<TabMemory> {
  let own = 0;
  let peak = 0;
  let renderers: readonly number[] = [];
  let rounds = 0;
  const look = async (): Promise<void> => {
    if (rounds % 20 === 0) renderers = (await descendantsOf(process.pid)).filter(({ command }) => command.includes("--type=renderer")).map(({ pid }) => pid);
    rounds += 1;
    for (const pid of renderers) {
      const memory = memoryOf(pid);
      if (memory === null) continue;
      own = Math.max(own, memory.own);
      peak = Math.max(peak, memory.peak);
    }
  };
  const timer = setInterval(() => void look(), 100);
  return async () => {
    clearInterval(timer);
    rounds = 0;
    await look();
    return { own, peak };
  };
}
