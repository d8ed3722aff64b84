/**
 * The open data API: everything that is published, at permanent addresses, readable from any site. Registered by create-server.ts; reads the folder that publications.ts hands out, and nothing else.
 * What is answered is kept in memory, as bytes and as gzip, until the lists beside the folders change: nothing in it is secret, so it may be compressed.
 */
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import { CitedFigure } from "#services/figures/contract/citation.ts";
import { citeFigure, citePicture } from "#services/figures/contract/cite.ts";
import { Picture, PictureList } from "#services/figures/contract/picture.ts";
import { Publication, PublicationId } from "#services/monitor/contract/publication.ts";
import { Problem } from "#services/problem/index.ts";

/** An answer that is ready to be sent. */
interface Kept {
  readonly bytes: Buffer;
  readonly gzip: Buffer;
  /** Entity tags of both forms, with their quotes. */
  readonly tags: readonly [plain: string, gzip: string];
  readonly type: string;
}

/** A publication as it lies there. */
interface Held {
  readonly name: string;
  readonly folder: string;
  readonly kind: "figures" | "monitor";
  readonly value: Picture | Publication;
  /** SHA-256 of `publication.json`, hexadecimal. */
  readonly digest: string;
  readonly file: Kept;
  /** `catalogus.jsonld`, as it was made with the publication; null when it has none. */
  readonly catalogue: unknown;
}

const PublicationEntry = Type.Object(
  {
    publication: Type.String({ description: "Permanent name; of the national picture without its edition" }),
    kind: Type.Enum(["figures", "monitor"]),
    edition: Type.Integer(),
    title: Type.Object({ nl: Type.String(), en: Type.String() }),
    issued: Type.String({ format: "date" }),
    invented: Type.Boolean({ description: "Made up, as an example" }),
    address: Type.String({ description: "Page where people read it" }),
    files: Type.String({ description: "Folder of this edition; never changes" }),
    digest: Type.String({ description: "SHA-256 of its publication.json, hexadecimal" }),
  },
  { additionalProperties: false },
);
const PublicationEntries = Type.Object({ publications: Type.Array(PublicationEntry) }, { additionalProperties: false });
const MonitorList = Type.Object({ version: Type.Literal(1), publications: Type.Array(PublicationId) });
const Catalogue = Type.Object({ "@context": Type.Unknown(), "dcat:dataset": Type.Unknown() });

const sha256 = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");

function keep(bytes: Buffer, type: string): Kept {
  const mark = sha256(bytes).slice(0, 32);
  return { bytes, gzip: gzipSync(bytes, { level: 9 }), tags: [`"${mark}"`, `"${mark}-gz"`], type };
}
const keepJson = (value: unknown, type = "application/json; charset=utf-8"): Kept => keep(Buffer.from(JSON.stringify(value)), type);

async function parsed(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch {
    return null;
  }
}

async function hold(root: string, folder: string, kind: Held["kind"]): Promise<Held | null> {
  const bytes = await readFile(join(root, folder, "publication.json")).catch(() => null);
  if (bytes === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString());
  } catch {
    return null;
  }
  const known = kind === "figures" ? Check(Picture, value) : Check(Publication, value);
  if (!known || !(Check(Picture, value) || Check(Publication, value))) return null;
  const file = keep(bytes, "application/json; charset=utf-8");
  return { name: value.id, folder, kind, value, digest: sha256(bytes), file, catalogue: await parsed(join(root, folder, "catalogus.jsonld")) };
}

const entryOf = ({ name, folder, kind, value, digest }: Held): Static<typeof PublicationEntry> => ({
  publication: name,
  kind,
  edition: value.edition,
  title: value.title,
  issued: value.on,
  invented: value.invented,
  address: kind === "figures" ? `/cijfers/${name}` : "/monitor/uitkomsten",
  files: `/publicaties/${folder}/`,
  digest,
});

/** One catalogue of all datasets, from those that were made with each publication; null when there is none. */
function catalogueOf(held: readonly Held[]): unknown {
  const all = held.flatMap(({ catalogue }) => (Check(Catalogue, catalogue) ? [catalogue] : []));
  const [newest] = all;
  if (newest === undefined) return null;
  return {
    ...newest,
    "@id": "/api/v1/open-data/catalogue",
    "dct:title": [
      { "@value": "Open data van Rugdekking", "@language": "nl" },
      { "@value": "Open data of Rugdekking", "@language": "en" },
    ],
    "dcat:dataset": all.flatMap((one) => [one["dcat:dataset"]].flat()),
  };
}

/** Everything that is out now. */
interface Shelf {
  readonly held: ReadonlyMap<string, Held>;
  readonly list: Kept;
  readonly catalogue: Kept | null;
  /** Cited figures that were asked for. */
  readonly figures: Map<string, Kept>;
}

async function readShelf(root: string): Promise<Shelf> {
  const pictures = await parsed(join(root, "cijfers.json"));
  const waves = await parsed(join(root, "lijst.json"));
  const found = [
    ...(await Promise.all((Check(PictureList, pictures) ? pictures.publications : []).map(async (folder) => await hold(root, folder, "figures")))),
    ...(await Promise.all((Check(MonitorList, waves) ? waves.publications : []).map(async (folder) => await hold(root, folder, "monitor")))),
  ].flatMap((one) => one ?? []);
  const held = new Map<string, Held>();
  // Of one quarter the highest edition is what is published now.
  for (const one of found) if ((held.get(one.name)?.value.edition ?? 0) < one.value.edition) held.set(one.name, one);
  const all = [...held.values()].toSorted((a, b) => (a.value.on < b.value.on ? 1 : -1));
  const catalogue = catalogueOf(all);
  return {
    held,
    list: keepJson({ publications: all.map(entryOf) }),
    catalogue: catalogue === null ? null : keepJson(catalogue, "application/ld+json; charset=utf-8"),
    figures: new Map(),
  };
}

