/**
 * A minimal zaak at a Zaken API (ZGW, Zaken API 1.5): a pointer, a zaaktype, how confidential, a day; then open and ended. Called by deliver.ts, one change at a time.
 *
 * [Note: One zaak for one dossier] Whatever is lost on the way, a second zaak is never made: its `identificatie` is the pointer, and before every POST that may have been done already, the API is asked
 * whether it was. What was made is remembered the moment it is known. The same holds for resultaat and status: a status is known by its statustype and the moment of the change.
 */
import { createHmac } from "node:crypto";
import Type, { type TSchema, type Static } from "typebox";
import { Check } from "typebox/value";
import type { OutgoingChange } from "#services/dossier/store/outgoing.ts";
import type { Workflows } from "#services/dossier/workflow/enforce.ts";
import { dutchDay } from "#services/dossier/workflow/terms.ts";
import { readZaak, rememberZaak } from "#services/integrations/store/zaken.ts";
import type { Database } from "#services/storage/index.ts";
import { DeliveryFailure } from "./failure.ts";
import { call, requireYes, type Inbound } from "./outbound.ts";
import type { Zaken } from "./settings.ts";
import { stageOf } from "./stage.ts";

/** All that a zaak of ours ever holds. */
export interface MinimalZaak {
  /** The pointer. */
  readonly identificatie: string;
  readonly bronorganisatie: string;
  readonly omschrijving: string;
  readonly zaaktype: string;
  readonly registratiedatum: string;
  readonly verantwoordelijkeOrganisatie: string;
  readonly startdatum: string;
  readonly vertrouwelijkheidaanduiding: string;
}

/** The zaak for a dossier; every field is a constant of the settings, a day, or the pointer. */
export function minimalZaak(zaken: Zaken, pointer: string, { kind, since }: Pick<OutgoingChange, "kind" | "since">, today: Date): MinimalZaak {
  return {
    identificatie: pointer,
    bronorganisatie: zaken.bronorganisatie,
    omschrijving: kind === "signal" ? "Signaal (inhoud elders)" : "Dossier (inhoud elders)",
    zaaktype: zaken.zaaktype,
    registratiedatum: dutchDay(today),
    verantwoordelijkeOrganisatie: zaken.verantwoordelijkeOrganisatie,
    startdatum: dutchDay(since),
    vertrouwelijkheidaanduiding: zaken.vertrouwelijkheidaanduiding,
  };
}

/** Statustype that goes with a change; null when the settings name none. */
export function statustypeFor(zaken: Zaken, workflows: Workflows, change: Pick<OutgoingChange, "kind" | "phase">): string | null {
  if (zaken.statuses === undefined) return null;
  return zaken.phases?.[change.kind]?.[change.phase] ?? zaken.statuses[stageOf(workflows, change)];
}

/** Seconds a token is good for: a proxy that keeps one has little of it. */
const tokenSeconds = 300;

