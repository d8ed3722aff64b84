/** Brings in what is missing: the npm packages with the pinned Node, and for the tests a browser, the `age` program and two that look inside a PDF. Used by start, build and test. */
import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onPath, quietly } from "./processes.mjs";
import { SetupError, say } from "./say.mjs";

/** Root of the tree. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const modules = join(root, "node_modules");
/** The Node that everything of ours runs on: the `node` package pinned in package.json. */
export const node = join(modules, "node", "bin", "node");
/** Keeps the screens quiet: Node announces ML-KEM as experimental at every first use. */
export const nodeFlags = ["--disable-warning=ExperimentalWarning"];

/**
 * Environment for programs of ours: the pinned Node first on the PATH.
 * @param {NodeJS.ProcessEnv} [more]
 * @returns {NodeJS.ProcessEnv}
 */
export function environment(more = {}) {
  const path = `${join(modules, ".bin")}${delimiter}${process.env.PATH ?? ""}`;
  // A log file is no screen: without a terminal, no colour codes.
  const colour = process.stdout.isTTY ? {} : { NO_COLOR: "1" };
  return { ...process.env, ...colour, PATH: path, NODE_OPTIONS: nodeFlags.join(" "), ...more };
}

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} LockedPackage */

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage> | null} null when there is no such lock file
 */
function lockedPackages(file) {
  if (!existsSync(file)) return null;
  return JSON.parse(readFileSync(file, "utf8")).packages ?? {};
}

/** Is every package of package-lock.json there, in that version? Compares with npm's own record of what it installed, so it costs milliseconds. */
export function packagesAreCurrent() {
  const wanted = lockedPackages(join(root, "package-lock.json"));
  const found = lockedPackages(join(modules, ".package-lock.json"));
  if (wanted === null || found === null || !existsSync(node)) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.startsWith("node_modules/")) return true;
    const there = found[path];
    if (there === undefined) return entry.optional === true || entry.devOptional === true;
    return there.version === entry.version;
  });
}

/**
 * Installs the locked packages when they are missing or changed, and makes sure the pinned Node runs.
 * @throws {SetupError} when npm cannot install them
 */
export function ensurePackages() {
  if (packagesAreCurrent()) return;
  say("Onderdelen ophalen; dit duurt ongeveer een minuut", "Fetching packages; this takes about a minute");
  // Without node_modules/.bin: npm must not run on the very Node it is about to replace.
  const path = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !folder.includes(join("node_modules", ".bin")))
    .join(delimiter);
  const env = { ...process.env, PATH: path, NODE_OPTIONS: "" };
  const npm = onPath("npm", path);
  if (npm === null) throw new SetupError("npm is not on the PATH. Install Node.js 20 or newer together with npm, then try again.");
  const installed = quietly(npm, ["ci", "--no-audit", "--no-fund"], { cwd: root, env });
  if (!installed.ok) throw new SetupError(`npm ci did not succeed:\n${installed.output}\nCheck the network connection and try again.`);
  if (!existsSync(node)) quietly(npm, ["rebuild", "node"], { cwd: root, env });
  if (!quietly(node, ["--version"]).ok) {
    throw new SetupError(`The pinned Node did not arrive at node_modules/node. Allow the install script of the package "node" and try again.`);
  }
}

/**
 * Installs packages of the operating system: apt-get on Debian and Ubuntu (as root or through sudo without a question), brew on macOS.
 * @param {{ apt: string, brew: string, cask?: boolean }} names what the package is called where
 * @returns {{ ok: boolean, output: string }}
 */
function installFromSystem(names) {
  if (process.platform === "darwin") {
    const brew = onPath("brew");
    if (brew === null) return { ok: false, output: "Homebrew (brew) is not installed" };
    return quietly(brew, names.cask === true ? ["install", "--cask", names.brew] : ["install", names.brew]);
  }
  const apt = onPath("apt-get");
  if (apt === null) return { ok: false, output: "apt-get is not on this machine" };
  const asRoot = process.getuid?.() === 0;
  const sudo = asRoot ? null : onPath("sudo");
  if (!asRoot && (sudo === null || !quietly(sudo, ["-n", "true"]).ok)) return { ok: false, output: "not root, and sudo asks for a password" };
  /** @param {string[]} args */
  const aptGet = (...args) =>
    sudo === null
      ? quietly(apt, args, { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } })
      : quietly(sudo, ["-n", "env", "DEBIAN_FRONTEND=noninteractive", apt, ...args]);
  aptGet("update", "-qq");
  return aptGet("install", "-y", "-qq", "--no-install-recommends", names.apt);
}

