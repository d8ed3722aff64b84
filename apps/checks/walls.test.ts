/** Breaks every wall of the house once and sees the linter catch it with its reason; run by vitest only. */
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { Type } from "typebox";
import { Parse } from "typebox/value";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { walls } from "#tools/lint/walls.mjs";

/** One file that goes through exactly one wall. */
interface Breach {
  readonly wall: string;
  readonly file: string;
  readonly code: string;
}

const importing = (specifier: string): string => `import { thing } from "${specifier}";\nexport const used = thing;\n`;
const breach = (wall: string, file: string, specifier: string): Breach => ({ wall, file, code: importing(specifier) });

const breaches: readonly Breach[] = [
  breach("no-parent", "services/directory/server/a.ts", "../contract/index.ts"),
  breach("no-parent", "apps/cli/a.ts", "../checks/thing.ts"),
  breach("engine-name", "apps/cli/b.ts", "#engines/ledger/merkle.ts"),
  breach("engine-alone", "engines/ledger/a.ts", "@rugdekking/seal"),
  breach("engine-alone", "engines/ledger/b.ts", "#services/problem/index.ts"),
  breach("engine-no-io", "engines/seal/a.ts", "node:fs"),
  breach("server-cannot-open", "services/dossier/server/a.ts", "@rugdekking/seal"),
  breach("server-cannot-open", "services/dossier/store/a.ts", "@rugdekking/seal"),
  breach("server-cannot-open", "services/storage/a.ts", "@rugdekking/seal"),
  breach("server-cannot-open", "services/directory/server/b.ts", "hpke"),
  breach("server-cannot-open", "apps/server/a.ts", "@rugdekking/seal"),
  breach("server-cannot-open", "apps/server/b.ts", "age-encryption"),
  { wall: "server-cannot-open", file: "apps/server/c.ts", code: `export const hidden = import("@rugdekking/seal");\n` },
  { wall: "server-cannot-open", file: "apps/server/d.ts", code: `export * from "@rugdekking/seal";\n` },
  { wall: "server-cannot-open", file: "apps/server/e.ts", code: `export type { Seal } from "@rugdekking/seal";\n` },
  breach("engine-alone", "engines/triage/a.ts", "@rugdekking/seal"),
  breach("engine-no-io", "engines/triage/b.ts", "node:crypto"),
  breach("engine-no-io", "engines/tokens/request.ts", "node:crypto"),
  {
    wall: "engine-no-io",
    file: "engines/tokens/server.ts",
    code: `import { readFileSync } from "node:fs";\nimport { sign } from "node:crypto";\nexport const used = [readFileSync, sign];\n`,
  },
  breach("tokens-apart", "services/monitor/server/a.ts", "@rugdekking/tokens"),
  breach("tokens-apart", "services/monitor/store/a.ts", "@rugdekking/tokens"),
  breach("tokens-apart", "services/monitor/client/a.ts", "@rugdekking/tokens/server"),
  breach("tokens-apart", "services/monitor/screens/a.ts", "@rugdekking/tokens/server"),
  breach("tokens-apart", "services/figures/server/a.ts", "@rugdekking/tokens"),
  breach("tokens-apart", "services/figures/client/a.ts", "@rugdekking/tokens/server"),
  breach("server-no-client", "services/figures/server/b.ts", "#services/figures/client/seal-fact.ts"),
  breach("service-siblings", "services/reporting/client/f.ts", "#services/figures/client/index.ts"),
  breach("answers-on-desk", "services/monitor/server/p.ts", "#services/monitor/publication/index.ts"),
  breach("answers-on-desk", "apps/server/p.ts", "#services/monitor/staying/index.ts"),
  breach("blind-rsa-in-tokens", "engines/tokens/a.ts", "@cloudflare/blindrsa-ts"),
  breach("blind-rsa-in-tokens", "services/monitor/client/b.ts", "@cloudflare/blindrsa-ts"),
  breach("engine-name", "services/dossier/client/e.ts", "#engines/triage/index.ts"),
  breach("triage-on-device", "services/dossier/server/e.ts", "@rugdekking/triage"),
  breach("triage-on-device", "services/reporting/store/a.ts", "@rugdekking/triage"),
  breach("triage-on-device", "apps/server/h.ts", "@rugdekking/triage/worker"),
  breach("primitives-in-seal", "services/dossier/client/a.ts", "hpke"),
  breach("primitives-in-seal", "apps/cli/c.ts", "age-encryption"),
  breach("primitives-in-seal", "services/dossier/bundle/a.ts", "hpke"),
  breach("server-no-client", "services/dossier/server/b.ts", "#services/dossier/client/index.ts"),
  breach("server-no-client", "apps/server/f.ts", "#services/reporting/screens/index.ts"),
  breach("services-below-apps", "services/dossier/client/b.ts", "#apps/web/main.ts"),
  breach("service-siblings", "services/reporting/client/a.ts", "#services/scanning/client/index.ts"),
  breach("service-siblings", "services/scanning/screens/a.ts", "#services/reporting/screens/index.ts"),
  breach("service-siblings", "services/parliament/client/a.ts", "#services/figures/client/index.ts"),
  breach("ground-order", "services/directory/server/c.ts", "#services/dossier/server/index.ts"),
  breach("ground-order", "services/storage/b.ts", "#services/ledger/store/index.ts"),
  breach("ground-order", "services/file-name/a.ts", "#services/storage/index.ts"),
  breach("ground-order", "services/dossier/server/c.ts", "#services/reporting/workflow/index.ts"),
  breach("contract-alone", "services/dossier/contract/a.ts", "kysely"),
  breach("contract-alone", "services/dossier/workflow/a.ts", "@rugdekking/seal/verify"),
  breach("contract-alone", "services/reporting/contract/a.ts", "#services/dossier/client/index.ts"),
  breach("pure-rooms", "services/scanning/entitlement/a.ts", "node:fs"),
  breach("pure-rooms", "services/scanning/questions/a.ts", "#services/scanning/client/index.ts"),
  breach("pure-rooms", "services/scanning/proposals/a.ts", "preact"),
  breach("pure-rooms", "services/scanning/facts/a.ts", "@rugdekking/seal"),
  breach("pure-rooms", "services/reporting/acting/a.ts", "@rugdekking/paper"),
  breach("pure-rooms", "services/signalling/routing/a.ts", "#services/dossier/client/index.ts"),
  breach("pure-rooms", "services/monitor/questionnaire/a.ts", "#services/monitor/client/monitor-client.ts"),
  breach("client-portable", "services/dossier/client/c.ts", "node:fs"),
  breach("client-portable", "services/reporting/client/b.ts", "#services/dossier/store/index.ts"),
  breach("client-portable", "services/dossier/bundle/b.ts", "node:crypto"),
  breach("client-portable", "services/reporting/import/a.ts", "node:fs"),
  breach("server-no-client", "services/reporting/server/a.ts", "#services/reporting/import/index.ts"),
  breach("server-no-client", "services/parliament/server/a.ts", "#services/parliament/documents/index.ts"),
  breach("client-portable", "services/parliament/documents/a.ts", "node:fs"),
  breach("device-bound", "services/directory/client/a.ts", "./trust-file.ts"),
  breach("device-bound", "services/directory/client/b.ts", "./trust-browser.ts"),
  breach("screens-above-client", "services/directory/screens/a.ts", "#services/directory/client/trust-file.ts"),
  breach("screens-above-client", "services/reporting/screens/b.ts", "#services/reporting/server/index.ts"),
  breach("screens-above-client", "services/interface/a.tsx", "node:path"),
  breach("screens-above-client", "apps/web/a.ts", "#services/storage/index.ts"),
  breach("client-below-screens", "services/reporting/client/c.ts", "preact"),
  breach("client-below-screens", "services/dossier/client/d.ts", "#services/dossier/screens/index.ts"),
  breach("store-below-server", "services/dossier/store/b.ts", "#services/dossier/server/index.ts"),
  breach("store-below-server", "services/directory/store/a.ts", "fastify"),
  breach("web-no-server", "apps/web/b.ts", "#apps/server/index.ts"),
  breach("extension-small", "apps/extension/background/a.ts", "#services/directory/client/index.ts"),
  breach("extension-small", "apps/extension/popup/a.tsx", "#services/reporting/screens/routes.ts"),
  breach("extension-small", "apps/extension/background/b.ts", "@rugdekking/ledger"),
  breach("page-scripts-bare", "apps/extension/page/a.ts", "#services/reporting/contract/extension.ts"),
  breach("page-scripts-bare", "apps/extension/page/b.ts", "typebox"),
  breach("extension-alone", "apps/web/c.ts", "#apps/extension/background/waiting.ts"),
  breach("testing-for-tests", "services/dossier/server/d.ts", "./testing.ts"),
  breach("testing-for-tests", "apps/server/g.ts", "#services/storage/testing.ts"),
  breach("registers-are-data", "registers/terms/a.ts", "#services/problem/index.ts"),
];

