/** The processing activities of this house, and which routes belong to which; read by the server's processing log. */
import Type from "typebox";
import { idPattern, onlyOnce, readRegister } from "#registers/register.ts";
import activities from "./activities.json" with { type: "json" };

const file = "registers/processing/activities.json";
const Activities = Type.Object({
  activities: Type.Array(
    Type.Object({
      id: Type.String({ pattern: idPattern }),
      nl: Type.String({ minLength: 10 }),
      routes: Type.Array(Type.String({ pattern: "^/api/v1/" }), { minItems: 1 }),
    }),
  ),
  never: Type.Object({ routes: Type.Array(Type.String({ pattern: "^/api/v1/" })), why: Type.String({ minLength: 20 }) }),
});
const read = readRegister(Activities, activities, file);
onlyOnce(read.activities, file);

const under = (route: string, prefix: string): boolean => route === prefix || route.startsWith(`${prefix}/`);

/** The activity a route belongs to, by the longest address that leads to it; null when it processes nothing about a person, or must not be written down. @param route pattern, such as `/api/v1/dossiers/:id` */
export function activityOf(route: string): string | null {
  if (read.never.routes.some((prefix) => under(route, prefix))) return null;
  const found = read.activities.flatMap(({ id, routes }) => routes.filter((prefix) => under(route, prefix)).map((prefix) => ({ id, prefix })));
  return found.toSorted((a, b) => b.prefix.length - a.prefix.length)[0]?.id ?? null;
}
