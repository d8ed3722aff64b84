/** English words of a device that stands in the place of an account. */
import type { Messages } from "./nl.ts";

export const en: Messages = {
  way: {
    title: "This phone is known",
    text: "You need no name or passphrase here.",
    go: "Go on with this phone",
    unknown: "This phone is no longer known",
    unknownText:
      "You cannot go on here this way any more. That was settled on another device. Sign in with your recovery sheet, or ask your team for a new invitation.",
    forget: "Let this phone forget that",
  },
  start: {
    title: "Make this phone ready",
    lead: "Your keys will be on this phone. You choose no name and need to remember nothing.",
    warnTitle: "Read this first",
    warnLock: "Whoever has your unlocked phone can read what you can read. So put a lock on it.",
    warnLost: "Did you lose the phone? Call whoever leads your team at once. They take you out of the team.",
    warnCleared: "If you clear the data of this browser, this phone no longer knows you. Some browsers clear it themselves when you stay away long.",
    go: "Make it ready",
    back: "Back",
  },
  spare: {
    title: "Your recovery sheet",
    lead: "With this you can go on with another device. You see this sheet only once.",
    card: "Recovery sheet",
    handle: "Your sign-in name:",
    text: "Go to Rugdekking and choose Sign in, then Recovery sheet.",
    kept: "I have kept the sheet",
    skip: "I want no recovery sheet",
  },
  confirm: {
    title: "Do you have the recovery sheet?",
    lead: "Type two groups. Then you know that your copy is right.",
  },
  skip: {
    title: "Go on without a recovery sheet?",
    text: "If you lose this phone, there is no way to sign in any more. We cannot mend that.",
    team: "Your team can invite you again. Your colleagues keep their own key.",
    go: "Go on without a recovery sheet",
    back: "Show me the sheet after all",
  },
  forget: {
    title: "This phone knows you",
    text: "You are here without a passphrase. Let the phone forget you when you give it away or no longer use it.",
    go: "Forget me on this phone",
    sure: "Should this phone forget you?",
    gone: "You are signed out everywhere. Without a recovery sheet you cannot come back after that.",
  },
};
