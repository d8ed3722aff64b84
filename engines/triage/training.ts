/** The inside of the threat model, for the script that trains it (tools/triage) and for nobody else: an app asks index.ts. */
export { eachFeature, FEATURES } from "./threats/features.ts";
export { type Block, gate, gateSlope, plainRoom, type Room, roomFor } from "./threats/matrix.ts";
export { joinedKeys, joinedOf, joinedRow, type Joined, type Joining, judgedOf, levelFrom, readingOf, type Reading, type Weights } from "./threats/model.ts";
export {
  asked,
  CLASSES,
  gated,
  headRow,
  heads,
  hiddenWidth,
  layout,
  least,
  type Network,
  networkReader,
  PIECES,
  piecesOf,
  pooled,
  seenAtOnce,
  width,
} from "./threats/network.ts";
export { type Seen, seenIn } from "./threats/rules.ts";
export { type Word, wordsOf } from "./threats/words.ts";
