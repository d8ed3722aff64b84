/** Builds the browser extension into dist/extension: the small window, the background and two scripts for pages, each one whole file, nothing fetched and nothing inline. Run by tools/setup/build.mjs, after the web app. */
import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type InlineConfig } from "vite";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));
const out = join(root, "dist/extension");

const shared = (publicDir: string | false): InlineConfig => ({
  configFile: false,
  root: here,
  base: "./",
  logLevel: "warn",
  publicDir,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
});
const output = { outDir: out, emptyOutDir: false, target: "chrome120", modulePreload: false, assetsInlineLimit: 0, sourcemap: false } as const;

/** One script in one file; `iife` for what is put beside a page, `es` for the background. */
async function script(entry: string, name: string, format: "iife" | "es"): Promise<void> {
  await build({
    ...shared(false),
    build: { ...output, minify: true, lib: { entry: join(here, entry), formats: [format], name: "rugdekking", fileName: () => `${name}.js` } },
  });
}

rmSync(out, { recursive: true, force: true });
await build({ ...shared(join(here, "public")), build: { ...output, rolldownOptions: { input: join(here, "popup.html") } } });
await script("background/background.ts", "background", "es");
await script("page/page-reader.ts", "page-reader", "iife");
await script("page/bridge.ts", "bridge", "iife");
copyFileSync(join(root, "apps/web/public/icon-192.png"), join(out, "icon-192.png"));
