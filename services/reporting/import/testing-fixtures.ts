/**
 * Exports as people have them, written by hand after the shapes that the platforms give. Every person, account, address and message is invented.
 * For tests of this room and of the command only.
 */
import { BlobWriter, TextReader, Uint8ArrayReader, ZipWriter } from "@zip.js/zip.js/lib/zip-core-native.js";
import type { ImportEvent, ImportedItem } from "./items.ts";
import { importFiles, type ImportOptions } from "./import-files.ts";
import type { ImportFile } from "./pieces.ts";

/** A file of text or bytes. */
export const fileOf = (name: string, content: string | Uint8Array): ImportFile => ({
  name,
  blob: new Blob([typeof content === "string" ? content : new Uint8Array(content)]),
});

/** An archive of files, in this order. */
export async function zipOf(
  entries: Readonly<Record<string, string | Uint8Array>>,
  options: { readonly password?: string; readonly level?: number } = {},
): Promise<Blob> {
  const writer = new ZipWriter(new BlobWriter("application/zip"), { useWebWorkers: false, level: 6, ...options });
  for (const [name, content] of Object.entries(entries))
    await writer.add(name, typeof content === "string" ? new TextReader(content) : new Uint8ArrayReader(new Uint8Array(content)));
  return await writer.close();
}

/** Everything an import gives. */
export async function all(files: readonly ImportFile[], options: ImportOptions = {}): Promise<ImportEvent[]> {
  const events: ImportEvent[] = [];
  for await (const event of importFiles(files, options)) events.push(event);
  return events;
}

/** Its items. */
export const itemsOf = (events: readonly ImportEvent[]): ImportedItem[] => events.flatMap((event) => (event.kind === "item" ? [event.item] : []));

/** What was skipped, as `scope code number`. */
export const breaksOf = (events: readonly ImportEvent[]): string[] =>
  events.flatMap((event) => (event.kind === "broken" ? [`${event.broken.scope} ${event.broken.code} ${event.broken.place.number}`] : []));

/** UTF-8 written as one character per byte, as Facebook and Instagram do. */
export const mojibake = (text: string): string => String.fromCharCode(...new TextEncoder().encode(text));

/** An Android phone set to Dutch. */
export const androidDutch = `31-12-2023 21:14 - Berichten en oproepen worden end-to-end versleuteld. Niemand buiten deze chat kan ze lezen of beluisteren.
31-12-2023 21:14 - Sanne Verzonnen heeft de groep "Buurt Dorpsplein" gemaakt
31-12-2023 21:14 - Sanne Verzonnen: Wie komt er naar de vergadering?
En wie niet?

Laat het weten
31-12-2023 21:15 - +31 6 00000001: Ik weet waar die wethouder woont
31-12-2023 21:15 - +31 6 00000001: Ik weet waar die wethouder woont
31-12-2023 21:16 - Joris Bedacht: <Media weggelaten>
31-12-2023 21:17 - Joris Bedacht: IMG-20231231-WA0003.jpg (bestand bijgevoegd)
kijk hier
1-1-2024 00:03 - Joris Bedacht: Dit bericht is verwijderd
1-1-2024 00:04 - Sanne Verzonnen heeft het onderwerp gewijzigd van "Buurt: oud" naar "Buurt: nieuw"
1-1-2024 00:05 - Sanne Verzonnen: gelukkig nieuwjaar <Dit bericht is bewerkt>
`;

/** An Android phone set to American English: month first, twelve hours. */
export const androidEnglish = `12/31/23, 9:14 PM - Messages and calls are end-to-end encrypted. No one outside of this chat can read or listen to them. Tap to learn more.
12/31/23, 9:14 PM - Pat Invented: hello
12/31/23, 12:05 AM - Pat Invented: note: this: has colons
1/2/24, 12:30 PM - Pat Invented: <Media omitted>
1/2/24, 12:31 PM - Pat Invented: You deleted this message
1/3/24, 9:00 AM - Pat Invented: DOC-20240103-WA0001.pdf (file attached)
`;

