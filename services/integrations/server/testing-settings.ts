/** Settings of invented destinations. Kept apart from what seals, so that a test can run the job alone in a process of its own. Imported by tests only. */
import type { Webhook, Zaken } from "./settings.ts";

/** The client every token must be of, and its secret. */
export const zakenClient = { clientId: "rugdekking", secret: "verzonnen-geheim-van-de-test" };
/** Statustype that closes a zaak, in the catalogue of the tests. */
export const endedType = "https://catalogi.example.nl/catalogi/api/v1/statustypen/afgerond";

/** This house's key for pointers, in tests. */
export const pointerKey = new Uint8Array(32).fill(7);

const catalogue = "https://catalogi.example.nl/catalogi/api/v1";

/** Settings for a Zaken API at `api`, of the municipality of the tests. */
export const zakenAt = (api: string, extra: Partial<Zaken> = {}): Zaken => ({
  type: "zaken",
  name: "zaaksysteem",
  organisation: "gm0000",
  kinds: ["signal"],
  api,
  ...zakenClient,
  userId: "rugdekking",
  userRepresentation: "Rugdekking",
  zaaktype: `${catalogue}/zaaktypen/signaal`,
  bronorganisatie: "123456782",
  verantwoordelijkeOrganisatie: "111222333",
  vertrouwelijkheidaanduiding: "zeer_geheim",
  statuses: { open: `${catalogue}/statustypen/open`, ended: endedType },
  result: `${catalogue}/resultaattypen/afgehandeld`,
  ...extra,
});

/** Settings for a receiver at `url`. */
export const webhookAt = (url: string, extra: Partial<Webhook> = {}): Webhook => ({
  type: "webhook",
  name: "meldkamer",
  organisation: "gm0000",
  kinds: ["signal"],
  url,
  secrets: [Buffer.alloc(32, 3)],
  says: "nothing",
  ...extra,
});
