/** The pages of a query one after the other, with a cursor behind each. Used by index.ts. */
import Type from "typebox";
import { Check } from "typebox/value";
import type { FeedCursor } from "./cursor.ts";
import { FeedError, fetchPage, type Fetching } from "./fetching.ts";

/** What to read and with what. */
export interface FeedSettings extends Fetching {
  /** Address of the service with the slash at its end: `https://gegevensmagazijn.tweedekamer.nl/OData/v4/2.0/`. */
  readonly service: string;
  /** What is asked, behind that address; see {@link questionsSince}. */
  readonly query: string;
}

/** One page. */
export interface FeedPage {
  /** The records as they came; those of a case are for `readQuestions` (reading room). Deleted ones have `Verwijderd: true`. */
  readonly items: readonly unknown[];
  /** To be kept once the items are safe. */
  readonly cursor: FeedCursor;
  /** The service says that nothing changed since the tag of the cursor; there are no items. */
  readonly unchanged: boolean;
}

/** More pages than the whole archive has; a service that goes on is broken. */
const MOST_PAGES = 100_000;

const Page = Type.Object({ value: Type.Array(Type.Unknown()), "@odata.nextLink": Type.Optional(Type.String({ maxLength: 8_192 })) });

/** Cases of written questions that changed after a moment (`ApiGewijzigdOp`), with who asked whom and the documents, the oldest change first; all of them for null. */
export function questionsSince(moment: string | null): string {
  if (moment !== null && !/^\d{4}-\d{2}-\d{2}T[\d:.]{8,18}(?:Z|[+-]\d{2}:\d{2})$/u.test(moment))
    throw new RangeError(`${moment} is no moment (ISO 8601 with its zone)`);
  const filter = `Soort eq 'Schriftelijke vragen'${moment === null ? "" : ` and ApiGewijzigdOp gt ${moment}`}`;
  return `Zaak?$filter=${encodeURIComponent(filter)}&$expand=ZaakActor,Document($expand=DocumentActor)&$orderby=ApiGewijzigdOp`;
}

/** Where the next page is: on the same service or nowhere. A link may be relative (OData JSON Format 4.01 section 4.5.5). */
function nextAddress(link: string, from: string, service: string): string {
  let url: URL;
  try {
    url = new URL(link, from);
  } catch {
    throw new FeedError("not-odata", `the page after ${from} has no address we can read; start again`);
  }
  const home = new URL(service);
  if (url.origin !== home.origin || !url.pathname.startsWith(home.pathname) || url.username !== "" || url.password !== "")
    throw new FeedError("elsewhere", `the page after ${from} lies outside ${service}; it was not fetched`);
  return url.href;
}

function newestOf(items: readonly unknown[], before: string | null): string | null {
  let newest = before;
  for (const item of items) {
    const at: unknown = typeof item === "object" && item !== null ? Reflect.get(item, "ApiGewijzigdOp") : undefined;
    if (typeof at === "string" && !Number.isNaN(Date.parse(at)) && (newest === null || Date.parse(at) > Date.parse(newest))) newest = at;
  }
  return newest;
}

/**
 * Reads a query page by page. With the cursor of a reading that was cut off it goes on at the next page; with that of one that came to its end it asks whether anything changed
 * (`If-None-Match`) and reads from the start when it did.
 * @throws {@link FeedError}; pages before it are read and their cursors hold.
 */
export async function* readFeed(settings: FeedSettings, cursor: FeedCursor | null = null): AsyncGenerator<FeedPage, void, undefined> {
  const { service, query } = settings;
  const first = new URL(query, service).href;
  const going = cursor !== null && cursor.query === query && cursor.next !== null;
  const finished = cursor !== null && cursor.query === query && cursor.next === null;
  let url = going && cursor.next !== null ? nextAddress(cursor.next, first, service) : first;
  let [pages, items] = going ? [cursor.pages, cursor.items] : [0, 0];
  let etag = going || finished ? cursor.etag : null;
  let newest = going || finished ? cursor.newest : null;
  const seen = new Set<string>();
  while (pages < MOST_PAGES) {
    const isFirst = url === first && !going;
    seen.add(url);
    const fetched = await fetchPage(url, isFirst && finished ? etag : null, settings);
    if (fetched.status === 304 && cursor !== null) {
      yield { items: [], cursor, unchanged: true };
      return;
    }
    if (!Check(Page, fetched.body)) throw new FeedError("not-odata", `${url} has no list of records ("value"); check the address of the service`, 200);
    const { value, "@odata.nextLink": link } = fetched.body;
    const next = link === undefined ? null : nextAddress(link, url, service);
    if (isFirst) etag = fetched.etag;
    pages++;
    items += value.length;
    newest = newestOf(value, newest);
    yield { items: value, cursor: { version: 1, query, next, etag, pages, items, newest }, unchanged: false };
    if (next === null) return;
    if (seen.has(next)) throw new FeedError("loops", `the page after ${url} was read before; the service leads in a circle`);
    url = next;
  }
  throw new FeedError("loops", `${service} has more than ${MOST_PAGES} pages; the service does not come to an end`);
}
