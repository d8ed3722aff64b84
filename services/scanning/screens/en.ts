/** English words of a security scan in the dossier page. */
import type { Messages } from "./nl.ts";

const phases: Readonly<Record<string, string>> = {
  requested: "CCV checks whether you have a right to this scan.",
  entitled: "CCV chooses an adviser for you.",
  assigned: "The adviser makes an appointment.",
  planned: "The adviser will visit you.",
  visited: "The adviser writes the advice.",
  drafted: "The advice is being finished.",
  submitted: "The security authority weighs the advice.",
  returned: "The adviser changes the advice.",
  adopted: "The advice is adopted. Your employer will arrange it.",
  providing: "Your employer arranges the measures.",
  completed: "All measures are done.",
  pointed: "There is another scan for you; read below which.",
  withdrawn: "This scan was stopped.",
};
const entries: Readonly<Record<string, string>> = {
  request: "Request",
  entitlement: "Right to the scan",
  assignment: "Adviser chosen",
  appointment: "Appointment",
  visit: "Visit",
  "threat-analysis": "Threat analysis",
  "risk-assessment": "Risk assessment",
  advice: "Advice",
  submission: "To the security authority",
  return: "Returned with reasons",
  adoption: "Adopted and signed",
  "provision-list": "What must be provided",
  measure: "Measure",
  completion: "Done",
  message: "Message",
  evidence: "Evidence",
  withdrawal: "Stopped",
};
export const en = {
  title: "Security scan",
  phases,
  entries,
  cost: (low: number, high: number) => `${low} to ${high} euros`,
  decided: (name: string, office: string) => `Signed by ${name}, ${office}.`,
} satisfies Messages;
