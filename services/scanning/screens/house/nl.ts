/** Dutch words of the house picture. */
import { plural } from "#services/interface/index.ts";
import type { Floor, Ring, Seriousness } from "#services/scanning/contract/index.ts";

export const nl = {
  title: "Het huis",
  alt: (placed: number) =>
    `Tekening van een opengewerkt huis met straat, tuin, gevel, binnen en veilige ruimte. ${plural("nl", placed, { one: "Er staat # bevinding op.", other: "Er staan # bevindingen op." })} De lijst hieronder zegt hetzelfde.`,
  /** Short: they stand in the drawing. */
  rings: {
    surroundings: "Straat",
    plot: "Terrein",
    shell: "Gevel",
    inside: "Binnen",
    "safe-room": "Veilige ruimte",
    none: "Geen plek",
  } satisfies Record<Ring, string>,
  floors: { cellar: "Kelder", ground: "Begane grond", upper: "Verdieping" } satisfies Record<Floor, string>,
  seriousness: { low: "Licht", medium: "Ernstig", high: "Zeer ernstig" } satisfies Record<Seriousness, string>,
  legend: "Wat de tekens zeggen",
  list: "Bevindingen",
  none: "Er zijn nog geen bevindingen om op het huis te zetten.",
  notPlaced: "nog niet op het huis",
  noPlace: "geldt niet voor één plek",
  where: (ring: string, floor: string) => `${ring}, ${floor.toLowerCase()}`,
  how: "Kies een bevinding in de lijst en tik op het huis. Slepen kan ook, en met de pijltjes schuift u een teken.",
  choose: (number: number, text: string) => `Bevinding ${number}: ${text}`,
  pin: (number: number, text: string, where: string) => `${number}. ${text}. Staat bij: ${where}. Pijltjes verschuiven.`,
  put: "Zet op het huis",
  picking: (number: number) => `Tik nu op de plek van bevinding ${number}.`,
  cancel: "Toch niet",
  floor: "Verdieping",
  ring: "Plek",
  putHere: "Zet hier",
  takeOff: "Haal van het huis",
  placed: (number: number, where: string) => `Bevinding ${number} staat bij: ${where}.`,
  takenOff: (number: number) => `Bevinding ${number} staat niet meer op het huis.`,
};
export type Messages = typeof nl;
