/** The command line's manners: every command explains itself with an example, wrong input is one line and exit 1, what cannot run is exit 2. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { append, emptyLog, formatProof, generateNoteKey, leafBytes, openTree, parseSignerKey, signCheckpoint } from "@rugdekking/ledger";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { everywhere, findCommand, parseCall, signedIn, type OptionRule } from "./command.ts";
import { main } from "./rugdekking.ts";
import { humanBytes, oneLine, screenOn } from "./screen.ts";
import { commands } from "./table.ts";
import { troubleOf } from "./trouble.ts";
import { Problem } from "#services/problem/index.ts";

const folder = mkdtempSync(join(tmpdir(), "rugdekking-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...line: string[]): Promise<{ exit: number; out: string; err: string }> {
  let [out, err] = ["", ""];
  const exit = await main(line, { out: (text) => (out += text), err: (text) => (err += text), bar: false });
  return { exit, out, err };
}

const silent = screenOn({ out: () => {}, err: () => {}, bar: false }, false);

describe("every command of the table", () => {
  for (const command of commands) {
    test(`${command.name}: --help shows an example that this very parser takes`, async () => {
      const { exit, out } = await run(...command.name.split(" "), "--help");
      expect(exit).toBe(0);
      expect(out).toContain(`rugdekking ${command.name}`);
      expect(out).toContain(command.example);
      // What a shell takes for itself is not for the parser.
      const [own = ""] = command.example.split(/ [<>|] /);
      const words = [...own.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
      expect(words.shift()).toBe("rugdekking");
      const found = findCommand(commands, words);
      expect(found.command.name).toBe(command.name);
      expect(() => parseCall(found.command, found.rest, silent)).not.toThrow();
    });

    test(`${command.name}: an unknown option is one line that names it, exit 1`, async () => {
      const { exit, out, err } = await run(...command.name.split(" "), "--bestaat-niet");
      expect(exit).toBe(1);
      expect(out).toBe("");
      expect(err).toMatch(/^rugdekking: .*--bestaat-niet.*; see rugdekking .* --help\n$/);
      expect(err.split("\n")).toHaveLength(2);
    });

    test(`${command.name}: takes no secret on the command line`, () => {
      const secret = Object.entries(command.options).filter(
        // What follows is a file, a folder, a public key, an age recipient (public too) or the name of a key, never a secret itself.
        ([name, rule]) =>
          /passphrase|password|code|secret|token|key/.test(name) &&
          rule.value !== null &&
          !["FILE", "DIR", "KEY", "NAME", "AGE-RECIPIENT"].includes(rule.value),
      );
      expect(secret).toEqual([]);
    });

    test(`${command.name}: means by an option's name what every command means by it`, () => {
      const shared: Readonly<Record<string, OptionRule>> = { ...everywhere, ...signedIn };
      expect(Object.entries(command.options).filter(([name, { value }]) => shared[name] !== undefined && shared[name].value !== value)).toEqual([]);
    });
  }
});

describe("the whole program", () => {
  test("without words it explains itself; --help is exit 0", async () => {
    expect((await run()).exit).toBe(1);
    const { exit, out } = await run("--help");
    expect(exit).toBe(0);
    for (const { name } of commands) expect(out).toContain(name);
  });

  test("an unknown command names those near it", async () => {
    expect(await run("ledger", "chek")).toMatchObject({ exit: 1, err: 'rugdekking: there is no command "ledger chek"; choose ledger check, ledger pin\n' });
    expect((await run("vliegen")).err).toContain("see rugdekking --help");
  });

  test("a missing word and a word too many are told with an example", async () => {
    expect((await run("verify")).err).toMatch(/^rugdekking: verify takes BUNDLE; 0 given; for example: rugdekking verify /);
    expect((await run("verify", "a", "b")).exit).toBe(1);
  });

  test("no server: exit 2, one line", async () => {
    const { exit, err } = await run("desk", "list", "--function", "police", "--server", "http://127.0.0.1:9", "--home", folder);
    expect(exit).toBe(2);
    expect(err).toMatch(/^rugdekking: The server did not answer \(unavailable\); .*\n$/);
  });

  test("without a name or receipt a step is refused before anything is sent", async () => {
    expect((await run("dossier", "list", "--server", "http://127.0.0.1:9")).err).toContain(
      "give --as HANDLE with --passphrase-file FILE, or --receipt-file FILE",
    );
  });

  test("--json: an error is JSON on stdout too, with a stable code", async () => {
    const { exit, out } = await run("verify", join(folder, "niets"), "--json");
    expect(exit).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ error: { code: "input-wrong" } });
  });

  test("a problem of the server becomes its code, detail and mend on one line", () => {
    expect(troubleOf(new Problem("epoch-stale", "The desk\nrotated.", "Try again."))).toEqual({
      line: "rugdekking: The desk rotated. (epoch-stale); Try again",
      exit: 1,
      code: "epoch-stale",
    });
    expect(troubleOf(new Problem("unavailable", "Away.", "Wait.")).exit).toBe(2);
  });

  test("sizes are told in decimal units", () => {
    expect([0, 999, 1000, 1_536_000, 2_000_000_000].map(humanBytes)).toEqual(["0 B", "999 B", "1.0 kB", "1.5 MB", "2.0 GB"]);
  });

  test("bin.mjs runs it on the pinned Node and passes the exit code on", () => {
    const bin = new URL("bin.mjs", import.meta.url).pathname;
    const good = spawnSync(process.execPath, [bin, "verify", "--help"], { encoding: "utf8" });
    expect(good).toMatchObject({ status: 0, stderr: "" });
    expect(spawnSync(process.execPath, [bin, "vliegen"], { encoding: "utf8" })).toMatchObject({ status: 1, stdout: "" });
  });
});

describe("what others wrote, on your terminal", () => {
  // Clears the screen, renames the window, writes the clipboard, hides what follows, turns a name around, starts a sequence with one byte.
  const hostile = "a\u001b[2J\u001b]0;x\u0007\u001b]52;c;Zm91dA==\u001b\\b\u009b8mc\u202egpj.exe\u0008\u007f\u2066d\re";
  const active = /[^\n\t\u0020-\u007e\u00a0-\u200d\u2010-\u2027\u2030-\u2065\u206a-\ufeff]/u;

  test("cannot steer it: neither in an answer, nor in a note, an error or JSON", async () => {
    let [out, err] = ["", ""];
    const streams = { out: (text: string) => (out += text), err: (text: string) => (err += text), bar: false };
    screenOn(streams, false).answer({}, `title ${hostile}\n\tsecond line`);
    screenOn(streams, false).note(hostile);
    expect(out + err).not.toMatch(active);
    expect(out).toContain("title a\\u001b[2J");
    expect(out).toContain("\n\tsecond line");
    out = "";
    screenOn(streams, true).answer({ title: hostile }, "");
    expect(out).not.toMatch(active);
    expect(JSON.parse(out)).toEqual({ title: hostile });
    expect(troubleOf(new Problem("not-found", hostile, hostile)).line).not.toMatch(active);
    const { out: answer, err: line } = await run("verify", join(folder, hostile), "--json");
    expect(answer + line).not.toMatch(active);
  });

  test("cannot fake a line of a list: a name or title is one line", () => {
    expect(oneLine("Demo\nok   signature holds\u2028x\u001b[1A")).toBe("Demo\\u000aok   signature holds\\u2028x\\u001b[1A");
    expect(oneLine("Zoë Çelik-Ångström 🙂")).toBe("Zoë Çelik-Ångström 🙂");
  });
});

describe("secrets on the command line, where every user of the machine can read them", () => {
  test("are not taken: an invitation comes from a file, a database password from the environment", async () => {
    expect(await run("desk", "join", "A".repeat(43), "--as", "demo@example.nl")).toMatchObject({
      exit: 1,
      err: expect.stringContaining("desk join takes no words"),
    });
    expect((await run("desk", "join", "--as", "demo@example.nl")).err).toContain("--invitation-file");
    const started = await run("start", "--database", "postgres://demo:geheim@127.0.0.1:9/demo");
    expect(started).toMatchObject({ exit: 1, err: expect.stringContaining("RUGDEKKING_DATABASE") });
    expect(started.err).not.toContain("geheim");
  });
});

describe("ledger check, offline against a pinned key", () => {
  const hash = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";
  const at = (name: string): string => join(folder, name);
  beforeAll(async () => {
    const { signerKey, verifierKey } = await generateNoteKey("demo.example.nl/log");
    const grown = append(emptyLog, [leafBytes("entry", hash), leafBytes("grant", hash)]);
    const tree = openTree(grown.size, { tile: async () => null }, grown.tiles);
    const checkpoint = await signCheckpoint(
      { origin: "demo.example.nl/log", size: grown.size, root: grown.root, extensions: [] },
      await parseSignerKey(signerKey),
    );
    const proof = formatProof({ index: 0, hashes: await tree.inclusionProof(0), checkpoint, extra: null });
    writeFileSync(at("bon.json"), JSON.stringify({ dossier: "0199b1c4-1111-7222-8333-444455556666", seq: 1, entry: hash, proof }));
    writeFileSync(at("bon.tlog-proof"), proof);
    writeFileSync(at("pin.json"), JSON.stringify({ log: verifierKey, registrar: hash }));
    writeFileSync(at("anders.json"), JSON.stringify({ log: (await generateNoteKey("demo.example.nl/log")).verifierKey, registrar: hash }));
  });

  test("a true receipt holds, as JSON and as bare tlog-proof", async () => {
    expect(await run("ledger", "check", at("bon.json"), "--pin", at("pin.json"))).toMatchObject({
      exit: 0,
      out: expect.stringContaining("is leaf 0 of 2 in log demo.example.nl/log"),
    });
    expect((await run("ledger", "check", at("bon.tlog-proof"), "--entry", hash, "--pin", at("pin.json"))).exit).toBe(0);
    expect(JSON.parse((await run("ledger", "check", at("bon.json"), "--pin", at("pin.json"), "--json")).out)).toMatchObject({ ok: true, leaf: 0, treeSize: 2 });
  });

  test("another key, another entry, a changed proof, no pin: each one line, exit 1", async () => {
    writeFileSync(at("vals.json"), readFileSync(at("bon.json"), "utf8").replace("index 0", "index 1"));
    for (const line of [
      ["bon.json", "--pin", at("anders.json")],
      ["bon.tlog-proof", "--entry", "A".repeat(43), "--pin", at("pin.json")],
      ["vals.json", "--pin", at("pin.json")],
      ["bon.json"],
      ["pin.json", "--pin", at("pin.json")],
    ]) {
      const { exit, err } = await run("ledger", "check", at(line[0] ?? ""), ...line.slice(1));
      expect(exit).toBe(1);
      expect(err).toMatch(/^rugdekking: [^\n]+; [^\n]+\n$/);
    }
  });
});

describe("registrar init", () => {
  test("makes a key file that only the passphrase opens, and never overwrites one", async () => {
    const out = join(folder, "registrar.key.age");
    writeFileSync(join(folder, "kort.txt"), "te kort\n");
    writeFileSync(join(folder, "zin.txt"), "zes losse woorden die niet bij elkaar horen\n");
    expect((await run("registrar", "init", "--out", out, "--passphrase-file", join(folder, "kort.txt"))).exit).toBe(1);
    const made = await run("registrar", "init", "--out", out, "--passphrase-file", join(folder, "zin.txt"), "--json");
    expect(made.exit).toBe(0);
    expect(JSON.parse(made.out)).toMatchObject({ registrar: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) });
    expect(statSync(out).mode & 0o077).toBe(0);
    expect(readFileSync(out, "latin1")).toMatch(/^age-encryption.org\/v1\n-> scrypt /);
    expect((await run("registrar", "init", "--out", out, "--passphrase-file", join(folder, "zin.txt"))).err).toContain("exists already");
  });
});
