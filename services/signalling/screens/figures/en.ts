/** English words of the figures of signals; same shape as nl.ts. */
import { plural } from "#services/interface/index.ts";
import type { Messages } from "./nl.ts";

const between = (low: number, high: number): string => `between ${low} and ${high} of 100`;

export const en: Messages = {
  title: "Are signals followed up?",
  lead: "These figures were counted on your device now, from your team's signals.",
  question: "Is there a signal of inadequate co-operation?",
  verdicts: {
    "too-few": () => "That cannot be said yet. There are fewer than five signals in which someone had to answer.",
    none: (good, all, _low, _high, missed) =>
      `No, not in these figures. In ${good} of ${all} signals every answer came in time. With so few it may still go wrong in ${missed} of 100.`,
    some: (good, all, low, high) =>
      `Yes. In ${all - good} of ${all} signals an answer came late or not at all. In time was ${good} of ${all}; ${between(low, high)}.`,
  },
  cannotTitle: "What these figures do not say",
  cannot: [
    "They are about the signals of this team only, and not about the whole country.",
    "They say whether an answer came in time, not whether it was a good answer.",
    "They do not say why something was late.",
    "Signals that were never raised here are not counted.",
    "National figures come later, without names and without dossiers.",
  ],
  acknowledged: "Received in time",
  followed: "Every answer in time",
  perStep: "In time, per step",
  perUnit: "In time, per police unit",
  unitHint: "Receiving and weighing only.",
  of: (good, all, low, high) => `${good} of ${all}; ${between(low, high)}`,
  few: "Fewer than five. We do not show that.",
  steps: { received: "Received", weighed: "Weighed", presented: "Put forward", decided: "Decision", "fed-back": "Word back" },
  noUnit: "Unit not known",
  how: "How do you read this?",
  howText:
    "The dot is what was counted. The line shows how uncertain that is: with few signals it is long. In 95 of 100 times the true share lies on that line.",
  method: "Computed with Wilson's interval, 95 per cent.",
  table: { what: "What", good: "In time", all: "Of", low: "At least, per 100", high: "At most, per 100" },
  tableOf: (title) => `Table: ${title}`,
  picture: (name, words) => `${name}: ${words}`,
  counted: (n) => plural("en", n, { one: "# signal looked at", other: "# signals looked at" }),
  unread: (n) =>
    plural("en", n, { one: "# signal could not be read here and is not counted.", other: "# signals could not be read here and are not counted." }),
  stated: "The times are those of whoever answered.",
  noDesk: "Only who is in a team that gets signals sees figures here.",
  back: "Back to the signals",
};