const browserNames = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const macBrowsers = ["/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

/** @param {string | null | undefined} file @returns {file is string} whether a browser really starts there: Ubuntu's `chromium-browser` may be an empty shell */
const browserRuns = (file) => typeof file === "string" && existsSync(file) && quietly(file, ["--version"], { timeout: 30_000 }).ok;

/** Where Playwright keeps its own Chromium, whether or not it is there. */
function playwrightBrowser() {
  const asked = quietly(
    node,
    ["--input-type=module", "--eval", `import { chromium } from "playwright-core"; process.stdout.write(chromium.executablePath());`],
    { cwd: root },
  );
  return asked.ok ? asked.output.trim() : null;
}

/** @returns {string | null} a Chromium that starts, or null */
function findBrowser() {
  const candidates = [
    process.env.CHROMIUM_PATH,
    ...browserNames.map((name) => onPath(name)),
    ...(process.platform === "darwin" ? macBrowsers : []),
    playwrightBrowser(),
  ];
  return candidates.find((file) => browserRuns(file)) ?? null;
}

/**
 * A Chromium for the browser tests: an existing one, else Playwright's own, else the system's package.
 * @returns {string | null} its path; null when none could be had, with the reason said
 */
export function ensureBrowser() {
  const existing = findBrowser();
  if (existing !== null) return existing;
  say("Browser voor de tests ophalen", "Fetching a browser for the tests");
  const tool = join(modules, "playwright-core", "cli.js");
  const own = quietly(node, [tool, "install", "chromium"], { cwd: root, timeout: 300_000 });
  // Playwright's browser needs libraries a bare machine lacks; with the rights to do so, it brings them too.
  if (own.ok && findBrowser() === null && process.getuid?.() === 0) quietly(node, [tool, "install-deps", "chromium"], { cwd: root, timeout: 300_000 });
  const fetched = findBrowser();
  if (fetched !== null) return fetched;
  const system = installFromSystem({ apt: "chromium", brew: "chromium", cask: true });
  const found = findBrowser();
  if (found === null) {
    say("Geen browser gevonden; de browsertests zullen falen", "No browser found; the browser tests will fail");
    process.stderr.write(`    ${(system.output.trim() || own.output.trim()).split("\n").at(-1) ?? ""}\n    Install Chromium, or set CHROMIUM_PATH to one.\n`);
  }
  return found;
}

/**
 * The `age` program, with which the tests open an export the way a stranger would.
 * @returns {string | null} its path; null when it could not be had, with the reason said
 */
export function ensureAge() {
  const existing = process.env.AGE_PATH ?? onPath("age");
  if (existing !== null) return existing;
  say("Het programma age ophalen", "Fetching the age program");
  const system = installFromSystem({ apt: "age", brew: "age" });
  const found = onPath("age");
  if (found === null) {
    say("Het programma age ontbreekt; die test wordt overgeslagen", "The age program is missing; its test is skipped");
    process.stderr.write(`    ${system.output.trim().split("\n").at(-1) ?? ""}\n`);
  }
  return found;
}

/**
 * Programs that look inside a PDF (poppler, qpdf), with which the tests of documents check tags and reading order.
 * @returns {{ poppler: string, qpdf: string } | null} poppler's folder and qpdf's path; null when one could not be had, with the reason said
 */
export function ensurePdfTools() {
  const find = () => {
    const poppler = process.env.POPPLER_PATH ?? (onPath("pdfinfo") === null ? null : dirname(onPath("pdfinfo") ?? ""));
    const qpdf = process.env.QPDF_PATH ?? onPath("qpdf");
    return poppler === null || qpdf === null ? null : { poppler, qpdf };
  };
  const existing = find();
  if (existing !== null) return existing;
  say("Programma's om documenten na te kijken ophalen", "Fetching programs that check documents");
  const installed = [installFromSystem({ apt: "poppler-utils", brew: "poppler" }), installFromSystem({ apt: "qpdf", brew: "qpdf" })];
  const found = find();
  if (found === null) {
    say("poppler of qpdf ontbreekt; de controles van documenten worden overgeslagen", "poppler or qpdf is missing; the checks of documents are skipped");
    process.stderr.write(`    ${(installed.find(({ ok }) => !ok)?.output ?? "").trim().split("\n").at(-1) ?? ""}\n`);
  }
  return found;
}
