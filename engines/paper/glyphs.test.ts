/** That no character turns into an empty box or steers the line: the fonts by digest, what they cover, and what is spelled out. */
import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { PaperError, type PaperFiles } from "./index.ts";
import { coverage, printable } from "./glyphs.ts";
import { filesFromDisk } from "./testing.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
let files: PaperFiles;
beforeAll(async () => {
  files = await filesFromDisk();
});
/** Joiners and selectors, which need no glyph. */
const joiner = (c: string): boolean => /^(?:\u00ad|[\u200b-\u200d]|\p{Variation_Selector}|[\u{e0020}-\u{e007f}])$/u.test(c);
const uncovered = (text: string): string[] => [...new Set(text)].filter((c) => !/[\n\r\t]/u.test(c) && !joiner(c) && !files.covers(c.codePointAt(0) ?? 0));

describe("fonts", () => {
  it("are the files whose digests fonts/README.md names, each with its licence", () => {
    const rows = [...readFileSync(`${here}fonts/README.md`, "utf8").matchAll(/^\| `([^`]+\.ttf)`.*`([0-9a-f]{64})` \|$/gmu)];
    expect(rows.map(([, name = ""]) => name).toSorted()).toEqual(globSync("*.ttf", { cwd: `${here}fonts` }).toSorted());
    for (const [, name = "", digest] of rows) {
      expect(
        createHash("sha256")
          .update(readFileSync(`${here}fonts/${name}`))
          .digest("hex"),
      ).toBe(digest);
      expect(readFileSync(`${here}fonts/${name.replace(/-\d+\.ttf$/u, "-OFL.txt")}`, "utf8")).toContain("SIL OPEN FONT LICENSE Version 1.1");
    }
  });

  it("show what Dutch needs, with its signs and arrows", () => {
    expect(
      uncovered(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789éëïöüèêáóúíÉËÏÖÜçñãõåøæœßğşİıŵŷÿĳ€£$–—“”‘’„‚•…≤≥≠±×÷−→←↑↓½¼²³°§©®™†‡«»¿¡@#%&*/\\|~^`´¨",
      ),
    ).toEqual([]);
    expect(uncovered("Ωπαβγ Жуковский Čapek Łódź Đorđe ℅ № ✓ ✗ ■ ▲ ● ◆")).toEqual([]);
    expect(uncovered("😀💀🔫💣🔪🏠👁😡🐷")).toEqual([]);
  });

  it("show every character of the templates and of the Dutch screens", () => {
    const screens = globSync("../../services/**/{nl,nl-*}.ts", { cwd: here });
    for (const file of [...globSync("templates/*.typ", { cwd: here }), ...screens])
      expect([file, uncovered(readFileSync(`${here}${file}`, "utf8"))]).toEqual([file, []]);
  });

  it.each([
    ["nothing", new Uint8Array()],
    ["a woff2", new TextEncoder().encode("wOF2 and what follows it")],
    ["a broken TrueType font", Uint8Array.of(0, 1, 0, 0, 0, 9, 0, 0)],
  ])("refuse %s by its code", (_name, bytes) => {
    try {
      coverage([{ name: "x.ttf", bytes }]);
      expect.unreachable();
    } catch (error) {
      expect(error instanceof PaperError && error.code).toBe("font-unreadable");
    }
  });
});

describe("printable", () => {
  it("spells out what no font has and what would steer the line", () => {
    expect(printable("a\u202E b\u0007 c\u0639 d\uFEFF e\u2066 f", files.covers)).toBe("a[U+202E] b[U+0007] c[U+0639] d[U+FEFF] e[U+2066] f");
    expect(printable("half \uD83D paar", files.covers)).toBe("half [U+D83D] paar");
  });

  it("composes, and keeps emoji with their joiners whole", () => {
    expect(printable("e\u0301e\u0308", files.covers)).toBe("éë");
    expect(printable("☠️ 👨‍👩‍👧", files.covers)).toBe("☠️ 👨‍👩‍👧");
  });

  it("lets very long words break without changing a copy of them", () => {
    const address = "https://voorbeeld.example/een/heel/lang/pad?met=vragen&en=meer";
    const set = printable(`zie ${address}`, files.covers);
    expect(set).not.toBe(`zie ${address}`);
    expect(set.replaceAll("\u200b", "")).toBe(`zie ${address}`);
    expect(Math.max(...set.split(/[\u200b ]/u).map((part) => part.length))).toBeLessThanOrEqual(24);
  });

  it("leaves nothing out and nothing unseen, for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        const set = printable(text, files.covers);
        expect(uncovered(set)).toEqual([]);
        const back = set.replaceAll("\u200b", "").replaceAll(/\[U\+([0-9A-F]{4,6})\]/gu, (_all, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
        const meant = text.normalize("NFC").replaceAll(/\r\n?/gu, "\n").replaceAll("\t", " ").replaceAll("\u200b", "");
        if (!/\[U\+/u.test(text)) expect(back).toBe(meant);
      }),
      { numRuns: 300 },
    );
  });
});
