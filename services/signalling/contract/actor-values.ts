/**
 * Brings an account, a telephone number, a mail address or a text to the one spelling that fingerprints are made of. Clients call it before anything is blinded; the server never sees a value.
 *
 * These rules are frozen: two desks find each other only when both spell alike. A change is a new {@link actorDomain}, and old contributions then match old ones only.
 */
import { Problem } from "#services/problem/index.ts";

/** First line of everything that is blinded: version of these rules, and what keeps our values apart from whoever else might use the same key. */
export const actorDomain = "rugdekking same-actor 1";

export const actorKinds = ["account", "phone", "email", "text"] as const;
export type ActorKind = (typeof actorKinds)[number];

/** Where an account can be. `other` is none of them on purpose: a name that nobody can place is no account. */
export const platforms = [
  "x",
  "facebook",
  "instagram",
  "tiktok",
  "youtube",
  "telegram",
  "linkedin",
  "threads",
  "bluesky",
  "mastodon",
  "snapchat",
  "reddit",
  "discord",
  "twitch",
] as const;
export type Platform = (typeof platforms)[number];

/** What a desk knows of an actor, as it stands in the dossier. */
export type ActorValue =
  | { readonly kind: "account"; readonly platform: Platform; readonly handle: string }
  | { readonly kind: "phone" | "email" | "text"; readonly value: string };

/** A value in its one spelling. `spelled` of a text is the whole normalised text; the client hashes it. */
export interface SpelledValue {
  readonly kind: ActorKind;
  readonly spelled: string;
}

const wrong = (what: string, mend: string): Problem => new Problem("input-malformed", what, mend);

/** A text of fewer words is not taken: it hits people who have nothing to do with each other, and can be guessed. */
export const fewestWords = 10;
/** Of those, so many must differ: ten times the same word is one word. */
export const fewestDifferent = 7;

/** Hosts of profile addresses, without the labels of {@link placeOf}. */
const hosts: Readonly<Record<string, Platform>> = {
  "x.com": "x",
  "twitter.com": "x",
  "facebook.com": "facebook",
  "instagram.com": "instagram",
  "tiktok.com": "tiktok",
  "youtube.com": "youtube",
  "t.me": "telegram",
  "linkedin.com": "linkedin",
  "threads.net": "threads",
  "threads.com": "threads",
  "bsky.app": "bluesky",
  "snapchat.com": "snapchat",
  "reddit.com": "reddit",
  "twitch.tv": "twitch",
};
/** A host without what stands before it for a telephone, a language or an old look. */
const placeOf = (hostname: string): string => hostname.replace(/^(?:www|m|mobile|web|old|new|[a-z]{2}(?:-[a-z]{2})?)\.(?=[^.]+\.)/u, "");

/** Name in a profile's path (its parts, lower case) or query; null when there is none in it. */
type NameIn = (path: readonly string[], query: URLSearchParams) => string | null;

const splitWords = (words: string): ReadonlySet<string> => new Set(words.split(" "));
/** The first part, unless the platform uses that word for something else than a name. */
const firstBut =
  (words: string): NameIn =>
  ([first = ""]) =>
    splitWords(words).has(first) ? null : first;
const behindAt: NameIn = ([first = ""]) => (first.startsWith("@") ? first : null);
const behind =
  (...words: readonly string[]): NameIn =>
  ([first = "", second = ""]) =>
    words.includes(first) ? second : null;
const digits = (text: string | null | undefined): string | null => (/^\d{1,20}$/u.test(text ?? "") ? (text ?? null) : null);

/**
 * Where the name stands in an address of a profile. What stands in no such place names nobody (a film, a group, a search), and two of them would be taken for one actor.
 *
 * [Note: Names in addresses] Where names are the first part (X, Facebook, Instagram, Telegram, Twitch), the words that the platform keeps for itself are listed. Elsewhere only what stands behind an @ or a fixed word is
 * taken. An account without a name on Facebook has a number, in `?id=` and in /people/NAME/NUMBER.
 */
