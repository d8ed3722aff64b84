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

/** Hosts of profile addresses, without `www.`, `m.` or `mobile.`. */
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
/** Parts of a profile's path that are no name. */
const noName = new Set(["in", "u", "user", "add", "profile", "c", "channel"]);

/** The name out of a profile's address; null when the text is no address. @throws {@link Problem} input-malformed for an address of another platform. */
function handleOfAddress(text: string, platform: Platform): string | null {
  if (!/^(?:https?:\/\/)?(?:[a-z0-9-]+\.)+[a-z]{2,}\/\S+$/iu.test(text)) return null;
  const url = URL.parse(/^https?:\/\//iu.test(text) ? text : `https://${text}`);
  const host = url?.hostname.replace(/^(?:www|m|mobile|nl-nl)\./u, "") ?? "";
  const path = (url?.pathname ?? "").split("/").filter((part) => part !== "" && !noName.has(part));
  const [first = ""] = path;
  // Every server of Mastodon is its own host.
  if (platform === "mastodon" && first.startsWith("@")) return first.slice(1).includes("@") ? first : `${first}@${host}`;
  if (hosts[host] !== platform)
    throw wrong("This address is not of the platform that was chosen", "Choose the platform the account is on, or give the name alone.");
  return first;
}

/** @throws {@link Problem} input-malformed. */
function spellAccount(platform: Platform, given: string): string {
  const text = given.normalize("NFKC").trim();
  const name = (handleOfAddress(text, platform) ?? text).replace(/^@/u, "").toLowerCase();
  const shape = platform === "mastodon" ? /^[a-z0-9_.-]{1,64}@(?:[a-z0-9-]+\.)+[a-z]{2,63}$/u : /^[\p{L}\p{N}_.-]{2,64}$/u;
  if (!shape.test(name))
    throw wrong(
      `This is not the name of an account on ${platform}`,
      platform === "mastodon" ? "Give it with its server, for example @naam@server.example." : "Give the name behind the @, or the address of the profile.",
    );
  // Facebook reads j.jansen and jjansen as one name.
  return `${platform}:${platform === "facebook" ? name.replaceAll(".", "") : name}`;
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
