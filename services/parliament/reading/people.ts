/** Who asks and who must answer, from the heading of a set: names with their factions, and offices. Used by the readers of this room. */

/** A member of the Kamer as a heading names them. */
export interface Member {
  readonly name: string;
  readonly faction: string | null;
}

const lead = /^(?:en\s+|(?:de|het)\s+(?:kamer)?(?:leden|lid)\s+|(?:kamer)?(?:leden|lid)\s+|de heer\s+|mevrouw\s+){1,5}/iu;
/** "Bos c.s.": the others are not named. */
const andOthers = /\s+c\.\s?s\.?$/iu;
const namesOf = (text: string): string[] =>
  text
    .split(/\s*,\s*(?:en\s+)?|\s+en\s+/u)
    .map((name) => name.replace(lead, "").replace(andOthers, "").trim())
    .filter((name) => name !== "");

/** "de leden Straatman en Boelsma-Hoekstra (beiden CDA) en Van Haga (Groep van Haga)" -> each with a faction; null where none is printed. */
export function membersIn(text: string): Member[] {
  const members: Member[] = [];
  let rest = text.replace(/\s+/gu, " ").trim().replace(lead, "");
  for (let match = /^([^()]*)\(\s*(?:(?:beiden|allebei|allen|alle drie|alle vier)\s+)?([^()]*)\)/iu.exec(rest); match !== null;) {
    const faction = (match[2] ?? "").trim();
    for (const name of namesOf(match[1] ?? "")) members.push({ name, faction: faction === "" ? null : faction });
    rest = rest.slice(match[0].length);
    match = /^([^()]*)\(\s*(?:(?:beiden|allebei|allen|alle drie|alle vier)\s+)?([^()]*)\)/iu.exec(rest);
  }
  for (const name of namesOf(rest)) members.push({ name, faction: null });
  return members;
}

const office = "(?:minister-president|minister|staatssecretaris)";
const boundary = new RegExp(`(?:\\s*,\\s*(?:en\\s+)?|\\s+en\\s+)(?=(?:de\\s+)?(?:${office})|van\\s|voor\\s)`, "iu");
/** With a capital at its start. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * Offices in a heading, each in full: "de ministers van Justitie en Veiligheid en van Binnenlandse Zaken en Koninkrijksrelaties" -> two.
 * `unclear` when the heading speaks of several and we see one: the names of ministries hold "en" themselves, so that is for a person to say.
 */
export function officesIn(text: string): { readonly offices: string[]; readonly unclear: boolean } {
  const flat = text.replace(/\s+/gu, " ").trim();
  const offices: string[] = [];
  let kind = "Minister";
  let promised = 0;
  for (const piece of flat.split(boundary)) {
    const bare = piece
      .trim()
      .replace(/^(?:de|het)\s+/iu, "")
      .replace(/[.,;]$/u, "");
    if (bare === "") continue;
    const named = /^(minister-president|ministers?|staatssecretaris(?:sen)?)\b\s*/iu.exec(bare);
    if (named === null) {
      offices.push(/^(?:van|voor)\s/u.test(bare) ? `${kind} ${bare}` : bare);
      continue;
    }
    const word = (named[1] ?? "").toLowerCase();
    if (word === "ministers" || word === "staatssecretarissen") promised += 2;
    kind = word.startsWith("staats") ? "Staatssecretaris" : word === "minister-president" ? "Minister-President" : "Minister";
    const rest = bare.slice(named[0].length);
    const whole = capital(rest === "" ? kind : `${kind}${rest.startsWith(",") ? "" : " "}${rest}`);
    const last = offices.at(-1);
    // One person with both titles.
    if (last === "Minister-President" && whole.startsWith("Minister van Algemene Zaken")) offices.splice(-1, 1, `${last}, ${whole}`);
    else offices.push(whole);
  }
  return { offices, unclear: promised > offices.length };
}