const nameIn: Readonly<Record<Exclude<Platform, "mastodon" | "discord">, NameIn>> = {
  x: firstBut(
    "about account compose download explore following followers hashtag home i intent jobs lists login logout messages notifications oauth personalization privacy search settings share signup tos who_to_follow",
  ),
  facebook: (path, query) => {
    const [first = "", , third] = path;
    if (first === "profile.php") return digits(query.get("id"));
    if (first === "people") return digits(third);
    const taken =
      "ads business dialog donate events friends fundraisers gaming groups hashtag help home jobs l legal live login marketplace media memories messages notes notifications p page pages permalink photo photos places plugins policies posts privacy public reel reels saved search settings share sharer stories story terms v video videos watch";
    return first.endsWith(".php") || splitWords(taken).has(first) ? null : first;
  },
  instagram: (path, query) =>
    path[0] === "stories"
      ? firstBut("highlights")(path.slice(1), query)
      : firstBut("about accounts api ar challenge developer direct directory explore legal live oauth p press privacy reel reels s share terms tv web")(
          path,
          query,
        ),
  tiktok: behindAt,
  youtube: (path, query) => behindAt(path, query) ?? behind("c", "channel", "user")(path, query),
  telegram: (path, query) =>
    path[0] === "s"
      ? (path[1] ?? null)
      : firstBut(
          "a addemoji addlist addstickers addtheme bg boost c confirmphone contact giftcode invoice iv joinchat k login m nft proxy setlanguage share socks stars",
        )(path, query),
  linkedin: behind("in"),
  threads: behindAt,
  bluesky: behind("profile"),
  snapchat: (path, query) => behindAt(path, query) ?? behind("add")(path, query),
  reddit: behind("user", "u"),
  twitch: firstBut(
    "activate bits broadcast clip clips collections creatorcamp dashboard directory downloads drops embed event friends inventory jobs login moderator p payments popout prime products search settings signup store subscriptions team turbo user videos wallet",
  ),
};

const namesNobody = (platform: Platform): Problem =>
  wrong(`This address holds no name of an account on ${platform}`, "Open the page of the account itself and take that address, or give the name alone.");

