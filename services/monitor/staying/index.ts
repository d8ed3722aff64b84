/** The door of the room that asks whether aggression changes who stays in office: what is said, with what could have been missed. Runs on the research desk's own machine. */
export { compareStaying, smallDifference, stayingExposures, stayingIndicator, type Compared, type StayingComparison } from "./intention.ts";
export { compareLeaving, smallOddsRatio, type LeavingResult, type TermsOfOffice } from "./leaving.ts";
