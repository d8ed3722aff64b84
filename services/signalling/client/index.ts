/** Signals to police and OM, from raising to closing: what screens and the CLI call. Everything is sealed here before it leaves. */
export { openSignal, raiseSignal, readSignal, type RaisedSignal, type RaiseSignal, type SharedFrom, type SignalDesks, type SignalDraft } from "./raise.ts";
export {
  addSignalEvidence,
  answeringNow,
  awaitingItems,
  consentAgain,
  lapsedDesks,
  shareAlong,
  wentAround,
  type AnsweringDesk,
  closeSignal,
  decide,
  factBefore,
  feedBack,
  present,
  receive,
  recordProvisional,
  redirect,
  register,
  revoke,
  sendSignalMessage,
  stationsOf,
  weigh,
  weighAgain,
  withdrawSignal,
  type Weighing,
} from "./answers.ts";
export { desksAgain, raiseAgain, roadAgain, type RoadAgain } from "./again.ts";
export { actionsIn, byNeed, deskSignals, factsOf, isLate, ownSignals, roleOfDesk, stationsInList, type ListedSignal } from "./lists.ts";
