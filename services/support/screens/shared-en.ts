/** English words that several pages of support share. */
import { writeDay, writeTime } from "#services/interface/index.ts";
import type { SharedWords } from "./shared-nl.ts";

export const en: SharedWords = {
  seekers: {
    "kings-commissioner": "King's commissioner",
    "provincial-executive": "Provincial executive",
    "provincial-councillor": "Provincial councillor",
    mayor: "Mayor",
    alderman: "Alderman",
    councillor: "Councillor",
    "committee-member": "Committee member",
    "water-authority-chair": "Chair of a water authority",
    "water-authority-executive": "Executive of a water authority",
    "water-authority-general-board": "General board of a water authority",
    candidate: "Candidate in elections",
    family: "Partner or family",
    staff: "Clerk, secretary or colleague",
  },
  situations: {
    threat: "Threat",
    violence: "Violence or damage",
    "at-home": "Someone at my home, or I am followed",
    doxing: "My address or data are online",
    "online-hate": "Hate or abuse online",
    discrimination: "Hate for who I am",
    pressure: "Pressure or blackmail",
    private: "Someone at home or close hurts me",
    burden: "It becomes too much",
    dark: "I think of death",
    none: "Nothing has happened yet",
  },
  phases: {
    now: { title: "It happens now, or just did", text: "You want to know whom to call now." },
    running: { title: "It has gone on for a while", text: "You look for help to stop it and to keep going." },
    after: { title: "It is over, but it stays with me", text: "You look for aftercare, or want to go on." },
    before: { title: "I want to prepare", text: "You look for training, a scan or a plan." },
  },
  reach: {
    always: "Can be reached day and night",
    open: (until: string) => `Can be reached now, until ${writeTime("en", until)}`,
    closed: (opens: string) => `Closed now. Opens on ${writeDay("en", opens)} at ${writeTime("en", opens)}`,
    shut: "Closed now",
    holiday: "Today is a holiday. There may be nobody.",
    unknown: "Hours not known",
    days: (first: string, last: string) => `${first} to ${last}`,
    times: (days: string, from: string, until: string) => `${days} from ${from} to ${until}`,
    holidays: { open: "on holidays as well", closed: "not on holidays", unknown: "we do not know whether anyone is there on holidays" },
  },
};
