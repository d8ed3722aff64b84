/** A set of questions under work: what screens, documents and the command line call. Everything is sealed here before it leaves. */
export { clockOf, type SetClock } from "./clock.ts";
export { mendedSet } from "./mends.ts";
export { missingCodes, setSteps, type Missing, type MissingCode, type SetStep } from "./missing.ts";
export { factsAsked, openEntries, openSet, readSet, type AskedFacts } from "./open.ts";
export { openNewSet, type NewSet } from "./start.ts";
export {
  addMinistry,
  agree,
  answerFacts,
  askFacts,
  askInitials,
  assignQuestions,
  comment,
  coordinate,
  giveVerdict,
  initial,
  initialPublic,
  mendSet,
  postpone,
  presentSet,
  publishSet,
  redraft,
  returnSet,
  sendSet,
  signSet,
  tellAll,
  withdrawSet,
  writeDraft,
  writeNote,
  type DocumentToSign,
  type FactsToAsk,
  type Remark,
} from "./steps.ts";
export {
  viewOfSet,
  type CommentThread,
  type CoMinistryView,
  type FactView,
  type Given,
  type Judged,
  type NotePartView,
  type OpenedEntry,
  type QuestionView,
  type SetView,
  type Text,
  type Version,
  type Written,
} from "./view.ts";
export { digestOfWhole, wholeText, type Whole } from "./whole.ts";
