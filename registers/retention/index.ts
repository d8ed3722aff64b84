/** How long ended dossiers are kept: the proposal of this house as data, and an operator's own file of the same form. Read by apps/server at the start. */
import { readFile } from "node:fs/promises";
import Type, { type Static } from "typebox";
import { onlyOnce, readRegister } from "#registers/register.ts";
import { dossierKinds } from "#services/dossier/contract/index.ts";

const Retention = Type.Object({
  rules: Type.Array(
    Type.Object({
      kind: Type.Enum(dossierKinds),
      /** Whole months after the end of the dossier, or after the last entry since; null: never by itself. */
      months: Type.Union([Type.Integer({ minimum: 1, maximum: 1200 }), Type.Null()]),
      /** Days before it happens that the owner and the desks are told. */
      announceDays: Type.Integer({ minimum: 14, maximum: 365 }),
      source: Type.String({ minLength: 3 }),
    }),
  ),
});

/**
 * The rules in force.
 * @param path file of the operator; null: nobody decided, so no rule erases anything. `registers/retention/retention.json` may be given as it is, once someone decided that it holds.
 * @throws RegisterError naming the file and the row; a dossier of an organisation (`question-set`) is never erased by a rule.
 */
export async function readRetention(path: string | null): Promise<Static<typeof Retention>["rules"]> {
  if (path === null) return [];
  const value: unknown = JSON.parse(await readFile(path, "utf8"));
  const { rules } = readRegister(Retention, value, path);
  onlyOnce(
    rules.map(({ kind }) => ({ id: kind })),
    path,
  );
  return rules.filter(({ kind }) => kind !== "question-set");
}
