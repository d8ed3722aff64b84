/** Follows imports through the tree, for the checks in this folder that say what a program can reach; nothing else calls it. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "vite";
import { resolveTarget } from "#tools/lint/walls.mjs";

/** Everything a program can reach by following its imports, types included. */
export interface Closure {
  /** Files of ours, as paths from the root of the tree. */
  readonly files: ReadonlySet<string>;
  /** Packages of others, their own dependencies included; without `node:` modules. */
  readonly packages: ReadonlySet<string>;
  /** `file:line` of imports whose target is computed while running: nobody can say where these lead. */
  readonly computed: readonly string[];
}

const root = process.cwd();

interface Imports {
  readonly specifiers: readonly string[];
  readonly computed: readonly string[];
}

/** @throws when the file does not parse: a file we cannot read might import anything. */
function importsOf(file: string): Imports {
  const code = readFileSync(join(root, file), "utf8");
  const parsed = parseSync(file, code);
  if (parsed.errors.length > 0) throw new Error(`${file} does not parse`);
  const { staticImports, staticExports, dynamicImports } = parsed.module;
  const specifiers = staticImports.map(({ moduleRequest }) => moduleRequest.value);
  for (const { entries } of staticExports) for (const { moduleRequest } of entries) if (moduleRequest !== null) specifiers.push(moduleRequest.value);
  const computed: string[] = [];
  for (const { moduleRequest } of dynamicImports) {
    const literal = /^["'`]([^"'`$]+)["'`]$/u.exec(code.slice(moduleRequest.start, moduleRequest.end));
    if (literal?.[1] === undefined) computed.push(`${file}:${code.slice(0, moduleRequest.start).split("\n").length}`);
    else specifiers.push(literal[1]);
  }
  // `import("…").Type` in a type position is in no module record.
  for (const [, specifier] of code.matchAll(/\bimport\(\s*["']([^"']+)["']\s*\)\s*\./gu)) if (specifier !== undefined) specifiers.push(specifier);
  return { specifiers, computed };
}

/** File of one of our engines behind `@rugdekking/<engine>[/<door>]`; null when the engine has no such door. */
function engineFile(specifier: string): string | null {
  const [, engine, ...door] = specifier.split("/");
  const { exports }: { exports: Record<string, string> } = JSON.parse(readFileSync(join(root, "engines", engine ?? "", "package.json"), "utf8"));
  const file = exports[door.length === 0 ? "." : `./${door.join("/")}`];
  return file === undefined ? null : join("engines", engine ?? "", file);
}

/** `@scope/name/door` -> `@scope/name`; `name/door` -> `name`. */
const packageOf = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

/** Adds `name` and everything it depends on, as the lock file records it. */
function addPackage(
  name: string,
  packages: Set<string>,
  locked: Readonly<Record<string, { dependencies?: Record<string, string>; optionalDependencies?: Record<string, string> }>>,
): void {
  if (packages.has(name)) return;
  packages.add(name);
  for (const [path, entry] of Object.entries(locked)) {
    if (!path.endsWith(`node_modules/${name}`)) continue;
    for (const dependency of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) addPackage(dependency, packages, locked);
  }
}

/**
 * Everything reachable from `entries`.
 * @param entries paths from the root of the tree
 * @throws when an import of ours leads to no file
 */
export function closureOf(entries: readonly string[]): Closure {
  const files = new Set<string>();
  const packages = new Set<string>();
  const computed: string[] = [];
  const { packages: locked } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const queue = [...entries];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (files.has(file)) continue;
    if (!existsSync(join(root, file))) throw new Error(`an import leads to ${file}, which does not exist`);
    files.add(file);
    if (!/\.(?:tsx?|mjs)$/u.test(file)) continue;
    const imports = importsOf(file);
    computed.push(...imports.computed);
    for (const specifier of imports.specifiers) {
      const target = resolveTarget(file, specifier);
      const engine = target.module?.startsWith("@rugdekking/") === true ? engineFile(specifier) : null;
      if (target.path !== null) queue.push(target.path);
      else if (engine !== null) queue.push(engine);
      else if (target.module !== null && !target.module.startsWith("node:")) addPackage(packageOf(target.module), packages, locked);
    }
  }
  return { files, packages, computed };
}

/** Source files below a folder that a program may load: no tests, no `testing….ts`. Empty when the folder is not there. */
export function sourcesBelow(folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/u.test(name) && !/(?:\.test\.tsx?|(?:^|\/)testing[^/]*\.ts)$/u.test(name))
    .map((name) => join(folder, name));
}
