/**
 * The open data API: everything that is published, at permanent addresses, readable from any site. Registered by create-server.ts; reads the folder that publications.ts hands out, and nothing else.
 * What is answered is kept in memory, as bytes and as gzip, until the lists beside the folders change: nothing in it is secret, so it may be compressed.
 */
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import { CitedFigure } from "#services/figures/contract/citation.ts";
import { citeFigure, citePicture } from "#services/figures/contract/cite.ts";
import { Picture, PictureList, type PictureGroup } from "#services/figures/contract/picture.ts";
import { Trend, trendOf, type PublishedPicture } from "#services/figures/contract/trend.ts";
import { Publication, PublicationId } from "#services/monitor/contract/publication.ts";
import { Problem } from "#services/problem/index.ts";
import { apiVersion } from "./headers.ts";
import { prepare, sendPrepared, type Prepared, type PreparedShelf } from "./prepared.ts";

/** A publication as it lies there. */
interface Held {
  readonly name: string;
  readonly folder: string;
  readonly kind: "figures" | "monitor";
  readonly value: Picture | Publication;
  /** SHA-256 of `publication.json`, hexadecimal. */
  readonly digest: string;
  readonly file: Prepared;
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

/** Anyone's page may read it; it is asked for again only when it changed. */
const openHeaders = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "API-Version, ETag",
  "Cross-Origin-Resource-Policy": "cross-origin",
  "Cache-Control": "public, no-cache",
  "API-Version": apiVersion,
} as const;
const keep = (bytes: Buffer, type: string): Prepared => prepare(bytes, { ...openHeaders, "Content-Type": type }, true);
const keepJson = (value: unknown, type = "application/json; charset=utf-8"): Prepared => keep(Buffer.from(JSON.stringify(value)), type);

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
  /** The newest edition of each quarter. */
  readonly pictures: readonly PublishedPicture[];
  /** Answers by their exact address: the list, the catalogue and all publications at once, figures and lines from the moment they were asked for. */
  readonly ready: Map<string, { readonly prepared: Prepared; readonly route: string }>;
}

const root = "/api/v1/open-data";

async function readShelf(folder: string): Promise<Shelf> {
  const pictures = await parsed(join(folder, "cijfers.json"));
  const waves = await parsed(join(folder, "lijst.json"));
  const found = [
    ...(await Promise.all((Check(PictureList, pictures) ? pictures.publications : []).map(async (name) => await hold(folder, name, "figures")))),
    ...(await Promise.all((Check(MonitorList, waves) ? waves.publications : []).map(async (name) => await hold(folder, name, "monitor")))),
  ].flatMap((one) => one ?? []);
  const held = new Map<string, Held>();
  // Of one quarter the highest edition is what is published now.
  for (const one of found) if ((held.get(one.name)?.value.edition ?? 0) < one.value.edition) held.set(one.name, one);
  const all = [...held.values()].toSorted((a, b) => (a.value.on < b.value.on ? 1 : -1));
  const catalogue = catalogueOf(all);
  const ready: Shelf["ready"] = new Map([
    [`${root}/publications`, { prepared: keepJson({ publications: all.map(entryOf) }), route: `${root}/publications` }],
    ...all.map(({ name, file }) => [`${root}/publications/${name}`, { prepared: file, route: `${root}/publications/:publication` }] as const),
  ]);
  if (catalogue !== null) ready.set(`${root}/catalogue`, { prepared: keepJson(catalogue, "application/ld+json; charset=utf-8"), route: `${root}/catalogue` });
  return { held, pictures: all.flatMap(({ value, digest }) => ("quarter" in value ? [{ picture: value, digest }] : [])), ready };
}

/** How long the lists are believed before they are looked at again. */
const believedFor = 1_000;

/** The shelf, read again when a list beside the folders changed. */
function shelfOf(folder: string) {
  let [state, shelf, looked] = ["", null as Promise<Shelf> | null, 0];
  let here: Shelf | null = null;
  const stateNow = async (): Promise<string> =>
    (
      await Promise.all(
        ["cijfers.json", "lijst.json"].map(
          async (name) =>
            await stat(join(folder, name)).then(
              ({ mtimeMs, size }) => `${mtimeMs} ${size}`,
              () => "-",
            ),
        ),
      )
    ).join();
  return {
    /** As it is now. */
    read: async (): Promise<Shelf> => {
      if (shelf !== null && Date.now() - looked < believedFor) return await shelf;
      looked = Date.now();
      const now = await stateNow();
      if (shelf === null || now !== state) {
        here = null;
        state = now;
        shelf = readShelf(folder);
      }
      const read = await shelf;
      here = read;
      return read;
    },
    /** As it was looked at a moment ago; null once that is too long ago: then it is read again first. */
    believed: (): Shelf | null => (Date.now() - looked < believedFor ? here : null),
  };
}

