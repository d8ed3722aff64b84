/** The pages of a query one after the other, with a cursor behind each. Used by index.ts. */
import Type from "typebox";
import { Check } from "typebox/value";
import { type FeedCursor, MOST_TAGS, type PageTag } from "./cursor.ts";
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
  /** The service says that this page did not change since its tag in the cursor; there are no items. Nothing changed at all when it says so of every page. */
  readonly unchanged: boolean;
}

/** More pages than the whole archive has; a service that goes on is broken. */
const MOST_PAGES = 100_000;

/** Longer tags and addresses are not kept. */
const [LONGEST_TAG, LONGEST_ADDRESS] = [1_000, 8_192];

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
 * Reads a query page by page. With the cursor of a reading that was cut off it goes on at the next page. With that of one that came to its end it starts anew, and asks of every
 * page that had a tag whether it changed (`If-None-Match`): a first page that did not says nothing of the ones behind it.
 * @throws {@link FeedError}; pages before it are read and their cursors hold.
 */
export async function* readFeed(settings: FeedSettings, cursor: FeedCursor | null = null): AsyncGenerator<FeedPage, void, undefined> {
  const { service, query } = settings;
  const first = new URL(query, service).href;
  const own = cursor !== null && cursor.query === query ? cursor : null;
  const going = own !== null && own.next !== null;
  let url = going && own.next !== null ? nextAddress(own.next, first, service) : first;
  let [pages, items] = going ? [own.pages, own.items] : [0, 0];
  let newest = own?.newest ?? null;
  const tags = new Map<string, PageTag>(own?.tags.map((tag) => [tag.url, tag]));
  const seen = new Set<string>();
  while (pages < MOST_PAGES) {
    seen.add(url);
    const known = tags.get(url);
    const fetched = await fetchPage(url, known?.etag ?? null, settings);
    const unchanged = fetched.status === 304 && known !== undefined;
    let tag: PageTag | null = null;
    let value: readonly unknown[] = [];
    let next: string | null;
    if (unchanged) {
      tag = known;
      // The cursor lay on a disk: its addresses are judged like those of the service.
      next = known.next === null ? null : nextAddress(known.next, url, service);
    } else {
      if (!Check(Page, fetched.body)) throw new FeedError("not-odata", `${url} has no list of records ("value"); check the address of the service`, 200);
      const { "@odata.nextLink": link } = fetched.body;
      ({ value } = fetched.body);
      next = link === undefined ? null : nextAddress(link, url, service);
      if (fetched.etag !== null && fetched.etag.length <= LONGEST_TAG && url.length <= LONGEST_ADDRESS)
        tag = { url, etag: fetched.etag, next, items: value.length };
    }
    tags.delete(url);
    if (tag !== null) tags.set(url, tag);
    // Pages that are no longer there.
    if (next === null && !going) for (const old of tags.keys()) if (!seen.has(old)) tags.delete(old);
    pages++;
    items += unchanged ? known.items : value.length;
    newest = newestOf(value, newest);
    yield { items: value, cursor: { version: 2, query, next, tags: [...tags.values()].slice(0, MOST_TAGS), pages, items, newest }, unchanged };
    if (next === null) return;
    if (seen.has(next)) throw new FeedError("loops", `the page after ${url} was read before; the service leads in a circle`);
    url = next;
  }
  throw new FeedError("loops", `${service} has more than ${MOST_PAGES} pages; the service does not come to an end`);
}
