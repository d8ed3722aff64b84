/** Addresses of the net: e-mail (also with "apenstaartje" and "punt"), links, and accounts named beside a platform; used by index.ts only. */
import { MARK, NUMBER, WORD, type Reading } from "./reading.ts";

const DOT_WORDS = new Set("punt dot puntje stip point".split(" "));
const JOIN_WORDS = new Map([
  ["underscore", "_"],
  ["laagstreepje", "_"],
  ["streepje", "-"],
  ["koppelteken", "-"],
  ["min", "-"],
]);
/** Endings that are believed when the rest is written in words. */
const KNOWN_TOPS = new Set(
  "nl com net org eu be de fr info me io uk co biz amsterdam frl tv app online gov edu ch at lu es it pl us xyz site shop dev email nu".split(" "),
);
/** Endings that make a link of two words with a dot between, without anything else. */
const BARE_TOPS = new Set("nl com net org eu be info io".split(" "));

/** Mailboxes of an organisation, not of a person. */
const ROLE_BOXES = new Set(
  "info contact gemeente post postbus balie griffie secretariaat klantenservice service support helpdesk webmaster receptie redactie pers perscontact voorlichting communicatie noreply no-reply administratie servicedesk meldpunt klachten inkoop bestuurssecretariaat raadsgriffie algemeen mail hallo hello office receptie vacatures sales hr privacy fg avg abuse postmaster".split(
    " ",
  ),
);

function isLocalCode(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x2e ||
    code === 0x5f ||
    code === 0x2d ||
    code === 0x2b ||
    code === 0x25 ||
    code === 0x27 ||
    code >= 0xc0
  );
}

interface Piece {
  readonly first: number;
  readonly last: number;
  readonly text: string;
}

/** Finds e-mail addresses. Shared mailboxes of organisations (info@, balie@) are nobody's and left alone. */
export function findEmails(reading: Reading): void {
  for (const at of reading.ats) {
    if (!reading.isTaken(at)) emailAround(reading, at, at, false);
  }
  for (const token of reading.atWords) {
    if (reading.isTaken(token)) continue;
    let first = token;
    let last = token;
    if (opens(reading, token - 1) && closes(reading, token + 1)) {
      first--;
      last++;
    } else if (reading.word(token) === "a") continue;
    emailAround(reading, first, last, true);
  }
}

function opens(reading: Reading, token: number): boolean {
  return reading.isMark(token, 0x28) || reading.isMark(token, 0x5b) || reading.isMark(token, 0x7b) || reading.isMark(token, 0x3c);
}

function closes(reading: Reading, token: number): boolean {
  return reading.isMark(token, 0x29) || reading.isMark(token, 0x5d) || reading.isMark(token, 0x7d) || reading.isMark(token, 0x3e);
}

