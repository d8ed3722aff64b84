/** Dutch words that several pages of support share: who someone is, what happens, where they stand, when someone can be reached. */
import { writeDay, writeTime } from "#services/interface/index.ts";

export const nl = {
  seekers: {
    "kings-commissioner": "Commissaris van de Koning",
    "provincial-executive": "Gedeputeerde",
    "provincial-councillor": "Statenlid",
    mayor: "Burgemeester",
    alderman: "Wethouder",
    councillor: "Raadslid",
    "committee-member": "Commissielid",
    "water-authority-chair": "Voorzitter waterschap",
    "water-authority-executive": "Lid dagelijks bestuur waterschap",
    "water-authority-general-board": "Lid algemeen bestuur waterschap",
    candidate: "Kandidaat bij verkiezingen",
    family: "Partner of gezin",
    staff: "Griffier, secretaris of collega",
  },
  situations: {
    threat: "Bedreiging",
    violence: "Geweld of vernieling",
    "at-home": "Iemand bij mijn huis, of ik word gevolgd",
    doxing: "Mijn adres of gegevens staan online",
    "online-hate": "Haat of schelden online",
    discrimination: "Haat om wie ik ben",
    pressure: "Druk of chantage",
    private: "Iemand thuis of dichtbij doet mij pijn",
    burden: "Het wordt mij te veel",
    dark: "Ik denk aan de dood",
    none: "Er is nog niets gebeurd",
  },
  phases: {
    now: { title: "Het gebeurt nu, of net", text: "U wilt weten wie u nu kunt bellen." },
    running: { title: "Het speelt al langer", text: "U zoekt hulp om het te stoppen en vol te houden." },
    after: { title: "Het is voorbij, maar het werkt door", text: "U zoekt nazorg, of u wilt verder." },
    before: { title: "Ik wil mij voorbereiden", text: "U zoekt training, een scan of een plan." },
  },
  reach: {
    always: "Dag en nacht bereikbaar",
    open: (until: string) => `Nu bereikbaar, tot ${writeTime("nl", until)} uur`,
    closed: (opens: string) => `Nu dicht. Weer open op ${writeDay("nl", opens)} om ${writeTime("nl", opens)} uur`,
    shut: "Nu dicht",
    holiday: "Vandaag is een feestdag. Misschien is er niemand.",
    unknown: "Uren niet bekend",
    days: (first: string, last: string) => `${first} tot en met ${last}`,
    times: (days: string, from: string, until: string) => `${days} van ${from} tot ${until} uur`,
    holidays: { open: "ook op feestdagen", closed: "niet op feestdagen", unknown: "of er op feestdagen iemand is, weten wij niet" },
  },
};
export type SharedWords = typeof nl;
