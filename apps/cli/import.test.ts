/** `rugdekking import`: lines that triage reads, what was skipped on stderr with its place, and going on after a stop. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { MAX_NAME_UNITS, MAX_TEXT_UNITS, parseLine } from "@rugdekking/triage";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { androidDutch, mailBox, telegramChat, xArchive, zipOf } from "#services/reporting/import/testing-fixtures.ts";
import { defaultLimits } from "#services/reporting/import/limits.ts";
import { main } from "./rugdekking.ts";

const folder = mkdtempSync(join(tmpdir(), "rugdekking-import-"));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(async () => {
  writeFileSync(at("WhatsApp-chat met Buurt.txt"), androidDutch);
  writeFileSync(at("archief.mbox"), mailBox);
  writeFileSync(at("result.json"), telegramChat);
  writeFileSync(at("x.zip"), new Uint8Array(await (await zipOf(xArchive)).arrayBuffer()));
  writeFileSync(at("foto.png"), new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0]));
});

async function run(...line: string[]): Promise<{ exit: number; out: string; err: string; lines: Record<string, unknown>[] }> {
  let [out, err] = ["", ""];
  const exit = await main(line, { out: (text) => (out += text), err: (text) => (err += text), bar: false });
  const lines =
    out === ""
      ? []
      : out
          .trimEnd()
          .split("\n")
          .map((text): Record<string, unknown> => JSON.parse(text));
  return { exit, out, err, lines };
}

describe("rugdekking import", () => {
  test("gives one line per message in the shape of triage, in the order of the files, without notices", async () => {
    const { exit, lines, err } = await run("import", at("WhatsApp-chat met Buurt.txt"), at("foto.png"));
    expect(exit).toBe(0);
    expect(lines).toHaveLength(8);
    expect(lines[1]).toEqual({
      id: expect.stringMatching(/^[\w-]{22}$/),
      text: "Ik weet waar die wethouder woont",
      at: "2023-12-31T21:15",
      author: "+31 6 00000001",
      channel: "whatsapp",
    });
    expect(lines[7]).toEqual({ id: expect.any(String), text: "", channel: "file" });
    expect(err).toBe("8 messages, 3 notices of the platform left out\n");
  });

  test("tells on stderr what was skipped and where, and ends with 1", async () => {
    const { exit, lines, err } = await run("import", at("archief.mbox"), at("x.zip"));
    expect(exit).toBe(1);
    expect(lines).toHaveLength(8);
    expect(err).toContain("rugdekking: archief.mbox › number 2: skipped: This cannot be read as a mail. (mail-malformed)\n");
    expect(err).toContain("rugdekking: x.zip › data/tweets.js › number 2: skipped: This message has a form that we do not know. (shape-unknown)\n");
    const asJson = await run("import", at("archief.mbox"), "--json");
    expect(JSON.parse(asJson.err)).toMatchObject({ code: "mail-malformed", scope: "item", place: { file: "archief.mbox", number: 2 } });
  });

  test("--full adds place, attachments and what is known about the time; --notices what the platform says", async () => {
    const { lines } = await run("import", at("result.json"), "--full", "--notices");
    expect(lines[0]).toMatchObject({ role: "notice" });
    expect(lines[2]).toMatchObject({
      source: "telegram",
      place: { file: "result.json", number: 3 },
      attachments: [{ name: "photo_1.jpg", present: false }],
      when: { zone: "unknown" },
    });
  });

  test("--cursor goes on behind what was given, and gives nothing twice", async () => {
    const files = [at("archief.mbox"), at("x.zip"), at("result.json")];
    const whole = await run("import", ...files);
    const first = await run("import", at("archief.mbox"), "--cursor", at("cursor.json"));
    expect(first.lines).toHaveLength(2);
    const rest = await run("import", ...files, "--cursor", at("cursor.json"));
    expect([...first.lines, ...rest.lines]).toEqual(whole.lines);
    const none = await run("import", ...files, "--cursor", at("cursor.json"));
    expect(none).toMatchObject({ out: "", exit: 0 });
    const other = await run("import", at("x.zip"), "--cursor", at("cursor.json"));
    expect(other).toMatchObject({ out: "", exit: 1 });
    expect(readFileSync(at("cursor.json"), "utf8")).toMatch(/^\{"version":1,/);
  });

  test("keeps the cursor only after the lines before it are safe, for its owner alone, and leaves nothing beside it", async () => {
    const [cursor, seen]: [string, unknown[]] = [at("veilig.json"), []];
    const exit = await main(["import", at("WhatsApp-chat met Buurt.txt"), "--cursor", cursor], {
      out: () => {},
      err: () => {},
      bar: false,
      pipe: {
        input: Readable.from([]),
        size: 0,
        write: async (bytes) => void seen.push(bytes.length > 0),
        settle: async () => void seen.push(existsSync(cursor) ? "too late" : "settled"),
      },
    });
    expect(exit).toBe(0);
    expect(seen).toEqual([true, "settled"]);
    expect(statSync(cursor).mode & 0o777).toBe(0o600);
    expect(existsSync(`${cursor}.new`)).toBe(false);
  });

  test("an author is cut to what triage takes, and no text is longer than it reads", async () => {
    expect(defaultLimits.textLength).toBe(MAX_TEXT_UNITS);
    writeFileSync(
      at("lang.eml"),
      `From: "${"j".repeat(MAX_NAME_UNITS + 50)}" <demo@mail.example>\nSubject: x\nDate: Mon, 1 Jan 2024 09:00:00 +0100\n\nhallo\n`,
    );
    const { lines } = await run("import", at("lang.eml"));
    expect(parseLine(JSON.stringify(lines[0])).author).toHaveLength(MAX_NAME_UNITS);
  });

  test("ends quietly when who reads it has enough", () => {
    writeFileSync(at("lang.txt"), "een regel die telt\n".repeat(50_000));
    const { stdout, stderr } = spawnSync(
      "bash",
      ["-c", `"$0" apps/cli/rugdekking.ts import "$1" --split lines | head -c 10 > /dev/null; echo "\${PIPESTATUS[0]}"`, process.execPath, at("lang.txt")],
      { encoding: "utf8" },
    );
    expect([stdout, stderr]).toEqual(["0\n", ""]);
  });

  test("refuses a file that is not there, and a cursor that is none, with one line", async () => {
    expect(await run("import", at("weg.zip"))).toMatchObject({ exit: 1, out: "", err: `rugdekking: ${at("weg.zip")} is not there; check the path\n` });
    const { exit, err } = await run("import", at("x.zip"), "--cursor", at("foto.png"));
    expect(exit).toBe(1);
    expect(err).toContain("is not a cursor of rugdekking import");
  });

  test("shows nothing of a strange name that a terminal would obey", async () => {
    writeFileSync(at("\u001b[2Jleeg.txt"), "");
    const { err } = await run("import", at("\u001b[2Jleeg.txt"));
    expect(err).toContain("\\u001b[2Jleeg.txt: not read (further): The file is empty. (file-empty)");
  });
});
