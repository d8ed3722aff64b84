/**
 * `npm run sbom`: the list of everything that is installed with a server (CycloneDX 1.5), from package-lock.json, to `dist/sbom.cdx.json`. npm makes it; what would differ
 * from one run to the next (moment, random number, version of npm, name of the folder) is taken out, so that the same tree gives the same bytes.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Type, { type Static } from "typebox";
import { Value } from "typebox/value";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const Component = Type.Object({
  "bom-ref": Type.String(),
  name: Type.String(),
  version: Type.String(),
  purl: Type.String(),
  hashes: Type.Optional(Type.Array(Type.Object({ alg: Type.String(), content: Type.String() }))),
  licenses: Type.Optional(Type.Array(Type.Unknown())),
});
/** The members of a CycloneDX document that are read here; others go along as they are. */
const Bom = Type.Object({
  bomFormat: Type.Literal("CycloneDX"),
  specVersion: Type.Literal("1.5"),
  serialNumber: Type.String(),
  metadata: Type.Object({
    timestamp: Type.Optional(Type.String()),
    tools: Type.Optional(Type.Array(Type.Unknown())),
    component: Type.Object({ "bom-ref": Type.String(), name: Type.String() }),
  }),
  components: Type.Array(Component),
  dependencies: Type.Array(Type.Object({ ref: Type.String(), dependsOn: Type.Optional(Type.Array(Type.String())) })),
});
/** A list of components in CycloneDX 1.5. */
type Bom = Static<typeof Bom>;

/** The members of package-lock.json that are read here. */
const Lock = Type.Object({
  packages: Type.Record(
    Type.String(),
    Type.Object({ version: Type.Optional(Type.String()), dev: Type.Optional(Type.Boolean()), link: Type.Optional(Type.Boolean()) }),
  ),
});

/** `name@version` of everything that is installed with a server: what the lock file does not mark as for development alone. npm's own `--omit=dev` forgets what both need (vite). */
export function installedWithServer(): Set<string> {
  const { packages } = Value.Parse(Lock, JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")));
  return new Set(
    Object.entries(packages).flatMap(([path, { version, dev, link }]) =>
      path.startsWith("node_modules/") && dev !== true && link !== true && version !== undefined
        ? [`${path.split("node_modules/").at(-1) ?? ""}@${version}`]
        : [],
    ),
  );
}

/** `name@version` of a component, as its package URL has it. */
export function labelOf({ purl }: { readonly purl: string }): string {
  return decodeURIComponent(purl.slice("pkg:npm/".length)).replace(/[?#].*$/u, "");
}

/** A UUID (version 8, RFC 9562 section 5.8) out of a digest: the serial number of a document is then fixed by what it is about. */
function uuidOf(digest: string): string {
  const [a, b, c, d, e] = [digest.slice(0, 8), digest.slice(8, 12), digest.slice(13, 16), digest.slice(17, 20), digest.slice(20, 32)];
  return `${a}-${b}-8${c}-a${d}-${e}`;
}

/** Asks npm. @returns the list, the same for the same package-lock.json @throws Error when npm answers with something else than CycloneDX 1.5 */
export function billOfMaterials(): Bom {
  const printed = execFileSync("npm", ["sbom", "--sbom-format=cyclonedx", "--sbom-type=application", "--package-lock-only"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const bom = Value.Parse(Bom, JSON.parse(printed));
  delete bom.metadata.timestamp;
  delete bom.metadata.tools;
  bom.metadata.component.name = "rugdekking";
  const wanted = installedWithServer();
  bom.components = bom.components.filter((one) => wanted.has(labelOf(one)) || one.purl.startsWith("pkg:npm/%40rugdekking/"));
  const refs = new Set([...bom.components.map((one) => one["bom-ref"]), bom.metadata.component["bom-ref"]]);
  bom.dependencies = bom.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)) }));
  bom.components.sort((a, b) => (a["bom-ref"] < b["bom-ref"] ? -1 : 1));
  bom.serialNumber = `urn:uuid:${uuidOf(
    createHash("sha256")
      .update(readFileSync(join(root, "package-lock.json")))
      .digest("hex"),
  )}`;
  return bom;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const bom = billOfMaterials();
  const path = join(root, "dist", "sbom.cdx.json");
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(bom, null, 2)}\n`);
  process.stdout.write(`${path}: ${bom.components.length} components\n`);
}
