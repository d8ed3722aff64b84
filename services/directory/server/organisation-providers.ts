/** Reads the file that names the sign-in of organisations and the secrets beside it, strictly, and says in one line what is wrong with it. Called by apps/server at the start. */
import { readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import Type, { type Static } from "typebox";
import { Check, Errors } from "typebox/value";
import { Uuid } from "#services/directory/contract/index.ts";
import { Problem } from "#services/problem/index.ts";

/** A confirmation counts this long where the file says nothing: a working day. */
export const standardHours = 12;

const Line = Type.String({ minLength: 1, maxLength: 300, pattern: "^[!-~]+$" });
const ProviderEntry = Type.Object(
  {
    /** Whose people sign in here: id of the register. */
    organisation: Type.String({ pattern: "^[a-z0-9-]{2,40}$" }),
    /** Issuer identifier of the provider, exactly as its discovery document says. */
    issuer: Line,
    /** Client id this house has there. */
    client: Line,
    /** File with the client's secret, relative to this one. */
    secretFile: Line,
    /** Whether its desks need a confirmed session. Default: true. */
    required: Type.Optional(Type.Boolean()),
    /** How long a confirmation counts. Default: {@link standardHours}. */
    hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 168 })),
    /** While the provider cannot be reached, an earlier confirmation of the person counts so much longer. Default: 0, nobody acts for a desk until it answers. */
    graceHours: Type.Optional(Type.Integer({ minimum: 0, maximum: 720 })),
    /** Scopes besides `openid`. */
    scopes: Type.Optional(Type.Array(Type.String({ pattern: "^[a-z0-9_.:/-]{1,80}$" }), { maxItems: 10 })),
    /** Groups of the organisation's own directory that say who belongs to a desk: they only propose, to the desk's leads. */
    groups: Type.Optional(
      Type.Object(
        {
          /** Claim of the id token that holds the groups: a text or a list of texts. */
          claim: Type.String({ minLength: 1, maxLength: 100 }),
          desks: Type.Array(
            Type.Object(
              { desk: Uuid, anyOf: Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { minItems: 1, maxItems: 50 }) },
              { additionalProperties: false },
            ),
            { minItems: 1, maxItems: 200 },
          ),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
const ProvidersFile = Type.Object({ providers: Type.Array(ProviderEntry, { minItems: 1, maxItems: 2_000 }) }, { additionalProperties: false });

/** The sign-in of one organisation, complete. */
export interface ProviderSettings extends Required<Omit<Static<typeof ProviderEntry>, "secretFile" | "groups">> {
  readonly secret: string;
  readonly groups: Static<typeof ProviderEntry>["groups"] | null;
  /** Plain http to this machine itself: outside production, for trying it out. */
  readonly insecure: boolean;
}

const refuse = (what: string, mend: string): never => {
  throw new Problem("input-malformed", what, mend);
};

async function readText(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return refuse(`${what}: ${path} cannot be read`, "Check the name and the rights of the file.");
  }
}

async function readSecret(folder: string, name: string, what: string): Promise<string> {
  const path = resolve(folder, name);
  const lines = (await readText(path, what))
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  if (((await stat(path)).mode & 0o007) !== 0) refuse(`${what}: everyone on this machine may read ${path}`, `Take that right away: chmod o= ${path}`);
  const [secret = "", ...more] = lines;
  if (secret.length < 16 || more.length > 0)
    refuse(`${what} does not hold one line of 16 characters or more`, "Put the secret of the client in it, and nothing else.");
  return secret;
}

/** Whether an issuer may be called, and without TLS. @throws Problem input-malformed */
function judgeIssuer(issuer: string, what: string, production: boolean): { readonly insecure: boolean } {
  const url = URL.parse(issuer);
  if (url === null || url.username !== "" || url.password !== "" || url.hash !== "" || url.search !== "")
    return refuse(`${what} is not the address of an issuer`, "Give the issuer of the provider's discovery document, for example https://login.example.nl.");
  if (url.protocol === "https:") return { insecure: false };
  const local = url.protocol === "http:" && ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname);
  return local && !production
    ? { insecure: true }
    : refuse(`${what} is not an https address`, "A provider is asked over TLS; plain http only to this machine, outside production.");
}

/**
 * Reads the file and every secret it names.
 * @param path the file; names of secret files in it are relative to it.
 * @throws Problem `input-malformed`, saying which entry, and never holding a secret.
 */
export async function readProviders(
  path: string,
  of: { readonly production: boolean; readonly organisations: ReadonlySet<string> },
): Promise<ReadonlyMap<string, ProviderSettings>> {
  let file: unknown;
  try {
    file = JSON.parse(await readText(path, "The file with sign-in of organisations"));
  } catch (error) {
    if (error instanceof Problem) throw error;
    return refuse(`${path} is not JSON`, "See docs/organisation-sign-in.md for an example.");
  }
  if (!Check(ProvidersFile, file)) {
    const [first] = Errors(ProvidersFile, file);
    return refuse(
      `${path}${first?.instancePath ?? ""} ${first?.message ?? "does not have the right form"}`,
      "See docs/organisation-sign-in.md for every field.",
    );
  }
  const providers = new Map<string, ProviderSettings>();
  for (const [place, given] of file.providers.entries()) {
    const what = `${path}/providers/${place}`;
    if (!of.organisations.has(given.organisation))
      refuse(
        `${what}/organisation: ${given.organisation} is not in the register`,
        "Give the id of the organisation whose sign-in this is, for example gm0363.",
      );
    if (providers.has(given.organisation)) refuse(`${what}: ${given.organisation} has two providers`, "Give each organisation one.");
    const { secretFile, required = true, hours = standardHours, graceHours = 0, scopes = [], groups = null, ...rest } = given;
    const { insecure } = judgeIssuer(given.issuer, `${what}/issuer`, of.production);
    const secret = await readSecret(dirname(resolve(path)), secretFile, `${what}/secretFile`);
    providers.set(given.organisation, { ...rest, required, hours, graceHours, scopes, groups, secret, insecure });
  }
  return providers;
}
