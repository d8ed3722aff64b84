/** Requests for help, from asking to aftercare: what screens and the command line call. Everything is sealed here before it leaves. */
export { aftercareMarks, calendarUse, proposeAftercare, readAftercare, setAftercare } from "./aftercare.ts";
export { askHelp, openHelp, readHelp, supportDesks, type AskedHelp, type AskHelp, type HelpDraft } from "./request.ts";
export { closeHelp, offerHelp, reopenHelp, requestedHelp, sendHelpMessage, takeUpHelp, withdrawHelp } from "./steps.ts";