/** Imports the house is made of: none of them may be called a breach. */
const clean: readonly Breach[] = [
  breach("", "services/dossier/server/clean.ts", "@rugdekking/seal/verify"),
  breach("", "services/dossier/server/clean-store.ts", "#services/dossier/store/index.ts"),
  breach("", "services/dossier/store/clean.ts", "#services/storage/index.ts"),
  breach("", "services/dossier/client/clean.ts", "@rugdekking/seal"),
  breach("", "services/reporting/client/clean.ts", "#services/dossier/client/index.ts"),
  breach("", "services/reporting/screens/clean.tsx", "#services/interface/index.ts"),
  breach("", "services/support/matching/clean.ts", "#services/dossier/workflow/terms.ts"),
  breach("", "services/scanning/workflow/clean.ts", "#services/dossier/workflow/define.ts"),
  breach("", "services/dossier/contract/clean.ts", "typebox"),
  breach("", "services/directory/client/clean-file.ts", "node:fs"),
  breach("", "services/directory/screens/clean.ts", "#services/directory/client/trust-browser.ts"),
  breach("", "apps/extension/background/clean.ts", "#services/reporting/client/sealed-capture.ts"),
  breach("", "apps/extension/page/clean.ts", "#apps/extension/page/look.ts"),
  breach("", "registers/terms/clean.ts", "#services/directory/contract/index.ts"),
  breach("", "services/scanning/entitlement/clean.ts", "#registers/functions/index.ts"),
  breach("", "services/scanning/proposals/clean.ts", "#services/scanning/questions/index.ts"),
  breach("", "services/scanning/client/clean.ts", "#services/scanning/entitlement/index.ts"),
  breach("", "services/dossier/bundle/clean.ts", "age-encryption"),
  breach("", "engines/seal/clean.ts", "hpke"),
  breach("", "engines/triage/campaigns/clean.ts", "#engines/triage/message.ts"),
  breach("", "apps/cli/clean-triage.ts", "@rugdekking/triage"),
  breach("", "apps/web/clean-triage.ts", "@rugdekking/triage/worker"),
  breach("", "apps/server/clean.ts", "#services/dossier/server/index.ts"),
  breach("", "apps/cli/clean.ts", "#apps/server/index.ts"),
  breach("", "apps/web/clean.ts", "#services/reporting/screens/index.ts"),
  breach("", "engines/tokens/blind.ts", "@cloudflare/blindrsa-ts"),
  breach("", "services/monitor/server/clean.ts", "@rugdekking/tokens/server"),
  breach("", "services/monitor/client/clean.ts", "@rugdekking/tokens"),
  breach("", "services/reporting/client/clean-fact.ts", "#services/figures/contract/sink.ts"),
  breach("", "services/dossier/server/opens.test.ts", "@rugdekking/seal"),
  breach("", "services/dossier/server/testing.ts", "@rugdekking/seal"),
];

