/** Systems outside, for checks: a Zaken API and a receiver of webhooks that keep all they hear, and the integrations file that names them. For the checks in this folder. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Type from "typebox";
import { Check } from "typebox/value";
import { dossierKinds } from "#services/dossier/contract/index.ts";
import type { IntegrationsFile } from "#services/integrations/contract/index.ts";
import { endedType, zakenClient } from "#services/integrations/server/testing-settings.ts";
import { listenForZaken, type ZakenServer } from "#services/integrations/server/testing-zaken.ts";

/** What stands outside. */
export interface OutsideEars {
  /** The integrations file that names both. */
  readonly file: string;
  readonly zaken: ZakenServer;
  /** Events as they came, headers included. */
  readonly events: readonly string[];
  close(): Promise<void>;
}

/** Starts both, for every kind of dossier, as systems of one organisation. */
export async function listenOutside(organisation: string): Promise<OutsideEars> {
  const folder = await mkdtemp(join(tmpdir(), "rugdekking-outside-"));
  const zaken = await listenForZaken();
  const events: string[] = [];
  const receiver = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      events.push(`${request.url ?? ""} ${JSON.stringify(request.headers)} ${Buffer.concat(pieces).toString("utf8")}`);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const address = receiver.address();
  if (!Check(Type.Object({ port: Type.Integer() }), address)) throw new Error("no port");
  const catalogue = "https://catalogi.example.nl/catalogi/api/v1";
  const integrations: IntegrationsFile = {
    zaken: [
      {
        name: "zaaksysteem",
        organisation,
        kinds: [...dossierKinds],
        api: zaken.api,
        clientId: zakenClient.clientId,
        secretFile: "zaken-secret",
        zaaktype: `${catalogue}/zaaktypen/1`,
        bronorganisatie: "123456782",
        verantwoordelijkeOrganisatie: "123456782",
        statuses: { open: `${catalogue}/statustypen/1`, ended: endedType },
        result: `${catalogue}/resultaattypen/1`,
      },
    ],
    webhooks: [
      {
        name: "dashboard",
        organisation,
        kinds: [...dossierKinds],
        url: `http://127.0.0.1:${address.port}/nieuws`,
        secretFile: "hook-secret",
        source: "urn:nld:test",
      },
    ],
  };
  const file = join(folder, "integrations.json");
  await writeFile(file, JSON.stringify(integrations));
  await writeFile(join(folder, "zaken-secret"), `${zakenClient.secret}\n`, { mode: 0o600 });
  await writeFile(join(folder, "hook-secret"), `whsec_${Buffer.alloc(32, 5).toString("base64")}\n`, { mode: 0o600 });
  return {
    file,
    zaken,
    events,
    close: async () => {
      await zaken.close();
      receiver.closeAllConnections();
      await new Promise((resolve) => receiver.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
