/** How far a feed was read, as JSON that can be kept. Used by index.ts. */
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";

const Text = Type.String({ maxLength: 8_192 });

/** A page that was read, and by which tag the service says that it did not change. */
const PageTag = Type.Object(
  {
    url: Text,
    etag: Text,
    /** Address of the page behind it; null when it was the last. */
    next: Type.Union([Text, Type.Null()]),
    items: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
);
/** A page with its tag. */
export type PageTag = Static<typeof PageTag>;

/** Tags that are kept; pages beyond them are read again. */
export const MOST_TAGS = 1_000;

/** How far a feed was read. Kept by the caller after each page, once the page itself is safe: cut off between the two, the page comes again. */
export const FeedCursor = Type.Object(
  {
    version: Type.Literal(2),
    /** The query this cursor belongs to. */
    query: Text,
    /** Address of the page that comes next; null when the last one was read. */
    next: Type.Union([Text, Type.Null()]),
    /** Tags of the pages that had one. A tag speaks for its own page only: what is new comes on the last. */
    tags: Type.Array(PageTag, { maxItems: MOST_TAGS }),
    pages: Type.Integer({ minimum: 0 }),
    items: Type.Integer({ minimum: 0 }),
    /** The newest `ApiGewijzigdOp` seen: where the next query starts. */
    newest: Type.Union([Text, Type.Null()]),
  },
  { additionalProperties: false },
);
/** How far a feed was read. */
export type FeedCursor = Static<typeof FeedCursor>;

/** A cursor that was kept, or null when it is none or belongs to another query. */
export function parseCursor(value: unknown, query: string): FeedCursor | null {
  return Check(FeedCursor, value) && value.query === query ? value : null;
}