/** Rules of the language that hold beside the walls, each broken once. */
const habits: readonly { readonly rule: string; readonly file: string; readonly code: string }[] = [
  { rule: "typescript(no-explicit-any)", file: "services/dossier/server/any.ts", code: "export const loose: any = 1;\n" },
  { rule: "typescript(no-non-null-assertion)", file: "services/dossier/server/bang.ts", code: "export const first = (list: string[]): string => list[0]!;\n" },
  { rule: "typescript(no-floating-promises)", file: "services/dossier/server/floating.ts", code: "export function go(): void {\n  Promise.resolve(1);\n}\n" },
  {
    rule: "typescript(consistent-type-imports)",
    file: "services/dossier/server/type.ts",
    code: `import { Thing } from "#services/dossier/contract/index.ts";\nexport const show = (thing: Thing): Thing => thing;\n`,
  },
  { rule: "eslint(no-console)", file: "services/dossier/server/console.ts", code: `console.log("a name");\n` },
  { rule: "eslint(no-restricted-globals)", file: "services/dossier/client/window.ts", code: "export const width = window.innerWidth;\n" },
  {
    rule: "import(no-cycle)",
    file: "services/dossier/server/round.ts",
    code: `import { other } from "./about.ts";\nexport const round = (): number => other();\n`,
  },
];

