/** Reads the integrations file and the secrets beside it, strictly, and says in one line what is wrong with it. Called by apps/server at the start and by `rugdekking integrations check`. */
import { readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Check, Errors } from "typebox/value";
import type { DossierKind } from "#services/dossier/contract/index.ts";
import type { Workflows } from "#services/dossier/workflow/enforce.ts";
import { IntegrationsFile, standardConfidentiality, type WebhookDestination, type ZakenDestination } from "#services/integrations/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import { addressTrouble } from "./outbound.ts";

/** A Zaken API, complete. */
export interface Zaken extends Omit<ZakenDestination, "secretFile"> {
  readonly type: "zaken";
  readonly kinds: DossierKind[];
  readonly secret: string;
  readonly userId: string;
  readonly userRepresentation: string;
  readonly vertrouwelijkheidaanduiding: NonNullable<ZakenDestination["vertrouwelijkheidaanduiding"]>;
}

/** A receiver of events, complete. */
export interface Webhook extends Omit<WebhookDestination, "secretFile"> {
  readonly type: "webhook";
  readonly kinds: DossierKind[];
  /** Keys, newest first; each signs. */
  readonly secrets: readonly Uint8Array[];
  readonly says: NonNullable<WebhookDestination["says"]>;
}

/** Where this house tells that there is news. */
export type Destination = Zaken | Webhook;

/** What the file is judged by. */
export interface ReadingOf {
  readonly production: boolean;
  readonly workflows: Workflows;
  /** Ids of the organisations this house knows. */
  readonly organisations: ReadonlySet<string>;
}

const refuse = (what: string, mend: string): never => {
  throw new Problem("input-malformed", what, mend);
};

/** The 11-test every RSIN passes. */
export function isRsin(digits: string): boolean {
  if (!/^[0-9]{9}$/.test(digits)) return false;
  return [...digits].reduce((sum, digit, place) => sum + Number(digit) * (place === 8 ? -1 : 9 - place), 0) % 11 === 0;
}

async function readText(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return refuse(`${what}: ${path} cannot be read`, "Check the name and the rights of the file.");
  }
}

