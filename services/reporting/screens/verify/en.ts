/** English words of the page that checks a receipt. */
import type { VerifyMessages } from "./nl.ts";

export const en = {
  title: "Check your receipt",
  lead: "See for yourself that your report arrived and was not changed. This happens on your own device.",
  label: "Paste your receipt here",
  hint: "It begins with a brace. You saved it after your report.",
  file: "Choose the file",
  go: "Check",
  missing: "Paste your receipt first, or choose the file.",
  malformed: "This is not a receipt of Rugdekking. Choose the file you saved after your report.",
  good: "This receipt is right",
  goodText: (leaf: string, size: string) => `Your message is number ${leaf} in the public log. The log then had ${size} lines.`,
  bad: "This receipt is not right",
  badText: "It does not fit the log this device knows. Keep the file and call your safety desk.",
  provesTitle: "What it proves",
  proves: ["The server received exactly this message.", "Nobody can change or remove it afterwards without it being noticed."],
  notTitle: "What it does not prove",
  not: ["What the message says, or that it is true.", "That someone read it."],
  anchor: "This device checks with this key of the log:",
} satisfies VerifyMessages;
