/** Personal data in Dutch messages: where it stands, what it is, and whether it is the person's own. The only door of this room; for the pipeline of engines/triage. */
import { findAddresses, findPlaces } from "./addresses.ts";
import { findCoordinates, findPlates, findPostcodes } from "./codes.ts";
import { findBsns, findIbans, findPhones } from "./digits.ts";
import { findEmails, findHandles, findLinks } from "./links.ts";
import { findNames } from "./names.ts";
import { type PersonalHit, Reading } from "./reading.ts";
import type { Watch } from "./watch.ts";
import { markWatched } from "./watching.ts";

export type { PersonalHit, PersonalKind } from "./reading.ts";
export { parseWatch } from "./watch.ts";
export type { Watch, WatchData, WatchedAddress } from "./watch.ts";

const reading = new Reading();

/**
 * Finds personal data in a message: addresses, postcodes, telephone numbers, e-mail, bank accounts, citizen service numbers, licence plates, names, links and
 * whereabouts, in the order in which they stand. Offsets are UTF-16 code units into the text as given; hits do not overlap. Checked where a check exists
 * (11-test, 97-test, numbering plan, sidecodes). With a {@link Watch}, pieces of the person's own data carry `watched`, also where they are written so that
 * nothing else would find them. Takes time in proportion to the text. Never throws.
 */
export function findPersonal(text: string, watch?: Watch): PersonalHit[] {
  reading.read(text);
  if (reading.numbers.length > 0 || reading.ats.length > 0 || reading.spelled >= 6) {
    findIbans(reading);
    findBsns(reading, true);
  }
  findEmails(reading);
  findLinks(reading);
  if (reading.numbers.length > 0 || reading.spelled >= 6) {
    findPhones(reading);
    findPlates(reading);
    findPostcodes(reading);
    findCoordinates(reading);
    findAddresses(reading);
  }
  findHandles(reading);
  findNames(reading);
  findBsns(reading, false);
  findPlaces(reading);
  if (watch !== undefined) return markWatched(reading, watch);
  return reading.hits.sort((one, other) => one.start - other.start);
}
