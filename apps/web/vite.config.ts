/** Builds the browser app: one piece of script per page, no inline script, hashed names, and the service worker's list of files. Run by tools/setup/build.mjs. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = fileURLToPath(new URL("../../dist/web", import.meta.url));

/**
 * Writes `sw.js` from service-worker.js with the list of files and their SHA-256: the worker refuses a file whose bytes differ from the list,
 * and any change of the app changes the worker itself, so an update is never silent. Hashes what is on disk: Vite still rewrites script and
 * style (preload lists) after `generateBundle`, and a hash taken there makes every browser refuse the worker.
 */
function serviceWorker(): Plugin {
  return {
    name: "service-worker-list",
    apply: "build",
    writeBundle(options, bundle) {
      const folder = options.dir ?? out;
      const files = Object.keys(bundle)
        .filter((name) => name === "index.html" || /\.(js|css|woff2)$/.test(name))
        .toSorted()
        .map(
          (name) =>
            [
              // The page is asked for at the root, and apps/server sends it as it is on disk.
              name === "index.html" ? "/" : `/${name}`,
              createHash("sha256")
                .update(readFileSync(join(folder, name)))
                .digest("base64"),
            ] as const,
        );
      const source = readFileSync(new URL("./service-worker.js", import.meta.url), "utf8");
      if (!source.includes("__FILES__")) this.error("service-worker.js no longer holds __FILES__; put it back where the list belongs");
      writeFileSync(join(folder, "sw.js"), source.replace("__FILES__", JSON.stringify(Object.fromEntries(files), null, 2)));
    },
  };
}

export default defineConfig({
  root: here,
  base: "/",
  plugins: [serviceWorker()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: out,
    emptyOutDir: true,
    target: "es2022",
    // The polyfill is a script of its own; every browser we can serve knows modulepreload.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    sourcemap: false,
    chunkSizeWarningLimit: 300,
  },
  worker: { format: "es" },
});