/** An iPhone set to Dutch, with its marks. */
export const iphoneDutch =
  "[31-12-2023 21:14:05] Buurtgroep: \u200eBerichten en oproepen zijn end-to-end versleuteld. Niemand buiten deze chat kan ze lezen of beluisteren.\r\n" +
  "[31-12-2023 21:14:06] ~\u202fSanne Verzonnen: Eerste regel\r\ntweede regel\r\n" +
  "\u200e[31-12-2023 21:15:00] Joris Bedacht: \u200e<bijgevoegd: 00000003-PHOTO-2023-12-31-21-15-00.jpg>\r\n" +
  "\u200e[31-12-2023 21:15:30] Joris Bedacht: \u200eafbeelding weggelaten\r\n" +
  "[31-12-2023 21:16:00] Joris Bedacht: \u200eDit bericht is verwijderd.\r\n" +
  "[1-1-2024 00:00:01] Sanne Verzonnen: gelukkig nieuwjaar \u200e<Dit bericht is bewerkt>\r\n" +
  "[1-1-2024 00:00:02] Buurtgroep: \u200eSanne Verzonnen heeft Joris Bedacht toegevoegd\r\n";

/** An iPhone set to American English, with the narrow space before AM and PM. */
export const iphoneEnglish =
  "[12/31/23, 9:14:05\u202fPM] Pat Invented: hello\n" +
  "[1/1/24, 12:00:01\u202fAM] Robin Madeup: happy new year\nand many more\n" +
  "\u200e[1/1/24, 12:01:00\u202fAM] Robin Madeup: \u200e<attached: 00000012-AUDIO-2024-01-01-00-01-00.opus>\n";

const mailHead = (from: string, subject: string, date: string): string =>
  `From: ${from}\r\nTo: wethouder@dorp.example\r\nSubject: ${subject}\r\nDate: ${date}\r\nMessage-ID: <${subject.length}@mail.example>\r\nMIME-Version: 1.0\r\n`;

/** A mail with text, a page and a picture, and a subject in encoded words. */
export const mailWithPicture =
  mailHead('"Boze Verzinsel" <boze@mail.example>', "=?UTF-8?Q?U_krijgt_sp=C3=ADjt?=", "Sun, 31 Dec 2023 21:14:05 +0100") +
  'Content-Type: multipart/mixed; boundary="grens"\r\n\r\n--grens\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n' +
  'Wij weten u te vinden, caf=C3=A9 of niet.\r\n--grens\r\nContent-Type: image/png; name="../../huis.png"\r\nContent-Transfer-Encoding: base64\r\n' +
  'Content-Disposition: attachment; filename="../../huis.png"\r\n\r\niVBORw0KGgo=\r\n--grens--\r\n';

/** A mail that is a page only, in an old character set. */
export const mailPageOnly =
  mailHead("iemand@mail.example", "Zonder tekst", "1 Jan 2024 08:00:00 GMT") +
  "Content-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
  "<html><head><style>p{color:red}</style><title>weg</title></head><body><p>Eerste =E9=E9n</p><p>Tweede &amp; laatste<br>regel</p><!-- weg --></body></html>\r\n";

/** A plain mail. */
export const mailPlain = `${mailHead("burger@mail.example", "Vraag", "Mon, 1 Jan 2024 09:00:00 +0100")}Content-Type: text/plain\r\n\r\nBeste wethouder,\r\n\r\nFrom now on I disagree.\r\n`;

/** A box of three mails, of which the middle one is no mail, with a quoted line. */
export const mailBox = [
  "From 1700000000@xxx Sun Dec 31 21:14:05 +0000 2023",
  ...mailPlain.replaceAll("\r\n", "\n").replace("\nFrom now", "\n>From now").trimEnd().split("\n"),
  "",
  "From 1700000001@xxx Sun Dec 31 21:15:05 +0000 2023",
  "dit is geen mail",
  "",
  "From - Mon Jan  1 09:00:00 2024",
  ...mailPageOnly.replaceAll("\r\n", "\n").trimEnd().split("\n"),
  "",
].join("\n");