function emailAround(reading: Reading, first: number, last: number, inWords: boolean): void {
  const spaced = inWords || reading.gap(first - 1) > 0 || reading.gap(last) > 0;
  if (reading.gap(first - 1) > 2 || reading.gap(last) > 2) return;
  const domain = domainAfter(reading, last + 1, spaced);
  if (domain === null) return;
  const local = localBefore(reading, first - 1);
  if (local === null) return;
  const box = local.text.replace(/^[.'-]+/u, "");
  if (box === "" || ROLE_BOXES.has(box)) return;
  // "kijk at google.com": with a bare "at" the box must look like one, or the dot must be spelled as well.
  if (
    first === last &&
    inWords &&
    reading.word(first) === "at" &&
    !/[._0-9]/u.test(box) &&
    !domain.spelled &&
    !/^(?:gmail|hotmail|outlook|live|ziggo|kpn|kpnmail|xs4all|home|planet|proton|icloud|yahoo|me|telfort|upc|casema)/u.test(domain.text)
  )
    return;
  reading.keep("email", local.first, domain.last, `${box}@${domain.text}`);
}

/** The last token of a domain that begins at `token`, dots written or spelled. */
function domainAfter(reading: Reading, token: number, strict: boolean): (Piece & { spelled: boolean }) | null {
  let text = "";
  let at = token;
  let best: (Piece & { spelled: boolean }) | null = null;
  let spelled = false;
  for (let labels = 0; labels < 8; labels++) {
    const label = labelFrom(reading, at);
    if (label === null) break;
    text += label.text;
    if (labels > 0 && /^[a-z]{2,12}$/u.test(label.text) && (!strict || KNOWN_TOPS.has(label.text))) best = { first: token, last: label.last, text, spelled };
    const dot = dotAfter(reading, label.last);
    if (dot === null) break;
    if (dot.spelled) {
      spelled = true;
      if (labels > 0 && best !== null) break;
    }
    text += ".";
    at = dot.next;
  }
  return best;
}

/** Words, digits and dashes that touch. */
function labelFrom(reading: Reading, token: number): Piece | null {
  let last = -1;
  for (let at = token; at < reading.count && at < token + 12; at++) {
    if (at > token && !reading.glued(at - 1)) break;
    const kind = reading.kind[at];
    if (kind === WORD || kind === NUMBER) last = at;
    else if (!reading.isMark(at, 0x2d) || at === token) break;
  }
  if (last < 0 || reading.to(last) - reading.from(token) > 63) return null;
  return { first: token, last, text: reading.folded.slice(reading.from(token), reading.to(last)) };
}

function dotAfter(reading: Reading, token: number): { next: number; spelled: boolean } | null {
  const next = token + 1;
  if (reading.isMark(next, 0x2e)) {
    return reading.glued(token) && reading.glued(next) ? { next: next + 1, spelled: false } : null;
  }
  if (reading.kindOf(next) === WORD && reading.gap(token) <= 2 && reading.gap(next) <= 2 && DOT_WORDS.has(reading.word(next)))
    return { next: next + 1, spelled: true };
  if (opens(reading, next) && reading.kindOf(next + 1) === WORD && closes(reading, next + 2) && DOT_WORDS.has(reading.word(next + 1)))
    return { next: next + 3, spelled: true };
  if (opens(reading, next) && reading.isMark(next + 1, 0x2e) && closes(reading, next + 2)) return { next: next + 3, spelled: true };
  return null;
}

/** The part before the "@", read backwards. */
function localBefore(reading: Reading, token: number): Piece | null {
  let first = -1;
  let text = "";
  let at = token;
  for (let pieces = 0; pieces < 12 && at >= 0; pieces++) {
    if (reading.kind[at] === MARK && !(pieces > 0 && isLocalCode(reading.flags[at] ?? 0))) break;
    // One touching piece: words, digits, dots, underscores.
    let begin = at;
    while (begin > 0 && at - begin < 24 && reading.gap(begin - 1) === 0 && isLocalToken(reading, begin - 1)) begin--;
    const piece = reading.folded.slice(reading.from(begin), reading.to(at));
    if (piece.length > 64 || reading.isTaken(begin)) break;
    text = piece + text;
    first = begin;
    const join = begin - 1;
    if (reading.kindOf(join) !== WORD || reading.gap(join) > 2 || reading.gap(join) === 0 || join < 1) break;
    const word = reading.word(join);
    const sign = DOT_WORDS.has(word) ? "." : JOIN_WORDS.get(word);
    if (sign === undefined) break;
    text = sign + text;
    at = join - 1;
    if (reading.kindOf(at) === MARK) break;
  }
  if (first < 0) return null;
  return { first, last: token, text };
}

function isLocalToken(reading: Reading, token: number): boolean {
  const kind = reading.kind[token];
  return kind === WORD || kind === NUMBER || (kind === MARK && isLocalCode(reading.flags[token] ?? 0) && (reading.flags[token] ?? 0) < 0xc0);
}

/** What ends a link. */
function isLinkEnd(code: number): boolean {
  return code <= 0x20 || code === 0xa0 || code === 0x22 || code === 0x3c || code === 0x3e || code === 0x201d || code === 0x201c || code === 0x60;
}

/** Finds links: with a scheme, with "www", and bare hosts with a well-known ending. */
export function findLinks(reading: Reading): void {
  if (reading.innerDots === 0) return;
  for (let token = 0; token + 2 < reading.count; token++) {
    if (reading.isTaken(token) || reading.kind[token] === MARK) continue;
    const start = reading.from(token);
    if (reading.kind[token] === WORD && (reading.isMark(token + 1, 0x3a) || reading.isMark(token + 1, 0x2e))) {
      const word = reading.word(token);
      const scheme =
        (word === "http" || word === "https" || word === "hxxp" || word === "hxxps" || word === "geo") &&
        reading.isMark(token + 1, 0x3a) &&
        reading.gap(token + 1) === 0;
      const www = word === "www" && reading.isMark(token + 1, 0x2e) && reading.glued(token + 1);
      if ((scheme || www) && reading.gap(token) === 0) {
        token = keepLink(reading, token, start);
        continue;
      }
    }
    if (
      reading.gap(token - 1) === 0 &&
      token > 0 &&
      (reading.kindOf(token - 1) !== MARK || reading.isMark(token - 1, 0x40) || reading.isMark(token - 1, 0x2e) || reading.isMark(token - 1, 0x2d))
    )
      continue;
    const host = domainAfter(reading, token, false);
    if (host === null || host.spelled) continue;
    const beyond = reading.text.charCodeAt(reading.to(host.last));
    const top = host.text.slice(host.text.lastIndexOf(".") + 1);
    const path = beyond === 0x2f && reading.to(host.last) + 1 < reading.text.length && !isLinkEnd(reading.text.charCodeAt(reading.to(host.last) + 1));
    // A forgotten blank after a full stop ("klaar.De rest") is no link.
    if (reading.isCapital(host.last) && !reading.isCapital(token)) continue;
    if (path ? KNOWN_TOPS.has(top) || top === "gl" || top === "ly" || top === "gg" : BARE_TOPS.has(top) && host.text.length >= 5)
      token = keepLink(reading, token, start);
  }
}

function keepLink(reading: Reading, token: number, start: number): number {
  const { text } = reading;
  let end = start;
  while (end < text.length && !isLinkEnd(text.charCodeAt(end))) end++;
  // What was found inside it before (an e-mail address, an account) stands by itself; the link ends where that begins.
  for (let at = token; at < reading.count && reading.from(at) < end; at++) if (reading.isTaken(at)) end = reading.from(at);
  while (end > start && ".,;:!?)]}'*_".includes(text.charAt(end - 1))) end--;
  const next = reading.takeSpan(token, end);
  const link = text.slice(start, Math.min(end, start + 4096)).replace(/^h(?:tt|xx)ps?:\/\//iu, "");
  const slash = link.indexOf("/");
  const host = (slash < 0 ? link : link.slice(0, slash)).toLowerCase().replace(/^www\./u, "");
  if (host !== "") reading.keepSpan("url", start, end, (host + (slash < 0 ? "" : link.slice(slash))).replace(/\/$/u, ""));
  return next - 1;
}

const PLATFORMS = new Set(
  "insta instagram ig snap snapchat twitter tiktok telegram facebook fb linkedin threads mastodon bluesky discord x youtube reddit twitch signal kik gebruikersnaam username handle account profiel".split(
    " ",
  ),
);

/** Finds "@account" where a platform is named just before; a bare mention is how people address each other and is left alone. */
export function findHandles(reading: Reading): void {
  for (const at of reading.ats) {
    if (reading.isTaken(at) || !reading.glued(at) || reading.gap(at - 1) === 0) continue;
    let platform = false;
    for (let back = at - 1; back >= 0 && back >= at - 5 && !platform; back--) platform = reading.kind[back] === WORD && PLATFORMS.has(reading.word(back));
    if (!platform) continue;
    let last = at;
    while (last + 1 < reading.count && last < at + 16 && reading.glued(last) && isLocalToken(reading, last + 1)) last++;
    while (last > at && reading.kind[last] === MARK && !reading.isMark(last, 0x5f)) last--;
    if (last > at) reading.keep("name", at, last, reading.folded.slice(reading.from(at), reading.to(last)));
  }
}
