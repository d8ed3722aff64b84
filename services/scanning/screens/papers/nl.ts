/** Dutch names of the documents of a scan. */
export const nl = {
  advice: { name: "Het hele advies", text: "Met foto's, het huis en alles waar het op rust. Niet voor de werkgever." },
  provision: { name: "De lijst voor de werkgever", text: "Wat er komt, wat het kost en wanneer. Niets over de woning." },
  explanation: { name: "Uitleg in gewone taal", text: "Wat het advies betekent en wat er nu gebeurt." },
  statement: { name: "Verklaring van vaststelling", text: "Wie het vaststelde, wanneer, en hoe iedereen dat kan nagaan." },
};
export type Messages = typeof nl;