/** @throws Problem `input-malformed` when it cannot be read, or when everyone on this machine may read it. */
async function readSecretFile(folder: string, name: string, what: string): Promise<string[]> {
  const path = resolve(folder, name);
  const text = await readText(path, what);
  if (((await stat(path)).mode & 0o007) !== 0) refuse(`${what}: everyone on this machine may read ${path}`, `Take that right away: chmod o= ${path}`);
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** Standard Webhooks: `whsec_` and base64 of 24 to 64 random bytes. */
function webhookKey(line: string, what: string): Uint8Array {
  const key = /^whsec_[A-Za-z0-9+/]+={0,2}$/.test(line) ? Buffer.from(line.slice("whsec_".length), "base64") : Buffer.alloc(0);
  if (key.length < 24 || key.length > 64)
    refuse(`${what} holds a line that is not a webhook secret`, 'Write whsec_ and base64 of 32 random bytes: echo "whsec_$(openssl rand -base64 32)"');
  return key;
}

function checkAddresses(what: string, addresses: readonly (readonly [string, string | undefined])[], production: boolean, called: boolean): void {
  for (const [field, address] of addresses) {
    if (address === undefined) continue;
    const trouble = called ? addressTrouble(address, production) : URL.parse(address) === null ? "is not an address" : null;
    if (trouble !== null) refuse(`${what}/${field} ${trouble}`, "Give an address like https://name/path, without a name or password in it.");
  }
}

function checkCommon(what: string, { organisation }: { readonly organisation: string }, of: ReadingOf): void {
  if (!of.organisations.has(organisation))
    refuse(`${what}/organisation: ${organisation} is not in the register`, "Give the id of the organisation whose system this is, for example gm0363.");
}

async function completeZaken(given: ZakenDestination, what: string, folder: string, of: ReadingOf): Promise<Zaken> {
  checkCommon(what, given, of);
  checkAddresses(what, [["api", given.api]], of.production, true);
  const phases = Object.entries(given.phases ?? {});
  checkAddresses(
    what,
    [
      ["zaaktype", given.zaaktype],
      ["statuses/open", given.statuses?.open],
      ["statuses/ended", given.statuses?.ended],
      ["result", given.result],
      ...phases.flatMap(([kind, map]) => Object.entries(map).map(([phase, address]) => [`phases/${kind}/${phase}`, address] as const)),
    ],
    of.production,
    false,
  );
  for (const field of ["bronorganisatie", "verantwoordelijkeOrganisatie"] as const)
    if (!isRsin(given[field])) refuse(`${what}/${field} is not an RSIN: it fails the 11-test`, "Give the nine digits of the organisation's RSIN.");
  if (given.statuses !== undefined && given.result === undefined)
    refuse(`${what} has statuses and no result`, "Add the address of a resultaattype as result: the standard closes no zaak without one.");
  if (given.statuses === undefined && (given.result !== undefined || given.phases !== undefined))
    refuse(`${what} has a result or phases, and no statuses`, "Add statuses with open and ended.");
  for (const [kind, map] of phases)
    for (const phase of Object.keys(map))
      if (!Object.entries(of.workflows).some(([name, workflow]) => name === kind && phase in workflow.phases))
        refuse(`${what}/phases/${kind}: there is no phase ${phase}`, "The phases stand in docs/workflows.md.");
  const { secretFile, kinds = ["signal"], userId = "rugdekking", userRepresentation = "Rugdekking", vertrouwelijkheidaanduiding, ...rest } = given;
  const [secret = "", ...more] = await readSecretFile(folder, secretFile, `${what}/secretFile`);
  if (secret.length < 16 || more.length > 0)
    refuse(`${what}/secretFile does not hold one line of 16 characters or more`, "Put the client's secret in it, and nothing else.");
  return {
    ...rest,
    type: "zaken",
    api: given.api.replace(/\/+$/, ""),
    kinds,
    secret,
    userId,
    userRepresentation,
    vertrouwelijkheidaanduiding: vertrouwelijkheidaanduiding ?? standardConfidentiality,
  };
}

async function completeWebhook(given: WebhookDestination, what: string, folder: string, of: ReadingOf): Promise<Webhook> {
  checkCommon(what, given, of);
  checkAddresses(what, [["url", given.url]], of.production, true);
  const { secretFile, kinds = ["signal"], says = "nothing", ...rest } = given;
  const lines = await readSecretFile(folder, secretFile, `${what}/secretFile`);
  if (lines.length === 0 || lines.length > 4)
    refuse(`${what}/secretFile holds ${lines.length} secrets`, "Put one to four secrets in it, each on its own line.");
  return { ...rest, type: "webhook", kinds, says, secrets: lines.map((line) => webhookKey(line, `${what}/secretFile`)) };
}

/**
 * Reads the file and every secret it names.
 * @param path the integrations file; names of secret files in it are relative to it.
 * @throws Problem `input-malformed`, saying which line of which destination, and never holding a secret.
 */
export async function readIntegrations(path: string, of: ReadingOf): Promise<Destination[]> {
  const text = await readText(path, "The integrations file");
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return refuse(`${path} is not JSON`, "See docs/integrations.md for an example.");
  }
  if (!Check(IntegrationsFile, file)) {
    const [first] = Errors(IntegrationsFile, file);
    return refuse(`${path}${first?.instancePath ?? ""} ${first?.message ?? "does not have the right form"}`, "See docs/integrations.md for every field.");
  }
  const folder = dirname(resolve(path));
  const destinations: Destination[] = [];
  for (const [place, given] of (file.zaken ?? []).entries()) destinations.push(await completeZaken(given, `${path}/zaken/${place}`, folder, of));
  for (const [place, given] of (file.webhooks ?? []).entries()) destinations.push(await completeWebhook(given, `${path}/webhooks/${place}`, folder, of));
  const names = new Set<string>();
  for (const { name } of destinations) {
    if (names.has(name)) refuse(`${path}: two destinations are called ${name}`, "Give each a name of its own.");
    names.add(name);
  }
  return destinations;
}
