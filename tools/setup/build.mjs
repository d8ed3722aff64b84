/** `npm run build`: builds the web app and the browser extension when what they are made of changed; `npm start` and `npm test` call the same function. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { ensurePackages, environment, node, root } from "./install.mjs";
import { quietly } from "./processes.mjs";
import { SetupError, run, say } from "./say.mjs";

const config = join(root, "apps/web/vite.config.ts");
/** Where apps/web/vite.config.ts puts the app and apps/server finds it. */
const output = join(root, "dist/web");
/** Builds the extension; it says itself where to. */
const extension = join(root, "apps/extension/build.ts");
const extensionOutput = join(root, "dist/extension");
/** Hash of the sources the present output was made from. Inside node_modules: it is about this machine only. */
const stamp = join(root, "node_modules/.cache/rugdekking/web.sha256");

/** Folders both are built from; server-side rooms and tests change nothing in it. */
const sources = ["apps/web", "apps/extension", "services", "engines", "registers"];
const skipped = new Set(["node_modules", "dist", "server", "store", "storage", "fixtures"]);

/**
 * @param {string} folder
 * @returns {string[]} files below it that the web app or the extension may contain, sorted
 */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return skipped.has(entry.name) ? [] : filesBelow(path);
      return /\.test\.tsx?$|\.md$/u.test(entry.name) ? [] : [path];
    });
}

/** Hash over the content of everything that is built; a few hundred small files, some 20 ms. */
function sourcesHash() {
  const hash = createHash("sha256");
  const files = [join(root, "package-lock.json"), join(root, "tsconfig.json"), ...sources.flatMap((folder) => filesBelow(join(root, folder)))];
  for (const file of files) {
    const bytes = readFileSync(file);
    hash.update(`${file.slice(root.length)}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest("hex");
}

/**
 * Writes every script, style, page and document font once more as `.br` and `.gz` beside it: apps/server hands out the shortest a browser takes, and a phone on a poor line
 * waits for a third of the bytes. Done here, because the tightest compression takes seconds and a visitor should not.
 * @param {string} folder
 */
function compress(folder) {
  for (const path of filesBelow(folder).filter((name) => /\.(?:js|css|html|svg|webmanifest|wasm|ttf|typ)$/u.test(name))) {
    const bytes = readFileSync(path);
    // The document maker's 28 MB would take minutes at the tightest setting, for a tenth less.
    const tight = bytes.length > 5_000_000 ? { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 24 } : {};
    writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length, ...tight } }));
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: bytes.length > 5_000_000 ? 6 : 9 }));
  }
}

/**
 * Builds the web app and the extension unless the present build is of the present sources.
 * @throws {SetupError} with the builder's own words when it cannot be built
 */
export function ensureBuild() {
  const hash = sourcesHash();
  const current =
    existsSync(stamp) && readFileSync(stamp, "utf8") === hash && existsSync(join(output, "index.html.br")) && existsSync(join(extensionOutput, "icon-192.png"));
  if (current) return;
  say("De webapp bouwen", "Building the web app");
  rmSync(stamp, { force: true });
  const built = quietly(node, [join(root, "node_modules/vite/bin/vite.js"), "build", "--config", config, "--logLevel", "warn"], {
    cwd: root,
    env: environment({ NODE_ENV: "production" }),
  });
  if (!built.ok || !existsSync(join(output, "index.html"))) throw new SetupError(`The web app could not be built:\n${built.output}`);
  compress(output);
  const extended = quietly(node, [extension], { cwd: root, env: environment({ NODE_ENV: "production" }) });
  if (!extended.ok || !existsSync(join(extensionOutput, "icon-192.png"))) throw new SetupError(`The browser extension could not be built:\n${extended.output}`);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await run(async () => {
    ensurePackages();
    ensureBuild();
    return 0;
  });
}
