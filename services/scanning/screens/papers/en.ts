/** English names of the documents of a scan. */
import type { Messages } from "./nl.ts";

export const en = {
  advice: { name: "The whole advice", text: "With photos, the house and all it rests on. Not for the employer." },
  provision: { name: "The list for the employer", text: "What will come, what it costs and when. Nothing about the home." },
  explanation: { name: "Explanation in plain words", text: "What the advice means and what happens now." },
  statement: { name: "Statement of adoption", text: "Who adopted it, when, and how anyone can check that." },
} satisfies Messages;
