/**
 * The walls of the house as one table: which room may not import which, and why. Read by the lint rule beside it and by apps/checks/walls.test.ts.
 *
 * A room is a folder; an arrow is an import. `from` says in whose files a wall stands, `to` what it keeps out, `why` is the message a developer sees.
 * Plain JavaScript, because the linter loads it before anything is built.
 */

/**
 * Where an import leads.
 * @typedef {object} Target
 * @property {string} specifier as written
 * @property {string | null} path path from the root of the tree when it is ours, else null
 * @property {string | null} module name of the package (or `node:…`) when it is not ours, else null
 */

/**
 * One wall.
 * @typedef {object} Wall
 * @property {string} id stable name, used by the test that breaks every wall once
 * @property {string} why reason, shown as the lint message
 * @property {(file: string) => boolean} from does the wall stand in this file (path from the root of the tree)?
 * @property {(target: Target, file: string) => boolean} to is this import kept out?
 */

/** Packages that can open what a client sealed. */
const opensSeals = new Set(["hpke", "age-encryption"]);
/** Services every other service may build on (besides its own folder). */
const ground = new Set(["problem", "file-name", "storage", "admission", "ledger", "directory", "dossier", "interface"]);
/** What stands below what: a ground service may use only those before it. `interface` is shared screens and uses problem and file-name only. */
const order = ["problem", "file-name", "storage", "admission", "ledger", "directory", "dossier"];
/** Rooms whose code a browser runs as well as Node. `bundle` is what a person takes away, `import` reads what a person has; `reading`, `search` and `feed` take in what parliament published, `documents` makes what is sent to it. */
const portable = new Set(["contract", "workflow", "client", "bundle", "import", "publication", "staying", "reading", "search", "feed", "documents"]);
/** Rooms where opened answers of the Monitor become figures: on the research desk's own machine, never on the server. */
const desk = new Set(["publication", "staying"]);
/** Rooms that hold rules as pure functions over registers. */
const pure = new Set([
  "entitlement",
  "questions",
  "proposals",
  "facts",
  "planning",
  "acting",
  "routing",
  "matching",
  "readiness",
  "questionnaire",
  "clock",
  "checks",
]);
/** All that the browser extension may use of ours besides the seal and its own files. */
const extensionUses = new Set([
  "services/directory/contract/index.ts",
  "services/reporting/contract/extension.ts",
  "services/reporting/client/sealed-capture.ts",
]);
/** Packages the browser extension may use. */
const extensionPackages = new Set(["typebox", "typebox/value", "idb", "preact", "preact/hooks", "@scure/base", "@rugdekking/seal", "@rugdekking/seal/verify"]);

const parts = (/** @type {string} */ path) => path.split("/");
/** Tests, and the `testing….ts` files that only tests may use. */
const isTest = (/** @type {string} */ file) => /(?:\.test\.tsx?|(?:^|\/)testing[^/]*\.ts)$/u.test(file);
/** `services/<service>/<room>/…` -> service; anything else null. */
const serviceOf = (/** @type {string | null} */ path) => (path?.startsWith("services/") ? (parts(path)[1] ?? null) : null);
/** `services/<service>/<room>/…` -> room; a file directly in the service folder has none. */
const roomOf = (/** @type {string | null} */ path) => (path?.startsWith("services/") && parts(path).length > 3 ? (parts(path)[2] ?? null) : null);
/** Stores bound to Node inside a client room say so in their name. */
const nodeOnly = (/** @type {string} */ file) => /^services\/[^/]+\/(?:client|bundle)\/.*-file\.ts$/u.test(file);
/** Does the file run on the server? */
const onServer = (/** @type {string} */ file) =>
  ["server", "store"].includes(roomOf(file) ?? "") || file.startsWith("services/storage/") || file.startsWith("apps/server/");
const engineOf = (/** @type {Target} */ target) =>
  target.path?.startsWith("engines/") ? (parts(target.path)[1] ?? null) : target.module?.startsWith("@rugdekking/") ? (parts(target.module)[1] ?? null) : null;

