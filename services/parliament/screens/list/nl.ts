/** Dutch words of the list of sets. */
import { plural } from "#services/interface/index.ts";

export const nl = {
  title: "Kamervragen",
  lead: "Elke set met zijn klok. Te laat en vandaag staan bovenaan.",
  read: "Lees nieuwe vragen in",
  none: "Er zijn nu geen Kamervragen in behandeling",
  noneText: "Lees een bestand in, of wacht tot een ander ministerie u vraagt.",
  lateCount: (count: number) => plural("nl", count, { one: "# set is te laat", other: "# sets zijn te laat" }),
  open: "Nu bezig",
  done: "Verstuurd of ingetrokken",
  questions: (count: number) => plural("nl", count, { one: "# vraag", other: "# vragen" }),
  closed: "Deze set gaat op dit apparaat niet open",
  noDesk: "U zit nog niet in een team dat met Kamervragen werkt",
  noDeskText: "Vraag de beheerder van uw ministerie om u toe te voegen.",
  toWork: "Naar uw werk",
  also: (names: string): string => `met ${names}`,
};

export type Messages = typeof nl;
