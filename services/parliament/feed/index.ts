/**
 * Reads the open data of the Kamer (OData v4) page by page: what changed since the last time, politely, and so that it can be cut off anywhere and go on.
 * Nothing is sent but the query, which names no question anyone works on. It knows no network of its own: who calls hands it `fetch`. Called by the job and the command line.
 */
export { questionsSince, readFeed, type FeedPage, type FeedSettings } from "./feed.ts";
export { FeedCursor, parseCursor } from "./cursor.ts";
export { FeedError, type FeedErrorCode } from "./fetching.ts";
