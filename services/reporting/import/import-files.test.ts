/** Every shape a person may give becomes the messages in it: who, when, where, with their files, in the order of the source. */
import { describe, expect, test } from "vitest";
import { Originals, pastedText } from "./index.ts";
import type { ImportedItem } from "./items.ts";
import {
  all,
  androidDutch,
  androidEnglish,
  breaksOf,
  facebookArchive,
  fileOf,
  instagramArchive,
  iphoneDutch,
  iphoneEnglish,
  itemsOf,
  mailBox,
  mailPageOnly,
  mailPlain,
  mailWithPicture,
  telegramAll,
  telegramChat,
  xArchive,
  zipOf,
} from "./testing-fixtures.ts";

/** The part of an item that most tests look at. */
const short = ({ role, author, at, text }: ImportedItem): readonly unknown[] => [role === "notice" ? "notice" : author, at?.iso ?? null, text];
const bytesOf = async (stream: ReadableStream<Uint8Array>): Promise<Uint8Array> => new Uint8Array(await new Response(stream).arrayBuffer());
const textOf = async (stream: ReadableStream<Uint8Array>): Promise<string> => await new Response(stream).text();

describe("pasted text", () => {
  test("is one message", async () => {
    const events = await all([pastedText("Eerste regel\r\n\r\ntweede regel\n")]);
    expect(itemsOf(events).map(short)).toEqual([[null, null, "Eerste regel\n\ntweede regel"]]);
    expect(breaksOf(events)).toEqual([]);
  });

  test("is a message per block or per line when the person says so", async () => {
    const pasted = pastedText("een\ntwee\n\n\ndrie\n\n");
    expect(itemsOf(await all([pasted], { split: "blank-lines" })).map(({ text }) => text)).toEqual(["een\ntwee", "drie"]);
    const lines = itemsOf(await all([pasted], { split: "lines" }));
    expect(lines.map(({ text, place }) => [text, place.bytes])).toEqual([
      ["een", { start: 0, end: 4 }],
      ["twee", { start: 4, end: 9 }],
      ["drie", { start: 11, end: 16 }],
    ]);
  });

  test("that is a chat or a mail is read as one", async () => {
    expect(itemsOf(await all([pastedText(androidEnglish)]))[1]).toMatchObject({ source: "whatsapp", author: "Pat Invented" });
    expect(itemsOf(await all([pastedText(mailPlain)]))[0]).toMatchObject({ source: "mail", author: "burger@mail.example" });
  });
});

