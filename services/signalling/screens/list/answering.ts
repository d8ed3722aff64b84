/** The answers of police and OM as buttons: which the table allows, and taking one. Used by the list and by the page of a signal. */
import type { DossierHandle } from "#services/dossier/client/index.ts";
import type { Receipt } from "#services/dossier/contract/index.ts";
import { decide, feedBack, present, receive, redirect, weigh } from "#services/signalling/client/index.ts";

/** One answer, as it is said on a button. */
export type Answer = "receive" | "serious" | "basic" | "present" | "retest" | "local" | "nominate" | "decide-basic" | "no-details" | "told" | "redirect";

const answersOf: Readonly<Record<string, readonly Answer[]>> = {
  receive: ["receive"],
  "receive-around": ["receive"],
  "weigh-serious": ["serious"],
  "weigh-basic": ["basic"],
  present: ["present"],
  retest: ["retest"],
  "decide-local": ["local"],
  "decide-nominate": ["nominate"],
  "decide-basic": ["decide-basic"],
  feedback: ["no-details", "told"],
  redirect: ["redirect"],
  "redirect-around": ["redirect"],
};

/** The answers these actions of the table allow; "not ours" last. */
export function answersFor(actions: readonly string[]): Answer[] {
  const found = actions.flatMap((action) => answersOf[action] ?? []);
  return [...found.filter((answer) => answer !== "redirect"), ...found.filter((answer) => answer === "redirect")];
}

/** What goes with an answer; all of it may stay empty, but for where a redirection points. */
export interface Given {
  readonly text: string;
  readonly next: string;
  readonly retestOn: string;
  readonly to: string;
  readonly desk: string;
}
export const nothingGiven: Given = { text: "", next: "", retestOn: "", to: "", desk: "" };

/** Whether an answer lacks what it cannot do without. */
export const answerLacks = (answer: Answer, { text, to }: Given): boolean =>
  (answer === "told" && text.trim() === "") || (answer === "redirect" && to.trim() === "");

/** Signs and sends it. @throws Problem role-forbidden, phase-forbidden (someone else answered), consent-missing, own-work. */
export function take(handle: DossierHandle, answer: Answer, { text, next, retestOn, to, desk }: Given): Promise<Receipt> {
  const retest = { text, retestOn: /^\d{4}-\d{2}-\d{2}$/u.test(retestOn) ? retestOn : null };
  switch (answer) {
    case "receive":
      return receive(handle, { text });
    case "serious":
      return weigh(handle, "serious", { text });
    case "basic":
      return weigh(handle, "basic-policing", { text });
    case "present":
    case "retest":
      return present(handle, { text });
    case "local":
      return decide(handle, "local-measures", retest);
    case "nominate":
      return decide(handle, "nominated", retest);
    case "decide-basic":
      return decide(handle, "basic-policing", retest);
    case "no-details":
      return feedBack(handle);
    case "told":
      return feedBack(handle, { text, next });
    case "redirect":
      return redirect(handle, { name: to.trim().slice(0, 400), desk: desk === "" ? null : desk }, text);
  }
}
