/**
 * A Zaken API for tests: real HTTP, every request judged by the published description, every answer too. Keeps zaken, statussen and resultaten in memory, with the rules of the standard that matter here.
 * Imported by tests only.
 */
import { createHmac, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import Type, { type Static } from "typebox";
import { Check, Parse } from "typebox/value";
import { endedType, zakenClient } from "./testing-settings.ts";
import { Contract, type Arrived, type Operation } from "./testing-contract.ts";

const ZaakBody = Type.Object({ identificatie: Type.String(), bronorganisatie: Type.String(), vertrouwelijkheidaanduiding: Type.String() });
const StatusBody = Type.Object({ zaak: Type.String(), statustype: Type.String(), datumStatusGezet: Type.String() });
const ResultBody = Type.Object({ zaak: Type.String(), resultaattype: Type.String() });
type Kept<T> = T & { readonly url: string; readonly uuid: string };

/** What the server does with a request once it is judged: answers; answers and lets nobody hear it; or fails. */
export type Mood = "answer" | "silence" | "hang-up" | 503 | 301;

/** A running Zaken API. */
export interface ZakenServer {
  readonly api: string;
  /** Everything that was wrong with any request; a test that ends with one fails. */
  readonly complaints: readonly string[];
  /** Every request, as text. */
  readonly requests: readonly string[];
  readonly zaken: readonly Kept<Static<typeof ZaakBody>>[];
  readonly statuses: readonly Kept<Static<typeof StatusBody>>[];
  readonly results: readonly Kept<Static<typeof ResultBody>>[];
  /** What it does with the next requests of an operation; `answer` when not said. */
  mood: (operation: Operation) => Mood;
  /** Forgets what it was asked, not what it holds. */
  forget(): void;
  close(): Promise<void>;
}

async function read(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces).toString("utf8");
}

/** The rules of ZGW for a token: HS256 by the client's secret, of this client, issued now, naming a system. */
function tokenComplaints(header: string | undefined): string[] {
  const [head = "", claims = "", signature = ""] = (header ?? "").replace(/^Bearer /, "").split(".");
  if (createHmac("sha256", zakenClient.secret).update(`${head}.${claims}`).digest("base64url") !== signature) return ["the token's signature does not hold"];
  const { alg, iss, client_id, iat, exp, user_id, user_representation } = Parse(
    Type.Object({
      alg: Type.Literal("HS256"),
      iss: Type.String(),
      client_id: Type.String(),
      iat: Type.Integer(),
      exp: Type.Integer(),
      user_id: Type.String({ minLength: 1 }),
      user_representation: Type.String({ minLength: 1 }),
    }),
    { ...JSON.parse(Buffer.from(head, "base64url").toString()), ...JSON.parse(Buffer.from(claims, "base64url").toString()) },
  );
  const now = Date.now() / 1_000;
  const right = alg === "HS256" && iss === zakenClient.clientId && client_id === iss && iat <= now && iat > now - 3_600 * 24 * 60 && exp > iat;
  return right && user_id === "rugdekking" && user_representation === "Rugdekking" ? [] : ["the token does not say what it must"];
}

const problem = (status: number, code: string): object => ({ code, title: code, status, detail: code, instance: "urn:uuid:test", invalidParams: [] });

