/** A visit as one sealed file, for a device whose disk is full: only the adviser who made it can open it, here or on another device. Called by the visit pages. */
import { fromBase64Url, generateSeed, handOver, newUuid, openItem, sealItem, takeOver, toBase64Url, type Person } from "@rugdekking/seal";
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import { Uuid } from "#services/directory/contract/index.ts";
import { Problem } from "#services/problem/index.ts";

const VisitFile = Type.Object(
  {
    kind: Type.Literal("rugdekking-visit"),
    version: Type.Literal(1),
    dossier: Uuid,
    item: Uuid,
    /** SealedKey of the file's own key, to the adviser. */
    key: Type.String({ maxLength: 4_000 }),
    length: Type.Integer({ minimum: 0 }),
    /** An age file, base64url. */
    sealed: Type.String(),
  },
  { additionalProperties: false },
);
type VisitFile = Static<typeof VisitFile>;

const context = (dossier: string, person: string) => ({ purpose: "item", subject: `${dossier}/visit-file`, to: person }) as const;

/** Seals a JSON value to the adviser. @returns the text of the file. */
export async function sealVisitFile(person: Pick<Person, "person" | "seal">, dossier: string, value: unknown): Promise<string> {
  const secret = generateSeed();
  const item = newUuid();
  const plain = new TextEncoder().encode(JSON.stringify(value));
  const sealed = await sealItem(plain, secret, { dossier, item, channel: "visit-file" });
  const key = await handOver(secret, person.seal.publicKey, context(dossier, person.person));
  return JSON.stringify({
    kind: "rugdekking-visit",
    version: 1,
    dossier,
    item,
    key,
    length: plain.length,
    sealed: toBase64Url(sealed),
  } satisfies VisitFile);
}

/** Opens such a file. @throws {@link Problem} input-malformed when it is another kind of file; SealError when it was made by someone else or altered. */
export async function openVisitFile(person: Pick<Person, "person" | "seal">, text: string): Promise<{ readonly dossier: string; readonly value: unknown }> {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    file = null;
  }
  if (!Check(VisitFile, file)) throw new Problem("input-malformed", "This is not a visit that was saved as a file", "Choose the file you saved before.");
  const secret = await takeOver(file.key, person.seal, context(file.dossier, person.person));
  const plain = await openItem(
    fromBase64Url(file.sealed, "The sealed visit"),
    secret,
    { dossier: file.dossier, item: file.item, channel: "visit-file" },
    file.length,
  );
  return { dossier: file.dossier, value: JSON.parse(new TextDecoder().decode(plain)) };
}
