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
      /** Large, and never needed at the kitchen table: workers that read messages, what a ministry writes with, pages of figures and of the research desk, and what someone does rarely and at a desk (taking part, recovery, what is kept of them). */
      const whenWanted =
        /(?:(?:triage|import|originals)-worker|\/(?:online-page|triage|zip-reader|pdfjs|documents|upload-page|set-actions|editor|view|lib|kamer-page|results-page|fieldwork-page|picture-page|figure-page|read-pictures|trend|rights-page|verify-page|join-page|recovery-page|key-history-page)-).*\.js$/;
      /** What reads Kamervragen is a piece without a name of its own. */
      const reads = (name: string): boolean => {
        const piece = bundle[name];
        return piece?.type === "chunk" && piece.moduleIds.some((id) => id.includes("/services/parliament/reading/"));
      };
      const aside = (name: string): boolean => whenWanted.test(name) || reads(name);
      const listOf = (wanted: (name: string) => boolean): string => {
        const files = Object.keys(bundle)
          .filter(wanted)
          .toSorted()
          .map((name) => {
            const digest = createHash("sha256").update(readFileSync(join(folder, name)));
            // The page is asked for at the root, and apps/server sends it as it is on disk.
            return [name === "index.html" ? "/" : `/${name}`, digest.digest("base64")] as const;
          });
        return JSON.stringify(Object.fromEntries(files), null, 2);
      };
      let source = readFileSync(new URL("./service-worker.js", import.meta.url), "utf8");
      for (const [mark, list] of [
        ["__FILES__", listOf((name) => /^index\.html$|\.(?:js|css|woff2)$/.test(name) && !aside(name))],
        ["__LARGE__", listOf((name) => /\.(?:wasm|ttf|typ)$/.test(name) || aside(name))],
      ] as const) {
        if (!source.includes(mark)) this.error(`service-worker.js no longer holds ${mark}; put it back where the list belongs`);
        source = source.replace(mark, list);
      }
      writeFileSync(join(folder, "sw.js"), source);
    },
  };
}

/** Pages where every second counts, by address, with the module that draws them. */
const urgent = {
  "/": "services/reporting/screens/home.tsx",
  "/melden": "services/reporting/screens/report/report-page.tsx",
  "/hulp": "services/support/screens/help/help-page.tsx",
} as const;

/**
 * Writes `preload.json`: which scripts an urgent page needs besides the first. apps/server names them in a Link header, so that a phone fetches them beside the
 * first script and not only after running it: on a slow line that is a second.
 */
function preloads(): Plugin {
  return {
    name: "preload-list",
    apply: "build",
    writeBundle(options, bundle) {
      const chunks = Object.values(bundle).flatMap((file) => (file.type === "chunk" ? [file] : []));
      const first = new Set(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
      const needed = (fileName: string, found: Set<string>): Set<string> => {
        if (found.has(fileName) || first.has(fileName)) return found;
        found.add(fileName);
        for (const one of chunks.find((chunk) => chunk.fileName === fileName)?.imports ?? []) needed(one, found);
        return found;
      };
      const list = Object.entries(urgent).map(([path, module]) => {
        const page = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(module) === true);
        if (page === undefined) this.error(`no script was built for ${module}; mend the list of urgent pages`);
        return [path, [...needed(page.fileName, new Set())].map((name) => `/${name}`)] as const;
      });
      writeFileSync(join(options.dir ?? out, "preload.json"), JSON.stringify(Object.fromEntries(list)));
    },
  };
}

export default defineConfig({
  root: here,
  base: "/",
  plugins: [serviceWorker(), preloads()],
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
