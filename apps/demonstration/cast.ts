/** Who plays in the demonstration world: invented organisations, one person per role, nobody real. Used by build.ts and by whoever loads organisations at a demonstration start. */
import type { DeskFunction, Organisation } from "#services/directory/contract/index.ts";

const invented = (id: string, name: string, kind: Organisation["kind"], province: string | null): Organisation => ({
  id,
  name: `${name} (demonstratie)`,
  kind,
  province,
  demonstration: true,
});

/** Invented organisations, so that no real one seems to have a desk here. The server loads them only with `--demonstration`. */
export const demonstrationOrganisations: readonly Organisation[] = [
  invented("demo-gemeente", "Gemeente Demostad", "municipality", "Demoland"),
  invented("demo-ccv", "Demo-CCV", "crime-prevention-centre", null),
  invented("demo-bzk", "Demo-ministerie van BZK", "ministry", null),
  invented("demo-jenv", "Demo-ministerie van JenV", "ministry", null),
  invented("demo-politie", "Demo-politie", "police", null),
  invented("demo-om", "Demo-Openbaar Ministerie", "public-prosecutor", null),
  invented("demo-netwerk", "Demo-netwerk Weerbaar Bestuur", "support-network", null),
];

/** One person of the demonstration. */
export interface Player {
  /** Short name, stable: the person switcher and the tests use it. */
  readonly key: string;
  readonly name: string;
  readonly office: string;
  readonly organisation: string;
  readonly handle: string;
}

const player = (key: string, name: string, office: string, organisation: string): Player => ({
  key,
  name,
  office,
  organisation,
  handle: `${key}@demo.example.nl`,
});

/** One person per role; two at the safety desk and two at the authority, so that nobody decides on own work; three members of the executive, each with a scan in another phase. */
export const players = [
  player("wethouder", "Wil Demo", "wethouder", "demo-gemeente"),
  player("wethouder-tweede", "Wies Demo", "wethouder", "demo-gemeente"),
  player("burgemeester", "Bo Demo", "burgemeester", "demo-gemeente"),
  player("raadslid", "Ria Demo", "raadslid", "demo-gemeente"),
  player("veiligheid", "Vera Demo", "adviseur openbare orde en veiligheid", "demo-gemeente"),
  player("griffier", "Guus Demo", "griffier", "demo-gemeente"),
  player("werkgever", "Wouter Demo", "gemeentesecretaris", "demo-gemeente"),
  player("planner", "Pim Demo", "planner veiligheidsscans", "demo-ccv"),
  player("adviseur", "Aafke Demo", "veiligheidsadviseur", "demo-ccv"),
  player("bva", "Bas Demo", "beveiligingsautoriteit", "demo-bzk"),
  player("bva-tweede", "Beau Demo", "plaatsvervangend beveiligingsautoriteit", "demo-bzk"),
  player("politie", "Peter Demo", "medewerker RCCB", "demo-politie"),
  player("om", "Olga Demo", "adviseur bewaken, beveiligen en crisisbeheersing", "demo-om"),
  player("hoofdofficier", "Hanna Demo", "hoofdofficier van justitie", "demo-om"),
  player("ondersteuning", "Oscar Demo", "medewerker ondersteuningsteam", "demo-netwerk"),
  player("beleid", "Bea Demo", "beleidsmedewerker", "demo-bzk"),
  player("beleid-tweede", "Ben Demo", "afdelingshoofd", "demo-bzk"),
  player("beleid-jenv", "Jet Demo", "beleidsmedewerker", "demo-jenv"),
  player("beleid-jenv-tweede", "Jos Demo", "afdelingshoofd", "demo-jenv"),
  player("minister", "Mo Demo", "minister", "demo-bzk"),
  player("onderzoek", "Roos Demo", "onderzoeker van de Monitor", "demo-bzk"),
] as const satisfies readonly Player[];

/** One desk of the demonstration; the first member leads. */
export interface DeskPlan {
  readonly key: string;
  readonly organisation: string;
  readonly name: string;
  readonly function: DeskFunction;
  /** Keys of players. */
  readonly members: readonly string[];
}

export const deskPlans: readonly DeskPlan[] = [
  { key: "safety", organisation: "demo-gemeente", name: "Veiligheidsdesk Demostad", function: "safety-desk", members: ["veiligheid", "griffier"] },
  { key: "employer", organisation: "demo-gemeente", name: "Werkgeversdesk Demostad", function: "employer", members: ["werkgever"] },
  { key: "expert", organisation: "demo-ccv", name: "Veiligheidsscans Demo-CCV", function: "expert-desk", members: ["planner", "adviseur"] },
  { key: "authority", organisation: "demo-bzk", name: "Beveiligingsautoriteit Demo-BZK", function: "authority", members: ["bva", "bva-tweede"] },
  { key: "police", organisation: "demo-politie", name: "RCCB Demo-politie", function: "police", members: ["politie"] },
  { key: "om", organisation: "demo-om", name: "BB&C Demo-OM", function: "om", members: ["om"] },
  { key: "chief-prosecutor", organisation: "demo-om", name: "Hoofdofficier Demo-OM", function: "chief-prosecutor", members: ["hoofdofficier"] },
  { key: "support", organisation: "demo-netwerk", name: "Ondersteuningsteam (demonstratie)", function: "support", members: ["ondersteuning"] },
  { key: "policy", organisation: "demo-bzk", name: "Kamervragen Demo-BZK", function: "parliament", members: ["beleid", "beleid-tweede"] },
  { key: "policy-jenv", organisation: "demo-jenv", name: "Kamervragen Demo-JenV", function: "parliament", members: ["beleid-jenv", "beleid-jenv-tweede"] },
  { key: "minister", organisation: "demo-bzk", name: "Minister van Demo-BZK", function: "minister", members: ["minister"] },
  { key: "research", organisation: "demo-bzk", name: "Onderzoeksteam Demo-BZK", function: "research", members: ["onderzoek"] },
];

/** Words passphrases are made of: 64 plain Dutch words, six a phrase, 36 bits: enough for a demonstration on one machine and for nothing else. */
export const phraseWords: readonly string[] =
  "anker appel bakker balkon beuk bloem boter brug citroen dakpan deken dorp druppel duif egel emmer fakkel fiets gember gordijn haven hamer honing kaars kamer kasteel ketel klomp koffer kompas krant kruik laars lantaarn lepel linde mand meeuw molen mosterd naald noot oever orgel otter paard parel peper pluim polder raam regen roos schaar sleutel spiegel tafel tulp veer vlieger wolk wortel zadel zolder".split(
    " ",
  );
