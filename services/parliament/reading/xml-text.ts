/** A publication in XML (officiële bekendmakingen) as words: every element is a paragraph but those inside a sentence, and footnotes stand at the end. Called by index.ts when XML is no record. */
import type { Branch } from "./records.ts";
import { GrowingText, type Range, type SourceText } from "./source-text.ts";

/** Elements inside a sentence. */
const inline = new Set("nadruk sup inf extref intref i b u em strong a span cur vet ondlijn abbr".split(" "));

/** Attributes are not words. A footnote leaves its number, raised, where it stood. */
export function textOfXml(root: Branch): SourceText {
  const text = new GrowingText();
  const raised: Range[] = [];
  const footnotes: Branch[] = [];
  const paragraph = (): void => {
    text.trimEnd();
    if (text.length > 0) text.write("\n\n");
  };
  const write = (branch: Branch): void => {
    for (const part of branch.content ?? []) {
      if (typeof part === "string") {
        const words = part.replace(/\s+/gu, " ");
        text.write(text.length === 0 || /\s$/u.test(text.tail) ? words.trimStart() : words);
      } else if (part.name === "noot") {
        const number = part.children.find(({ name }) => name === "noot.nr")?.value;
        footnotes.push(part);
        if (typeof number !== "string" || number === "") continue;
        raised.push({ start: text.length, end: text.length + number.length });
        text.write(number);
      } else if (inline.has(part.name)) {
        const start = text.length;
        write(part);
        if (part.name === "sup" && text.length > start) raised.push({ start, end: text.length });
      } else {
        paragraph();
        write(part);
        paragraph();
      }
    }
  };
  write(root);
  for (const footnote of footnotes) {
    paragraph();
    text.write("Noot\n\n");
    write(footnote);
  }
  text.trimEnd();
  return { text: text.toString(), raised: raised.toSorted((a, b) => a.start - b.start), pages: null, aside: [], wrapped: false };
}
