/** What the panel "Do you count?" says, in English. */
import type { Messages } from "./nl.ts";

export const en: Messages = {
  title: "May this dossier be counted?",
  text: "From this dossier we make facts without a name, for the national figures. A fact holds the month and coarse groups only:",
  holds: {
    report: [
      "when you report: the province, the kind of office, the form, how it reached you, online yes or no, doxing yes or no",
      "when the team closes it: the province, the kind of office, and whether there was a criminal complaint, a weighing and a follow-up",
    ],
    scan: ["when you ask for a scan: the province and the kind of office", "when the scan is done: how long it took, and about how many measures came"],
    signal: ["when the signal is closed: the unit of the police, which steps were in time, and how it ended"],
    help: [
      "when you ask for help: the kind of office, coarsely what it is about, and whether it was urgent",
      "when the help is done: how it ended, and whether a colleague, an expert or the team helped",
    ],
  },
  not: "It does not hold your name, your municipality, the day, what you wrote or which dossier it is. A fact comes in apart from your dossier, at another moment. After that nobody can see which dossier it is of.",
  small:
    "Are you the only one with such an office or such an event in your province? Then a researcher may guess that it is about you. The public page shows numbers of groups only.",
  waits:
    "You may always say no. Then we make no more facts, and erase what still waits on this device. What was sent cannot be found by anyone, so it cannot be taken back.",
  yes: "This dossier is counted.",
  no: "This dossier is not counted.",
  sayYes: "Yes, count it",
  sayNo: "No, do not count it",
};