describe("WhatsApp", () => {
  test("of an Android phone in Dutch: several lines, media, what was taken back, what the app says", async () => {
    const events = await all([fileOf("WhatsApp-chat met Buurt Dorpsplein.txt", androidDutch)]);
    const items = itemsOf(events);
    expect(items.map(short)).toEqual([
      ["notice", "2023-12-31T21:14", expect.stringContaining("versleuteld")],
      ["notice", "2023-12-31T21:14", 'Sanne Verzonnen heeft de groep "Buurt Dorpsplein" gemaakt'],
      ["Sanne Verzonnen", "2023-12-31T21:14", "Wie komt er naar de vergadering?\nEn wie niet?\n\nLaat het weten"],
      ["+31 6 00000001", "2023-12-31T21:15", "Ik weet waar die wethouder woont"],
      ["+31 6 00000001", "2023-12-31T21:15", "Ik weet waar die wethouder woont"],
      ["Joris Bedacht", "2023-12-31T21:16", ""],
      ["Joris Bedacht", "2023-12-31T21:17", "kijk hier"],
      ["Joris Bedacht", "2024-01-01T00:03", ""],
      ["notice", "2024-01-01T00:04", expect.stringContaining("het onderwerp")],
      ["Sanne Verzonnen", "2024-01-01T00:05", "gelukkig nieuwjaar"],
    ]);
    expect(items.map(({ notes }) => notes)).toEqual([[], [], [], [], [], ["media-omitted"], ["media-omitted"], ["deleted"], [], ["edited"]]);
    expect(items[2]).toMatchObject({ conversation: "Buurt Dorpsplein", at: { zone: "unknown", order: "sure" } });
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    expect(breaksOf(events)).toEqual([]);
  });

  test("of an Android phone in American English: month first, twelve hours", async () => {
    const items = itemsOf(await all([fileOf("WhatsApp Chat with Pat.txt", androidEnglish)]));
    expect(items.map(short)).toEqual([
      ["notice", "2023-12-31T21:14", expect.stringContaining("end-to-end")],
      ["Pat Invented", "2023-12-31T21:14", "hello"],
      ["Pat Invented", "2023-12-31T00:05", "note: this: has colons"],
      ["Pat Invented", "2024-01-02T12:30", ""],
      ["Pat Invented", "2024-01-02T12:31", ""],
      ["Pat Invented", "2024-01-03T09:00", ""],
    ]);
    expect(items[5]?.attachments).toEqual([{ name: "DOC-20240103-WA0001.pdf", type: null, size: null, entry: null, part: null, present: false }]);
  });

  test("of an iPhone in Dutch, zipped: the picture can be opened, the whole line is kept", async () => {
    const picture = new Uint8Array([0xff, 0xd8, 7, 7]);
    const files = [
      { name: "WhatsApp Chat - Buurtgroep.zip", blob: await zipOf({ "_chat.txt": iphoneDutch, "00000003-PHOTO-2023-12-31-21-15-00.jpg": picture }) },
    ];
    const items = itemsOf(await all(files));
    expect(items.map(short)).toEqual([
      ["notice", "2023-12-31T21:14:05", expect.stringContaining("versleuteld")],
      ["Sanne Verzonnen", "2023-12-31T21:14:06", "Eerste regel\ntweede regel"],
      ["Joris Bedacht", "2023-12-31T21:15:00", ""],
      ["Joris Bedacht", "2023-12-31T21:15:30", ""],
      ["Joris Bedacht", "2023-12-31T21:16:00", ""],
      ["Sanne Verzonnen", "2024-01-01T00:00:01", "gelukkig nieuwjaar"],
      ["notice", "2024-01-01T00:00:02", expect.stringContaining("toegevoegd")],
    ]);
    const [, second, third] = items;
    if (second === undefined || third?.attachments[0] === undefined) throw new Error("nothing to open");
    expect(second).toMatchObject({ conversation: "Buurtgroep", place: { entry: "_chat.txt", number: 2 } });
    const originals = new Originals(files);
    expect(await bytesOf(originals.attachment(third, third.attachments[0]))).toEqual(picture);
    expect(await textOf(originals.original(second.place))).toBe("[31-12-2023 21:14:06] ~\u202fSanne Verzonnen: Eerste regel\r\ntweede regel\r\n");
  });

  test("of an iPhone in American English, with the narrow space before PM", async () => {
    const items = itemsOf(await all([fileOf("_chat.txt", iphoneEnglish)]));
    expect(items.map(short)).toEqual([
      ["Pat Invented", "2023-12-31T21:14:05", "hello"],
      ["Robin Madeup", "2024-01-01T00:00:01", "happy new year\nand many more"],
      ["Robin Madeup", "2024-01-01T00:01:00", ""],
    ]);
  });

  test.each([
    ["a number above twelve", "1-2-2024 10:00 - A: x\n13-2-2024 10:00 - A: y\n", "2024-02-01T10:00", "sure"],
    ["the same, month first", "1/2/24, 10:00 - A: x\n1/13/24, 10:00 - A: y\n", "2024-01-02T10:00", "sure"],
    ["time that runs forward", "1/9/24, 10:00 - A: x\n2/3/24, 10:00 - A: y\n3/1/24, 10:00 - A: z\n", "2024-01-09T10:00", "sure"],
    ["time that runs forward, day first", "9/1/24, 10:00 - A: x\n3/2/24, 10:00 - A: y\n1/3/24, 10:00 - A: z\n", "2024-01-09T10:00", "sure"],
    ["nothing but the shape of an American line", "1/2/24, 9:00 AM - A: x\n", "2024-01-02T09:00", "guessed"],
    ["nothing at all: day first, and said", "1-2-2024 10:00 - A: x\n", "2024-02-01T10:00", "guessed"],
    ["the year in front", "2024-02-01, 10:00 - A: x\n", "2024-02-01T10:00", "sure"],
  ])("decides between day and month by %s", async (_by, chat, iso, order) => {
    const [first] = itemsOf(await all([fileOf("chat.txt", chat)]));
    expect(first?.at).toEqual({ iso, zone: "unknown", order });
    expect(first?.notes.includes("date-order-guessed")).toBe(order === "guessed");
  });

  test("does not take a quoted line of another shape, or a day that does not exist, for a message", async () => {
    const chat = "31-12-2023 21:14 - A: hij schreef:\n[31-12-2023 21:00:00] B: wat\n99-99-2023 21:15 - C: dit\n31-12-2023 21:16 - A: einde\n";
    expect(itemsOf(await all([fileOf("chat.txt", chat)])).map(({ text }) => text)).toEqual([
      "hij schreef:\n[31-12-2023 21:00:00] B: wat\n99-99-2023 21:15 - C: dit",
      "einde",
    ]);
  });

  test("reports lines that stand before the first message", async () => {
    expect(breaksOf(await all([fileOf("chat.txt", "losse regel\n31-12-2023 21:14 - A: x\n")]))).toEqual(["item before-first-message 1"]);
  });
});

