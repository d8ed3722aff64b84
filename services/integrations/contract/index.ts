/** What an operator writes in the integrations file, and what the house says about deliveries; read by the server room, apps/server and the command line. */
import Type, { type Static } from "typebox";
import { dossierKinds } from "#services/dossier/contract/index.ts";

/** Closed list of the standard (Zaken API 1.5, `VertrouwelijkheidaanduidingEnum`), from open to closed. */
export const confidentialities = [
  "openbaar",
  "beperkt_openbaar",
  "intern",
  "zaakvertrouwelijk",
  "vertrouwelijk",
  "confidentieel",
  "geheim",
  "zeer_geheim",
] as const;

/**
 * What a zaak is marked as unless the file says otherwise. A setting with a note: no rule names a value for a zaak without content. Even that there is one says that somebody in this organisation was threatened,
 * so the fewest possible people should see it; lowering it is a choice the operator writes down.
 */
export const standardConfidentiality = "zeer_geheim" satisfies (typeof confidentialities)[number];

const Name = Type.String({ pattern: "^[a-z0-9-]{1,40}$" });
const Kinds = Type.Array(Type.Enum(dossierKinds), { minItems: 1, uniqueItems: true });
const Address = Type.String({ minLength: 8, maxLength: 1000 });
const File = Type.String({ minLength: 1, maxLength: 1000 });
const Rsin = Type.String({ pattern: "^[0-9]{9}$" });

/** One Zaken API (ZGW) that gets a minimal zaak per dossier. */
export const ZakenDestination = Type.Object(
  {
    /** Own name of this destination: stands in the outbox and in `rugdekking doctor`. */
    name: Name,
    /** Id in registers/organisations. It hears of dossiers in which a desk of this organisation has part. */
    organisation: Type.String({ minLength: 1, maxLength: 80 }),
    /** Default: signals only. */
    kinds: Type.Optional(Kinds),
    /** Base address of the Zaken API, for example `https://zaken.example.nl/zaken/api/v1`. */
    api: Address,
    /** `client_id` of the JWT; also its `iss`. */
    clientId: Type.String({ minLength: 1, maxLength: 200 }),
    /** File with the secret of that client, relative to this file. */
    secretFile: File,
    /** `user_id` and `user_representation` of the JWT: a system, never a person. Default: `rugdekking`. */
    userId: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    userRepresentation: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    zaaktype: Address,
    bronorganisatie: Rsin,
    verantwoordelijkeOrganisatie: Rsin,
    /** Default {@link standardConfidentiality}. */
    vertrouwelijkheidaanduiding: Type.Optional(Type.Enum(confidentialities)),
    /** Statustypen: one while somebody owes something, one when nobody does. Left out: the zaak gets no status. */
    statuses: Type.Optional(Type.Object({ open: Address, ended: Address }, { additionalProperties: false })),
    /** Resultaattype set before the status `ended`: the standard closes no zaak without a resultaat. */
    result: Type.Optional(Address),
    /** Statustypen for single phases, by dossier kind. Says more than open or ended: the phase of a signal tells how police and OM weighed it. */
    phases: Type.Optional(Type.Partial(Type.Record(Type.Enum(dossierKinds), Type.Record(Type.String(), Address)))),
  },
  { additionalProperties: false },
);
export type ZakenDestination = Static<typeof ZakenDestination>;

/** One receiver of CloudEvents. */
export const WebhookDestination = Type.Object(
  {
    name: Name,
    organisation: Type.String({ minLength: 1, maxLength: 80 }),
    /** Default: signals only. */
    kinds: Type.Optional(Kinds),
    url: Address,
    /** File with `whsec_…` secrets (Standard Webhooks), one a line, relative to this file; every line signs, so that a secret can be changed without a gap. */
    secretFile: File,
    /** CloudEvents `source`. Default: the address of this house. */
    source: Type.Optional(Type.String({ minLength: 1, maxLength: 1000 })),
    /** What the event says besides that there is news. Default `nothing`; `stage`: open or ended; `phase`: the phase itself. */
    says: Type.Optional(Type.Enum(["nothing", "stage", "phase"])),
  },
  { additionalProperties: false },
);
export type WebhookDestination = Static<typeof WebhookDestination>;

/** The integrations file. */
export const IntegrationsFile = Type.Object(
  { zaken: Type.Optional(Type.Array(ZakenDestination)), webhooks: Type.Optional(Type.Array(WebhookDestination)) },
  { additionalProperties: false },
);
export type IntegrationsFile = Static<typeof IntegrationsFile>;

/** What the house writes in `<data>/integrations-status.json` after a round of deliveries; `rugdekking doctor` reads it. */
export const DeliveryStatus = Type.Object(
  {
    /** When it was written, RFC 3339. */
    at: Type.String(),
    destinations: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          /** False: the outbox holds something for a name that the settings do not have any more. */
          configured: Type.Boolean(),
          waiting: Type.Integer(),
          /** Given up after the last try. */
          dead: Type.Integer(),
          /** When the oldest of these happened; null when nothing waits. */
          oldest: Type.Union([Type.String(), Type.Null()]),
          /** Code of one of the failures, never words of the other side. */
          problem: Type.Union([Type.String(), Type.Null()]),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
export type DeliveryStatus = Static<typeof DeliveryStatus>;

/** Name of that file in the data directory. */
export const statusFile = "integrations-status.json";
