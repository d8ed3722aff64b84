/** Invented messages for the pictures of the page where messages are looked through: a village quarrel in two chats, with talk, anger, threats and an address. Used by scenes.ts. */

const two = (count: number): string => String(count).padStart(2, "0");

const talk = [
  "Morgen om half acht begint de avond over het azc.",
  "Ik vind dat de raad te weinig luistert.",
  "De wethouder krijgt bij de verkiezingen de rekening.",
  "Wie neemt er koffie mee?",
  "Dit plan deugt niet en dat zeg ik u eerlijk.",
  "Ik ben het niet eens met u, maar bedankt voor het antwoord.",
];
const angry = [
  "Wij weten waar je woont. Demolaan 12a, toch?",
  "Als je dit doorzet, sta ik bij je voor de deur.",
  "Iemand moet hem eens een lesje leren.",
  "Pas maar op als je naar huis fietst.",
];
const copied = "Stop het azc nu of wij komen naar de Demolaan 12a in Demostad. Deel dit: azc-nee.example/actie";

/** A chat export as WhatsApp writes it on Android: quiet weeks, then one evening on which nine accounts send the same. */
export function inventedChat(): string {
  const lines: string[] = [];
  const say = (day: number, hour: number, minute: number, who: string, words: string): void =>
    void lines.push(`${two(day)}-11-2026 ${two(hour)}:${two(minute)} - ${who}: ${words}`);
  for (let day = 1; day <= 20; day++)
    for (let turn = 0; turn < 3 + (day % 3); turn++)
      say(day, 9 + turn * 2, (day * 7) % 60, `Bewoner ${1 + ((day + turn) % 5)} (demo)`, talk[(day + turn) % talk.length] ?? "");
  for (const [place, words] of angry.entries()) say(21, 19 + place, 12 + place, place === 2 ? "Bewoner 4 (demo)" : "Boze Demonstratie", words);
  for (let account = 1; account <= 9; account++)
    for (let turn = 0; turn < 3; turn++) say(22, 20, account * 4 + turn, `Demo-account ${account}`, turn === 0 ? copied : `${copied} ${"!".repeat(turn)}`);
  say(22, 23, 4, "Boze Demonstratie", "U bent gewaarschuwd. Ik weet u te vinden.");
  say(23, 8, 15, "Bewoner 2 (demo)", "Gaat het met u? Ik vond het gisteren niet normaal wat er gebeurde.");
  return `${lines.join("\n")}\n`;
}
