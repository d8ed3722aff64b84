/**
 * Pairs from frames: a sentence with one open place, what makes it a threat there and what makes it harmless. `frames/*.txt` holds them, `frames/lists.txt` the lists they draw from.
 * Written texts teach how people talk; frames teach that a word decides, with many words at that place. Used by texts.ts only.
 */
import { drawing } from "./drawing.ts";
import type { Written } from "./grammar.ts";

/** A frame, with what may stand at `{X}`: for a threat, explicit or likely, and for its contrast. */
interface Frame {
  readonly threat: string;
  readonly contrast: string;
  readonly text: string;
  readonly explicit: string[];
  readonly likely: string[];
  readonly abusive: string[];
  readonly harmless: string[];
}

/** Pairs a frame gives at least and at most; between them as many as it has fillers. */
const [fewest, most] = [8, 44] as const;

const choicesOf = (text: string): string[] =>
  text
    .split(" ; ")
    .map((one) => one.trim())
    .filter((one) => one !== "");

/** Named lists: lines `@name one ; two`. @throws Error naming the line that is no list */
function listsOf(text: string): Map<string, string[]> {
  return new Map(
    text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => {
        const [, name, rest] = /^(@\w+) (.+)$/.exec(line) ?? [];
        if (name === undefined || rest === undefined) throw new Error(`lists.txt: no list: ${line.slice(0, 40)}`);
        return [name, choicesOf(rest)] as const;
      }),
  );
}

/** Frames of one file. `## threat | contrast` begins a block, `F` a frame; `+E`, `+L`, `-A` and `-N` say what may stand in it: an explicit threat, a likely one, abuse, neither. @throws Error naming the line that is none of these */
function framesOf(file: string, text: string): Frame[] {
  const frames: Frame[] = [];
  let [threat, contrast] = ["", ""];
  text.split("\n").forEach((line, at) => {
    if (line === "") return;
    const [, kind, rest] = /^(##|F|\+E|\+L|-A|-N) (.+)$/.exec(line) ?? [];
    const last = frames.at(-1);
    if (rest === undefined) throw new Error(`${file} line ${at + 1}: begin with ##, F, +E, +L, -A or -N`);
    if (kind === "##") [threat = "", contrast = ""] = rest.split("|").map((one) => one.trim());
    else if (kind === "F") frames.push({ threat, contrast, text: rest, explicit: [], likely: [], abusive: [], harmless: [] });
    else if (last === undefined) throw new Error(`${file} line ${at + 1}: before any frame`);
    else (kind === "+E" ? last.explicit : kind === "+L" ? last.likely : kind === "-A" ? last.abusive : last.harmless).push(...choicesOf(rest));
  });
  return frames;
}

/** Numbers as people type them for letters, to get past filters. */
const masks: Readonly<Record<string, string>> = { a: "4", e: "3", i: "1", o: "0", s: "5", t: "7" };

/** Every frame filled in. The same files and seed give the same texts. */
export function fromFrames(lists: string, files: readonly (readonly [name: string, text: string])[], seed = 11): Written[] {
  const named = listsOf(lists);
  const draw = drawing(seed);
  const one = (list: readonly string[]): string => list[Math.floor(draw() * list.length)] ?? "";
  const shuffled = (list: readonly string[]): string[] => {
    const out = [...list];
    for (let at = out.length - 1; at > 0; at -= 1) {
      const other = Math.floor(draw() * (at + 1));
      [out[at], out[other]] = [out[other] ?? "", out[at] ?? ""];
    }
    return out;
  };
  /** A name of a list stands for what is in it, lists within it too. */
  const opened = (choices: readonly string[]): string[] =>
    choices.flatMap((choice) => {
      if (!/^@\w+$/.test(choice)) return [choice];
      const list = named.get(choice);
      if (list === undefined) throw new Error(`no list ${choice}`);
      return opened(list);
    });
  /** Choices in braces made, from the inside out; `{X}` is left. */
  const filled = (text: string): string => {
    let now = text;
    for (let round = 0; round < 6; round += 1)
      now = now.replaceAll(/\{([^{}]*)\}/g, (whole, inside: string) => (inside === "X" ? whole : one(opened(inside.split("|")))));
    return now;
  };
  const tidy = (text: string): string =>
    text
      .replaceAll("\\n", "\n")
      .replaceAll(/ +/g, " ")
      .replaceAll(/ ([,.!?])/g, "$1")
      .replaceAll(/([.!?])[.,](?=\s|$)/g, "$1")
      .trim();
  const capital = (text: string): string => text.replaceAll(/(^|[.!?] )(\p{Ll})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
  /** How it is typed; both of a pair alike. */
  const typed = (): ((text: string) => string) => {
    const roll = draw();
    if (roll < 0.5) return capital;
    if (roll < 0.72) return (text) => text.toLowerCase().replace(/[.]$/, "");
    if (roll < 0.8) return (text) => text.toLowerCase().replaceAll(/[.,!?]/g, "");
    if (roll < 0.85) return (text) => text.toUpperCase();
    if (roll < 0.88) return (text) => text.toLowerCase().replaceAll(/[aeiost]/g, (letter) => masks[letter] ?? letter);
    const before = `${one(opened(["@addr", "Beste wethouder", "Hoi", "Luister", "He", "Even dit", "Zeg", "Goedemorgen", "Ha buurman", "@addrrude"]))}, `;
    const after = one([" Groet, Henk", " mvg", " !!", " Met vriendelijke groet, een inwoner", " :)", " Fijne dag.", " ...", ""]);
    return roll < 0.94 ? (text) => capital(before + text) : (text) => capital(text) + after;
  };
  const out: Written[] = [];
  for (const [name, text] of files)
    for (const frame of framesOf(name, text)) {
      const labelled = (label: Written["label"], choices: readonly string[]): string[] => opened(choices).map((filler) => label + filler);
      const threats = shuffled([...labelled("E", frame.explicit), ...labelled("L", frame.likely)]);
      const benign = shuffled([...labelled("A", frame.abusive), ...labelled("N", frame.harmless)]);
      const pairs = Math.max(fewest, Math.min(most, Math.max(threats.length, benign.length)));
      for (let at = 0; at < pairs && threats.length + benign.length > 0; at += 1) {
        const body = filled(frame.text);
        const hand = typed();
        const put = (filler: string): string => hand(tidy(body.replaceAll("{X}", filled(filler))));
        const threat = threats[at % Math.max(1, threats.length)];
        const contrast = benign[at % Math.max(1, benign.length)];
        const of =
          threat === undefined ? undefined : out.push({ label: threat.startsWith("E") ? "E" : "L", function: frame.threat, text: put(threat.slice(1)) }) - 1;
        if (contrast !== undefined)
          out.push({
            label: contrast.startsWith("A") ? "A" : "N",
            function: frame.contrast,
            text: put(contrast.slice(1)),
            ...(of === undefined ? {} : { contrastOf: of }),
          });
      }
    }
  return out;
}
