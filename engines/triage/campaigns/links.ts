/** Links in a text, spelled one way, so that the same page is recognised however it was copied. Used in this room only. */

/** More links than this in one message are not looked at. */
const MOST_LINKS = 8;
/** A longer one is cut off here. */
const MOST_UNITS = 2048;

/** What says who shared a link and how, never what it leads to. */
const tracking: ReadonlySet<string> = new Set([
  "fbclid",
  "gclid",
  "igshid",
  "igsh",
  "mc_cid",
  "mc_eid",
  "si",
  "ref",
  "ref_src",
  "ref_url",
  "feature",
  "share",
  "s",
  "t",
]);
const isTracking = (part: string): boolean => {
  const key = part.split("=", 1)[0]?.toLowerCase() ?? "";
  return part === "" || key.startsWith("utm_") || tracking.has(key);
};

const otherNames: Readonly<Record<string, string>> = { "twitter.com": "x.com", "fb.com": "facebook.com", "fb.me": "facebook.com" };
const before = ["www.", "m.", "mobile.", "nl.", "nl-nl."];

/** Ends a link: white space, and marks that people put around one. */
const ends = (unit: number): boolean =>
  unit <= 0x20 ||
  unit === 0x22 ||
  unit === 0x3c ||
  unit === 0x3e ||
  unit === 0x60 ||
  unit === 0xa0 ||
  unit === 0xab ||
  unit === 0xbb ||
  (unit >= 0x2018 && unit <= 0x201f);
const trailing = ".,;:!?)]}'*_~";

/** `host/path?query` of what stands behind `https://`; null when it is a bare host: half of all messages may name a newspaper. */
function spelled(rest: string): string | null {
  let end = rest.length;
  while (end > 0 && trailing.includes(rest[end - 1] ?? " ")) end--;
  const [whole = ""] = rest.slice(0, end).split("#", 1);
  const asked = whole.indexOf("?");
  const [address, query] = asked < 0 ? [whole, ""] : [whole.slice(0, asked), whole.slice(asked + 1)];
  const slash = address.indexOf("/");
  let host = (slash < 0 ? address : address.slice(0, slash)).toLowerCase();
  for (const prefix of before) if (host.startsWith(prefix) && host.indexOf(".", prefix.length) > 0) host = host.slice(prefix.length);
  host = otherNames[host] ?? host;
  let path = slash < 0 ? "" : address.slice(slash);
  while (path.endsWith("/")) path = path.slice(0, -1);
  if (host === "youtu.be" && path.length > 1) return `youtube.com/watch?v=${path.slice(1)}`;
  const kept = query
    .split("&")
    .filter((part) => !isTracking(part))
    .toSorted();
  if (!host.includes(".") || (path === "" && kept.length === 0)) return null;
  return `${host}${path}${kept.length === 0 ? "" : `?${kept.join("&")}`}`;
}

/** The different links in a text, in one spelling: no scheme, no `www.`, no tracking, no fragment. Bare hosts are left out. Linear in the length of the text. */
export function linksIn(text: string): readonly string[] {
  let at = text.indexOf("://");
  let bare = text.indexOf("www.");
  if (at < 0 && bare < 0) return [];
  const found: string[] = [];
  let from = 0;
  for (let looked = 0; looked < MOST_LINKS; looked++) {
    if (at >= 0 && at < from) at = text.indexOf("://", from);
    if (bare >= 0 && bare < from) bare = text.indexOf("www.", from);
    if (at < 0 && bare < 0) break;
    const start = at >= 0 && (bare < 0 || at < bare) ? at + 3 : bare;
    let end = start;
    while (end < text.length && !ends(text.charCodeAt(end))) end++;
    const link = spelled(text.slice(start, Math.min(end, start + MOST_UNITS)));
    if (link !== null && !found.includes(link)) found.push(link);
    from = Math.max(end, start + 1);
  }
  return found;
}