const ytd = (part: string, value: unknown): string => `window.YTD.${part}.part0 = ${JSON.stringify(value, null, 2)}`;

/** An X archive: posts, a deleted one, and private messages. */
export const xArchive: Readonly<Record<string, string | Uint8Array>> = {
  "data/account.js": ytd("account", [{ account: { email: "w@dorp.example", username: "wethouder_x", accountId: "100", accountDisplayName: "W." } }]),
  "data/tweets.js": ytd("tweets", [
    {
      tweet: {
        id_str: "1001",
        full_text: "Vanavond raad &amp; daarna borrel",
        created_at: "Sun Dec 31 20:14:05 +0000 2023",
        extended_entities: { media: [{ media_url_https: "https://pbs.example/media/AbC.jpg", type: "photo" }] },
      },
    },
    { tweet: { full_text: "zonder nummer" } },
    { tweet: { id_str: "1003", full_text: "@iemand nee", in_reply_to_screen_name: "iemand", created_at: "Mon Jan 01 08:00:00 +0000 2024" } },
  ]),
  "data/tweets_media/1001-AbC.jpg": new Uint8Array([0xff, 0xd8, 1, 2, 3]),
  "data/deleted-tweets.js": ytd("deleted_tweets", [{ tweet: { id_str: "1004", full_text: "weggehaald", created_at: "Mon Jan 01 09:00:00 +0000 2024" } }]),
  "data/direct-messages.js": ytd("direct_messages", [
    {
      dmConversation: {
        conversationId: "100-200",
        messages: [
          {
            messageCreate: {
              id: "5001",
              senderId: "200",
              recipientId: "100",
              text: "pas maar op",
              createdAt: "2023-12-31T21:14:05.123Z",
              mediaUrls: [],
              urls: [],
              reactions: [],
            },
          },
          { joinConversation: { initiatingUserId: "200", createdAt: "2023-12-31T21:15:00.000Z" } },
          { messageCreate: { id: "5002", senderId: "100", recipientId: "200", text: "wie bent u?", createdAt: "2023-12-31T21:16:00.000Z", mediaUrls: [] } },
        ],
      },
    },
    {
      dmConversation: {
        conversationId: "100-300",
        messages: [{ messageCreate: { id: "5003", senderId: "300", text: "hoi", createdAt: "2024-01-01T10:00:00.000Z" } }],
      },
    },
  ]),
  "data/like.js": ytd("like", [{ like: { tweetId: "9", fullText: "van een ander" } }]),
};

/** Facebook: a thread, a message request, comments and a post. */
export const facebookArchive: Readonly<Record<string, string | Uint8Array>> = {
  "your_facebook_activity/messages/inbox/joris_1/message_1.json": JSON.stringify({
    participants: [{ name: mojibake("Joris Bedácht") }, { name: "W. Ethouder" }],
    messages: [
      {
        sender_name: mojibake("Joris Bedácht"),
        timestamp_ms: 1704053645123,
        content: mojibake("Geef u over, é € 😡"),
        reactions: [{ reaction: "x", actor: "y" }],
      },
      {
        sender_name: mojibake("Joris Bedácht"),
        timestamp_ms: 1704053646123,
        photos: [{ uri: "your_facebook_activity/messages/inbox/joris_1/photos/1.jpg", creation_timestamp: 1 }],
      },
      { sender_name: "W. Ethouder", timestamp_ms: 1704053647000, content: "kijk", share: { link: "https://nieuws.example/a", share_text: "artikel" } },
      { geen: "bericht" },
      { sender_name: "W. Ethouder", timestamp_ms: 1704053648000, is_unsent: true },
    ],
    title: mojibake("Joris Bedácht"),
    thread_path: "inbox/joris_1",
  }),
  "your_facebook_activity/messages/inbox/joris_1/photos/1.jpg": new Uint8Array([0xff, 0xd8, 9]),
  "your_facebook_activity/messages/message_requests/boze_2/message_1.json": JSON.stringify({
    participants: [{ name: "Boze Verzinsel" }],
    messages: [{ sender_name: "Boze Verzinsel", timestamp_ms: 1704053649000, content: "we komen langs" }],
  }),
  "your_facebook_activity/comments_and_reactions/comments.json": JSON.stringify({
    comments_v2: [
      {
        timestamp: 1704053650,
        data: [{ comment: { timestamp: 1704053650, comment: mojibake("Dank u wél"), author: "W. Ethouder" } }],
        title: "W. Ethouder reageerde",
      },
    ],
  }),
  "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json": JSON.stringify([
    { timestamp: 1704053651, data: [{ post: "Opening van het plein" }], title: "W." },
    { timestamp: 1704053652, attachments: [], title: "zonder woorden" },
  ]),
};

