/** The inside of the threat model, for the script that trains it (tools/triage) and for nobody else: an app asks index.ts. */
export { eachFeature, FEATURES, knownOf } from "./threats/features.ts";
export { joinedKeys, joinedOf, joinedRow, type Joined, levelFrom, readingOf, type Reading, type Weights } from "./threats/model.ts";
export { type Seen, seenIn } from "./threats/rules.ts";
export { wordsOf } from "./threats/words.ts";