const Report = Type.Object({
  diagnostics: Type.Array(Type.Object({ message: Type.String(), code: Type.Optional(Type.String()), filename: Type.String() })),
  number_of_files: Type.Integer(),
});

const root = process.cwd();
let fixture = "";
let diagnostics: readonly { readonly message: string; readonly code?: string; readonly filename: string }[] = [];
let filesRead = 0;
const written = [...breaches, ...clean, ...habits];

const write = (file: string, code: string): void => {
  mkdirSync(dirname(join(fixture, file)), { recursive: true });
  writeFileSync(join(fixture, file), code);
};

beforeAll(async () => {
  fixture = mkdtempSync(join(tmpdir(), "rugdekking-walls-"));
  for (const file of [".oxlintrc.json", "tsconfig.json", "package.json", "tools/lint"]) cpSync(join(root, file), join(fixture, file), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(fixture, "node_modules"));
  for (const { file, code } of written) write(file, code);
  write("services/dossier/server/about.ts", `import { round } from "./round.ts";\nexport const other = (): number => round();\n`);
  write("services/dossier/contract/index.ts", "export interface Thing {\n  readonly name: string;\n}\n");
  const lint = join(root, "node_modules/oxlint/bin/oxlint");
  const run = promisify(execFile)(process.execPath, [lint, "--type-aware", "--format", "json", "services", "engines", "apps", "registers"], {
    cwd: fixture,
    maxBuffer: 64 * 1024 * 1024,
  });
  // The linter exits with 1 because it finds what we broke; its report is on standard output all the same.
  const output = await run.then(
    ({ stdout }) => stdout,
    (error: unknown) => (error instanceof Error && "stdout" in error && typeof error.stdout === "string" ? error.stdout : Promise.reject(error)),
  );
  const report = Parse(Report, JSON.parse(output));
  diagnostics = report.diagnostics;
  filesRead = report.number_of_files;
}, 60_000);

afterAll(() => rmSync(fixture, { recursive: true, force: true }));

const foundIn = (file: string): readonly string[] =>
  diagnostics.filter((found) => found.filename === file && found.code === "rugdekking(walls)").map((found) => found.message);

describe("design section 3: the walls of the house", () => {
  it("reads every file it is given", () => {
    expect(filesRead).toBeGreaterThanOrEqual(written.length);
  });

  it.each(breaches)("$file is stopped by wall $wall", ({ wall, file }) => {
    const why = walls.find(({ id }) => id === wall)?.why;
    expect(why).toBeDefined();
    expect(foundIn(file)).toEqual([`${why} (wall ${wall})`]);
  });

  it.each(clean)("$file stays within the walls", ({ file }) => {
    expect(foundIn(file)).toEqual([]);
  });

  it("breaks every wall of the table at least once", () => {
    const tried = new Set(breaches.map(({ wall }) => wall));
    expect(walls.map(({ id }) => id).filter((id) => !tried.has(id))).toEqual([]);
  });
});

describe("style: habits the linter holds", () => {
  it.each(habits)("$rule is found in $file", ({ rule, file }) => {
    expect(diagnostics.filter((found) => found.filename === file).map((found) => found.code)).toContain(rule);
  });
});