describe("mail", () => {
  test("gives sender, time with zone, subject and text; an attachment opens when asked", async () => {
    const files = [fileOf("dreiging.eml", mailWithPicture)];
    const [mail] = itemsOf(await all(files));
    expect(mail).toMatchObject({
      source: "mail",
      author: "Boze Verzinsel <boze@mail.example>",
      at: { iso: "2023-12-31T21:14:05+01:00", zone: "known", order: "sure" },
      text: "U krijgt spíjt\n\nWij weten u te vinden, café of niet.",
      place: { file: "dreiging.eml", entry: null, number: 1, bytes: { start: 0, end: mailWithPicture.length } },
    });
    const [picture] = mail?.attachments ?? [];
    // Two dots and a slash lead nowhere.
    expect(picture).toMatchObject({ name: "_.._huis.png", type: "image/png", size: 8, part: 0 });
    if (mail === undefined || picture === undefined) throw new Error("nothing to open");
    expect(await bytesOf(new Originals(files).attachment(mail, picture))).toEqual(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  });

  test("that is a web page only is read as text, and that is said", async () => {
    const [mail] = itemsOf(await all([fileOf("x.eml", mailPageOnly)]));
    expect(mail).toMatchObject({
      text: "Zonder tekst\n\nEerste één\n\nTweede & laatste\nregel",
      notes: ["text-from-html"],
      at: { iso: "2024-01-01T08:00:00Z" },
    });
  });

  test("forwarded as a whole is read along, behind who wrote it", async () => {
    const outer = `From: griffier@dorp.example\nSubject: Fwd\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="grens"\n\n--grens\nContent-Type: text/plain\n\nZie onder.\n--grens\nContent-Type: message/rfc822\n\n${mailPlain}\n--grens--\n`;
    const [mail] = itemsOf(await all([fileOf("x.eml", outer)]));
    expect(mail?.text).toBe("Fwd\n\nZie onder.\n\nburger@mail.example\nVraag\n\nBeste wethouder,\n\nFrom now on I disagree.");
    expect(mail?.attachments).toMatchObject([{ type: "message/rfc822" }]);
  });

  test("in a box: each by itself, what is no mail is skipped, and a mail has the same id alone as in the box", async () => {
    const files = [fileOf("archief.mbox", mailBox)];
    const events = await all(files);
    const items = itemsOf(events);
    expect(items.map(({ text }) => text.slice(0, 12))).toEqual(["Vraag\n\nBeste", "Zonder tekst"]);
    expect(items[0]?.text).toContain("\nFrom now on I disagree.");
    expect(breaksOf(events)).toEqual(["item mail-malformed 2"]);
    expect(items[0]?.id).toBe(itemsOf(await all([fileOf("een.eml", mailPlain)]))[0]?.id);
    if (items[0] === undefined) throw new Error("no mail");
    expect(await textOf(new Originals(files).original(items[0].place))).toMatch(/^From: burger@mail[\s\S]*disagree\.\n\n$/);
  });

  test("a line of an attachment that begins with >From is as it was sent: as it stands in a mail by itself, unquoted in a box", async () => {
    const mail = (line: string): string =>
      `From: burger@mail.example\nSubject: Bijlage\nDate: Mon, 1 Jan 2024 09:00:00 +0100\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="grens"\n\n--grens\nContent-Type: text/plain\n\nZie bijlage.\n--grens\nContent-Type: text/x-log; name="a.log"\nContent-Disposition: attachment; filename="a.log"\n\n${line}\n--grens--\n`;
    const opened = async (name: string, content: string): Promise<readonly string[]> => {
      const files = [fileOf(name, content)];
      const items = itemsOf(await all(files));
      return await Promise.all(
        items.map(async (item) => (await textOf(new Originals(files).attachment(item, item.attachments[0] ?? expect.fail("no attachment")))).trim()),
      );
    };
    expect(await opened("a.eml", mail(">From hier"))).toEqual([">From hier"]);
    const from = "From a@b.example Sun Dec 31 21:14:05 2023\n";
    expect(await opened("a.mbox", `${from}${mail(">From hier")}\n${from}${mail(">>From hier")}\n`)).toEqual(["From hier", ">From hier"]);
  });

  test("that is larger than is read gives its attachments no longer, and says why", async () => {
    const files = [fileOf("dreiging.eml", mailWithPicture)];
    const mail = itemsOf(await all(files))[0] ?? expect.fail("no mail");
    const picture = mail.attachments[0] ?? expect.fail("no attachment");
    await expect(bytesOf(new Originals(files, { mailBytes: 200 }).attachment(mail, picture))).rejects.toMatchObject({
      code: "mail-too-large",
      data: { limit: 200 },
    });
    // One line that is longer than a whole mail may be: never half a mail for the whole.
    await expect(bytesOf(new Originals(files, { mailBytes: 20 }).attachment(mail, picture))).rejects.toMatchObject({ code: "mail-too-large" });
  });

  test("the date of a mail that is none stays open, and one in ISO is read", async () => {
    const dated = async (written: string) => itemsOf(await all([fileOf("x.eml", mailPlain.replace(/^Date: .*$/mu, `Date: ${written}`))]))[0]?.at;
    expect(await dated("1")).toBeNull();
    expect(await dated("2024-01-01T08:00:00Z")).toMatchObject({ iso: "2024-01-01T08:00:00Z" });
  });

  test("comes from a stream as well, without a file", async () => {
    const items = itemsOf(await all([{ name: "box.mbox", stream: new Blob([mailBox]).stream(), size: null }]));
    expect(items).toHaveLength(2);
  });
});

describe("an X archive", () => {
  test("gives posts and private messages, with names, media and broken ones told", async () => {
    const files = [{ name: "twitter-2024.zip", blob: await zipOf(xArchive) }];
    const events = await all(files);
    const items = itemsOf(events);
    expect(items.map(({ channel, conversation, ...item }) => [channel, conversation, ...short({ channel, conversation, ...item })])).toEqual([
      ["x-post", null, "@wethouder_x", "2023-12-31T20:14:05Z", "Vanavond raad & daarna borrel"],
      ["x-post", "@iemand", "@wethouder_x", "2024-01-01T08:00:00Z", "@iemand nee"],
      ["x-post", null, "@wethouder_x", "2024-01-01T09:00:00Z", "weggehaald"],
      ["x-dm", "100-200", "id:200", "2023-12-31T21:14:05Z", "pas maar op"],
      ["x-dm", "100-200", "@wethouder_x", "2023-12-31T21:16:00Z", "wie bent u?"],
      ["x-dm", "100-300", "id:300", "2024-01-01T10:00:00Z", "hoi"],
    ]);
    expect(breaksOf(events)).toEqual(["item shape-unknown 2"]);
    const [first] = items;
    if (first?.attachments[0] === undefined) throw new Error("no picture");
    expect(await bytesOf(new Originals(files).attachment(first, first.attachments[0]))).toEqual(new Uint8Array([0xff, 0xd8, 1, 2, 3]));
    expect(JSON.parse(await textOf(new Originals(files).original(first.place)))).toMatchObject({ tweet: { id_str: "1001" } });
  });

  test("unpacked: one of its files by itself", async () => {
    const [tweets] = Object.entries(xArchive).filter(([name]) => name.endsWith("tweets.js"));
    const items = itemsOf(await all([fileOf("tweets.js", String(tweets?.[1]))]));
    expect(items.map(({ author, text }) => [author, text])).toEqual([
      [null, "Vanavond raad & daarna borrel"],
      [null, "@iemand nee"],
    ]);
  });
});

describe("Facebook and Instagram", () => {
  test("messages of every folder, comments and posts, with their text mended", async () => {
    const files = [{ name: "facebook-w.zip", blob: await zipOf(facebookArchive) }];
    const events = await all(files);
    const items = itemsOf(events);
    expect(items.map(({ channel, author, text }) => [channel, author, text])).toEqual([
      ["facebook-message", "Joris Bedácht", "Geef u over, é € 😡"],
      ["facebook-message", "Joris Bedácht", ""],
      ["facebook-message", "W. Ethouder", "kijk\nartikel\nhttps://nieuws.example/a"],
      ["facebook-message", "W. Ethouder", ""],
      ["facebook-message", "Boze Verzinsel", "we komen langs"],
      ["facebook-comment", "W. Ethouder", "Dank u wél"],
      ["facebook-post", null, "Opening van het plein"],
    ]);
    expect(items[0]).toMatchObject({ at: { iso: "2023-12-31T20:14:05.123Z", zone: "known" }, conversation: "Joris Bedácht, W. Ethouder" });
    expect(items[3]?.notes).toEqual(["deleted"]);
    expect(breaksOf(events)).toEqual(["item shape-unknown 4"]);
    const [, photo] = items;
    if (photo?.attachments[0] === undefined) throw new Error("no picture");
    expect(await bytesOf(new Originals(files).attachment(photo, photo.attachments[0]))).toEqual(new Uint8Array([0xff, 0xd8, 9]));
  });

  test("a picture that is in another archive of the same export is found there", async () => {
    const name = "your_facebook_activity/messages/inbox/joris_1/photos/1.jpg";
    const { [name]: picture = "", ...rest } = facebookArchive;
    const files = [
      { name: "facebook-1.zip", blob: await zipOf(rest) },
      { name: "facebook-2.zip", blob: await zipOf({ [`facebook-w/${name}`]: picture }) },
    ];
    const photo = itemsOf(await all(files)).find(({ attachments }) => attachments.length > 0);
    if (photo?.attachments[0] === undefined) throw new Error("no picture");
    expect(photo.attachments[0].present).toBe(false);
    expect(await bytesOf(new Originals(files).attachment(photo, photo.attachments[0]))).toEqual(picture);
  });

  test("Instagram, with field names in Dutch", async () => {
    const items = itemsOf(await all([{ name: "instagram-w.zip", blob: await zipOf(instagramArchive) }]));
    expect(items.map(({ source, channel, author, text, conversation }) => [source, channel, author, text, conversation])).toEqual([
      ["instagram", "instagram-message", "sanne.verzonnen", "je huis is mooi 🏠", "sanne.verzonnen, wethouder"],
      ["instagram", "instagram-comment", null, "één", "dorpskrant"],
    ]);
  });

  test("sealed chats of Messenger", async () => {
    const thread = {
      participants: ["Joris", "W."],
      threadName: "Joris_12",
      messages: [{ isUnsent: false, media: [{ uri: "./media/1.jpg" }], reactions: [], senderName: "Joris", text: "é", timestamp: 1704053645123, type: "text" }],
    };
    const files = [{ name: "messages.zip", blob: await zipOf({ "Joris_12.json": JSON.stringify(thread), "media/1.jpg": new Uint8Array([1]) }) }];
    expect(itemsOf(await all(files))).toMatchObject([
      { author: "Joris", text: "é", conversation: "Joris_12", attachments: [{ entry: "media/1.jpg", present: true }] },
    ]);
  });

  test("made as web pages is refused with what to do", async () => {
    const files = [{ name: "facebook.zip", blob: await zipOf({ "your_facebook_activity/messages/inbox/joris_1/message_1.html": "<html>" }) }];
    expect(breaksOf(await all(files))).toEqual(["file html-export 0"]);
  });
});

describe("Telegram", () => {
  test("one chat: marked text, files, places, polls, what happened", async () => {
    const events = await all([fileOf("result.json", telegramChat)]);
    const items = itemsOf(events);
    expect(items.map(short)).toEqual([
      ["notice", "2023-12-31T20:14:05Z", "create_group: Boos Dorp"],
      ["Joris Bedacht", "2023-12-31T20:15:00Z", "kijk op https://kaart.example/x en hier (https://erger.example/)"],
      ["user9", "2023-12-31T21:17:00", ""],
      ["Sanne", "2023-12-31T21:18:00", ""],
      ["Sanne", "2023-12-31T21:19:00", "hier woont hij\ngeo:52.1,5.1"],
      ["Sanne", "2023-12-31T21:20:00", "Wie gaat mee?\n- ik\n- ik ook"],
    ]);
    expect(items[1]?.notes).toEqual(["edited"]);
    expect(items[3]).toMatchObject({ notes: ["media-omitted"], attachments: [{ name: "lijst.pdf", present: false }] });
    expect(breaksOf(events)).toEqual(["item shape-unknown 6"]);
  });

  test("all chats, in an archive with its pictures", async () => {
    const items = itemsOf(
      await all([{ name: "export.zip", blob: await zipOf({ "ChatExport/result.json": telegramAll, "ChatExport/photos/1.jpg": new Uint8Array([1]) }) }]),
    );
    expect(items.map(({ conversation, text }) => [conversation, text])).toEqual([
      ["A", "een"],
      ["2", "twee"],
      ["C", "drie"],
    ]);
    expect(new Set(items.map(({ id }) => id)).size).toBe(3);
  });
});

describe("any other file", () => {
  test("is one item as it is, with the hash of its bytes as id", async () => {
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]);
    const [one] = itemsOf(await all([fileOf("schermafbeelding.png", png)]));
    const [other] = itemsOf(await all([fileOf("kopie.png", png)]));
    expect(one).toMatchObject({
      source: "file",
      text: "",
      attachments: [{ name: "schermafbeelding.png", size: 7, present: true }],
      place: { number: 1, bytes: null },
    });
    expect(one?.id).toBe(other?.id);
  });

  test("of two files with one name each gives its own bytes", async () => {
    const files = [fileOf("a.png", new Uint8Array([0x89, 0, 1])), fileOf("a.png", new Uint8Array([0x89, 0, 2]))];
    const [, second] = itemsOf(await all(files));
    if (second === undefined) throw new Error("no file");
    expect(await bytesOf(new Originals(files).original(second.place))).toEqual(new Uint8Array([0x89, 0, 2]));
    await expect(bytesOf(new Originals([]).original(second.place))).rejects.toMatchObject({ code: "file-unreadable" });
  });

  test("in an archive of mixed files each is read as what it is", async () => {
    const blob = await zipOf({
      "mails/een.eml": mailPlain,
      "foto.jpg": new Uint8Array([0xff, 0xd8, 0, 1]),
      "notitie.txt": "losse notitie",
      "__MACOSX/._foto.jpg": "x",
    });
    expect(itemsOf(await all([{ name: "alles.zip", blob }])).map(({ source, place }) => [source, place.entry])).toEqual([
      ["mail", "mails/een.eml"],
      ["file", "foto.jpg"],
      ["text", "notitie.txt"],
    ]);
  });

  test("a document that is an archive inside stays one file", async () => {
    const blob = await zipOf({ "[Content_Types].xml": "<x/>", "word/document.xml": "<x/>" });
    expect(itemsOf(await all([{ name: "brief.docx", blob }]))).toMatchObject([{ source: "file", attachments: [{ name: "brief.docx" }] }]);
    expect(itemsOf(await all([{ name: "brief", blob }]))).toMatchObject([{ source: "file" }]);
  });
});
