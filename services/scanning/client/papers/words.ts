/** Dutch words of the documents: the templates are Dutch, whatever language the screen is in. Used by the papers in this folder. */
import type { OfficeFunction } from "#services/dossier/contract/bodies.ts";
import type { Totals } from "#services/scanning/proposals/index.ts";

const euros = new Intl.NumberFormat("nl-NL");
/** `€ 250 tot € 400`. */
export const costs = ({ low, high }: Pick<Totals, "low" | "high">): string =>
  low === high ? `€\u00a0${euros.format(low)}` : `€\u00a0${euros.format(low)} tot €\u00a0${euros.format(high)}`;

/** One thing, several things. */
export const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export const functionNames: Readonly<Record<OfficeFunction, string>> = {
  "kings-commissioner": "commissaris van de Koning",
  "provincial-executive": "gedeputeerde",
  "provincial-councillor": "Statenlid",
  mayor: "burgemeester",
  alderman: "wethouder",
  councillor: "raadslid",
  "committee-member": "commissielid",
  "water-authority-chair": "voorzitter van het waterschap",
  "water-authority-executive": "lid van het dagelijks bestuur",
  "water-authority-general-board": "lid van het algemeen bestuur",
};

/** How anyone checks an adoption without us; the last step says what must come out. */
export const checkSteps = (fingerprint: string): string[] => [
  "De ambtsdrager opent het dossier en kiest “Alles meenemen”. Dat geeft één bestand, gemaakt op het eigen apparaat.",
  "Open de pagina /controleren van Rugdekking en kies dat bestand. Het wordt daar nagekeken zonder dat het de computer verlaat.",
  "Of doe het zonder ons, met het programma: rugdekking verify dossier.zip --pin sleutels.json",
  `De uitkomst noemt wie het advies vaststelde, voor welk team, op welke dag, en de vingerafdruk ${fingerprint.slice(0, 8)} ${fingerprint.slice(8, 16)}… van het advies.`,
];

/** Words of the edits in the list of differences. */
export const editWords = { added: "toegevoegd", dropped: "laten vervallen", changed: "aangepast" } as const;
