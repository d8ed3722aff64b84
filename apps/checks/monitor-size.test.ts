/**
 * Holds the respondent's pages of the Monitor to 90 kB over the line, whatever they load to be drawn: script, style and questionnaire. What takes part in a real wave comes after that, when it is needed: the client with
 * its checks and blind signatures when a code is opened, what seals when answers are sent. Both are held to a size of their own. Reads what the build made;
 * run by vitest only, after `npm run build`.
 */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";

const web = fileURLToPath(new URL("../../dist/web", import.meta.url));
const assets = readdirSync(`${web}/assets`);
const read = (name: string): string => readFileSync(`${web}/assets/${name}`, "utf8");

/** The one file of that name the build made. */
function built(name: string, extension = "js"): string {
  const pattern = new RegExp(`^${name}-[\\w-]{8}\\.${extension}$`, "u");
  const found = assets.filter((file) => pattern.test(file));
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`dist/web has ${found.length} files called ${name}; run npm run build, or mend this list`);
  return first;
}

/** A script and everything it imports at once. */
function closure(name: string, found: Set<string> = new Set()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  for (const [, next] of read(name).matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/gu)) if (next !== undefined) closure(next, found);
  return found;
}

/** The first script, as the page names it. */
const entry = /src="\/assets\/([\w.-]+\.js)"/u.exec(readFileSync(`${web}/index.html`, "utf8"))?.[1] ?? "";
/** Style comes with the page that asks for it. */
const styles = (): string[] => [built("index", "css"), built("frame", "css")];

/** Bytes over the line, gzip at its tightest, with the style every page has. */
function weighed(files: Iterable<string>): { readonly sum: number; readonly sizes: readonly (readonly [string, number])[] } {
  const sizes = [...files, ...styles()].map((name) => [name, gzipSync(read(name), { level: 9 }).length] as const);
  return { sum: sizes.reduce((all, [, size]) => all + size, 0), sizes };
}

it.each([
  ["/monitor", ["monitor-page", "monitor-1", "drafts-browser"]],
  ["/monitor/vragen", ["questions-page", "monitor-1", "drafts-browser"]],
  ["/monitor/vragen in a pulse", ["questions-page", "monitor-1", "pulse-1", "drafts-browser"]],
  ["/monitor/voorbeeld", ["preview-page", "monitor-1"]],
  ["/monitor/formulier", ["form-page", "monitor-1"]],
])("%s is at most 90 kB, without the fonts every page shares", (_page, scripts) => {
  const files = new Set([...closure(entry), ...scripts.flatMap((name) => [...closure(built(name))])]);
  const { sum, sizes } = weighed(files);
  expect([sum <= 90_000, sum, sizes]).toEqual([true, sum, sizes]);
  // A measure that lost a piece would say yes to anything.
  expect(sum).toBeGreaterThan(40_000);
  // The questions are read and answered without a line of the client, and so without a way to the server.
  for (const later of [built("over-http"), built("seal-answer")]) expect([...files]).not.toContain(later);
});

/** Everything of the start page, and what comes with each step after it. */
const visit = (...later: readonly string[]): ReadonlySet<string> =>
  new Set([...closure(entry), ...["monitor-page", "monitor-1", "drafts-browser", ...later].flatMap((name) => [...closure(built(name))])]);

it.each([
  ["opening a code and collecting a token", ["over-http", "trust-browser"], 152_000],
  ["and sending the answers", ["over-http", "trust-browser", "seal-answer"], 222_000],
])("%s loads the rest, and no more than it did", (_step, later, most) => {
  const { sum, sizes } = weighed(visit(...later));
  expect([sum <= most, sum, sizes]).toEqual([true, sum, sizes]);
  expect(sum).toBeGreaterThan(100_000);
});

it("loads what seals only to send", () => {
  const collecting = visit("over-http", "trust-browser");
  const sealing = [...visit("over-http", "trust-browser", "seal-answer")].filter((name) => !collecting.has(name));
  expect(weighed(sealing).sum).toBeGreaterThan(50_000);
});
