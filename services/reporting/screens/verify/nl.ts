/** Dutch words of the page that checks a receipt. */
export const nl = {
  title: "Controleer uw bewijs",
  lead: "Kijk zelf of uw melding is ontvangen en niet is veranderd. Dit gebeurt op uw eigen apparaat.",
  label: "Plak hier uw bewijs",
  hint: "Het begint met een accolade. U bewaarde het na uw melding.",
  file: "Kies het bestand",
  go: "Controleer",
  missing: "Plak eerst uw bewijs, of kies het bestand.",
  malformed: "Dit is geen bewijs van Rugdekking. Kies het bestand dat u na uw melding bewaarde.",
  good: "Dit bewijs klopt",
  goodText: (leaf: string, size: string) => `Uw bericht staat als nummer ${leaf} in het openbare logboek. Dat had toen ${size} regels.`,
  bad: "Dit bewijs klopt niet",
  badText: "Het past niet bij het logboek dat dit apparaat kent. Bewaar het bestand en bel uw veiligheidspunt.",
  provesTitle: "Dit bewijst het wel",
  proves: ["De server heeft precies dit bericht ontvangen.", "Niemand kan het daarna veranderen of weghalen zonder dat het opvalt."],
  notTitle: "Dit bewijst het niet",
  not: ["Wat er in het bericht staat, of dat het waar is.", "Dat iemand het heeft gelezen."],
  anchor: "Dit apparaat controleert met deze sleutel van het logboek:",
};

export type VerifyMessages = typeof nl;