/** How long the lists are believed before they are looked at again. */
const believedFor = 1_000;

/** The shelf, read again when a list beside the folders changed. */
function shelfOf(root: string): () => Promise<Shelf> {
  let [state, shelf, looked] = ["", null as Promise<Shelf> | null, 0];
  const stateNow = async (): Promise<string> =>
    (
      await Promise.all(
        ["cijfers.json", "lijst.json"].map(
          async (name) =>
            await stat(join(root, name)).then(
              ({ mtimeMs, size }) => `${mtimeMs} ${size}`,
              () => "-",
            ),
        ),
      )
    ).join();
  return async () => {
    if (shelf !== null && Date.now() - looked < believedFor) return await shelf;
    looked = Date.now();
    const now = await stateNow();
    if (shelf === null || now !== state) {
      state = now;
      shelf = readShelf(root);
    }
    return await shelf;
  };
}

/** Sends what is kept, or says that the asker has it already. Anyone's page may read it; only with GET. */
async function send(request: FastifyRequest, reply: FastifyReply, { bytes, gzip, tags, type }: Kept): Promise<FastifyReply> {
  const compressed = /\bgzip\b/u.test(String(request.headers["accept-encoding"] ?? ""));
  void reply
    .header("Access-Control-Allow-Origin", "*")
    .header("Access-Control-Expose-Headers", "API-Version, ETag")
    .header("Cross-Origin-Resource-Policy", "cross-origin")
    .header("Cache-Control", "public, no-cache")
    .header("Vary", "Accept-Encoding")
    .header("ETag", compressed ? tags[1] : tags[0]);
  const known = String(request.headers["if-none-match"] ?? "")
    .split(",")
    .map((one) => one.trim().replace(/^W\//u, ""));
  if (known.includes("*") || tags.some((tag) => known.includes(tag))) return await reply.code(304).send();
  if (compressed) void reply.header("Content-Encoding", "gzip");
  return await reply.type(type).send(compressed ? gzip : bytes);
}

const Name = Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,79}$" });
const none = (what: string): Problem => new Problem("not-found", `${what} is not published`, "GET /api/v1/open-data/publications lists what is.");

/** `GET /api/v1/open-data/…`. @param root folder of publications */
export async function serveOpenData(frame: FastifyInstance, root: string): Promise<void> {
  const server = frame.withTypeProvider<TypeBoxTypeProvider>();
  const shelf = shelfOf(root);
  const tags = ["open-data"];
  const notChanged = { 304: Type.Null({ description: "What the asker has by If-None-Match is what there is" }) };
  server.get(
    "/api/v1/open-data/publications",
    { schema: { tags, operationId: "listOpenData", summary: "What is published, newest first", response: { 200: PublicationEntries, ...notChanged } } },
    async (request, reply) => await send(request, reply, (await shelf()).list),
  );
  server.get(
    "/api/v1/open-data/publications/:publication",
    {
      schema: {
        tags,
        operationId: "readOpenData",
        summary: "Every figure of a publication: the newest edition of a quarter's national picture, or a publication of the Monitor",
        params: Type.Object({ publication: Name }),
        response: { 200: Type.Union([Picture, Publication]), ...notChanged },
      },
    },
    async (request, reply) => {
      const held = (await shelf()).held.get(request.params.publication);
      if (held === undefined) throw none(request.params.publication);
      return await send(request, reply, held.file);
    },
  );
  server.get(
    "/api/v1/open-data/figures/:publication/:series/:group",
    {
      schema: {
        tags,
        operationId: "readFigure",
        summary: "One figure, frozen: number, margin, n, denominator, period, source and the fingerprint of its publication",
        params: Type.Object({
          publication: Name,
          series: Type.String({ pattern: "^[a-z][a-z0-9_-]{0,59}$" }),
          group: Type.String({ pattern: "^[a-z0-9][a-z0-9=+-]{0,149}$", description: "`alle`, or such as `province=pv26`" }),
        }),
        response: { 200: CitedFigure, ...notChanged },
      },
    },
    async (request, reply) => {
      const { publication, series, group } = request.params;
      const { held, figures } = await shelf();
      const id = `${publication}/${series}/${group}`;
      const before = figures.get(id);
      if (before !== undefined) return await send(request, reply, before);
      const from = held.get(publication);
      // A picture was checked when it was read; the Monitor's is read as far as citing takes.
      const figure = from === undefined ? null : "quarter" in from.value ? citePicture(from.value, id, from.digest) : citeFigure(from.value, id, from.digest);
      if (figure === null) throw none(id);
      const kept = keepJson(figure);
      // Only figures that exist come here, so this never grows past what is published.
      figures.set(id, kept);
      return await send(request, reply, kept);
    },
  );
  server.get(
    "/api/v1/open-data/catalogue",
    {
      schema: {
        tags,
        operationId: "readCatalogue",
        summary: "All open data as DCAT-AP-NL 3.0 in JSON-LD",
        response: {
          200: { description: "The catalogue", content: { "application/ld+json": { schema: Type.Record(Type.String(), Type.Unknown()) } } },
          ...notChanged,
        },
      },
    },
    async (request, reply) => {
      const { catalogue } = await shelf();
      if (catalogue === null) throw none("The catalogue");
      return await send(request, reply, catalogue);
    },
  );
}
