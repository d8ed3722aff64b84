/** What a report needs only after its first steps: who it is for, the last look, locking and sending. Fetched by the report page while the person types, so that typing does not wait for it. */
export { layIn, sendReport } from "./send.ts";
export { Sending, StepCheck } from "./step-check.tsx";
export { StepWho } from "./step-who.tsx";
