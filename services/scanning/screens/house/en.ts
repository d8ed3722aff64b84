/** English words of the house picture. */
import { plural } from "#services/interface/index.ts";
import type { Messages } from "./nl.ts";

export const en = {
  title: "The house",
  alt: (placed: number) =>
    `Drawing of a cut-away house with street, garden, outside, inside and safe room. ${plural("en", placed, { one: "# finding stands on it.", other: "# findings stand on it." })} The list below says the same.`,
  rings: { surroundings: "Street", plot: "Grounds", shell: "Walls", inside: "Inside", "safe-room": "Safe room", none: "No place" },
  floors: { cellar: "Cellar", ground: "Ground floor", upper: "Upper floor" },
  seriousness: { low: "Minor", medium: "Serious", high: "Very serious" },
  legend: "What the signs say",
  list: "Findings",
  none: "There are no findings to put on the house yet.",
  notPlaced: "not on the house yet",
  noPlace: "not about one place",
  where: (ring: string, floor: string) => `${ring}, ${floor.toLowerCase()}`,
  how: "Choose a finding in the list and tap the house. You may also drag, and the arrow keys move a sign.",
  choose: (number: number, text: string) => `Finding ${number}: ${text}`,
  pin: (number: number, text: string, where: string) => `${number}. ${text}. Stands at: ${where}. Arrow keys move it.`,
  put: "Put on the house",
  picking: (number: number) => `Now tap the place of finding ${number}.`,
  cancel: "Never mind",
  floor: "Floor",
  ring: "Place",
  putHere: "Put it here",
  takeOff: "Take off the house",
  placed: (number: number, where: string) => `Finding ${number} stands at: ${where}.`,
  takenOff: (number: number) => `Finding ${number} is no longer on the house.`,
} satisfies Messages;
