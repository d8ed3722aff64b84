/** English words of the fieldwork page. */
import { plural } from "#services/interface/index.ts";
import type { Messages } from "./nl.ts";

export const en = {
  title: "Fieldwork",
  lead: "How many people take part in the survey, per group. What someone answered is shown here of nobody.",
  back: "To the work",
  noDesk: { title: "You are in no research team", text: "This page belongs to the team that holds the survey. Ask the leader of that team to add you." },
  noWave: {
    title: "There is no survey yet",
    text: "A leader of the team begins one with the program: rugdekking monitor open. After that you see here how it goes.",
  },
  which: "Which survey?",
  states: { soon: "Not begun yet", open: "Running", closing: "Coming to its end", over: "Ended" },
  opens: (day: string) => `Begins on ${day}.`,
  closes: (day: string) => `A token can be collected up to and including ${day}.`,
  ends: (day: string) => `Answers come in up to and including ${day}. After that the team can open them.`,
  over: (day: string) => `Answers came in up to and including ${day}. The team can open them now, with the program: rugdekking monitor answers.`,
  refreshed: (moment: string) => `As it stood on ${moment}. It is brought up to date by itself, every half minute.`,
  stale: "It cannot be brought up to date now. You see how it stood when it last could.",
  all: "All groups together",
  answered: (count: string, of: number, least: boolean) =>
    `${least ? "At least " : ""}${plural("en", of, { one: `${count} of the # person with an invitation`, other: `${count} of the # people with an invitation` })}`,
  between: (share: number, low: number, high: number) => `${share} of every 100; between ${low} and ${high}`,
  betweenLeast: (share: number, low: number, high: number) => `At least ${share} of every 100. With what we do not say yet: between ${low} and ${high}.`,
  few: "Fewer than five. How many exactly, we say only when it is over.",
  none: "Nobody invited yet.",
  margin: (points: number) =>
    `A result of 50 of every 100 has a margin of ${points} to each side now, if who answers is like who does not. Weighting makes the margin wider.`,
  perGroup: "Per group",
  perGroupHint: "The bar is the share that answered. The line shows how uncertain that is.",
  picture: (group: string, words: string) => `${group}: ${words}`,
  table: "Table: all groups",
  columns: {
    group: "Group",
    population: "People",
    invitations: "Invited",
    collected: "Token collected",
    answered: "Answered",
    response: "Response, per 100",
    between: "Between",
    margin: "Margin at 50",
  },
  under: "under 5",
  least: (count: string) => `at least ${count}`,
  thinTitle: "Too thin to show by themselves",
  thin: (count: number) =>
    plural("en", count, { one: "In # group fewer than ten people have answered.", other: "In # groups fewer than ten people have answered." }),
  thinText: "Nothing is published about such a group alone. The answers do count in the larger groups.",
  thinNone: "In every group ten people or more have answered.",
  missing: {
    title: "Who does not answer?",
    not: (count: number) =>
      plural("en", count, { one: "# person belongs to the group, but got no invitation.", other: "# people belong to the group, but got no invitation." }),
    waiting: (count: number) => plural("en", count, { one: "# person collected no token.", other: "# people collected no token." }),
    remind: "You can send them a reminder.",
    held: (count: number, most: boolean) =>
      `${most ? "At most " : ""}${plural("en", count, { one: "# person", other: "# people" })} collected a token, and their answer is not there. It may still be on its way.`,
    heldOver: (count: number) =>
      plural("en", count, { one: "# person collected a token, and sent no answer.", other: "# people collected a token, and sent no answer." }),
    why: "Why someone does not answer, we do not know. Who meets with a lot may answer more often, or less. Weighting mends that only for what is on the token.",
    noList:
      "A list of who has a token and did not answer does not exist. Only where a group has as many answers as tokens, it follows who took part. What they said does not follow.",
  },
  how: "How these numbers are made",
  howText: [
    "Response: answers divided by invitations. The ends are Wilson's, 95 of every 100 times.",
    "Under five answers we say no number while the survey runs. The total then counts only the groups that have a number.",
    "Groups of fewer than ten people were joined beforehand.",
  ],
  statement: "Reference in the log",
  print: "Print",
} satisfies Messages;