/** The JWT of ZGW: HS256 (RFC 7515, 7519) over client and system; names no person. Issued a little in the past, for clocks that differ. */
export function zgwToken({ clientId, secret, userId, userRepresentation }: Zaken, at: Date): string {
  const issued = Math.floor(at.getTime() / 1_000) - 10;
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iss: clientId, iat: issued, exp: issued + tokenSeconds, client_id: clientId, user_id: userId, user_representation: userRepresentation };
  const signed = `${encode({ typ: "JWT", alg: "HS256" })}.${encode(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

const Made = Type.Object({ url: Type.String({ minLength: 1, maxLength: 1000 }) });
const Found = Type.Object({ results: Type.Array(Made) });
const FoundStatuses = Type.Object({ results: Type.Array(Type.Object({ datumStatusGezet: Type.String() })) });

/** What a delivery of a zaak works with. */
export interface ZakenDelivery {
  readonly db: Database;
  readonly workflows: Workflows;
  readonly clock: () => Date;
  /** The house stops: break off. */
  readonly stopping?: AbortSignal;
  /** Opaque name of a dossier in an organisation. */
  pointerOf(organisation: string, dossier: string): string;
}

/** One Zaken API as this house talks to it. `/zaken` alone has geometry: the standard wants both coordinate headers there, also without a body. */
class Api {
  readonly #zaken: Zaken;
  readonly #delivery: ZakenDelivery;

  constructor(zaken: Zaken, delivery: ZakenDelivery) {
    this.#zaken = zaken;
    this.#delivery = delivery;
  }

  async #call(method: "GET" | "POST", path: string, body: object | null): Promise<Inbound> {
    return await call({
      method,
      url: `${this.#zaken.api}${path}`,
      headers: {
        Accept: "application/json",
        Authorization: `Bearer ${zgwToken(this.#zaken, this.#delivery.clock())}`,
        ...(path.startsWith("/zaken") ? { "Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326" } : {}),
        ...(body === null ? {} : { "Content-Type": "application/json" }),
      },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
      ...(this.#delivery.stopping === undefined ? {} : { stopping: this.#delivery.stopping }),
    });
  }

  #read<T extends TSchema>(schema: T, inbound: Inbound): Static<T> {
    requireYes(inbound);
    let value: unknown = null;
    try {
      value = JSON.parse(inbound.body);
    } catch {
      // Said below.
    }
    if (!Check(schema, value)) throw new DeliveryFailure("answer-unreadable", inbound.status);
    return value;
  }

  async list<T extends TSchema>(schema: T, path: string, query: Readonly<Record<string, string>>): Promise<Static<T>> {
    return this.#read(schema, await this.#call("GET", `${path}?${new URLSearchParams(query).toString()}`, null));
  }

  async make(path: string, body: object): Promise<string> {
    return this.#read(Made, await this.#call("POST", path, body)).url;
  }
}

async function findZaak(api: Api, { bronorganisatie }: Zaken, identificatie: string): Promise<string | null> {
  const { results } = await api.list(Found, "/zaken", { identificatie, bronorganisatie });
  return results[0]?.url ?? null;
}

async function findOrMakeZaak(api: Api, zaken: Zaken, zaak: MinimalZaak): Promise<string> {
  const found = await findZaak(api, zaken, zaak.identificatie);
  if (found !== null) return found;
  try {
    return await api.make("/zaken", zaak);
  } catch (error) {
    // Somebody else of us may have made it in between: the API keeps `identificatie` unique within a bronorganisatie.
    if (!(error instanceof DeliveryFailure) || error.status !== 400) throw error;
    const since = await findZaak(api, zaken, zaak.identificatie);
    if (since === null) throw error;
    return since;
  }
}

/** Brings the zaak of a dossier up to a change. Safe to repeat, and to break off anywhere. @throws {@link DeliveryFailure} */
export async function deliverZaak(delivery: ZakenDelivery, zaken: Zaken, change: OutgoingChange): Promise<void> {
  const api = new Api(zaken, delivery);
  const known = await readZaak(delivery.db, change);
  const url =
    known?.url ?? (await findOrMakeZaak(api, zaken, minimalZaak(zaken, delivery.pointerOf(change.organisation, change.dossier), change, delivery.clock())));
  if (known === null) await rememberZaak(delivery.db, change, { url, status: null });
  const statustype = statustypeFor(zaken, delivery.workflows, change);
  if (statustype === null || statustype === known?.status) return;
  if (zaken.result !== undefined && stageOf(delivery.workflows, change) === "ended") {
    const { results } = await api.list(Found, "/resultaten", { zaak: url });
    if (results.length === 0) await api.make("/resultaten", { zaak: url, resultaattype: zaken.result });
  }
  const { results } = await api.list(FoundStatuses, "/statussen", { zaak: url, statustype });
  if (!results.some(({ datumStatusGezet }) => Date.parse(datumStatusGezet) === change.at.getTime()))
    await api.make("/statussen", { zaak: url, statustype, datumStatusGezet: change.at.toISOString() });
  await rememberZaak(delivery.db, change, { url, status: statustype });
}