const Name = Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,79}$" });
const none = (what: string): Problem => new Problem("not-found", `${what} is not published`, "GET /api/v1/open-data/publications lists what is.");

const SeriesName = Type.String({ pattern: "^[a-z][a-z0-9_-]{0,59}$" });
const GroupName = Type.String({ pattern: "^[a-z0-9][a-z0-9=+-]{0,149}$", description: "`alle`, or such as `province=pv26`" });

/** A group by its name in an address. */
const groupNamed = (name: string): PictureGroup =>
  name === "alle" ? {} : Object.fromEntries(name.split("+").map((part): readonly [string, string] => [part.split("=")[0] ?? "", part.split("=")[1] ?? ""]));

/** A figure as it is cited, ready to be sent; null when it is not published or not shown. */
function figureNamed({ held }: Shelf, publication: string, id: string): Prepared | null {
  const from = held.get(publication);
  if (from === undefined) return null;
  // A picture was checked when it was read; the Monitor's is read as far as citing takes.
  const figure = "quarter" in from.value ? citePicture(from.value, id, from.digest) : citeFigure(from.value, id, from.digest);
  return figure === null ? null : keepJson(figure);
}

/**
 * `GET /api/v1/open-data/…`.
 * @param folder of publications
 * @returns what is ready to be sent before any route is looked for
 */
export async function serveOpenData(frame: FastifyInstance, folder: string): Promise<PreparedShelf> {
  const server = frame.withTypeProvider<TypeBoxTypeProvider>();
  const { read, believed } = shelfOf(folder);
  const tags = ["open-data"];
  const notChanged = { 304: Type.Null({ description: "What the asker has by If-None-Match is what there is" }) };
  /** Sends what stands at this address, or what can be made for it. Only what exists is kept, so this never grows past what is published. */
  const answer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    address: string,
    what: string,
    make: (shelf: Shelf) => Prepared | null = () => null,
  ): Promise<FastifyReply> => {
    const shelf = await read();
    const before = shelf.ready.get(address)?.prepared;
    const prepared = before ?? make(shelf);
    if (prepared === null) throw none(what);
    if (before === undefined) shelf.ready.set(address, { prepared, route: request.routeOptions.url ?? "" });
    return await sendPrepared(request, reply, prepared);
  };
  server.get(
    `${root}/publications`,
    { schema: { tags, operationId: "listOpenData", summary: "What is published, newest first", response: { 200: PublicationEntries, ...notChanged } } },
    async (request, reply) => await answer(request, reply, `${root}/publications`, "The list"),
  );
  server.get(
    `${root}/publications/:publication`,
    {
      schema: {
        tags,
        operationId: "readOpenData",
        summary: "Every figure of a publication: the newest edition of a quarter's national picture, or a publication of the Monitor",
        params: Type.Object({ publication: Name }),
        response: { 200: Type.Union([Picture, Publication]), ...notChanged },
      },
    },
    async (request, reply) => await answer(request, reply, `${root}/publications/${request.params.publication}`, request.params.publication),
  );
  server.get(
    `${root}/figures/:publication/:series/:group`,
    {
      schema: {
        tags,
        operationId: "readFigure",
        summary: "One figure, frozen: number, margin, n, denominator, period, source and the fingerprint of its publication",
        params: Type.Object({ publication: Name, series: SeriesName, group: GroupName }),
        response: { 200: CitedFigure, ...notChanged },
      },
    },
    async (request, reply) => {
      const { publication, series, group } = request.params;
      const id = `${publication}/${series}/${group}`;
      return await answer(request, reply, `${root}/figures/${id}`, id, (shelf) => figureNamed(shelf, publication, id));
    },
  );
  server.get(
    `${root}/trends/:series/:group`,
    {
      schema: {
        tags,
        operationId: "readTrend",
        summary: "A series of the national picture over all published quarters, with its months and its breaks; each point is a figure with its own address",
        params: Type.Object({ series: SeriesName, group: GroupName }),
        response: { 200: Trend, ...notChanged },
      },
    },
    async (request, reply) => {
      const { series, group } = request.params;
      return await answer(request, reply, `${root}/trends/${series}/${group}`, `${series}/${group}`, ({ pictures }) => {
        const trend = trendOf(pictures, series, groupNamed(group));
        return trend === null ? null : keepJson(trend);
      });
    },
  );
  server.get(
    `${root}/catalogue`,
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
    async (request, reply) => await answer(request, reply, `${root}/catalogue`, "The catalogue"),
  );
  return (address) => (address.startsWith(root) ? (believed()?.ready.get(address) ?? null) : null);
}
