/**
 * Invented Dutch messages as JSON lines, about 140 characters each, the same for the same seed: mostly harmless, some with personal data, some threats, and campaigns among them.
 * `node tools/bench/messages.ts [COUNT] [SEED] > messages.jsonl`; the triage bench calls {@link writeMessages}.
 */
import { once } from "node:events";
import type { Writable } from "node:stream";

const subjects = [
  "de wethouder",
  "de burgemeester",
  "uw fractie",
  "het college",
  "de raad",
  "de griffie",
  "mijn buurvrouw",
  "onze straat",
  "de wijk",
  "dat raadslid",
  "men",
  "het plan",
];
const verbs = ["begrijpt", "vergeet", "verdient", "bespreekt", "vernielt", "vertelt", "verandert", "bekijkt", "verkoopt", "belooft", "steunt", "weigert"];
const things = [
  "de weg",
  "het verhaal",
  "parkeren",
  "de bomen",
  "het zwembad",
  "de opvang",
  "belastingen",
  "die begroting",
  "de afspraken",
  "het fietspad",
  "de bibliotheek",
  "het park",
];
const joins = ["omdat", "terwijl", "maar", "en ook", "zodat", "hoewel", "want", "dus"];
const closings = [
  "Schandalig gewoon.",
  "Bedankt voor de moeite!",
  "Ik hoor graag van u.",
  "Denk daar maar eens over na",
  "Succes ermee 👍",
  "Wat een grap zeg…",
  "Tot donderdag.",
  "Groet, een inwoner",
  "Zo kan het echt niet langer!!!",
  "Mooi gedaan.",
];
const openings = [
  "Beste,",
  "Nou,",
  "Even een vraag:",
  "Eerlijk gezegd vind ik dat",
  "Volgens mij",
  "@demo_raad",
  "Goedemorgen,",
  "Zeg eens,",
  "LET OP:",
  "Hallo allemaal,",
];
const threats = [
  "Ik weet je te vinden, let maar op.",
  "Als je dit doorzet dan sta ik voor je deur.",
  "Jij gaat eraan, vuile verrader.",
  "We weten waar je kinderen op school zitten.",
];
const personal = [
  "Hij woont op Demolaan 12, 1234 AB Voorbeeldstad.",
  "Bel me op 06 12345678.",
  "Mail naar demo.persoon@example.nl",
  "rekening NL91 ABNA 0417 1643 00",
  "kenteken 12-ABC-3",
];

/** Numbers 0..1, the same for the same seed. */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Made-up words keep two messages of the same sentences apart, as real ones are. */
function vocabulary(random: () => number): readonly string[] {
  const syllables = [
    "ver",
    "be",
    "ge",
    "lo",
    "ma",
    "ri",
    "ton",
    "ka",
    "delen",
    "stra",
    "pe",
    "zon",
    "heid",
    "wi",
    "ka",
    "boe",
    "len",
    "tje",
    "ste",
    "mo",
    "nu",
    "vaar",
    "ding",
    "ho",
  ];
  return Array.from({ length: 20_000 }, () =>
    Array.from({ length: 2 + Math.floor(random() * 3) }, () => syllables[Math.floor(random() * syllables.length)]).join(""),
  );
}

/** Lines of messages, without an end. Of every hundred about eight belong to one of two hundred campaigns, three threaten, four hold personal data and five a link. */
export function* messageLines(seed = 1): Generator<string> {
  const random = dice(seed);
  const words = vocabulary(random);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const clause = (): string => `${pick(subjects)} ${pick(verbs)} ${pick(words)} ${pick(things)} ${pick(words)}`;
  const sentence = (): string => `${pick(openings)} ${clause()} ${pick(joins)} ${clause()}. ${pick(closings)}`;
  const templates = Array.from({ length: 200 }, sentence);
  for (let n = 0; ; n++) {
    const kind = random();
    let text = sentence();
    if (kind < 0.08) {
      text = (pick(templates) ?? "")
        .split(" ")
        .map((word) => (random() < 0.04 ? pick(words) : word))
        .join(" ");
    } else if (kind < 0.11) text = `${pick(threats)} ${clause()}. ${pick(closings)}`;
    else if (kind < 0.15) text = `${pick(openings)} ${clause()}. ${pick(personal)} ${pick(words)}`;
    else if (kind < 0.2) text = `${clause()} https://nieuws.example.nl/artikel/${Math.floor(random() ** 3 * 1e5)}`;
    const at = new Date(Date.UTC(2026, 0, 1) + n * 900).toISOString();
    yield JSON.stringify({ id: `m${n}`, text, at, author: `account${Math.floor(random() ** 2 * 40_000)}`, channel: "x" });
  }
}

/** Writes `count` messages, about 230 bytes a line. */
export async function writeMessages(out: Writable, count: number, seed = 1): Promise<void> {
  let lines: string[] = [];
  let left = count;
  for (const line of messageLines(seed)) {
    if (left-- === 0) break;
    lines.push(line, "\n");
    if (lines.length < 2000 && left > 0) continue;
    if (!out.write(lines.join(""))) await once(out, "drain");
    lines = [];
  }
}

if (import.meta.main) {
  const [count = 1000, seed = 1] = process.argv.slice(2).map(Number);
  await writeMessages(process.stdout, count, seed);
}
