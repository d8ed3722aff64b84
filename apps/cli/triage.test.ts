/** `rugdekking triage` as scripts meet it (design section 6): order, offsets, bad lines by number, exit codes, endless lines, and nothing left on the disk. All messages invented. */
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { MAX_LINE_BYTES, MAX_TEXT_UNITS } from "@rugdekking/triage";
import fc from "fast-check";
import { Type } from "typebox";
import { Parse } from "typebox/value";
import { afterAll, describe, expect, test } from "vitest";
import { LineCutter } from "./lines.ts";
import { main } from "./rugdekking.ts";
import { Spool } from "./spool.ts";

const folder = mkdtempSync(join(tmpdir(), "rugdekking-triage-"));
afterAll(() => rmSync(folder, { recursive: true }));
const program = fileURLToPath(new URL("rugdekking.ts", import.meta.url));

const Finding = Type.Object(
  {
    id: Type.Union([Type.String(), Type.Integer()]),
    threat: Type.Object({
      score: Type.Number({ minimum: 0, maximum: 1 }),
      level: Type.Union([Type.Literal("none"), Type.Literal("possible"), Type.Literal("likely"), Type.Literal("explicit")]),
      reasons: Type.Array(Type.Object({ start: Type.Integer(), end: Type.Integer(), why: Type.String() })),
    }),
    abuse: Type.Object({ score: Type.Number({ minimum: 0, maximum: 1 }) }),
    personal: Type.Array(Type.Object({ kind: Type.String(), start: Type.Integer(), end: Type.Integer(), text: Type.String(), canonical: Type.String() })),
    campaign: Type.Union([Type.String({ pattern: "^c[1-9][0-9]*$" }), Type.Null()]),
  },
  { additionalProperties: false },
);

interface Ran {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
  readonly findings: readonly ReturnType<typeof read>[];
}
const read = (line: string) => Parse(Finding, JSON.parse(line));

async function run(input: string | Buffer | readonly Buffer[], ...options: string[]): Promise<Ran> {
  let [out, err] = ["", ""];
  const pieces = typeof input === "string" ? [Buffer.from(input)] : Buffer.isBuffer(input) ? [input] : input;
  const exit = await main(["triage", ...options], {
    out: (text) => (out += text),
    err: (text) => (err += text),
    bar: false,
    pipe: { input: Readable.from(pieces), size: null, write: async (bytes) => void (out += Buffer.from(bytes).toString()), settle: async () => {} },
  });
  return { exit, out, err, findings: exit === 2 ? [] : out.split("\n").slice(0, -1).map(read) };
}
const lines = (...messages: readonly unknown[]): string => messages.map((message) => `${JSON.stringify(message)}\n`).join("");
const letter = "Wij vragen de raad om morgen tegen de sluiting van het zwembad te stemmen";