/** Starts it on a free port. */
export async function listenForZaken(): Promise<ZakenServer> {
  const contract = new Contract(join(import.meta.dirname, "vectors", "zaken-openapi.yaml"));
  const complaints: string[] = [];
  const requests: string[] = [];
  const zaken: Kept<Static<typeof ZaakBody>>[] = [];
  const statuses: Kept<Static<typeof StatusBody>>[] = [];
  const results: Kept<Static<typeof ResultBody>>[] = [];
  const state: { mood: ZakenServer["mood"] } = { mood: () => "answer" };
  let api = "";

  const keep = <T extends object>(list: Kept<T>[], path: string, body: T): Kept<T> => {
    const uuid = randomUUID();
    const kept = { ...body, uuid, url: `${api}${path}/${uuid}` };
    list.push(kept);
    return kept;
  };
  const page = (found: readonly object[]): { status: number; value: object } => ({
    status: 200,
    value: { count: found.length, next: null, previous: null, results: found },
  });
  const wholeZaak = (zaak: Kept<Static<typeof ZaakBody>>): object => {
    const ended = statuses.find(({ zaak: of, statustype }) => of === zaak.url && statustype === endedType);
    return {
      ...zaak,
      betalingsindicatieWeergave: "",
      deelzaken: [],
      eigenschappen: [],
      rollen: [],
      zaakinformatieobjecten: [],
      zaakobjecten: [],
      status: statuses.findLast(({ zaak: of }) => of === zaak.url)?.url ?? null,
      resultaat: results.find(({ zaak: of }) => of === zaak.url)?.url ?? null,
      einddatum: ended === undefined ? null : ended.datumStatusGezet.slice(0, 10),
    };
  };
  const wholeStatus = (status: Kept<Static<typeof StatusBody>>): object => ({ ...status, indicatieLaatstGezetteStatus: false, zaakinformatieobjecten: [] });

  const answers: Record<string, (operation: Operation) => { status: number; value: object }> = {
    zaak_list: ({ query }) =>
      page(
        zaken
          .filter((zaak) => zaak.identificatie === query.get("identificatie") && zaak.bronorganisatie === query.get("bronorganisatie"))
          .map((zaak) => wholeZaak(zaak)),
      ),
    zaak_create: ({ body }) => {
      const zaak = Parse(ZaakBody, body);
      if (zaken.some((one) => one.identificatie === zaak.identificatie && one.bronorganisatie === zaak.bronorganisatie))
        return { status: 400, value: problem(400, "identificatie-niet-uniek") };
      return { status: 201, value: wholeZaak(keep(zaken, "/zaken", zaak)) };
    },
    status_list: ({ query }) =>
      page(statuses.filter(({ zaak, statustype }) => zaak === query.get("zaak") && statustype === query.get("statustype")).map((one) => wholeStatus(one))),
    status_create: ({ body }) => {
      const status = Parse(StatusBody, body);
      const earlier = statuses.filter(({ zaak }) => zaak === status.zaak);
      if (!zaken.some(({ url }) => url === status.zaak)) return { status: 400, value: problem(400, "bad-url") };
      if (earlier.some((one) => Date.parse(one.datumStatusGezet) >= Date.parse(status.datumStatusGezet)))
        return { status: 400, value: problem(400, "unique-or-out-of-order") };
      if (status.statustype === endedType && !results.some(({ zaak }) => zaak === status.zaak))
        return { status: 400, value: problem(400, "resultaat-does-not-exist") };
      return { status: 201, value: wholeStatus(keep(statuses, "/statussen", status)) };
    },
    resultaat_list: ({ query }) => page(results.filter(({ zaak }) => zaak === query.get("zaak"))),
    resultaat_create: ({ body }) => {
      const result = Parse(ResultBody, body);
      if (results.some(({ zaak }) => zaak === result.zaak)) return { status: 400, value: problem(400, "unique") };
      return { status: 201, value: keep(results, "/resultaten", result) };
    },
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await read(request);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]));
    const path = (request.url ?? "").replace("/zaken/api/v1", "");
    const arrived: Arrived = { method: request.method ?? "", path, headers, body };
    requests.push(`${arrived.method} ${path} ${JSON.stringify(headers)} ${body}`);
    const judged = contract.judge(arrived);
    const wrong = [...judged.complaints, ...tokenComplaints(headers["authorization"])];
    complaints.push(...wrong.map((complaint) => `${arrived.method} ${path}: ${complaint}`));
    const send = (status: number, value: object): void => {
      response.writeHead(status, { "Content-Type": status < 400 ? "application/json" : "application/problem+json", "API-version": "1.5.0" });
      response.end(JSON.stringify(value));
    };
    const { operation } = judged;
    const answer = operation === null ? undefined : answers[operation.id];
    if (wrong.length > 0 || operation === null || answer === undefined) return send(400, problem(400, "invalid"));
    const mood = state.mood(operation);
    if (mood === 301) return void response.writeHead(301, { Location: `${api}/zaken` }).end();
    if (mood === 503) return send(503, problem(503, "away"));
    const { status, value } = answer(operation);
    complaints.push(...contract.judgeAnswer(arrived.method, operation.path, status, value).map((complaint) => `own answer to ${operation.id}: ${complaint}`));
    if (mood === "silence") return;
    if (mood === "hang-up") return void response.destroy();
    send(status, value);
  };
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      complaints.push(`the test's server failed: ${String(error)}`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (!Check(Type.Object({ port: Type.Integer() }), address)) throw new Error("no port");
  api = `http://127.0.0.1:${address.port}/zaken/api/v1`;
  return Object.assign(state, {
    api,
    complaints,
    requests,
    zaken,
    statuses,
    results,
    forget: () => {
      requests.length = 0;
      complaints.length = 0;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
