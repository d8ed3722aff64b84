/** English words of who is away, which offices are vacant, and what an organisation's own groups propose. */
import { plural, writeDay } from "#services/interface/index.ts";
import type { Messages } from "./arranging-nl.ts";

export const en: Messages = {
  away: "Who is away?",
  awayText: "Who is away gets no message. Who covers comes in their place. Reading does not change.",
  nobody: "Everyone is here.",
  line: (name: string, until: string, cover: string | null) =>
    cover === null ? `${name} is away until ${writeDay("en", until)}. Nobody covers.` : `${name} is away until ${writeDay("en", until)}. ${cover} covers.`,
  later: (name: string, from: string, until: string, cover: string | null) =>
    cover === null
      ? `${name} is away from ${writeDay("en", from)} until ${writeDay("en", until)}. Nobody covers.`
      : `${name} is away from ${writeDay("en", from)} until ${writeDay("en", until)}. ${cover} covers.`,
  back: (name: string) => `${name} is back`,
  who: "Who is away?",
  from: "From",
  until: "Until and including",
  standIn: "Who covers?",
  noOne: "Nobody",
  choose: "Choose someone",
  missing: "Choose someone.",
  dayMissing: "Choose a day.",
  tooLong: "This is longer than 400 days. Choose an earlier day.",
  order: "The last day is before the first.",
  set: "Sign absence",
  offices: "Which offices belong in this team?",
  officesText: "When someone is missing, you see it here. Its leads get a message every week.",
  wanted: (office: string, n: number) => plural("en", n, { one: `${office}: # person`, other: `${office}: # people` }),
  vacant: (office: string, n: number) => plural("en", n, { one: `Vacancy: ${office}.`, other: `Vacancy: ${office} (# people).` }),
  vacantTitle: "There is an office without a person",
  vacantMend: "Invite someone, or remove the office.",
  office: "Office",
  officeHint: "Exactly as it stands with the members.",
  holders: "How many people?",
  holdersWrong: "Fill in a number from 1 to 50.",
  addOffice: "Sign office",
  removeOffice: (office: string) => `Remove: ${office}`,
  proposed: "According to your organisation",
  proposedLine: (name: string) => `According to your organisation ${name} no longer belongs in this team.`,
  proposedText: "Nothing has changed. You decide whether this person leaves the team.",
  dismiss: (name: string) => `Keep ${name} in the team`,
  handOver: "Hand over the lead",
  handOverTitle: (name: string) => `Hand the lead over to ${name}?`,
  handOverText: "This person then leads the team. You stay a member, but can add or remove nobody any more. The team gets a new key.",
  handOverGo: "Hand over and make a new key",
  lastMemberTitle: "This is the last member",
  lastMemberText: "Without members nobody can read any more what this team got. Take someone else in first.",
  origin: "How this team came about",
  originText: "Your device checked these signatures.",
  originLine: (name: string, desk: string, day: string) => `Verified by ${name}, ${desk}, on ${writeDay("en", day)}.`,
};
