/** English words of the list of sets; same shape as nl.ts. */
import type { Messages } from "./nl.ts";

export const en: Messages = {
  title: "Parliamentary questions",
  lead: "Each set with its clock. Late and today come first.",
  read: "Read new questions",
  none: "There are no parliamentary questions now",
  noneText: "Read a file, or wait until another ministry asks you.",
  lateCount: (count) => (count === 1 ? "1 set is late" : `${count} sets are late`),
  open: "At work",
  done: "Sent or withdrawn",
  questions: (count) => (count === 1 ? "1 question" : `${count} questions`),
  closed: "This set does not open on this device",
  noDesk: "You are not in a team that works on parliamentary questions yet",
  noDeskText: "Ask the administrator of your ministry to add you.",
  toWork: "To your work",
  also: (names) => `with ${names}`,
};
