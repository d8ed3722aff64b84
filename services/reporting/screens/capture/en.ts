/** English words of the page where captures of the browser extension are taken over. */
import { plural, writeDay, writeMoment } from "#services/interface/index.ts";
import type { CaptureMessages } from "./nl.ts";

export const en = {
  title: "Capture with the extension",
  lead: "Capture a message while you read it. It is locked at once, and here you put it into your dossier.",
  lock: "Only you can open what is waiting.",
  lockReader: "You",
  lockReason: "with the key of your account or your code",
  signIn: {
    title: "Sign in first",
    text: "Then this page knows for whom the extension locks everything.",
    account: "Sign in",
    code: "I have a code",
  },
  connect: {
    title: "The extension is not connected yet",
    steps: [
      "Put the extension in this browser. Ask your safety desk or your employer how to get it.",
      "Stay on this page and press the icon of Rugdekking, top right.",
      "The first time you compare a number. After that the extension is paired.",
    ],
    waiting: "This page waits for the extension.",
  },
  pair: {
    title: "Compare this number",
    text: "The extension shows a number too. Are they exactly the same? Then press “Yes, pair” there.",
    number: "Your number",
    differs: "Are they not the same? Do not pair, and call your safety desk.",
  },
  other: {
    title: "The extension is paired with another account",
    text: "Sign in with that account to take over what is waiting. Or press the icon and choose “Unpair” there.",
  },
  empty: {
    title: "Nothing is waiting",
    text: "Go to a message and press the icon of Rugdekking there. Then come back here and press the icon once more.",
  },
  waiting: {
    title: (n: number) => plural("en", n, { one: "# capture is waiting", other: "# captures are waiting" }),
    choose: "What do you want to put into your dossier?",
    nobody: "No account found",
    shown: (time: string) => `Time shown with the message: ${time}`,
    at: (moment: string) => `Captured ${writeMoment("en", moment)}`,
    files: (n: number) => plural("en", n, { one: "# file", other: "# files" }),
    look: "Look at the picture",
    hide: "Hide the picture",
    picture: "The picture of the captured page",
    lacksWhole: "The message is not on it in full.",
    lacksText: "The text was too long and was cut off.",
    lacksFrames: "Part of it comes from another site. Its words were not read.",
    lacksPictures: "A picture was too large and was not kept.",
    closed: "This one does not open here. It may have been captured for another account.",
    where: "In which report?",
    dossier: (moment: string) => `Report of ${writeDay("en", moment)}`,
    none: "You have no report yet that can take this.",
    begin: "Report something",
    go: "Put into my dossier",
    final: "You cannot take this out of your dossier later. So look first at what you choose.",
    missing: "First choose at least one capture.",
    busy: "Taking over",
  },
  taken: {
    title: (n: number) => plural("en", n, { one: "# capture is in your dossier", other: "# captures are in your dossier" }),
    text: "The extension has erased them. Whoever reads your report sees them too.",
    open: "To my report",
  },
  failed: {
    silent: "The extension does not answer any more. Press the icon once more.",
    gone: "The extension no longer has this. Press the icon once more.",
    "not-paired": "The extension is no longer paired. Press the icon once more.",
    malformed: "The extension gave an answer we do not understand. See whether there is a new version.",
  },
  proves: {
    title: "What does a capture prove?",
    yes: [
      "These files were not changed since you captured them. The check number shows that.",
      "You put them into your dossier. That is signed.",
      "With a time stamp: they existed at that moment.",
    ],
    notTitle: "What does it not prove?",
    no: [
      "That the page really was like this. On one's own computer a page can be changed, without a trace.",
      "Who wrote the message. The account and the time are what the page showed.",
      "That this is everything. It holds only what you saw and captured.",
    ],
    advice: "So leave the message where it is until the police looked at it. Keep the link too.",
  },
} satisfies CaptureMessages;