/** Instagram: a thread and comments, the names of fields in Dutch. */
export const instagramArchive: Readonly<Record<string, string | Uint8Array>> = {
  "your_instagram_activity/messages/inbox/sanne_7/message_1.json": JSON.stringify({
    participants: [{ name: "sanne.verzonnen" }, { name: "wethouder" }],
    messages: [{ sender_name: "sanne.verzonnen", timestamp_ms: 1704053645000, content: mojibake("je huis is mooi 🏠"), is_geoblocked_for_viewer: false }],
    title: "sanne.verzonnen",
  }),
  "your_instagram_activity/comments/post_comments_1.json": JSON.stringify([
    {
      media_list_data: [],
      string_map_data: { Opmerking: { value: mojibake("één") }, "Media-eigenaar": { value: "dorpskrant" }, Tijd: { timestamp: 1704053646 } },
    },
  ]),
};

/** Telegram: one chat. */
export const telegramChat = JSON.stringify({
  name: "Boos Dorp",
  type: "private_supergroup",
  id: 4242,
  messages: [
    {
      id: 1,
      type: "service",
      date: "2023-12-31T21:14:05",
      date_unixtime: "1704053645",
      actor: "Joris",
      actor_id: "user1",
      action: "create_group",
      title: "Boos Dorp",
      text: "",
    },
    {
      id: 2,
      type: "message",
      date: "2023-12-31T21:15:00",
      date_unixtime: "1704053700",
      from: "Joris Bedacht",
      from_id: "user1",
      text: ["kijk op ", { type: "link", text: "https://kaart.example/x" }, " en ", { type: "text_link", text: "hier", href: "https://erger.example/" }],
      edited: "2023-12-31T21:16:00",
    },
    { id: 3, type: "message", date: "2023-12-31T21:17:00", from: null, from_id: "user9", text: "", photo: "photos/photo_1.jpg", width: 1, height: 1 },
    {
      id: 4,
      type: "message",
      date: "2023-12-31T21:18:00",
      from: "Sanne",
      text: "",
      file: "(File not included. Change data exporting settings to download.)",
      file_name: "lijst.pdf",
    },
    { id: 5, type: "message", date: "2023-12-31T21:19:00", from: "Sanne", text: "hier woont hij", location_information: { latitude: 52.1, longitude: 5.1 } },
    { id: 6, type: "onbekend" },
    {
      id: 7,
      type: "message",
      date: "2023-12-31T21:20:00",
      from: "Sanne",
      text: "",
      poll: { question: "Wie gaat mee?", closed: false, answers: [{ text: "ik" }, { text: "ik ook" }] },
    },
  ],
});

/** Telegram: everything, two chats and one that was left. */
export const telegramAll = JSON.stringify({
  about: "Here is the data you requested. Remember: ...",
  personal_information: { user_id: 1, first_name: "W." },
  chats: {
    about: "This page lists all chats from this export.",
    list: [
      { name: "A", type: "personal_chat", id: 1, messages: [{ id: 1, type: "message", date: "2023-12-31T21:14:05", from: "A", text: "een" }] },
      { type: "saved_messages", id: 2, messages: [{ id: 1, type: "message", date: "2023-12-31T21:14:06", from: "W.", text: "twee" }] },
    ],
  },
  left_chats: {
    list: [{ name: "C", type: "private_group", id: 3, messages: [{ id: 8, type: "message", date: "2023-12-31T21:14:07", from: "C", text: "drie" }] }],
  },
});
