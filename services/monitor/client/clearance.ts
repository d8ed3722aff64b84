/** Clears publications of the Monitor: the two signatures of services/directory (`signMade`, `clearPublication`, `checkClearance`), under the Monitor's own media types. Called by the command line and by whoever checks. */
import type { ClearanceStatements } from "#services/directory/client/index.ts";
import { publicationMadeStatement, publicationStatement } from "#services/monitor/contract/publication.ts";

/** Media types of the statements about a publication of the Monitor. */
export const monitorStatements: ClearanceStatements = { made: publicationMadeStatement, cleared: publicationStatement };