/** @type {readonly Wall[]} */
export const walls = [
  {
    id: "no-parent",
    why: "Say which room you import from (#services/…, #apps/…, #registers/…): `../` hides an arrow that leaves the room.",
    from: () => true,
    to: (target) => target.specifier.startsWith("../") || target.specifier.includes("/../"),
  },
  {
    id: "engine-name",
    why: "An engine is imported by its package name (@rugdekking/seal), never by its files: only what its exports name is its contract.",
    from: (file) => !file.startsWith("engines/"),
    to: (target) => target.path?.startsWith("engines/") ?? false,
  },
  {
    id: "engine-alone",
    why: "An engine imports nothing of ours: strangers must be able to use it by itself.",
    from: (file) => file.startsWith("engines/"),
    to: (target, file) => {
      const own = parts(file)[1];
      if (target.path !== null) return !target.path.startsWith(`engines/${own}/`);
      return target.module?.startsWith("@rugdekking/") === true && engineOf(target) !== own;
    },
  },
  {
    id: "engine-no-io",
    why: "An engine does no I/O: it gets bytes and gives bytes, in a browser as well as in Node.",
    from: (file) => file.startsWith("engines/") && !isTest(file),
    // The issuer's half of the tokens signs with the platform's raw RSA, which is constant in its secrets and 300 times faster than script; it is arithmetic, no I/O.
    to: (target, file) =>
      (target.module?.startsWith("node:") ?? false) && !(/^engines\/tokens\/(?:server|verifier)\.ts$/u.test(file) && target.module === "node:crypto"),
  },
  {
    id: "tokens-apart",
    why: "Who signs tokens must not be able to blind them, nor the other way round: code that runs on the server imports @rugdekking/tokens/server, all other code @rugdekking/tokens (law 6).",
    from: (file) => !file.startsWith("engines/") && !file.startsWith("tools/") && !file.startsWith("apps/checks/") && !isTest(file),
    to: (target, file) => engineOf(target) === "tokens" && target.module !== (onServer(file) ? "@rugdekking/tokens/server" : "@rugdekking/tokens"),
  },
  {
    id: "blind-rsa-in-tokens",
    why: "Only engines/tokens/blind.ts touches the blind signature library; everyone else calls the engine, so that one reader can judge the cryptography.",
    from: (file) => file !== "engines/tokens/blind.ts" && !file.startsWith("tools/") && !isTest(file),
    to: (target) => target.module?.startsWith("@cloudflare/blindrsa-ts") ?? false,
  },
  {
    id: "server-cannot-open",
    why: "The server is a sealed post office (law 1): code that runs there may import @rugdekking/seal/verify only, never what opens seals.",
    from: (file) => onServer(file) && !isTest(file),
    to: (target) =>
      (target.module?.startsWith("@rugdekking/seal") === true && target.module !== "@rugdekking/seal/verify") || opensSeals.has(target.module ?? ""),
  },
  {
    id: "triage-on-device",
    why: "Triage reads what people wrote, so it runs where they are: code that runs on the server may not import @rugdekking/triage (law 1).",
    from: (file) => onServer(file) && !isTest(file),
    to: (target) => engineOf(target) === "triage",
  },
  {
    id: "primitives-in-seal",
    why: "Only engines/seal touches the sealing primitives (the bundle room plain age files, and a backup its keys); everyone else calls the engine, so that one reader can judge the cryptography.",
    from: (file) => !file.startsWith("engines/seal/") && !onServer(file) && !isTest(file),
    to: (target, file) =>
      opensSeals.has(target.module ?? "") && !((roomOf(file) === "bundle" || file === "apps/cli/backup/sealed-keys.ts") && target.module === "age-encryption"),
  },
  {
    id: "server-no-client",
    why: "Client rooms hold keys, import rooms read what a person has and documents rooms write it out: code that runs on the server may not import client, bundle, import, documents or screens rooms.",
    from: (file) => onServer(file) && !isTest(file),
    to: (target) =>
      ["client", "bundle", "import", "documents", "screens"].includes(roomOf(target.path) ?? "") || (target.path?.startsWith("apps/web/") ?? false),
  },
  {
    id: "answers-on-desk",
    why: "Answers of the Monitor are opened on the research desk's own machine (law 1): code that runs on the server may not import the publication or staying rooms.",
    from: (file) => onServer(file) && !isTest(file),
    to: (target) => desk.has(roomOf(target.path) ?? ""),
  },
  {
    id: "services-below-apps",
    why: "Arrows point down: apps wire services, a service never imports an app.",
    from: (file) => file.startsWith("services/") && !isTest(file),
    to: (target) => target.path?.startsWith("apps/") ?? false,
  },
  {
    id: "service-siblings",
    why: "Services meet in the dossier: a service may import itself, problem, file-name, storage, admission, ledger, directory, dossier, interface and the contract of figures, never a sibling.",
    from: (file) => !ground.has(serviceOf(file) ?? "problem") && !isTest(file),
    to: (target, file) => {
      const there = serviceOf(target.path);
      // What a fact and a cited figure look like is what services share besides the dossier.
      if (there === "figures" && roomOf(target.path) === "contract") return false;
      return there !== null && there !== serviceOf(file) && !ground.has(there);
    },
  },
  {
    id: "ground-order",
    why: "The ground services stand in order (problem < file-name < storage < admission < ledger < directory < dossier): none imports one that stands above it.",
    from: (file) => order.includes(serviceOf(file) ?? "") && !isTest(file),
    to: (target, file) => {
      const here = serviceOf(file);
      const there = serviceOf(target.path);
      if (here === null || there === null || there === here) return false;
      if (there === "interface") return roomOf(file) !== "screens";
      return order.indexOf(there) === -1 || order.indexOf(there) > order.indexOf(here);
    },
  },
  {
    id: "contract-alone",
    why: "Contract and workflow rooms are what both sides agree on: they import typebox, codecs of bytes, problems, registers and other contract or workflow rooms only.",
    from: (file) => ["contract", "workflow"].includes(roomOf(file) ?? "") && !isTest(file),
    to: (target) => {
      if (target.module !== null) return !["typebox", "@scure/base"].includes(target.module) && !target.module.startsWith("typebox/");
      if (target.path === null || target.path.startsWith("registers/") || serviceOf(target.path) === "problem") return false;
      return !["contract", "workflow"].includes(roomOf(target.path) ?? "");
    },
  },
  {
    id: "pure-rooms",
    why: "Rooms of rules (entitlement, questions, proposals, facts, planning, acting, routing, matching, readiness, questionnaire, clock, checks) only calculate: they import typebox, registers, contract rooms, the calendar of terms and each other, so that browser, command line and tests get the same answer.",
    from: (file) => pure.has(roomOf(file) ?? "") && !isTest(file),
    to: (target, file) => {
      if (target.module !== null) return target.module !== "typebox" && !target.module.startsWith("typebox/");
      // The calendar (working days, holidays, Dutch clocks) is pure as well, and there must be only one.
      if (target.path === null || target.path.startsWith("registers/") || target.path === "services/dossier/workflow/terms.ts") return false;
      const room = roomOf(target.path) ?? "";
      return room !== "contract" && !(pure.has(room) && serviceOf(target.path) === serviceOf(file));
    },
  },
  {
    id: "client-portable",
    why: "Client rooms run in a browser too: no node: modules (but in a …-file.ts) and no server or store rooms.",
    from: (file) => portable.has(roomOf(file) ?? "") && !isTest(file) && !nodeOnly(file),
    to: (target) =>
      (target.module?.startsWith("node:") ?? false) || ["server", "store"].includes(roomOf(target.path) ?? "") || serviceOf(target.path) === "storage",
  },
  {
    id: "device-bound",
    why: "A store bound to one device (…-file.ts to Node, …-browser.ts to a browser) is imported by what wires that device, never by the portable part of a client room.",
    from: (file) => portable.has(roomOf(file) ?? "") && !isTest(file),
    to: (target) => portable.has(roomOf(target.path) ?? "") && (nodeOnly(target.path ?? "") || (target.path?.endsWith("-browser.ts") ?? false)),
  },
  {
    id: "screens-above-client",
    why: "Screens are drawn from client, contract and workflow rooms: no node: modules, nothing bound to Node, no server or store rooms, no storage.",
    from: (file) =>
      (roomOf(file) === "screens" || serviceOf(file) === "interface" || file.startsWith("apps/web/")) && !isTest(file) && !file.includes("vite.config"),
    to: (target) =>
      (target.module?.startsWith("node:") ?? false) ||
      nodeOnly(target.path ?? "") ||
      ["server", "store"].includes(roomOf(target.path) ?? "") ||
      serviceOf(target.path) === "storage",
  },
  {
    id: "client-below-screens",
    why: "Clients serve screens, the command line and tests alike: a client, contract or workflow room imports no screens, no interface and no preact.",
    from: (file) => portable.has(roomOf(file) ?? "") && serviceOf(file) !== "interface" && !isTest(file),
    to: (target) => roomOf(target.path) === "screens" || serviceOf(target.path) === "interface" || target.module?.split("/")[0] === "preact",
  },
  {
    id: "store-below-server",
    why: "Arrows point inward: a store room is used by its server room and never imports it, nor the web framework.",
    from: (file) => roomOf(file) === "store" && !isTest(file),
    to: (target) => roomOf(target.path) === "server" || target.module === "fastify" || (target.module?.startsWith("@fastify/") ?? false),
  },
  {
    id: "web-no-server",
    why: "The browser app never imports the server app: they meet over HTTP.",
    from: (file) => file.startsWith("apps/web/") && !isTest(file),
    to: (target) => target.path?.startsWith("apps/server/") ?? false,
  },
  {
    id: "extension-small",
    why: "The browser extension holds no secret and knows no server: of ours it imports its own files, the seal, the contract of the bridge, the sealing of captures and the style, nothing with an account or a connection in it.",
    from: (file) => file.startsWith("apps/extension/") && file !== "apps/extension/build.ts" && !isTest(file),
    to: (target) =>
      target.path === null
        ? !extensionPackages.has(target.module ?? "")
        : !target.path.startsWith("apps/extension/") && !target.path.startsWith("services/interface/style/") && !extensionUses.has(target.path),
  },
  {
    id: "page-scripts-bare",
    why: "What the extension puts beside a stranger's page is kept short enough to read: those scripts import each other and nothing else.",
    from: (file) => file.startsWith("apps/extension/page/") && !isTest(file),
    to: (target) => !(target.path?.startsWith("apps/extension/page/") ?? false) && (target.path === null || extensionUses.has(target.path)),
  },
  {
    id: "extension-alone",
    why: "The extension and the app meet over the bridge only: nothing else imports the extension.",
    from: (file) => !file.startsWith("apps/extension/") && !file.startsWith("services/") && !file.startsWith("engines/") && !isTest(file),
    to: (target) => target.path?.startsWith("apps/extension/") ?? false,
  },
  {
    id: "testing-for-tests",
    why: "A testing….ts holds what tests need (it may even open seals): nothing but a test imports it.",
    from: (file) => !isTest(file) && !file.startsWith("apps/checks/") && !file.startsWith("tools/"),
    to: (target) => target.path !== null && isTest(target.path),
  },
  {
    id: "registers-are-data",
    why: "Registers are facts with a source and a date: of ours they import the contract that gives them their form, nothing else.",
    from: (file) => file.startsWith("registers/") && !isTest(file),
    to: (target) => target.path !== null && !target.path.startsWith("registers/") && roomOf(target.path) !== "contract",
  },
];

/**
 * Where `specifier` leads when `file` imports it.
 * @param {string} file path from the root of the tree
 * @param {string} specifier as written
 * @returns {Target}
 */
export function resolveTarget(file, specifier) {
  const bare = specifier.split("?")[0] ?? specifier;
  if (bare.startsWith("#")) return { specifier, path: bare.slice(1), module: null };
  if (!bare.startsWith(".")) return { specifier, path: null, module: bare };
  const path = parts(file).slice(0, -1);
  for (const part of parts(bare)) {
    if (part === "..") path.pop();
    else if (part !== ".") path.push(part);
  }
  return { specifier, path: path.join("/"), module: null };
}

/**
 * The walls this import goes through.
 * @param {string} file path from the root of the tree
 * @param {string} specifier as written
 * @returns {readonly Wall[]}
 */
export function broken(file, specifier) {
  const target = resolveTarget(file, specifier);
  return walls.filter((wall) => wall.from(file) && wall.to(target, file));
}
