/** One spelling for one account, number, address or text, however it was written down; and what is not taken. Run by vitest only. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fewestDifferent, fewestWords, spell, type ActorValue } from "./actor-values.ts";
import { stepOf } from "./same-actor.ts";

const phone = (value: string): ActorValue => ({ kind: "phone", value });
const email = (value: string): ActorValue => ({ kind: "email", value });
const text = (value: string): ActorValue => ({ kind: "text", value });
const refused = (value: ActorValue): void => expect(() => spell(value)).toThrow(expect.objectContaining({ code: "input-malformed" }));

describe("telephone numbers become E.164", () => {
  it.each([
    "06-12345678",
    "0612345678",
    "06 12 34 56 78",
    "+31 6 12345678",
    "+31 (0)6 1234 5678",
    "0031612345678",
    "+310612345678",
    "tel:+31-6-12345678",
    "(06) 1234.5678",
    "06\u201312345678",
  ])("%s", (given) => expect(spell(phone(given)).spelled).toBe("+31612345678"));
  it("a fixed line, and a number of another country", () => {
    expect(spell(phone("(070) 373 83 14")).spelled).toBe("+31703738314");
    expect(spell(phone("+32 470 12 34 56")).spelled).toBe("+32470123456");
  });
  it.each(["", "112", "12345678", "31612345678", "+31", "+316123456789", "06-1234567", "06-1234567x", "+0612345678"])("%s is none", (given) =>
    refused(phone(given)),
  );
});

describe("accounts become platform and name", () => {
  it.each([
    "@Boze_Demo",
    "boze_demo",
    " BOZE_DEMO ",
    "https://x.com/Boze_Demo",
    "https://twitter.com/boze_demo/status/1",
    "mobile.twitter.com/boze_demo?s=20",
    "\uff20boze_demo",
  ])("%s", (handle) => expect(spell({ kind: "account", platform: "x", handle }).spelled).toBe("x:boze_demo"));
  it("the same name elsewhere is another account", () =>
    expect(spell({ kind: "account", platform: "tiktok", handle: "boze_demo" }).spelled).not.toBe(
      spell({ kind: "account", platform: "x", handle: "boze_demo" }).spelled,
    ));
  it("Facebook reads no dots; others do", () => {
    expect(spell({ kind: "account", platform: "facebook", handle: "demo.persoon.7" }).spelled).toBe("facebook:demopersoon7");
    expect(spell({ kind: "account", platform: "instagram", handle: "demo.persoon" }).spelled).toBe("instagram:demo.persoon");
  });
  it("Mastodon goes with its server", () => {
    expect(spell({ kind: "account", platform: "mastodon", handle: "https://server.example/@Demo" }).spelled).toBe("mastodon:demo@server.example");
    expect(spell({ kind: "account", platform: "mastodon", handle: "@demo@Server.Example" }).spelled).toBe("mastodon:demo@server.example");
    refused({ kind: "account", platform: "mastodon", handle: "@demo" });
  });
  it.each([
    ["facebook", "facebook.com/profile.php?id=100012345678901&sk=about", "facebook:100012345678901"],
    ["facebook", "https://www.facebook.com/people/Demo-Persoon/100012345678901/", "facebook:100012345678901"],
    ["facebook", "100012345678901", "facebook:100012345678901"],
    ["facebook", "https://nl-nl.facebook.com/Demo.Persoon/posts/12", "facebook:demopersoon"],
    ["instagram", "instagram.com/stories/demo.persoon/12", "instagram:demo.persoon"],
    ["instagram", "instagram.com/demo.persoon/reel/x1", "instagram:demo.persoon"],
    ["tiktok", "tiktok.com/@demo/video/1", "tiktok:demo"],
    ["youtube", "https://m.youtube.com/@Demo/shorts", "youtube:demo"],
    ["youtube", "youtube.com/channel/UCdemo", "youtube:ucdemo"],
    ["telegram", "https://t.me/s/boze_demo/3", "telegram:boze_demo"],
    ["linkedin", "https://nl.linkedin.com/in/demo-persoon-1/", "linkedin:demo-persoon-1"],
    ["threads", "threads.net/@demo/post/1", "threads:demo"],
    ["bluesky", "https://bsky.app/profile/naam.bsky.social", "bluesky:naam.bsky.social"],
    ["bluesky", "@naam", "bluesky:naam.bsky.social"],
    ["bluesky", "naam.demostad.example", "bluesky:naam.demostad.example"],
    ["mastodon", "https://m.example/users/Demo", "mastodon:demo@m.example"],
    ["snapchat", "snapchat.com/add/demo", "snapchat:demo"],
    ["reddit", "https://old.reddit.com/user/Demo/comments", "reddit:demo"],
    ["twitch", "twitch.tv/Demo/videos", "twitch:demo"],
  ] as const)("on %s, %s is %s", (platform, handle, spelled) => expect(spell({ kind: "account", platform, handle }).spelled).toBe(spelled));
  it("two numbers on Facebook are two actors", () =>
    expect(spell({ kind: "account", platform: "facebook", handle: "facebook.com/profile.php?id=1" }).spelled).not.toBe(
      spell({ kind: "account", platform: "facebook", handle: "facebook.com/profile.php?id=2" }).spelled,
    ));
  it.each([
    ["x", "x.com/intent/user?screen_name=demo x.com/i/status/1 twitter.com/search?q=demo x.com/hashtag/demo x.com/home https://x.com/ x.com"],
    ["facebook", "facebook.com/profile.php facebook.com/profile.php?id=demo profile.php facebook.com/groups/demo facebook.com/people/Demo"],
    ["facebook", "facebook.com/watch?v=1 facebook.com/story.php?id=1 facebook.com/photo/?fbid=1 facebook.com/share/p/x facebook.com/reel/1 facebook.com"],
    ["instagram", "instagram.com/reel/x instagram.com/p/x instagram.com/explore/tags/demo instagram.com/stories/highlights/1 instagram.com/stories"],
    ["tiktok", "tiktok.com/tag/demo tiktok.com/discover tiktok.com/t/x"],
    ["youtube", "youtube.com/watch?v=x youtube.com/shorts/x youtube.com/playlist?list=x youtube.com/results?search_query=demo youtube.com/channel"],
    ["telegram", "t.me/joinchat/x t.me/+abc t.me/c/1/2 t.me/addstickers/demo t.me/s"],
    ["linkedin", "linkedin.com/company/demo linkedin.com/feed linkedin.com/posts/demo linkedin.com/in linkedin.com/school/demo"],
    ["threads", "threads.net/search?q=demo"],
    ["bluesky", "bsky.app/search?q=demo bsky.app/feeds bsky.app/profile bsky.app"],
    ["mastodon", "https://server.example/explore https://server.example/tags/demo https://server.example/@"],
    ["snapchat", "snapchat.com/discover/demo snapchat.com/p/x"],
    ["reddit", "reddit.com/r/demo reddit.com/search reddit.com/user"],
    ["twitch", "twitch.tv/directory/game/demo twitch.tv/videos/1"],
  ] as const)("on %s, an address that names nobody is refused: %s", (platform, handles) => {
    for (const handle of handles.split(" ")) refused({ kind: "account", platform, handle });
  });
  it("an address of another platform, an empty name and two words are none", () => {
    refused({ kind: "account", platform: "x", handle: "https://facebook.com/demo" });
    refused({ kind: "account", platform: "x", handle: "@" });
    refused({ kind: "account", platform: "x", handle: "boze demo" });
  });
});

describe("mail addresses", () => {
  it("lower case, host in ASCII, Gmail without dots and additions", () => {
    expect(spell(email("Demo@Demostad.Example.NL")).spelled).toBe("demo@demostad.example.nl");
    expect(spell(email("mailto:demo@b\u00fccher.example")).spelled).toBe("demo@xn--bcher-kva.example");
    expect(spell(email("De.Mo+raad@GoogleMail.com")).spelled).toBe("demo@gmail.com");
    expect(spell(email("de.mo+raad@demostad.example.nl")).spelled).toBe("de.mo+raad@demostad.example.nl");
  });
  it.each(["", "demo", "@demostad.nl", "demo@", "demo@demostad", "a b@demostad.nl", "a@b@demo stad.nl"])("%s is none", (given) => refused(email(given)));
});

describe("texts", () => {
  const said = "Wij weten waar jij woont, wij weten waar je kinderen op school zitten!";
  it("case, signs, accents, line ends and invisible characters say nothing", () =>
    expect(spell(text(`  W\u00edj weten\u200b waar\njij WOONT \u2014 wij weten waar je kinderen op school zitten\u{1f52a}`)).spelled).toBe(
      spell(text(said)).spelled,
    ));
  it("one other word is another text: only whole texts are compared", () =>
    expect(spell(text(said.replace("school", "voetbal"))).spelled).not.toBe(spell(text(said)).spelled));
  it(`fewer than ${fewestWords} words, or fewer than ${fewestDifferent} different ones, are not taken`, () => {
    refused(text("Ik weet waar je woont en ik kom eraan"));
    refused(text("weg ".repeat(40)));
    refused(text(""));
  });
});

it("what is spelled is spelled the same again, and holds no line feed", () =>
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.constantFrom<"phone" | "email" | "text">("phone", "email", "text"), (value, kind) => {
      let first: string;
      try {
        first = spell({ kind, value }).spelled;
      } catch (error) {
        expect(error).toHaveProperty("code", "input-malformed");
        return;
      }
      expect(first).not.toContain("\n");
      expect(spell({ kind, value: first }).spelled).toBe(first);
    }),
  ));

it("counts are told in steps", () =>
  expect([0, 1, 2, 3, 5, 6, 10, 11, 400].map(stepOf)).toEqual(["none", "1-2", "1-2", "3-5", "3-5", "6-10", "6-10", "more", "more"]));