describe("rugdekking triage", () => {
  test("gives one finding a line, in the same order, with the fields of the contract in their order and the id as it was", async () => {
    const { exit, out, err, findings } = await run(
      lines({ id: "a", text: letter }, { id: 7, text: "iets anders", extra: true }, { id: "a", text: `${letter}!!` }, { id: "leeg", text: "" }),
    );
    expect({ exit, err }).toEqual({ exit: 0, err: "" });
    expect(findings.map(({ id, campaign }) => [id, campaign])).toEqual([
      ["a", "c1"],
      [7, null],
      ["a", "c1"],
      ["leeg", null],
    ]);
    expect(Object.keys(JSON.parse(out.split("\n")[0] ?? ""))).toEqual(["id", "threat", "abuse", "personal", "campaign"]);
  });

  test("reports bad lines with their number, says nothing of what they hold, still does the rest, and ends with 1", async () => {
    const secret = "GEHEIM-0611111111";
    const input = [
      lines({ id: 1, text: "goed" }),
      `{"id":2,"text":"${secret}"\n`,
      "\n",
      lines(
        [secret],
        { id: 4, text: 4 },
        { text: secret },
        { id: 5, text: "x", at: secret },
        { id: 6, text: "x", author: [secret] },
        { id: 7, text: "x", channel: 1 },
      ),
      lines({ id: 8, text: "ook goed", at: "2026-03-01T23:04:00+01:00", author: "demo", channel: "x" }),
    ].join("");
    const { exit, err, findings } = await run(input);
    expect(exit).toBe(1);
    expect(findings.map(({ id }) => id)).toEqual([1, 8]);
    expect([...err.matchAll(/^rugdekking: line (\d+): .*\((.*)\)$/gmu)].map(([, line, code]) => [Number(line), code])).toEqual([
      [2, "json-malformed"],
      [4, "message-malformed"],
      [5, "text-malformed"],
      [6, "id-malformed"],
      [7, "at-malformed"],
      [8, "author-malformed"],
      [9, "channel-malformed"],
    ]);
    expect(err).not.toContain("GEHEIM");
    const json = await run(input, "--json");
    expect(JSON.parse(json.err.split("\n")[0] ?? "")).toMatchObject({ line: 2, code: "json-malformed" });
    expect(json.findings).toEqual(findings);
  });

  test("nothing in, nothing out, exit 0; a last line without an end counts; carriage returns and a byte order mark do not", async () => {
    expect(await run("")).toMatchObject({ exit: 0, out: "", err: "" });
    const { findings, exit } = await run(`\ufeff{"id":1,"text":"a"}\r\n   \r\n{"id":2,"text":"b"}`);
    expect({ exit, ids: findings.map(({ id }) => id) }).toEqual({ exit: 0, ids: [1, 2] });
  });

  test("refuses a line without end by its number, without keeping it, and goes on after it", async () => {
    const piece = Buffer.alloc(1024 * 1024, "a");
    async function* endless(): AsyncGenerator<Buffer> {
      yield Buffer.from(lines({ id: 1, text: "voor" }));
      for (let n = 0; n < 300; n++) yield piece;
      yield Buffer.from(`\n${lines({ id: 3, text: "na" })}`);
    }
    let err = "";
    let out = "";
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const exit = await main(["triage"], {
      out: () => {},
      err: (text) => (err += text),
      bar: false,
      pipe: {
        input: (async function* () {
          for await (const one of endless()) {
            yield one;
            most = Math.max(most, process.memoryUsage().arrayBuffers - before);
          }
        })(),
        size: null,
        write: async (bytes) => void (out += Buffer.from(bytes).toString()),
        settle: async () => {},
      },
    });
    expect(exit).toBe(1);
    expect(err).toMatch(/^rugdekking: line 2: it has more than \d+ bytes; .*1,048,576.*\(line-too-long\)\n$/u);
    expect(
      out
        .split("\n")
        .slice(0, -1)
        .map((line) => read(line).id),
    ).toEqual([1, 3]);
    expect(most).toBeLessThan(40 * 1024 * 1024);
  });

  test("takes a text of 1 Mi characters and refuses one more", async () => {
    const { exit, err, findings } = await run(lines({ id: 1, text: "é".repeat(MAX_TEXT_UNITS) }, { id: 2, text: "a".repeat(MAX_TEXT_UNITS + 1) }));
    expect({ exit, ids: findings.map(({ id }) => id) }).toEqual({ exit: 1, ids: [1] });
    expect(err).toContain("(text-too-long)");
    expect(MAX_LINE_BYTES).toBeGreaterThan(6 * MAX_TEXT_UNITS);
  });

  test("refuses what is not UTF-8, line by line", async () => {
    const { exit, err, findings } = await run([
      Buffer.from(lines({ id: 1, text: "é" })),
      Buffer.from('{"id":2,"text":"caf\xe9"}\n', "latin1"),
      Buffer.from(lines({ id: 3, text: "😡" })),
    ]);
    expect({ exit, ids: findings.map(({ id }) => id) }).toEqual({ exit: 1, ids: [1, 3] });
    expect(err).toMatch(/^rugdekking: line 2: it is not UTF-8; .*\n$/u);
  });

  test("protected data that is not there or not JSON: one line, exit 1, nothing judged", async () => {
    expect(await run(lines({ id: 1, text: "x" }), "--watch", join(folder, "nergens.json"))).toMatchObject({ exit: 1, out: "" });
    const path = join(folder, "kapot.json");
    writeFileSync(path, "{geheim");
    const { exit, err } = await run("", "--watch", path);
    expect(exit).toBe(1);
    expect(err).toBe(`rugdekking: ${path} is not JSON; see the README of engines/triage for what protected data looks like\n`);
  });

  test("--campaigns writes them in full to a new file, and never over an old one", async () => {
    const path = join(folder, "campagnes.json");
    const input = lines(
      ...Array.from({ length: 5 }, (_, n) => ({ id: `m${n}`, text: `${letter} ${n}`, at: `2026-03-01T10:0${n}:00Z`, author: `account${n}` })),
    );
    expect((await run(input, "--campaigns", path)).exit).toBe(0);
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({
      campaignCount: 1,
      campaigns: [{ id: "c1", why: "Zelfde tekst: 5 berichten van 5 accounts in 4 minuten", firstMessage: "m0", first: "2026-03-01T10:00:00.000Z" }],
    });
    // Before anything is read: long work does not end in a name that is taken.
    expect(await run(input, "--campaigns", path)).toMatchObject({ exit: 1, out: "", err: expect.stringContaining("exists already") });
    // Work that fails leaves no empty file in the way of the next try.
    const next = join(folder, "later.json");
    expect((await run(input, "--watch", join(folder, "nergens.json"), "--campaigns", next)).exit).toBe(1);
    expect((await run(input, "--campaigns", next)).exit).toBe(0);
  });

  test("protected data with the mark that some programs put before UTF-8 is read", async () => {
    const path = join(folder, "bom.json");
    writeFileSync(path, `\uFEFF${JSON.stringify({ names: ["Annelies van der Wijk"] })}`);
    expect((await run(lines({ id: 1, text: "Annelies van der Wijk woont hier" }), "--watch", path)).findings).toMatchObject([
      { personal: [{ watched: true }] },
    ]);
  });

  test("--progress draws a bar on stderr, and only then", async () => {
    expect((await run(lines({ id: 1, text: "x" }), "--progress")).err).toMatch(/Reading \[#{24}\] 100% /u);
  });

  test("no room for the temporary file: exit 2, one line that says what to do", async () => {
    const here = process.env["TMPDIR"];
    process.env["TMPDIR"] = join(folder, "bestaat-niet");
    try {
      const { exit, err } = await run(lines(...Array.from({ length: 500 }, (_, n) => ({ id: n, text: "lang ".repeat(100) }))));
      expect(exit).toBe(2);
      expect(err).toMatch(/^rugdekking: the temporary file in .* could not be used \(ENOENT\); set TMPDIR .*\n$/u);
    } finally {
      if (here === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = here;
    }
  });
});

/** Runs the real program with a temporary folder of its own, and looks into that folder while it waits for more input. */
function started(name: string): { readonly child: ReturnType<typeof spawn>; readonly temporary: string; readonly ended: Promise<number | string | null> } {
  const temporary = join(folder, name);
  mkdirSync(temporary);
  chmodSync(temporary, 0o700);
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program, "triage"], {
    env: { ...process.env, TMPDIR: temporary },
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdout.resume();
  const ended = new Promise<number | string | null>((resolve) => child.once("exit", (code, signal) => resolve(signal ?? code)));
  return { child, temporary, ended };
}
const canary = "KANARIE-IN-HET-BERICHT";
const many = lines(...Array.from({ length: 3000 }, (_, n) => ({ id: n, text: `${canary} ${n} ${letter}` })));

/** What an open file of a process holds, where the file is a real one (a pipe would wait for ever). */
const openFiles = (pid: number): readonly Buffer[] =>
  readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    const path = `/proc/${pid}/fd/${fd}`;
    try {
      // Without a name, as the spool is: a source file that is being loaded has one.
      return statSync(path).isFile() && readlinkSync(path).endsWith("(deleted)") ? [readFileSync(path)] : [];
    } catch {
      // Closed since it was listed.
      return [];
    }
  });

describe.skipIf(process.platform !== "linux")("[Note: A spool without readers] on a disk (skipped where there is no /proc)", () => {
  test.each(["SIGTERM", "SIGKILL", "SIGINT", null] as const)("leaves nothing after %s, and while it runs nothing has a name or can be read", async (signal) => {
    const { child, temporary, ended } = started(`signal-${signal ?? "end"}`);
    const input = child.stdin;
    if (input === null) throw new Error("no input");
    // A program that is killed leaves the rest of its input unread.
    input.on("error", () => {});
    input.write(many);
    const spooled = (): readonly Buffer[] => openFiles(child.pid ?? 0).filter((file) => file.length > 200_000);
    // It says nothing before the end: look until what was written has gone into its file.
    for (let turn = 0; turn < 500 && spooled().length === 0; turn++) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(readdirSync(temporary)).toEqual([]);
    const files = spooled();
    expect(files).toHaveLength(1);
    expect(files.some((file) => file.includes(canary) || file.includes('"threat"'))).toBe(false);
    if (signal === null) input.end();
    else child.kill(signal);
    expect(await ended).toBe(signal ?? 0);
    expect(readdirSync(temporary)).toEqual([]);
  });
});

describe("the spool gives back what went in", () => {
  test("for records of any length, in order and in any order, through the file", () => {
    const record = fc.record({
      finding: fc.uint16Array({ maxLength: 400 }).map((units) => String.fromCharCode(...units)),
      line: fc.uint8Array({ maxLength: 400 }),
      times: fc.constantFrom(1, 1, 1, 300),
    });
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 120 }), fc.array(fc.nat(), { maxLength: 40 }), (records, order) => {
        const spool = new Spool();
        const whole = records.map(({ finding, line, times }) => ({
          finding: finding.repeat(times),
          line: Buffer.concat(Array.from({ length: times }, () => line)),
        }));
        try {
          for (const { finding, line } of whole) spool.add(finding, line);
          for (const one of order) expect(Buffer.compare(spool.line(one % whole.length), whole[one % whole.length]?.line ?? Buffer.alloc(0))).toBe(0);
          const found = [...spool.findings()].map((bytes) => Buffer.from(bytes).toString());
          expect(found).toEqual(whole.map(({ finding }) => Buffer.from(finding).toString()));
        } finally {
          spool.close();
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe("lines are cut the same wherever the pieces end", () => {
  test("for any text and any cut", () => {
    const text = fc.array(fc.constantFrom("a", "é", "😡", "\n", "\r\n", " ", "{}", "x".repeat(30)), { maxLength: 60 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 10 }), (whole, cuts) => {
        const bytes = Buffer.from(whole);
        const found: [number, string][] = [];
        const cutter = new LineCutter(40, { line: (number, line) => found.push([number, line]), trouble: (number, what) => found.push([number, what]) });
        const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
        for (let at = 1; at < places.length; at++) cutter.feed(bytes.subarray(places[at - 1], places[at]));
        cutter.end();
        const expected = whole.split("\n").flatMap((line, at): [number, string][] => {
          const trimmed = line.replace(/[\r ]+$/u, "");
          if (Buffer.byteLength(line) > 40 + 2 || Buffer.byteLength(trimmed) > 40) return [[at + 1, "line-too-long"]];
          return trimmed === "" ? [] : [[at + 1, trimmed]];
        });
        // Spaces at the end of a line that just fits may count or not, by where a piece ends; nothing else may differ.
        const near = new Set(whole.split("\n").flatMap((line, at) => (Buffer.byteLength(line) > 40 ? [at + 1] : [])));
        expect(found.filter(([number]) => !near.has(number))).toEqual(expected.filter(([number]) => !near.has(number)));
      }),
      { numRuns: 500 },
    );
  });
});