/** The name out of a profile's address; null when the text is no address. @throws {@link Problem} input-malformed for an address of another platform, or one that names nobody. */
function handleOfAddress(text: string, platform: Platform): string | null {
  const given = /^(?:https?:\/\/)?((?:[a-z0-9-]+\.)+[a-z]{2,})(\/\S*)?$/iu.exec(text);
  // A name may hold dots (bluesky, instagram): without a path only a host of ours is an address.
  if (given === null || (given[2] === undefined && !/^https?:/iu.test(text) && hosts[placeOf((given[1] ?? "").toLowerCase())] === undefined)) return null;
  const url = URL.parse(/^https?:\/\//iu.test(text) ? text : `https://${text}`);
  const hostname = url?.hostname ?? "";
  const path = (url?.pathname ?? "")
    .toLowerCase()
    .split("/")
    .filter((part) => part !== "");
  if (platform === "mastodon") {
    // Every server of Mastodon is its own host.
    const name = behindAt(path, new URLSearchParams())?.slice(1) ?? behind("users")(path, new URLSearchParams());
    if (name === null || name === "") throw namesNobody(platform);
    return name.includes("@") ? name : `${name}@${hostname.replace(/^www\./u, "")}`;
  }
  if (platform === "discord" || hosts[placeOf(hostname)] !== platform)
    throw wrong("This address is not of the platform that was chosen", "Choose the platform the account is on, or give the name alone.");
  const name = nameIn[platform](path, url?.searchParams ?? new URLSearchParams());
  if (name === null || name === "") throw namesNobody(platform);
  return name;
}

/** @throws {@link Problem} input-malformed. */
function spellAccount(platform: Platform, given: string): string {
  const text = given.normalize("NFKC").trim();
  const address = handleOfAddress(text, platform);
  const name = (address ?? text).replace(/^@/u, "").toLowerCase();
  const shape = platform === "mastodon" ? /^[a-z0-9_.-]{1,64}@(?:[a-z0-9-]+\.)+[a-z]{2,63}$/u : /^[\p{L}\p{N}_.-]{2,64}$/u;
  const numbered = platform === "facebook" && digits(name) !== null;
  if ((!numbered && !shape.test(name)) || (platform === "facebook" && name.endsWith(".php")))
    throw wrong(
      `This is not the name of an account on ${platform}`,
      platform === "mastodon" ? "Give it with its server, for example @naam@server.example." : "Give the name behind the @, or the address of the profile.",
    );
  // Facebook reads j.jansen and jjansen as one name.
  if (platform === "facebook") return `facebook:${name.replaceAll(".", "")}`;
  // A name on Bluesky is a host; one without a dot is at the first server there was, which is how people write it.
  return `${platform}:${platform === "bluesky" && !name.includes(".") ? `${name}.bsky.social` : name}`;
}

/** E.164. A number without a country is Dutch. @throws {@link Problem} input-malformed. */
function spellPhone(given: string): string {
  const digits = given
    .normalize("NFKC")
    .replace(/^\s*tel:/iu, "")
    .replace(/\(0\)/gu, "")
    .replace(/[\s().\-/\u2010-\u2015]/gu, "");
  const international = digits.startsWith("00") ? `+${digits.slice(2)}` : /^0[1-9]\d{8}$/u.test(digits) ? `+31${digits.slice(1)}` : digits;
  // +31 06…: the 0 that is dialled inside the country.
  const spelled = international.replace(/^\+310(?=\d{9}$)/u, "+31");
  const fits = spelled.startsWith("+31") ? /^\+31[1-9]\d{8}$/u.test(spelled) : /^\+[1-9]\d{7,14}$/u.test(spelled);
  if (!fits) throw wrong("This is not a whole telephone number", "Give it with its area code, or with + and the country code.");
  return spelled;
}

/** Lower case; the host in ASCII. Gmail reads no dots and nothing behind a +, so neither do we there. @throws {@link Problem} input-malformed. */
function spellEmail(given: string): string {
  const text = given
    .normalize("NFKC")
    .trim()
    .replace(/^mailto:/iu, "")
    .toLowerCase();
  const at = text.lastIndexOf("@");
  const local = text.slice(0, Math.max(0, at));
  const host = URL.parse(`https://${text.slice(at + 1)}`)?.hostname ?? "";
  if (at < 1 || text.length > 200 || !/^[^\s@,;:<>()[\]\\"]+$/u.test(local) || !/^(?:[a-z0-9-]+\.)+[a-z0-9-]{2,63}$/u.test(host))
    throw wrong("This is not a mail address", "Give it as name@host.");
  if (host !== "gmail.com" && host !== "googlemail.com") return `${local}@${host}`;
  return `${(local.split("+")[0] ?? "").replaceAll(".", "")}@gmail.com`;
}

/** Letters and digits in lower case, without accents and signs, one space between words. @throws {@link Problem} input-malformed when it is too short. */
function spellText(given: string): string {
  const words = given
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}]/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .split(" ");
  if (words.length < fewestWords || new Set(words).size < fewestDifferent)
    throw wrong(
      `A text of fewer than ${fewestWords} words, or with fewer than ${fewestDifferent} different ones, is not taken`,
      "Short texts hit people who have nothing to do with each other; take the account or number instead.",
    );
  return words.join(" ");
}

/**
 * The one spelling of a value.
 * @throws {@link Problem} input-malformed when it is none; the value itself is never quoted.
 */
export function spell(value: ActorValue): SpelledValue {
  switch (value.kind) {
    case "account":
      return { kind: "account", spelled: spellAccount(value.platform, value.handle) };
    case "phone":
      return { kind: "phone", spelled: spellPhone(value.value) };
    case "email":
      return { kind: "email", spelled: spellEmail(value.value) };
    case "text":
      return { kind: "text", spelled: spellText(value.value) };
  }
}
